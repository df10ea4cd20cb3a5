package main

import (
	"bytes"
	"sort"

	"github.com/go-text/typesetting/font"
	"golang.org/x/text/encoding/simplifiedchinese"

	"hashmend/backend/label/truetype"
)

// prepare leaves hints out of every font. A font with a keep rule loses the
// other characters and its layout tables, which only vertical text would use.
func (s source) prepare(data []byte) ([]byte, error) {
	f, err := truetype.Parse(data)
	if err != nil {
		return nil, err
	}
	if s.keep == nil {
		all := make([]int, f.NumGlyphs())
		for i := range all {
			all[i] = i
		}
		return f.Subset(all, nil, "cmap", "OS/2", "name", "GDEF", "GSUB", "GPOS"), nil
	}

	face, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	gidOf := map[rune]int{}
	var runes []rune
	for it := face.Cmap.Iter(); it.Next(); {
		r, gid := it.Char()
		if s.keep(r) {
			gidOf[r] = int(gid)
			runes = append(runes, r)
		}
	}
	sort.Slice(runes, func(i, j int) bool { return runes[i] < runes[j] })

	glyphs, chars, at := []int{0}, map[rune]int{}, map[int]int{}
	for _, r := range runes {
		gid := gidOf[r]
		if _, seen := at[gid]; !seen {
			at[gid] = len(glyphs)
			glyphs = append(glyphs, gid)
		}
		chars[r] = at[gid]
	}
	return f.Subset(glyphs, chars, "OS/2", "name"), nil
}

var gb2312 = decodeGB2312()

// decodeGB2312 lists the standard's characters: rows 1-9 are symbols, 16-87 the
// 6,763 Han characters.
func decodeGB2312() map[rune]bool {
	set := map[rune]bool{}
	decoder := simplifiedchinese.GBK.NewDecoder()
	for row := byte(0xA1); row <= 0xF7; row++ {
		if row > 0xA9 && row < 0xB0 {
			continue
		}
		for cell := byte(0xA1); cell <= 0xFE; cell++ {
			text, err := decoder.Bytes([]byte{row, cell})
			if r := []rune(string(text)); err == nil && len(r) == 1 && r[0] != '\uFFFD' {
				set[r[0]] = true
			}
		}
	}
	return set
}

// inHeadings keeps what our own headings are written with. A rarer character in
// a heading falls back to the regular weight.
func inHeadings(r rune) bool {
	return gb2312[r] || between(r, 0x20, 0x7E) || between(r, 0x3000, 0x303F) || between(r, 0xFF00, 0xFFEF)
}

// inAddresses also keeps every unified ideograph: names of people and places
// need the rare ones.
func inAddresses(r rune) bool {
	return inHeadings(r) || between(r, 0xA0, 0xFF) || between(r, 0x2000, 0x27BF) ||
		between(r, 0x3100, 0x312F) || between(r, 0x3200, 0x33FF) || between(r, 0x4E00, 0x9FFF)
}

func between(r, from, to rune) bool { return from <= r && r <= to }
