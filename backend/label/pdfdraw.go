package label

import (
	"math"
	"strconv"

	"hashmend/backend/label/truetype"
)

// draw writes the operators of a page's items. Neighbouring texts share one
// text object.
func (p *PDF) draw(items []Item) error {
	c := &pdfContent{pdf: p, b: p.content.AvailableBuffer(), fill: -1}
	for _, item := range items {
		if t, ok := item.(Text); ok {
			c.text(t)
			continue
		}
		c.endText()
		switch i := item.(type) {
		case Rect:
			c.ink(i.Ink)
			c.rect(i.Box)
			c.op("f")
		case Frame:
			c.ink(Black)
			c.rect(i.Box)
			c.rect(i.Box.inset(i.Width))
			c.op("f*")
		case Line:
			c.ink(i.Ink)
			c.rect(i.Bounds())
			c.op("f")
		case Path:
			c.ink(i.Ink)
			c.op("q", i.Scale, 0, 0, i.Scale, i.X, i.Y, "cm")
			c.segments(i.Segments)
			c.op("f", "Q")
		case QR:
			c.qr(i)
		case Bars:
			c.ink(Paper)
			c.rect(i.Bounds())
			c.op("f")
			c.ink(Black)
			i.eachBar(func(at, width int) { c.rect(i.bar(at, width)) })
			c.op("f")
		case Picture: // its y runs upwards, in a unit square
			c.op("q", i.W, 0, 0, -i.H, i.X, i.Bottom(), "cm", "/I"+strconv.Itoa(p.picture(i.Image)), "Do Q")
		}
	}
	c.endText()
	_, err := p.content.Write(c.b)
	return err
}

// pdfContent builds one content stream.
type pdfContent struct {
	pdf    *PDF
	b      []byte
	fill   int // shade in force, -1 before the first
	inText bool
	// In force inside the text object: the font, its size and where the line
	// began, in thousandths of a millimetre; upright says that the next line may
	// be given as the distance from there.
	font    int
	size    int
	x, y    int
	upright bool
}

// op appends operands and operators, separated by spaces, as one line.
func (c *pdfContent) op(words ...any) {
	for _, w := range words {
		switch v := w.(type) {
		case string:
			c.b = append(c.b, v...)
		case int:
			c.b = strconv.AppendInt(c.b, int64(v), 10)
		case float64:
			c.b = appendNum(c.b, v)
		}
		c.b = append(c.b, ' ')
	}
	c.b[len(c.b)-1] = '\n'
}

func (c *pdfContent) ink(ink Ink) {
	if c.fill != int(ink) {
		c.op(float64(ink)/255, "g")
		c.fill = int(ink)
	}
}

func (c *pdfContent) rect(b Box) { c.op(b.X, b.Y, b.W, b.H, "re") }

func (c *pdfContent) segments(segments []truetype.Segment) {
	var x, y float64
	for _, s := range segments {
		tx, ty := float64(s.X), float64(s.Y)
		switch s.Op {
		case truetype.Move:
			c.op(tx, ty, "m")
		case truetype.Line:
			c.op(tx, ty, "l")
		case truetype.Quad: // as the cubic that PDF knows
			cx, cy := float64(s.CX), float64(s.CY)
			c.op(x+(cx-x)*2/3, y+(cy-y)*2/3, tx+(cx-tx)*2/3, ty+(cy-ty)*2/3, tx, ty, "c")
		}
		x, y = tx, ty
	}
}

// qr fills all dark modules as one path: separate rectangles would leave hair
// lines between modules in many readers.
func (c *pdfContent) qr(q QR) {
	c.ink(Paper)
	c.rect(q.Bounds())
	c.op("f")
	c.ink(Black)
	c.op("q", q.Module, 0, 0, q.Module, q.X, q.Y, "cm")
	q.Code.eachRect(func(x, y, w, h int) {
		c.b = strconv.AppendInt(c.b, int64(x), 10)
		c.b = append(c.b, ' ')
		c.b = strconv.AppendInt(c.b, int64(y), 10)
		c.b = append(c.b, ' ')
		c.b = strconv.AppendInt(c.b, int64(w), 10)
		c.b = append(c.b, ' ')
		c.b = strconv.AppendInt(c.b, int64(h), 10)
		c.b = append(c.b, " re\n"...)
	})
	c.op("f", "Q")
}

// eachRun calls f for every stretch of dark modules in a row.
func eachRun(row []bool, f func(x, n int)) {
	for x := 0; x < len(row); x++ {
		if !row[x] {
			continue
		}
		from := x
		for x < len(row) && row[x] {
			x++
		}
		f(from, x-from)
	}
}

