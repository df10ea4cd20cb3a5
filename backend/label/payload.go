package label

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// PayloadKind says what a code is stuck on.
type PayloadKind string

// Kinds of payload, as the letter in the code.
const (
	BoxCode      PayloadKind = "B"
	DeviceCode   PayloadKind = "D"
	ManifestCode PayloadKind = "M"
)

// Payload is what a printed code says, format MR1:
//
//	HTTPS://{Host}/1{Kind}/{WorkOrder}/{ID}/{N}/{Of}/{KEY}{TAG}
//
// Only digits, capitals and a little punctuation occur, so that a code stays
// small and opens in a phone. It never carries names, addresses or telephone
// numbers. TAG is the first 50 bits of SHA-256 over everything before the last
// slash, as 10 letters: it tells a misread from a code, and proves nothing about
// who printed it. KEY leaves room for signed codes; 00 means the tag alone.
//
// A draft has 0 in place of the 1 and is never taken for a packed box.
type Payload struct {
	Draft     bool
	Host      string // of the centre, such as RMA.EXAMPLE.COM or 127.0.0.1:8443
	Kind      PayloadKind
	WorkOrder string // the centre's number
	ID        string // DeviceCode: serial number; else DigestSerials of the contents
	N, Of     int    // box N of Of; 0 of 0 when it has no place among boxes
}

const (
	scheme      = "HTTPS://"
	tagOnlyKey  = "00"
	tagLength   = 10
	maxPayload  = 600 // far above the largest code we print
	finalMark   = "1"
	draftMark   = "0"
	emptyField  = "-" // a URL path loses empty fields
	base32Alpha = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

// String writes the code. The host must be one that validHost accepts.
func (p Payload) String() string {
	mark := finalMark
	if p.Draft {
		mark = draftMark
	}
	covered := scheme + p.Host + "/" + mark + string(p.Kind) + "/" + escape(p.WorkOrder) + "/" + escape(p.ID) +
		"/" + strconv.Itoa(p.N) + "/" + strconv.Itoa(p.Of)
	return covered + "/" + tagOnlyKey + tag(covered)
}

// Check is what a person compares when no scanner is at hand: the last six
// letters of the code.
func (p Payload) Check() string {
	s := p.String()
	return s[len(s)-6:]
}

// ParsePayload reads a scanned code and verifies its tag. One changed character
// anywhere is refused.
func ParsePayload(text string) (Payload, error) {
	if len(text) > maxPayload || !strings.HasPrefix(text, scheme) {
		return Payload{}, ErrPayload
	}
	at := strings.LastIndexByte(text, '/')
	covered, last := text[:at], text[at+1:]
	parts := strings.Split(strings.TrimPrefix(covered, scheme), "/")
	if len(parts) != 6 || len(parts[1]) != 2 || !validHost(parts[0]) {
		return Payload{}, ErrPayload
	}
	if mark := parts[1][:1]; mark != finalMark && mark != draftMark {
		return Payload{}, ErrPayloadVersion.With("version", mark)
	}
	if len(last) != len(tagOnlyKey)+tagLength {
		return Payload{}, ErrPayload
	}
	if key := last[:len(tagOnlyKey)]; key != tagOnlyKey {
		return Payload{}, ErrPayloadKey.With("key", key)
	}
	if last[len(tagOnlyKey):] != tag(covered) {
		return Payload{}, ErrPayload
	}
	p := Payload{Draft: parts[1][:1] == draftMark, Host: parts[0], Kind: PayloadKind(parts[1][1:])}
	if p.Kind != BoxCode && p.Kind != DeviceCode && p.Kind != ManifestCode {
		return Payload{}, ErrPayload
	}
	var ok [4]bool
	p.WorkOrder, ok[0] = unescape(parts[2])
	p.ID, ok[1] = unescape(parts[3])
	p.N, ok[2] = count(parts[4])
	p.Of, ok[3] = count(parts[5])
	if ok != [4]bool{true, true, true, true} {
		return Payload{}, ErrPayload
	}
	return p, nil
}

// DigestSerials is the 10-letter digest of what a box holds: the same set of
// serial numbers gives the same digest in any order.
func DigestSerials(serials []string) string {
	sorted := slices.Clone(serials)
	slices.Sort(sorted)
	return tag(strings.Join(sorted, "\n"))
}

// tag is the first 50 bits of SHA-256 in base 32 without the letters I, L, O
// and U, which people misread.
func tag(covered string) string {
	sum := sha256.Sum256([]byte(covered))
	var bits uint64
	for _, b := range sum[:7] {
		bits = bits<<8 | uint64(b)
	}
	bits >>= 56 - 5*tagLength
	out := make([]byte, tagLength)
	for i := range out {
		out[tagLength-1-i] = base32Alpha[bits&31]
		bits >>= 5
	}
	return string(out)
}

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

// validHost accepts what a code can carry without growing: capitals, digits,
// dots, dashes and a port.
func validHost(host string) bool {
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
