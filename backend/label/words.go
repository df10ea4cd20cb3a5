package label

import (
	"fmt"
	"strconv"
	"strings"

	"hashmend/backend/label/mr1"
)

// final refuses a label that claims to be final without the centre's number.
func final(draft bool, workOrder string) error {
	if !draft && strings.TrimSpace(workOrder) == "" {
		return ErrNumberMissing
	}
	return nil
}

// placeText writes a place among boxes, or nothing for none.
func placeText(n, of int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf("%d / %d", n, of)
}

func orDash(s string) string {
	if strings.TrimSpace(s) == "" {
		return "—"
	}
	return s
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// joined puts a blank between those of the parts that are not empty.
func joined(parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, " ")
}

// codeOf is the code, written, or what keeps it from being one.
func codeOf(p Payload) (string, error) {
	p.Host = strings.ToUpper(p.Host)
	if !mr1.ValidHost(p.Host) {
		return "", ErrHost.With("host", p.Host)
	}
	return p.String(), nil
}

// again says which copy a label is; the first says nothing.
func again(copy int) string {
	if copy < 2 {
		return ""
	}
	return fmt.Sprintf("副本 COPY %d", copy)
}

func checkOf(p Payload) string {
	p.Host = strings.ToUpper(p.Host)
	return p.Check()
}

func itoa(n int) string { return strconv.Itoa(n) }
