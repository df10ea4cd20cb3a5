package label

// Measures of a table, in millimetres.
const (
	captionRoom = 3.6 // of the line of captions
	rowAir      = 0.7 // above and below the text of a row
)

// table draws a list in a box of a label and answers its height. A list that is
// too long is an error: nothing is left out.
func (d *drawing) table(e *drawable, s scope, at Box) (height float64) {
	y := d.captions(e.heads, s, at.X, at.Y, at.W)
	list := s.list(e.Bind)
	for i, r := range list {
		draw, h := d.row(e.cells, rowScope(s, r, i, len(list)), at.W)
		if d.err == nil && y+h > at.Bottom()+1e-6 {
			d.err = ErrTextDoesNotFit.With("element", e.Name, "text", itoa(len(list)))
		}
		draw(at.X, y)
		y += h
	}
	return y - at.Y
}

func rowScope(s scope, r Record, i, n int) scope {
	row := Record{Text: map[string]string{"row": itoa(i + 1), "rows": itoa(n)}}
	return append(scope{r, row}, s...)
}

// captions draws the line above a table and answers where the rows begin.
func (d *drawing) captions(heads []*drawable, s scope, x, y, w float64) float64 {
	d.all(heads, s, x, y)
	d.horizontal(x, y+captionRoom, w, 0.3, Black)
	return y + captionRoom
}

// row fits the cells of one record and answers how to draw them, and their
// height: that of the longest text.
func (d *drawing) row(cells []*drawable, s scope, w float64) (draw func(x, y float64), height float64) {
	if d.err != nil {
		return func(float64, float64) {}, 0
	}
	type fitted struct {
		lines []Text
		tick  *drawable
	}
	all := make([]fitted, len(cells))
	for i, cell := range cells {
		if cell.Type == "rect" {
			all[i].tick = cell
			height = max(height, cell.box.H)
			continue
		}
		lines, used, err := d.engine.fit(cell.field(cell.say(s, d.p.Language), cell.box))
		if err != nil {
			d.err = err
			return func(float64, float64) {}, 0
		}
		all[i].lines, height = lines, max(height, used)
	}
	height += 2 * rowAir
	return func(x, y float64) {
		for _, c := range all {
			if c.tick != nil {
				b := c.tick.box
				d.frame(Box{x + b.X, y + (height-b.H)/2, b.W, b.H}, c.tick.Stroke)
			}
			for _, line := range c.lines {
				d.add(moved(line, x, y+rowAir))
			}
		}
		d.horizontal(x, y+height, w, 0.15, Rule)
	}, height
}
