package intake

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

var encodings = map[string]encoding.Encoding{
	"utf-16le":     unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"utf-16be":     unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	"gb18030":      simplifiedchinese.GB18030,
	"windows-1251": charmap.Windows1251,
	"windows-1252": charmap.Windows1252,
}

// decode makes text of bytes. What cannot be decoded becomes U+FFFD and later a
// finding; nothing is dropped. A wish for an unknown encoding is not heard.
func decode(data []byte, wish string) (text, name string) {
	name = wish
	if encodings[name] == nil && name != "utf-8" {
		name = guessEncoding(data)
	}
	if e := encodings[name]; e != nil {
		decoded, err := e.NewDecoder().Bytes(data)
		if err == nil {
			return strings.TrimPrefix(string(decoded), "\ufeff"), name
		}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	return strings.ToValidUTF8(string(data), "\ufffd"), "utf-8"
}

func guessEncoding(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "utf-16be"
	}
	if name := guessUTF16(data); name != "" {
		return name
	}
	if utf8.Valid(data) {
		return "utf-8"
	}
	return guessLegacy(data)
}

// guessUTF16 knows UTF-16 without a mark by its zero bytes: tabs, line ends and
// Latin letters have one each, always on the same side.
func guessUTF16(data []byte) string {
	sample := data[:min(len(data), 1<<16)&^1]
	var even, odd int
	for i := 0; i+1 < len(sample); i += 2 {
		if sample[i] == 0 {
			even++
		}
		if sample[i+1] == 0 {
			odd++
		}
	}
	pairs := len(sample) / 2
	switch {
	case pairs == 0:
		return ""
	case odd*10 > pairs && even*20 < odd:
		return "utf-16le"
	case even*10 > pairs && odd*20 < even:
		return "utf-16be"
	}
	return ""
}

// guessLegacy tells the one-byte encodings of Russian and Spanish Windows from
// Chinese, which needs two bytes a character. Chinese runs of high bytes are
// even and their first bytes mostly below 0xE0, where the common characters
// stand; Russian text is mostly small letters, which stand from 0xE0 on; Spanish
// has single high bytes between plain letters.
func guessLegacy(data []byte) string {
	sample := data[:min(len(data), 1<<18)]
	var high, small, runs, single int
	for i := 0; i < len(sample); {
		if sample[i] < 0x80 {
			i++
			continue
		}
		start := i
		for ; i < len(sample) && sample[i] >= 0x80; i++ {
			high++
			if sample[i] >= 0xe0 {
				small++
			}
		}
		runs++
		if i-start == 1 {
			single++
		}
	}
	switch {
	case single*10 > runs*8:
		return "windows-1252"
	case small*10 > high*7:
		return "windows-1251"
	}
	return "gb18030"
}
