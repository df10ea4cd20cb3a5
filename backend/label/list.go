package label

import (
	"math"

	"hashmend/backend/label/truetype"
)

// Page is one printed page or label: its size and what is drawn on it, in
// order. All measures are millimetres from the top left corner, y downwards.
type Page struct {
	W, H  float64
	Items []Item
}

// Item is one of Rect, Frame, Line, Path, Text, QR, Bars or Picture.
type Item interface {
	// Bounds is the area the item may put ink on.
	Bounds() Box
}

// Box is an area on a page.
type Box struct{ X, Y, W, H float64 }

// Right and Bottom are the far edges of the box.
func (b Box) Right() float64  { return b.X + b.W }
func (b Box) Bottom() float64 { return b.Y + b.H }

// Overlaps reports whether the boxes share more than an edge.
func (b Box) Overlaps(c Box) bool {
	return b.X < c.Right() && c.X < b.Right() && b.Y < c.Bottom() && c.Y < b.Bottom()
}

func (b Box) inset(d float64) Box { return Box{b.X + d, b.Y + d, b.W - 2*d, b.H - 2*d} }

// Ink is a shade of grey: 0 is black, 255 the paper. Printers with dots only
// approximate a shade by a pattern.
type Ink uint8

// Shades in use.
const (
	Black Ink = 0
	Faint Ink = 205 // behind text: the draft mark
	Rule  Ink = 150 // thin lines of tables
	Paper Ink = 255
)

// Rect is a filled rectangle.
type Rect struct {
	Box
	Ink Ink
}

// Bounds implements Item.
func (r Rect) Bounds() Box { return r.Box }

// Frame is the outline of a rectangle; the line lies inside the box.
type Frame struct {
	Box
	Width float64
}

// Bounds implements Item.
func (f Frame) Bounds() Box { return f.Box }

// Line is a horizontal or vertical line from one point to the other.
type Line struct {
	X1, Y1, X2, Y2, Width float64
	Ink                   Ink
}

// Bounds implements Item.
func (l Line) Bounds() Box {
	h := l.Width / 2
	return Box{min(l.X1, l.X2) - h, min(l.Y1, l.Y2) - h, max(l.X1, l.X2) - min(l.X1, l.X2) + l.Width, max(l.Y1, l.Y2) - min(l.Y1, l.Y2) + l.Width}
}

// Path is a filled shape, nonzero winding, in units of Scale millimetres placed
// at X, Y; its y runs downwards.
type Path struct {
	X, Y, Scale float64
	Segments    []truetype.Segment
	Ink         Ink
}

// Bounds implements Item.
func (p Path) Bounds() Box {
	if len(p.Segments) == 0 {
		return Box{X: p.X, Y: p.Y}
	}
	s := p.Segments[0]
	x0, y0, x1, y1 := s.X, s.Y, s.X, s.Y
	grow := func(x, y float32) {
		x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
	}
	for _, s := range p.Segments {
		grow(s.X, s.Y)
		if s.Op == truetype.Quad {
			grow(s.CX, s.CY)
		}
	}
	return Box{p.X + float64(x0)*p.Scale, p.Y + float64(y0)*p.Scale, float64(x1-x0) * p.Scale, float64(y1-y0) * p.Scale}
}

// Text is one shaped line. X, Y is the start of its baseline, Size the em,
// Angle turns it counter-clockwise about that point, in degrees.
type Text struct {
	Element           string // what it is, for errors and checks
	X, Y, Size, Angle float64
	Ink               Ink
	Line              *Shaped
}

// Bounds implements Item: the line box, turned.
func (t Text) Bounds() Box {
	sin, cos := math.Sincos(t.Angle * math.Pi / 180)
	w, top, bottom := t.Line.Width*t.Size, -0.95*t.Size, 0.28*t.Size
	var b Box
	for i, c := range [4][2]float64{{0, top}, {w, top}, {0, bottom}, {w, bottom}} {
		x, y := t.X+c[0]*cos+c[1]*sin, t.Y-c[0]*sin+c[1]*cos
		if i == 0 {
			b = Box{X: x, Y: y}
			continue
		}
		r, d := max(b.Right(), x), max(b.Bottom(), y)
		b.X, b.Y = min(b.X, x), min(b.Y, y)
		b.W, b.H = r-b.X, d-b.Y
	}
	return b
}

// QR is a code: X, Y is the corner of the first module, and the quiet zone lies
// around it. It paints its own background, so what was drawn before does not
// show through.
type QR struct {
	Element string
	X, Y    float64
	Module  float64 // edge of one module
	Code    *Matrix
}

// QuietModules is the blank border around a code, in modules, that ISO/IEC
// 18004 asks for.
const QuietModules = 4

// Bounds implements Item: the code with its quiet zone.
func (q QR) Bounds() Box {
	side := float64(q.Code.N+2*QuietModules) * q.Module
	return Box{q.X - QuietModules*q.Module, q.Y - QuietModules*q.Module, side, side}
}
