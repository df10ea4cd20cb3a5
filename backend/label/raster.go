package label

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/vector"

	"hashmend/backend/label/truetype"
)

// Dots per millimetre of the usual thermal heads, known as 203, 300 and 600 dpi.
const (
	DPI203 = 8
	DPI300 = 12
	DPI600 = 24
)

// Bitmap is a page as the dots a print head burns: a set bit is black, the
// highest bit of a byte is the leftmost dot.
type Bitmap struct {
	W, H, Stride int
	Bits         []byte
}

// Black reports whether a dot is burnt.
func (m *Bitmap) Black(x, y int) bool { return m.Bits[y*m.Stride+x>>3]&(0x80>>(x&7)) != 0 }

func (m *Bitmap) set(x, y int, black bool) {
	if x < 0 || y < 0 || x >= m.W || y >= m.H {
		return
	}
	if black {
		m.Bits[y*m.Stride+x>>3] |= 0x80 >> (x & 7)
		return
	}
	m.Bits[y*m.Stride+x>>3] &^= 0x80 >> (x & 7)
}

// PNG writes the bitmap as a picture of two colours.
func (m *Bitmap) PNG(w io.Writer) error {
	img := image.NewPaletted(image.Rect(0, 0, m.W, m.H), color.Palette{color.White, color.Black})
	for y := range m.H {
		for x := range m.W {
			if m.Black(x, y) {
				img.Pix[y*img.Stride+x] = 1
			}
		}
	}
	return png.Encode(w, img)
}

// Raster renders a page in dots. Lines are at least one dot, and the modules of
// a code are whole dots, whatever the resolution.
func (e *Engine) Raster(page Page, dotsPerMM int) *Bitmap {
	m := &Bitmap{}
	r := raster{engine: e}
	r.draw(m, page, dotsPerMM)
	return m
}

// draw renders a page into a bitmap, in the memory that both have.
func (r *raster) draw(m *Bitmap, page Page, dotsPerMM int) {
	dpmm := float64(dotsPerMM)
	m.reset(int(math.Round(page.W*dpmm)), int(math.Round(page.H*dpmm)))
	r.m, r.dpmm = m, dpmm
	for _, item := range page.Items {
		switch i := item.(type) {
		case Rect:
			r.rect(i.Box, i.Ink)
		case Frame:
			w := i.Width
			r.rect(Box{i.X, i.Y, i.W, w}, Black)
			r.rect(Box{i.X, i.Bottom() - w, i.W, w}, Black)
			r.rect(Box{i.X, i.Y, w, i.H}, Black)
			r.rect(Box{i.Right() - w, i.Y, w, i.H}, Black)
		case Line:
			r.rect(i.Bounds(), i.Ink)
		case Path:
			r.shape(i.Bounds(), i.Ink, func() { r.outline(i.Segments, matrix{i.Scale, 0, 0, i.Scale, i.X, i.Y}) })
		case Text:
			r.shape(i.Bounds(), i.Ink, func() { r.text(i) })
		case QR:
			r.qr(i)
		case Bars:
			r.bars(i)
		case Picture:
			r.picture(i)
		}
	}
}

// matrix maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type matrix [6]float64

type raster struct {
	engine *Engine
	m      *Bitmap
	dpmm   float64

	glyphs map[[2]int][]truetype.Segment // outlines by font and glyph, for the next label
	vector vector.Rasterizer
	mask   image.Alpha
	ox, oy float64 // of the mask, in dots
}

// dots is an edge on the grid; a box that has any width keeps one dot.
func (r *raster) dots(from, size float64) (lo, hi int) {
	lo, hi = int(math.Round(from*r.dpmm)), int(math.Round((from+size)*r.dpmm))
	if hi == lo && size > 0 {
		hi++
	}
	return lo, hi
}

func (r *raster) rect(b Box, ink Ink) {
	x0, x1 := r.dots(b.X, b.W)
	y0, y1 := r.dots(b.Y, b.H)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			r.m.set(x, y, burns(x, y, ink))
		}
	}
}

// shade is a 4 × 4 ordered dither.
var shade = [4][4]int{{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}}

func burns(x, y int, ink Ink) bool { return int(ink) <= shade[y&3][x&3]*15 || ink == Black }

// qr draws whole dots: where the resolution does not divide the module evenly,
// the code becomes a little smaller, around the same centre.
func (r *raster) qr(q QR) {
	r.rect(q.Bounds(), Paper)
	dots := int(q.Module*r.dpmm + 1e-6)
	side := float64(q.Code.N) * q.Module
	slack := side - float64(q.Code.N*dots)/r.dpmm
	x0, y0 := int(math.Round((q.X+slack/2)*r.dpmm)), int(math.Round((q.Y+slack/2)*r.dpmm))
	for my, row := range q.Code.Dark {
		eachRun(row, func(mx, n int) {
			for y := y0 + my*dots; y < y0+(my+1)*dots; y++ {
				for x := x0 + mx*dots; x < x0+(mx+n)*dots; x++ {
					r.m.set(x, y, true)
				}
			}
		})
	}
}

