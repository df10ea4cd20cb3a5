package photo

import (
	"bytes"
	"encoding/binary"
)

var (
	jpegHead = []byte{0xff, 0xd8, 0xff}
	pngHead  = []byte("\x89PNG\r\n\x1a\n")
)

// Is reports by its first bytes that something is a JPEG or PNG.
func Is(head []byte) bool {
	return bytes.HasPrefix(head, jpegHead) || bytes.HasPrefix(head, pngHead)
}

// Clean gives a JPEG or PNG without its metadata: place, time, camera, owner,
// comments, and whatever was hidden behind its end. The pixels stay as they are,
// bit for bit, and so do the colours and which side is up. What is neither, or is
// broken, comes back as it was.
func Clean(data []byte) []byte {
	var clean []byte
	var ok bool
	switch {
	case bytes.HasPrefix(data, jpegHead):
		clean, ok = cleanJPEG(data)
	case bytes.HasPrefix(data, pngHead):
		clean, ok = cleanPNG(data)
	}
	if !ok {
		return data
	}
	return clean
}

// Markers of a JPEG.
const (
	start       = 0xd8
	end         = 0xd9
	scan        = 0xda
	app0        = 0xe0
	app1        = 0xe1
	app2        = 0xe2
	app14       = 0xee
	app15       = 0xef
	comment     = 0xfe
	firstAlone  = 0xd0 // RST0: markers from here to EOI have no length
	exifHeading = "Exif\x00\x00"
)

// segment is one marker of a JPEG with its bytes, and the pixels behind a scan.
type segment struct {
	marker byte
	whole  []byte // from the marker on
	body   []byte // behind the length
}

// segments walks a JPEG up to its end; what lies behind that is no part of it.
func segments(data []byte) (list []segment, ok bool) {
	for at := 2; at+4 <= len(data)+2; {
		if at+2 > len(data) || data[at] != 0xff {
			return nil, false
		}
		marker := data[at+1]
		switch {
		case marker == 0xff: // a fill byte
			at++
			continue
		case marker == end:
			return list, true
		case marker == 0x01 || marker >= firstAlone && marker < start:
			list = append(list, segment{marker, data[at : at+2], nil})
			at += 2
			continue
		case at+4 > len(data):
			return nil, false
		}
		next := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if next < at+4 || next > len(data) {
			return nil, false
		}
		body := data[at+4 : next]
		if marker == scan {
			next = afterPixels(data, next)
		}
		list = append(list, segment{marker, data[at:next], body})
		at = next
	}
	return nil, false
}

// afterPixels finds the marker behind the pixels of a scan: FF not followed by a
// zero or a restart.
func afterPixels(data []byte, at int) int {
	for ; at+1 < len(data); at++ {
		if data[at] == 0xff && data[at+1] != 0 && (data[at+1] < firstAlone || data[at+1] > firstAlone+7) {
			return at
		}
	}
	return len(data)
}

func cleanJPEG(data []byte) ([]byte, bool) {
	list, ok := segments(data)
	if !ok {
		return nil, false
	}
	out := append(make([]byte, 0, len(data)), 0xff, start)
	if side := orientation(list); side > 1 {
		out = append(out, upright(side)...)
	}
	for _, s := range list {
		if tells(s) {
			continue
		}
		out = append(out, s.whole...)
	}
	return append(out, 0xff, end), true
}

// tells reports a segment that is not needed to draw the picture.
func tells(s segment) bool {
	switch {
	case s.marker == comment:
		return true
	case s.marker == app0, s.marker == app14: // JFIF, and Adobe's colours
		return false
	case s.marker == app2:
		return !bytes.HasPrefix(s.body, []byte("ICC_PROFILE\x00"))
	}
	return s.marker >= app1 && s.marker <= app15
}

// orientation reads which side is up, 1 to 8, and 0 when it is not said.
func orientation(list []segment) int {
	for _, s := range list {
		if s.marker == app1 && bytes.HasPrefix(s.body, []byte(exifHeading)) {
			return orientationOf(s.body[len(exifHeading):])
		}
	}
	return 0
}

func orientationOf(tiff []byte) int {
	if len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > int64(len(tiff)) {
		return 0
	}
	for i := range int64(order.Uint16(tiff[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(tiff)) {
			return 0
		}
		if order.Uint16(tiff[entry:]) == 0x0112 {
			if side := int(order.Uint16(tiff[entry+8:])); side <= 8 {
				return side
			}
		}
	}
	return 0
}

// upright writes an Exif segment that says which side is up and nothing else.
func upright(side int) []byte {
	tiff := []byte{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(side), 0, 0, 0, 0, 0, 0}
	length := 2 + len(exifHeading) + len(tiff)
	out := []byte{0xff, app1, byte(length >> 8), byte(length)}
	out = append(out, exifHeading...)
	return append(out, tiff...)
}

func cleanPNG(data []byte) ([]byte, bool) {
	out := append(make([]byte, 0, len(data)), pngHead...)
	for at := len(pngHead); at+12 <= len(data); {
		next := at + 12 + int(binary.BigEndian.Uint32(data[at:]))
		if next > len(data) || next < at+12 {
			return nil, false
		}
		switch kind := string(data[at+4 : at+8]); kind {
		case "eXIf", "tEXt", "iTXt", "zTXt", "tIME":
		case "IEND":
			return append(out, data[at:next]...), true
		default:
			out = append(out, data[at:next]...)
		}
		at = next
	}
	return nil, false
}
