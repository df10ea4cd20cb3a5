// Package truetype reads the outlines of a TrueType font and writes subsets of
// it. It serves two writers: the PDF back end, which embeds only the glyphs a
// document shows, and the font preparation, which keeps only the characters a
// label may carry. Layout tables (GSUB, GPOS) are the shaper's business.
package truetype

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// ErrFormat says that the bytes are not a TrueType font with glyf outlines.
var ErrFormat = errors.New("truetype: not a font with glyf outlines")

// Font is a parsed font. It refers to the bytes it was parsed from and is safe
// for concurrent use.
type Font struct {
	tables map[string][]byte
	order  []string // of the table directory

	outlines        func(from, to int) []byte // of the glyf table
	loca, hmtx      []byte
	longLoca        bool
	glyphs, metrics int
	upem            int
}

// Parse reads the table directory; glyphs are decoded when they are asked for.
func Parse(data []byte) (*Font, error) {
	part := func(at, n int64) ([]byte, error) { return data[at : at+n : at+n], nil }
	return parse(int64(len(data)), part, true)
}

// Open is Parse for a font that stays where it is: of its outlines, most of a
// large font, only those that are asked for come into memory.
func Open(r io.ReaderAt, size int64) (*Font, error) {
	return parse(size, func(at, n int64) ([]byte, error) {
		b := make([]byte, n)
		_, err := r.ReadAt(b, at)
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return b, err
	}, false)
}

func parse(size int64, part func(at, n int64) ([]byte, error), whole bool) (*Font, error) {
	if size < 12 {
		return nil, ErrFormat
	}
	head, err := part(0, 12)
	if err != nil || binary.BigEndian.Uint32(head) != 0x00010000 && string(head[:4]) != "true" {
		return nil, ErrFormat
	}
	n := int64(binary.BigEndian.Uint16(head[4:]))
	if size < 12+16*n {
		return nil, ErrFormat
	}
	directory, err := part(12, 16*n)
	if err != nil {
		return nil, ErrFormat
	}
	f := &Font{tables: make(map[string][]byte, n)}
	for ; len(directory) > 0; directory = directory[16:] {
		offset := int64(binary.BigEndian.Uint32(directory[8:]))
		length := int64(binary.BigEndian.Uint32(directory[12:]))
		if offset+length > size {
			return nil, fmt.Errorf("%w: table %q lies outside the file", ErrFormat, directory[:4])
		}
		tag := string(directory[:4])
		f.order = append(f.order, tag)
		if tag == "glyf" {
			f.outlines = func(from, to int) []byte {
				if from < 0 || int64(to) > length {
					return nil
				}
				b, err := part(offset+int64(from), int64(to-from))
				if err != nil {
					return nil
				}
				return b
			}
			if !whole {
				continue
			}
		}
		if f.tables[tag], err = part(offset, length); err != nil {
			return nil, ErrFormat
		}
	}
	return f, f.index()
}

func (f *Font) index() error {
	head, maxp, hhea := f.tables["head"], f.tables["maxp"], f.tables["hhea"]
	if len(head) < 54 || len(maxp) < 6 || len(hhea) < 36 || f.outlines == nil {
		return ErrFormat
	}
	f.loca, f.hmtx = f.tables["loca"], f.tables["hmtx"]
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

// Table is the raw table, or nil. An opened font keeps no glyf table.
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
	if from >= to || to-from < 10 {
		return nil
	}
	return f.outlines(from, to)
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