// bars draws whole dots, as qr does.
func (r *raster) bars(b Bars) {
	r.rect(b.Bounds(), Paper)
	dots := int(b.Module*r.dpmm + 1e-6)
	along, across := b.X, b.Y
	if b.Turned {
		along, across = b.Y, b.X
	}
	a0 := int(math.Round(along * r.dpmm))
	c0, c1 := r.dots(across, b.Height)
	b.eachBar(func(at, width int) {
		for a := a0 + at*dots; a < a0+(at+width)*dots; a++ {
			for c := c0; c < c1; c++ {
				if b.Turned {
					r.m.set(c, a, true)
				} else {
					r.m.set(a, c, true)
				}
			}
		}
	})
}

// picture dithers: a head knows no grey.
func (r *raster) picture(p Picture) {
	x0, x1 := r.dots(p.X, p.W)
	y0, y1 := r.dots(p.Y, p.H)
	sx, sy := float64(p.Image.W)/float64(x1-x0), float64(p.Image.H)/float64(y1-y0)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			fx, fy := float64(x-x0)*sx, float64(y-y0)*sy
			r.m.set(x, y, burns(x, y, p.Image.at(fx, fy, fx+sx, fy+sy)))
		}
	}
}

// shape fills what draw outlines, inside the given bounds.
func (r *raster) shape(bounds Box, ink Ink, draw func()) {
	const slack = 2 // dots, for glyphs that reach over their line box
	x0, y0 := int(math.Floor(bounds.X*r.dpmm))-slack, int(math.Floor(bounds.Y*r.dpmm))-slack
	x1, y1 := int(math.Ceil(bounds.Right()*r.dpmm))+slack, int(math.Ceil(bounds.Bottom()*r.dpmm))+slack
	x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, r.m.W), min(y1, r.m.H)
	if x0 >= x1 || y0 >= y1 {
		return
	}
	w, h := x1-x0, y1-y0
	r.ox, r.oy = float64(x0), float64(y0)
	r.vector.Reset(w, h)
	draw()
	if cap(r.mask.Pix) < w*h {
		r.mask.Pix = make([]uint8, w*h)
	}
	r.mask = image.Alpha{Pix: r.mask.Pix[:w*h], Stride: w, Rect: image.Rect(0, 0, w, h)}
	clear(r.mask.Pix)
	r.vector.Draw(&r.mask, r.mask.Rect, image.Opaque, image.Point{})
	for y := range h {
		for x, a := range r.mask.Pix[y*w : y*w+w] {
			if a >= 128 {
				r.m.set(x0+x, y0+y, burns(x0+x, y0+y, ink))
			}
		}
	}
}

func (r *raster) text(t Text) {
	sin, cos := math.Sincos(t.Angle * math.Pi / 180)
	pen := 0.0
	for _, g := range t.Line.Glyphs {
		font := r.engine.outlines(g.Face)
		s := t.Size / float64(font.UnitsPerEm())
		dx, dy := (pen+g.OffX)*t.Size, g.OffY*t.Size
		r.outline(r.glyph(font, g), matrix{s * cos, -s * sin, -s * sin, -s * cos, t.X + dx*cos - dy*sin, t.Y - dx*sin - dy*cos})
		pen += g.Advance
	}
}

// mostGlyphs bounds the outlines that are kept.
const mostGlyphs = 1024

// glyph is the outline of a glyph. A batch of labels draws the same few hundred.
func (r *raster) glyph(font *truetype.Font, g Glyph) []truetype.Segment {
	key := [2]int{g.Face, g.ID}
	if s, ok := r.glyphs[key]; ok {
		return s
	}
	if r.glyphs == nil || len(r.glyphs) >= mostGlyphs {
		r.glyphs = map[[2]int][]truetype.Segment{}
	}
	r.glyphs[key] = font.Outline(g.ID)
	return r.glyphs[key]
}

// outline adds a shape; m maps its units to millimetres on the page.
func (r *raster) outline(segments []truetype.Segment, m matrix) {
	at := func(x, y float32) (float32, float32) {
		px := (m[0]*float64(x)+m[2]*float64(y)+m[4])*r.dpmm - r.ox
		py := (m[1]*float64(x)+m[3]*float64(y)+m[5])*r.dpmm - r.oy
		return float32(px), float32(py)
	}
	for i, s := range segments {
		x, y := at(s.X, s.Y)
		switch s.Op {
		case truetype.Move:
			if i > 0 {
				r.vector.ClosePath()
			}
			r.vector.MoveTo(x, y)
		case truetype.Line:
			r.vector.LineTo(x, y)
		case truetype.Quad:
			cx, cy := at(s.CX, s.CY)
			r.vector.QuadTo(cx, cy, x, y)
		}
	}
	if len(segments) > 0 {
		r.vector.ClosePath()
	}
}
