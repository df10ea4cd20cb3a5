package label

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"unicode/utf16"

	"hashmend/backend/label/truetype"
)

// pdfFont collects what a document uses of one font. A character code stands
// for a glyph and the text it shows, so that text extraction is right even where
// a script writes one letter with several glyphs or several with one.
type pdfFont struct {
	font   *truetype.Font
	codes  map[cidKey]int
	glyphs []int    // of code i
	texts  []string // of code i
	widths []int    // of code i, thousandths of an em
}

type cidKey struct {
	gid  int
	text string
}

// font begins or continues the use of a font.
func (p *PDF) font(id int) *pdfFont {
	if p.fonts[id] == nil {
		f := &pdfFont{font: p.engine.outlines(id), codes: map[cidKey]int{}}
		f.add(0, "")
		p.fonts[id] = f
	}
	return p.fonts[id]
}

// use answers the code of a glyph and its natural width.
func (f *pdfFont) use(g Glyph) (code, width int) {
	code, ok := f.codes[cidKey{g.ID, g.Text}]
	if !ok {
		code = f.add(g.ID, g.Text)
	}
	return code, f.widths[code]
}

func (f *pdfFont) add(gid int, text string) int {
	code := len(f.glyphs)
	f.codes[cidKey{gid, text}] = code
	f.glyphs = append(f.glyphs, gid)
	f.texts = append(f.texts, text)
	f.widths = append(f.widths, f.scale(f.font.Advance(gid)))
	return code
}

// scale turns font units into thousandths of an em.
func (f *pdfFont) scale(v int) int {
	upem := f.font.UnitsPerEm()
	if v < 0 {
		return -((-v*1000 + upem/2) / upem)
	}
	return (v*1000 + upem/2) / upem
}

// writeFont writes the subset and what describes it, and answers the number of
// the font object.
func (p *PDF) writeFont(f *pdfFont) int {
	m := f.font.Metrics()
	subset := f.font.Subset(f.glyphs, nil)
	name := subsetTag(subset) + "+" + m.PostScriptName

	file := p.stream(fmt.Sprintf("/Length1 %d", len(subset)), subset)
	unicode := p.stream("", f.toUnicode())
	descriptor := p.object()
	p.print("%d 0 obj\n<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %d 0 R>>\nendobj\n",
		descriptor, name, f.scale(m.XMin), f.scale(m.YMin), f.scale(m.XMax), f.scale(m.YMax),
		f.scale(m.Ascent), f.scale(m.Descent), f.scale(m.CapHeight), file)

	descendant := p.object()
	p.print("%d 0 obj\n<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/W[0%v]>>\nendobj\n",
		descendant, name, descriptor, f.widths)

	font := p.object()
	p.print("%d 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>\nendobj\n",
		font, name, descendant, unicode)
	return font
}

// subsetTag is the six letters that mark a font as a subset; the same subset has
// the same letters.
func subsetTag(subset []byte) string {
	sum := sha256.Sum256(subset)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// toUnicode maps every code to its text.
func (f *pdfFont) toUnicode() []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	var codes []int
	for code, text := range f.texts {
		if text != "" {
			codes = append(codes, code)
		}
	}
	const atOnce = 100 // the most that a block may hold
	for len(codes) > 0 {
		n := min(atOnce, len(codes))
		fmt.Fprintf(&b, "%d beginbfchar\n", n)
		for _, code := range codes[:n] {
			fmt.Fprintf(&b, "<%04X><%s>\n", code, utf16Hex(f.texts[code]))
		}
		b.WriteString("endbfchar\n")
		codes = codes[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

func utf16Hex(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = appendHex16(b, int(u))
	}
	return string(b)
}
