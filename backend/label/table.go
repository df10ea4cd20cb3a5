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

// within is a column's box in a table of a width, from the right where the page
// begins there.
func (d *drawing) within(b Box, w float64) Box {
	if d.mirrored {
		b.X = w - b.Right()
	}
	return b
}

func rowScope(s scope, r Record, i, n int) scope {
	row := Record{Text: map[string]string{"row": itoa(i + 1), "rows": itoa(n)}}
	return append(scope{r, row}, s...)
}

// captions draws the line above a table and answers where the rows begin.
func (d *drawing) captions(heads []*drawable, s scope, x, y, w float64) float64 {
	for _, e := range heads {
		at := d.within(e.box, w)
		d.text(d.field(e, e.say(s, d.p.Language), Box{x + at.X, y, at.W, captionRoom}))
	}
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
		tick  *Box
	}
	all := make([]fitted, len(cells))
	for i, cell := range cells {
		box := d.within(cell.box, w)
		if cell.Type == "rect" {
			all[i].tick = &box
			height = max(height, box.H)
			continue
		}
		lines, used, err := d.engine.fit(d.field(cell, cell.say(s, d.p.Language), box))
		if err != nil {
			d.err = err
			return func(float64, float64) {}, 0
		}
		all[i].lines, height = lines, max(height, used)
	}
	height += 2 * rowAir
	return func(x, y float64) {
		for _, c := range all {
			if b := c.tick; b != nil {
				d.frame(Box{x + b.X, y + (height-b.H)/2, b.W, b.H}, 0.25)
			}
			for _, line := range c.lines {
				d.add(moved(line, x, y+rowAir))
			}
		}
		d.horizontal(x, y+height, w, 0.15, Rule)
	}, height
}
