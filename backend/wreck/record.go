package wreck

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
)

// record decodes a row. ok is false when its parts do not fill it exactly or a
// text is not UTF-8: then it is damaged.
func record(b []byte) (values []any, ok bool) {
	size, n := varint(b)
	if n == 0 || size < int64(n) || size > int64(len(b)) {
		return nil, false
	}
	head, body := b[n:size], b[size:]
	for len(head) > 0 {
		serial, n := varint(head)
		if n == 0 || serial < 0 {
			return nil, false
		}
		head = head[n:]
		v, used, ok := value(serial, body)
		if !ok {
			return nil, false
		}
		values, body = append(values, v), body[used:]
	}
	return values, len(body) == 0
}

var widths = [...]int{0, 1, 2, 3, 4, 6, 8, 8, 0, 0}

// value reads one field: nil, int64, float64, string or []byte.
func value(serial int64, b []byte) (v any, used int, ok bool) {
	if serial >= 12 {
		size := (serial - 12) / 2
		if size > int64(len(b)) {
			return nil, 0, false
		}
		if serial%2 == 1 {
			return string(b[:size]), int(size), utf8.Valid(b[:size])
		}
		return append([]byte{}, b[:size]...), int(size), true
	}
	if serial > 9 {
		return nil, 0, false
	}
	width := widths[serial]
	if width > len(b) {
		return nil, 0, false
	}
	switch serial {
	case 0:
		return nil, 0, true
	case 7:
		return math.Float64frombits(binary.BigEndian.Uint64(b)), 8, true
	case 8, 9:
		return serial - 8, 0, true
	}
	number := int64(int8(b[0]))
	for _, c := range b[1:width] {
		number = number<<8 | int64(c)
	}
	return number, width, true
}
