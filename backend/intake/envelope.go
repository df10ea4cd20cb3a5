package intake

import (
	"net/url"
	"strings"
)

// Carried is what a scanned code carries inside an envelope that other makers
// print: ISO/IEC 15434 with data identifiers or application identifiers, or a
// GS1 Digital Link. A field that is not there is "".
type Carried struct {
	Serial  string // S, or (21)
	Order   string // K, the number that the customer gave the order
	Licence string // 1J, or (00): the licence plate of a parcel
	Item    string // (01), a trade item number
}

// Best is the field that names one thing most closely.
func (c Carried) Best() string {
	for _, s := range []string{c.Serial, c.Licence, c.Order} {
		if s != "" {
			return s
		}
	}
	return ""
}

// Envelope opens an envelope. What is none is left to whoever asks.
func Envelope(code string) (Carried, bool) {
	if c, ok := iso15434(code); ok {
		return c, true
	}
	return digitalLink(code)
}

// Control characters of ISO/IEC 15434.
const (
	recordEnd = "\x1e"
	groupEnd  = "\x1d"
	messEnd   = "\x04"
)

// visible are the ways in which scanners show control characters to programs
// that would lose them.
var visible = strings.NewReplacer(
	"␞", recordEnd, "␝", groupEnd, "␄", messEnd,
	"{RS}", recordEnd, "{GS}", groupEnd, "{EOT}", messEnd,
	"<RS>", recordEnd, "<GS>", groupEnd, "<EOT>", messEnd,
)

// iso15434 reads the message envelope: the header, then records of one format.
func iso15434(code string) (c Carried, ok bool) {
	rest, is := strings.CutPrefix(visible.Replace(code), "[)>"+recordEnd)
	if !is {
		return c, false
	}
	for record := range strings.SplitSeq(strings.TrimRight(rest, messEnd), recordEnd) {
		format, data, found := strings.Cut(record, groupEnd)
		if !found {
			continue
		}
		for field := range strings.SplitSeq(data, groupEnd) {
			switch format {
			case "06":
				c.identifier(field)
			case "05":
				c.application(field)
			}
		}
	}
	return c, c != Carried{}
}

// identifier reads a field with an ANSI MH10.8.2 data identifier: digits and one
// letter.
func (c *Carried) identifier(field string) {
	at := strings.IndexFunc(field, func(r rune) bool { return r < '0' || r > '9' })
	if at < 0 {
		return
	}
	value := strings.TrimSpace(field[at+1:])
	switch field[:at+1] {
	case "S":
		c.Serial = value
	case "K":
		c.Order = value
	case "1J":
		c.Licence = value
	}
}

// application reads a field with a GS1 application identifier, one a group.
func (c *Carried) application(field string) {
	if len(field) < 3 {
		return
	}
	c.take(field[:2], field[2:])
}

func (c *Carried) take(identifier, value string) {
	switch identifier {
	case "00":
		if digits(value, 18) {
			c.Licence = value
		}
	case "01":
		if digits(value, 14) {
			c.Item = value
		}
	case "21":
		c.Serial = value
	}
}

// digitalLink reads a GS1 Digital Link, of any domain: its first key is a
// checked number, so an ordinary web address is not taken for one.
func digitalLink(code string) (c Carried, ok bool) {
	u, err := url.Parse(code)
	if err != nil || u.Host == "" || (!strings.EqualFold(u.Scheme, "http") && !strings.EqualFold(u.Scheme, "https")) {
		return c, false
	}
	parts := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	for i := 0; i+1 < len(parts); i++ {
		if (parts[i] != "00" || !digits(parts[i+1], 18)) && (parts[i] != "01" || !digits(parts[i+1], 14)) {
			continue
		}
		for ; i+1 < len(parts); i += 2 {
			value, err := url.PathUnescape(parts[i+1])
			if err != nil {
				return Carried{}, false
			}
			c.take(parts[i], value)
		}
	}
	if (c == Carried{}) {
		return c, false
	}
	if serial := u.Query().Get("21"); serial != "" {
		c.Serial = serial
	}
	return c, true
}

// digits reports a GS1 number of a length whose check digit is right.
func digits(s string, length int) bool {
	if len(s) != length {
		return false
	}
	sum := 0
	for i := range length {
		d := int(s[i]) - '0'
		if d < 0 || d > 9 {
			return false
		}
		if (length-i)%2 == 0 {
			d *= 3
		}
		sum += d
	}
	return sum%10 == 0
}
