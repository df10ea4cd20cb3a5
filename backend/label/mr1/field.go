package mr1

import (
	"fmt"
	"strconv"
	"strings"
)

const emptyField = "-" // a URL path loses empty fields

// escape writes a field with digits, capitals, - and . alone; any other byte is
// $ and two hexadecimal digits.
func escape(field string) string {
	if field == "" {
		return emptyField
	}
	var b strings.Builder
	for i := range len(field) {
		if c := field[i]; plain(c) && field != emptyField {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "$%02X", field[i])
	}
	return b.String()
}

// unescape is the inverse of escape and accepts nothing that escape would not
// have written.
func unescape(s string) (field string, ok bool) {
	if s == emptyField {
		return "", true
	}
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '$' {
			b = append(b, s[i])
			continue
		}
		if i+3 > len(s) {
			return "", false
		}
		v, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
		if err != nil {
			return "", false
		}
		b = append(b, byte(v))
		i += 2
	}
	return string(b), s != "" && escape(string(b)) == s
}

func plain(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '-' || c == '.'
}

// ValidHost accepts what a code can carry without growing: capitals, digits,
// dots, dashes and a port.
func ValidHost(host string) bool {
	for i := range len(host) {
		if !plain(host[i]) && host[i] != ':' {
			return false
		}
	}
	return host != ""
}

// count reads a number as strconv.Itoa writes it.
func count(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && strconv.Itoa(n) == s
}
