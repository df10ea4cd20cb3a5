// Package truetype reads the outlines of a TrueType font and writes subsets of
// it. It serves two writers: the PDF back end, which embeds only the glyphs a
// document shows, and the font preparation, which keeps only the characters a
// label may carry. Layout tables (GSUB, GPOS) are the shaper's business.
package truetype

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// ErrFormat says that the bytes are not a TrueType font with glyf outlines.
var ErrFormat = errors.New("truetype: not a font with glyf outlines")

// Font is a parsed font. It refers to the bytes it was parsed from and is safe
// for concurrent use.
type Font struct {
	tables map[string][]byte
	order  []string // of the table directory

	glyf, loca, hmtx []byte
	longLoca         bool
	glyphs, metrics  int
	upem             int
}

// Parse reads the table directory; glyphs are decoded when they are asked for.
func Parse(data []byte) (*Font, error) {
	if len(data) < 12 || (binary.BigEndian.Uint32(data) != 0x00010000 && string(data[:4]) != "true") {
		return nil, ErrFormat
	}
	n := int(binary.BigEndian.Uint16(data[4:]))
	if len(data) < 12+16*n {
		return nil, ErrFormat
	}
	f := &Font{tables: make(map[string][]byte, n)}
	for i := range n {
		record := data[12+16*i:]
		offset := uint64(binary.BigEndian.Uint32(record[8:]))
		length := uint64(binary.BigEndian.Uint32(record[12:]))
		if offset+length > uint64(len(data)) {
			return nil, fmt.Errorf("%w: table %q lies outside the file", ErrFormat, record[:4])
		}
		tag := string(record[:4])
		f.tables[tag] = data[offset : offset+length : offset+length]
		f.order = append(f.order, tag)
	}
	return f, f.index()
}

func (f *Font) index() error {
	head, maxp, hhea := f.tables["head"], f.tables["maxp"], f.tables["hhea"]
	if len(head) < 54 || len(maxp) < 6 || len(hhea) < 36 || f.tables["glyf"] == nil {
		return ErrFormat
	}
	f.glyf, f.loca, f.hmtx = f.tables["glyf"], f.tables["loca"], f.tables["hmtx"]
	f.upem = int(binary.BigEndian.Uint16(head[18:]))
	f.longLoca = binary.BigEndian.Uint16(head[50:]) != 0
	f.glyphs = int(binary.BigEndian.Uint16(maxp[4:]))
	f.metrics = int(binary.BigEndian.Uint16(hhea[34:]))

	entry := 2
	if f.longLoca {
		entry = 4
	}
	if f.upem == 0 || f.metrics == 0 || f.metrics > f.glyphs ||
		len(f.loca) < (f.glyphs+1)*entry || len(f.hmtx) < 4*f.metrics+2*(f.glyphs-f.metrics) {
		return ErrFormat
	}
	return nil
}

// UnitsPerEm is the size of the square the outlines are drawn in.
func (f *Font) UnitsPerEm() int { return f.upem }

// NumGlyphs is the number of glyphs; ids run from 0 to one less.
func (f *Font) NumGlyphs() int { return f.glyphs }

// Table is the raw table, or nil.
func (f *Font) Table(tag string) []byte { return f.tables[tag] }

// Advance is the horizontal advance of a glyph, in font units.
func (f *Font) Advance(gid int) int {
	if gid < 0 || gid >= f.glyphs {
		return 0
	}
	if gid >= f.metrics {
		gid = f.metrics - 1
	}
	return int(binary.BigEndian.Uint16(f.hmtx[4*gid:]))
}

func (f *Font) leftSideBearing(gid int) uint16 {
	if gid < 0 || gid >= f.glyphs {
		return 0
	}
	if gid < f.metrics {
		return binary.BigEndian.Uint16(f.hmtx[4*gid+2:])
	}
	return binary.BigEndian.Uint16(f.hmtx[4*f.metrics+2*(gid-f.metrics):])
}

// glyphData is the glyf entry of a glyph; empty for a space.
func (f *Font) glyphData(gid int) []byte {
	if gid < 0 || gid >= f.glyphs {
		return nil
	}
	var from, to int
	if f.longLoca {
		from = int(binary.BigEndian.Uint32(f.loca[4*gid:]))
		to = int(binary.BigEndian.Uint32(f.loca[4*gid+4:]))
	} else {
		from = 2 * int(binary.BigEndian.Uint16(f.loca[2*gid:]))
		to = 2 * int(binary.BigEndian.Uint16(f.loca[2*gid+2:]))
	}
	if from >= to || to > len(f.glyf) || to-from < 10 {
		return nil
	}
	return f.glyf[from:to]
}

// Metrics are the measures a PDF font descriptor states, in font units.
type Metrics struct {
	Ascent, Descent, CapHeight int
	XMin, YMin, XMax, YMax     int
	PostScriptName             string
}

// Metrics reads the measures of the font.
func (f *Font) Metrics() Metrics {
	head, hhea, os2 := f.tables["head"], f.tables["hhea"], f.tables["OS/2"]
	m := Metrics{
		Ascent: int(i16(hhea[4:])), Descent: int(i16(hhea[6:])),
		XMin: int(i16(head[36:])), YMin: int(i16(head[38:])), XMax: int(i16(head[40:])), YMax: int(i16(head[42:])),
		PostScriptName: f.postScriptName(),
	}
	m.CapHeight = m.Ascent
	if len(os2) >= 90 && binary.BigEndian.Uint16(os2) >= 2 {
		m.CapHeight = int(i16(os2[88:]))
	}
	return m
}

// postScriptName is name 6 of the name table, reduced to what a PDF name may
// carry without escapes.
func (f *Font) postScriptName() string {
	name := f.tables["name"]
	if len(name) < 6 {
		return "Font"
	}
	storage := int(binary.BigEndian.Uint16(name[4:]))
	for i := range int(binary.BigEndian.Uint16(name[2:])) {
		at := 6 + 12*i
		if at+12 > len(name) {
			break
		}
		if binary.BigEndian.Uint16(name[at+6:]) != 6 {
			continue
		}
		from := storage + int(binary.BigEndian.Uint16(name[at+10:]))
		to := from + int(binary.BigEndian.Uint16(name[at+8:]))
		if to > len(name) {
			break
		}
		var out []byte
		for _, c := range name[from:to] {
			if c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
				out = append(out, c)
			}
		}
		return string(out)
	}
	return "Font"
}

func i16(b []byte) int16 { return int16(binary.BigEndian.Uint16(b)) }