func (c *pdfContent) endText() {
	if c.inText {
		c.op("ET")
		c.inText = false
	}
}

func (c *pdfContent) text(t Text) {
	c.ink(t.Ink)
	if !c.inText {
		c.op("BT")
		c.inText, c.upright, c.font = true, false, -1
	}
	x, y := milli(t.X), milli(t.Y)
	switch {
	case t.Angle != 0:
		sin, cos := math.Sincos(t.Angle * math.Pi / 180)
		c.op(cos, -sin, -sin, -cos, thousandths(x), thousandths(y), "Tm")
	case c.upright:
		c.op(thousandths(x-c.x), thousandths(c.y-y), "Td")
	default:
		c.op(1, 0, 0, -1, thousandths(x), thousandths(y), "Tm")
	}
	c.x, c.y, c.upright = x, y, t.Angle == 0
	if size := milli(t.Size); size != c.size {
		c.size, c.font = size, -1
	}
	for glyphs := t.Line.Glyphs; len(glyphs) > 0; {
		n := clusterLen(glyphs)
		if n > 1 {
			c.cluster(glyphs[:n])
			glyphs = glyphs[n:]
			continue
		}
		for n < len(glyphs) && clusterLen(glyphs[n:]) == 1 {
			n++
		}
		c.runs(glyphs[:n])
		glyphs = glyphs[n:]
	}
}

// clusterLen is the number of glyphs that together show the first one's text,
// such as a letter and its dots.
func clusterLen(glyphs []Glyph) int {
	n := 1
	for n < len(glyphs) && glyphs[n].Text == "" {
		n++
	}
	return n
}

// cluster shows a letter and its marks as one piece of text. Readers take its
// extent from the first glyph's left to the last one's right, so an empty glyph
// that ends where the letter ends comes last.
func (c *pdfContent) cluster(glyphs []Glyph) {
	c.op("/Span<</ActualText", textString(glyphs[0].Text)+">>BDC")
	last := glyphs[len(glyphs)-1]
	space, width := c.pdf.engine.space(last.Face)
	c.runs(append(glyphs[:len(glyphs):len(glyphs)], Glyph{Face: last.Face, ID: space, OffX: -width}))
	c.op("EMC")
}

// runs shows glyphs, font by font and height by height.
func (c *pdfContent) runs(glyphs []Glyph) {
	for len(glyphs) > 0 {
		n := 1
		for n < len(glyphs) && glyphs[n].Face == glyphs[0].Face && glyphs[n].OffY == glyphs[0].OffY {
			n++
		}
		c.run(glyphs[:n])
		glyphs = glyphs[n:]
	}
}

// run shows glyphs of one font on one height. Where the shaper moved a glyph off
// its natural place, a number in thousandths of an em says so.
func (c *pdfContent) run(glyphs []Glyph) {
	f := c.pdf.font(glyphs[0].Face)
	if c.font != glyphs[0].Face {
		c.op("/F"+strconv.Itoa(glyphs[0].Face), thousandths(c.size), "Tf")
		c.font = glyphs[0].Face
	}
	rise := glyphs[0].OffY
	if rise != 0 {
		c.op(rise*float64(c.size)/1000, "Ts")
	}
	c.b = append(c.b, "[<"...)
	moved := 0 // thousandths, owed before the next glyph
	for _, g := range glyphs {
		if before := moved - milli(g.OffX); before != 0 {
			c.b = append(c.b, '>')
			c.b = strconv.AppendInt(c.b, int64(before), 10)
			c.b = append(c.b, '<')
		}
		cid, width := f.use(g)
		c.b = appendHex16(c.b, cid)
		moved = milli(g.OffX) + width - milli(g.Advance)
	}
	c.b = append(c.b, '>')
	if moved != 0 {
		c.b = strconv.AppendInt(c.b, int64(moved), 10)
	}
	c.op("]TJ")
	if rise != 0 {
		c.op("0 Ts")
	}
}

func thousandths(n int) float64 { return float64(n) / 1000 }

func milli(em float64) int { return int(math.Round(em * 1000)) }

// appendNum writes a number with at most four decimals and no more than needed.
func appendNum(b []byte, v float64) []byte {
	v = math.Round(v * 1e4)
	if v == 0 {
		return append(b, '0')
	}
	return strconv.AppendFloat(b, v/1e4, 'f', -1, 64)
}

func num(v float64) string { return string(appendNum(nil, v)) }

const hexDigits = "0123456789ABCDEF"

func appendHex16(b []byte, v int) []byte {
	return append(b, hexDigits[v>>12&15], hexDigits[v>>8&15], hexDigits[v>>4&15], hexDigits[v&15])
}
