package label

import "strconv"

// Calibration is what must be done to a page so that one printer puts it where it
// belongs on one paper. The zero value does nothing.
type Calibration struct {
	OffX, OffY     float64 // millimetres to the right and down
	ScaleX, ScaleY float64 // of positions; 0 is 1
}

// edge is how far ink may lie over the edge by rounding.
const edge = 0.05

// Calibrated moves everything on the page. Positions are scaled, and so are lines
// and boxes; text keeps its size, and a code its modules: a stretched code does
// not scan. Ink that would leave the paper is label.off_the_paper, never cut off.
func (p Page) Calibrated(c Calibration) (Page, error) {
	if c.ScaleX == 0 {
		c.ScaleX = 1
	}
	if c.ScaleY == 0 {
		c.ScaleY = 1
	}
	if c == (Calibration{ScaleX: 1, ScaleY: 1}) {
		return p, nil
	}
	out := Page{W: p.W, H: p.H, Items: make([]Item, len(p.Items))}
	for i, item := range p.Items {
		out.Items[i] = c.move(item)
		if b := inked(out.Items[i]); b.X < -edge || b.Y < -edge || b.Right() > p.W+edge || b.Bottom() > p.H+edge {
			return Page{}, ErrOffPaper.With("x", hundredths(c.OffX), "y", hundredths(c.OffY))
		}
	}
	return out, nil
}

func hundredths(mm float64) string { return strconv.FormatFloat(mm, 'f', 2, 64) }

// inked is where an item burns: a code's quiet zone may lie over the edge.
func inked(item Item) Box {
	if q, is := item.(QR); is {
		side := float64(q.Code.N) * q.Module
		return Box{q.X, q.Y, side, side}
	}
	return item.Bounds()
}

func (c Calibration) x(v float64) float64 { return v*c.ScaleX + c.OffX }
func (c Calibration) y(v float64) float64 { return v*c.ScaleY + c.OffY }

func (c Calibration) box(b Box) Box {
	return Box{c.x(b.X), c.y(b.Y), b.W * c.ScaleX, b.H * c.ScaleY}
}

// move is the item where it must be drawn.
func (c Calibration) move(item Item) Item {
	switch i := item.(type) {
	case Rect:
		i.Box = c.box(i.Box)
		return i
	case Frame:
		i.Box = c.box(i.Box)
		return i
	case Line:
		i.X1, i.X2, i.Y1, i.Y2 = c.x(i.X1), c.x(i.X2), c.y(i.Y1), c.y(i.Y2)
		return i
	case QR: // around its centre
		half := float64(i.Code.N) * i.Module / 2
		i.X, i.Y = c.x(i.X+half)-half, c.y(i.Y+half)-half
		return i
	}
	b := item.Bounds() // text and paths keep their size, around their centre
	return moved(item, c.x(b.X+b.W/2)-(b.X+b.W/2), c.y(b.Y+b.H/2)-(b.Y+b.H/2))
}
