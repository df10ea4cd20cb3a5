package truetype

import (
	"encoding/binary"
	"sort"
)

// Subset writes a font whose glyph i is glyphs[i] of f; the first must be 0
// (.notdef), repetitions are allowed. What composite glyphs are made of follows
// behind. Hints are left out: no program they could call is kept. chars, when
// given, becomes the character map, from rune to an index of glyphs. extra
// names tables to copy as they are. The result depends on nothing else.
func (f *Font) Subset(glyphs []int, chars map[rune]int, extra ...string) []byte {
	ids, data := f.renumber(glyphs)

	var glyf []byte
	loca := make([]byte, 0, 4*len(ids)+4)
	hmtx := make([]byte, 0, 4*len(ids))
	for i, gid := range ids {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, data[i]...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(f.Advance(gid)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, f.leftSideBearing(gid))
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))

	head := append([]byte(nil), f.tables["head"]...)
	binary.BigEndian.PutUint32(head[8:], 0)  // checkSumAdjustment, set by assemble
	binary.BigEndian.PutUint16(head[50:], 1) // long offsets
	hhea := append([]byte(nil), f.tables["hhea"]...)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(ids)))
	maxp := append([]byte(nil), f.tables["maxp"]...)
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(ids)))

	tables := map[string][]byte{
		"glyf": glyf, "loca": loca, "hmtx": hmtx, "head": head, "hhea": hhea, "maxp": maxp,
	}
	if chars != nil {
		tables["cmap"] = cmap(chars)
	}
	for _, tag := range extra {
		if t := f.tables[tag]; t != nil {
			tables[tag] = t
		}
	}
	return Assemble(tables)
}

// renumber collects the glyphs and their components, and rewrites the
// components' ids.
func (f *Font) renumber(glyphs []int) (ids []int, data [][]byte) {
	ids = append([]int(nil), glyphs...)
	at := make(map[int]int, len(ids))
	for i, gid := range ids {
		if _, seen := at[gid]; !seen {
			at[gid] = i
		}
	}
	for i := 0; i < len(ids); i++ { // ids grows while components are found
		d := f.glyphData(ids[i])
		switch {
		case d == nil:
		case i16(d) >= 0:
			d = withoutHints(d)
		default:
			parts := compositeParts(d)
			if len(parts) == 0 {
				d = nil
				break
			}
			d = append([]byte(nil), d[:parts[len(parts)-1].end]...)
			for _, p := range parts {
				to, seen := at[p.gid]
				if !seen {
					to = len(ids)
					at[p.gid] = to
					ids = append(ids, p.gid)
				}
				binary.BigEndian.PutUint16(d[p.gidAt:], uint16(to))
				binary.BigEndian.PutUint16(d[p.flagsAt:], p.flags&^hasHints)
			}
		}
		data = append(data, d)
	}
	return ids, data
}

func withoutHints(d []byte) []byte {
	at := 10 + 2*int(i16(d))
	if len(d) < at+2 {
		return nil
	}
	n := int(binary.BigEndian.Uint16(d[at:]))
	if n == 0 || len(d) < at+2+n {
		return d
	}
	out := make([]byte, 0, len(d)-n)
	out = append(out, d[:at]...)
	out = append(out, 0, 0)
	return append(out, d[at+2+n:]...)
}

// cmap writes a character map of format 12 for Unicode, full repertoire.
func cmap(chars map[rune]int) []byte {
	runes := make([]rune, 0, len(chars))
	for r := range chars {
		runes = append(runes, r)
	}
	sort.Slice(runes, func(i, j int) bool { return runes[i] < runes[j] })

	type group struct{ from, to, gid uint32 }
	var groups []group
	for _, r := range runes {
		gid := uint32(chars[r])
		if n := len(groups) - 1; n >= 0 && groups[n].to+1 == uint32(r) && groups[n].gid+uint32(r)-groups[n].from == gid {
			groups[n].to = uint32(r)
			continue
		}
		groups = append(groups, group{uint32(r), uint32(r), gid})
	}
	be := binary.BigEndian
	b := []byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12} // one table, Windows UCS-4, at 12
	b = append(b, 0, 12, 0, 0)
	b = be.AppendUint32(b, uint32(16+12*len(groups)))
	b = be.AppendUint32(b, 0) // language
	b = be.AppendUint32(b, uint32(len(groups)))
	for _, g := range groups {
		b = be.AppendUint32(b, g.from)
		b = be.AppendUint32(b, g.to)
		b = be.AppendUint32(b, g.gid)
	}
	return b
}

// Assemble writes a font file from its tables, in the order of their tags, with
// correct checksums.
func Assemble(tables map[string][]byte) []byte {
	tags := make([]string, 0, len(tables))
	size := 12
	for tag, t := range tables {
		tags = append(tags, tag)
		size += 16 + (len(t)+3)&^3
	}
	sort.Strings(tags)

	be := binary.BigEndian
	power, log := 1, 0
	for power*2 <= len(tags) {
		power, log = power*2, log+1
	}
	out := make([]byte, 0, size)
	out = append(out, 0, 1, 0, 0)
	out = be.AppendUint16(out, uint16(len(tags)))
	out = be.AppendUint16(out, uint16(16*power))
	out = be.AppendUint16(out, uint16(log))
	out = be.AppendUint16(out, uint16(16*len(tags)-16*power))
	offset, headAt := 12+16*len(tags), 0
	for _, tag := range tags {
		if tag == "head" {
			headAt = offset
		}
		out = append(out, tag...)
		out = be.AppendUint32(out, checksum(tables[tag]))
		out = be.AppendUint32(out, uint32(offset))
		out = be.AppendUint32(out, uint32(len(tables[tag])))
		offset += (len(tables[tag]) + 3) &^ 3
	}
	for _, tag := range tags {
		out = append(out, tables[tag]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	if headAt > 0 {
		be.PutUint32(out[headAt+8:], 0xB1B0AFBA-checksum(out))
	}
	return out
}

func checksum(b []byte) uint32 {
	var sum uint32
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	var last [4]byte
	copy(last[:], b)
	return sum + binary.BigEndian.Uint32(last[:])
}
