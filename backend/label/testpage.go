package label

// TestPage shows what a printer does to a paper: a frame near the edge, a code,
// shades, and two crosses to measure.
type TestPage struct {
	W, H    float64
	Printer string // name, as it was set up
}

// How far the crosses of a test page lie from the edges: each has room for its
// vernier to the right and below.
const crossA, crossB = 10.0, 13.0

// Crosses says where the two crosses of a test page lie: near the upper left
// corner, and near the lower right one.
func (p TestPage) Crosses() (x1, y1, x2, y2 float64) {
	return crossA, crossA, p.W - crossB, p.H - crossB
}

// TestPage lays out the page. Beside each cross a vernier of ten steps of 0.9 mm
// runs both ways: with a ruler's zero on the paper's edge, the ruler gives the
// whole millimetres at the cross, and the step that meets a mark of the ruler the
// tenths.
func (e *Engine) TestPage(p TestPage) (Page, error) {
	c := e.compose(p.W, p.H)
	c.frame(Box{3, 3, p.W - 6, p.H - 6}, 0.25)
	x1, y1, x2, y2 := p.Crosses()
	c.cross("A", x1, y1)
	c.cross("B", x2, y2)
	room := Box{x1 + 4, y1, p.W - 2*(x1+4) - 8, p.H - 2*y1}
	side := min(room.W*2/3, room.H, 30)
	if code, err := c.engine.placeQR("qr", "HASHMEND TEST", Box{room.X, (p.H - side) / 2, side, side}); err == nil {
		c.add(code)
	} else if c.err == nil {
		c.err = err
	}
	text := Box{room.X + side + 1, (p.H - side) / 2, room.Right() - room.X - side - 1, side}
	c.text(field{element: "printer", text: orDash(p.Printer), box: Box{text.X, text.Y, text.W, side * 0.6}, size: 10 * pt, min: 4 * pt, bold: true, running: true})
	for i, ink := range []Ink{Black, 64, 128, 192} {
		w := text.W / 4
		c.fill(Box{text.X + float64(i)*w, text.Y + side*0.7, w, side * 0.25}, ink)
	}
	return c.page, c.err
}

// cross draws a cross with its two verniers.
func (c *composer) cross(name string, x, y float64) {
	const arm, width, step = 3.0, 0.15, 0.9
	c.horizontal(x-arm, y, 2*arm, width, Black)
	c.vertical(x, y-arm, 2*arm, width, Black)
	for i := range 11 {
		long := 1.0
		if i%5 == 0 {
			long = 1.8
		}
		at := float64(i) * step
		c.vertical(x+at, y-arm-0.6-long, long, width, Black)
		c.horizontal(x-arm-0.6-long, y+at, long, width, Black)
	}
	c.text(field{element: "cross", text: name, box: Box{x + 1.2, y + 0.8, 2.4, 3.2}, size: 7 * pt, min: 5 * pt, bold: true, align: centre, middle: true, oneLine: true})
}
