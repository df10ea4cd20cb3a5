package label

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"math"
	"strconv"

	"hashmend/backend/label/truetype"
)

// SVG writes one page as a self-contained picture for the screen: every glyph
// is an outline, so it needs no font and looks the same in every browser, and
// nothing in it can be mistaken for markup.
func (e *Engine) SVG(w io.Writer, page Page) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%smm" height="%smm" viewBox="0 0 %s %s"><path fill="#fff" d="M0 0H%sV%sH0z"/>`,
		num(page.W), num(page.H), num(page.W), num(page.H), num(page.W), num(page.H))
	defined := map[[2]int]bool{}
	for _, item := range page.Items {
		switch i := item.(type) {
		case Rect:
			svgPath(&b, i.Ink, "", rectPath(i.Box))
		case Frame:
			svgPath(&b, Black, ` fill-rule="evenodd"`, rectPath(i.Box)+rectPath(i.inset(i.Width)))
		case Line:
			svgPath(&b, i.Ink, "", rectPath(i.Bounds()))
		case Path:
			svgPath(&b, i.Ink, fmt.Sprintf(` transform="translate(%s %s) scale(%s)"`, num(i.X), num(i.Y), num(i.Scale)), string(appendOutline(nil, i.Segments, 0, 0, 1, 1)))
		case Text:
			e.svgText(&b, i, defined)
		case QR:
			svgPath(&b, Paper, "", rectPath(i.Bounds()))
			svgPath(&b, Black, fmt.Sprintf(` shape-rendering="crispEdges" transform="translate(%s %s) scale(%s)"`, num(i.X), num(i.Y), num(i.Module)), qrPath(i.Code))
		case Bars:
			svgPath(&b, Paper, "", rectPath(i.Bounds()))
			svgPath(&b, Black, ` shape-rendering="crispEdges"`, barsPath(i))
		case Picture:
			fmt.Fprintf(&b, `<image x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="none" href="data:image/png;base64,%s"/>`,
				num(i.X), num(i.Y), num(i.W), num(i.H), base64.StdEncoding.EncodeToString(i.Image.png()))
		}
	}
	b.WriteString("</svg>\n")
	_, err := w.Write(b.Bytes())
	return err
}

func svgPath(b *bytes.Buffer, ink Ink, attributes, d string) {
	if d == "" {
		return
	}
	fill := ""
	if ink != Black { // black is what SVG fills with by itself
		fill = fmt.Sprintf(` fill="#%02x%02x%02x"`, ink, ink, ink)
	}
	fmt.Fprintf(b, `<path%s%s d="%s"/>`, fill, attributes, d)
}

func rectPath(r Box) string {
	return fmt.Sprintf("M%s %sh%sv%sh%sz", num(r.X), num(r.Y), num(r.W), num(r.H), num(-r.W))
}

func qrPath(m *Matrix) string {
	var b []byte
	for y, row := range m.Dark {
		eachRun(row, func(x, n int) { b = fmt.Appendf(b, "M%d %dh%dv1h-%dz", x, y, n, n) })
	}
	return string(b)
}

func barsPath(i Bars) string {
	var b []byte
	i.eachBar(func(at, width int) { b = append(b, rectPath(i.bar(at, width))...) })
	return string(b)
}

// svgText draws a line in thousandths of an em. Each glyph is defined at its
// first use; its name follows from font and glyph alone, so that several
// pictures in one document may define it again, and always alike.
func (e *Engine) svgText(b *bytes.Buffer, t Text, defined map[[2]int]bool) {
	turn := ""
	if t.Angle != 0 {
		turn = " rotate(" + num(-t.Angle) + ")"
	}
	fill := ""
	if t.Ink != Black {
		fill = fmt.Sprintf(` fill="#%02x%02x%02x"`, t.Ink, t.Ink, t.Ink)
	}
	fmt.Fprintf(b, `<g%s transform="translate(%s %s)%s scale(%s)">`, fill, num(t.X), num(t.Y), turn, strconv.FormatFloat(math.Round(t.Size*1e4)/1e7, 'f', -1, 64))
	pen := 0.0
	for _, g := range t.Line.Glyphs {
		name := [2]int{g.Face, g.ID}
		if !defined[name] {
			defined[name] = true
			font := e.outlines(g.Face)
			unit := 1000 / float64(font.UnitsPerEm())
			fmt.Fprintf(b, `<defs><path id="f%dg%d" d="%s"/></defs>`, g.Face, g.ID, appendOutline(nil, font.Outline(g.ID), 0, 0, unit, -unit))
		}
		fmt.Fprintf(b, `<use href="#f%dg%d" x="%d"`, g.Face, g.ID, milli(pen+g.OffX))
		if y := milli(-g.OffY); y != 0 {
			fmt.Fprintf(b, ` y="%d"`, y)
		}
		b.WriteString("/>")
		pen += g.Advance
	}
	b.WriteString("</g>")
}

// appendOutline writes an outline shifted by (x, y) and scaled by (sx, sy).
func appendOutline(b []byte, segments []truetype.Segment, x, y, sx, sy float64) []byte {
	point := func(op byte, px, py float32) {
		b = append(b, op)
		b = svgNum(b, x+float64(px)*sx)
		b = append(b, ' ')
		b = svgNum(b, y+float64(py)*sy)
	}
	for i, s := range segments {
		switch s.Op {
		case truetype.Move:
			if i > 0 {
				b = append(b, 'z')
			}
			point('M', s.X, s.Y)
		case truetype.Line:
			point('L', s.X, s.Y)
		case truetype.Quad:
			point('Q', s.CX, s.CY)
			point(' ', s.X, s.Y)
		}
	}
	if len(segments) > 0 {
		b = append(b, 'z')
	}
	return b
}

// svgNum keeps two decimals: of a thousandth of an em, or of a millimetre.
func svgNum(b []byte, v float64) []byte {
	return strconv.AppendFloat(b, math.Round(v*100)/100, 'f', -1, 64)
}
