package label

import (
	"fmt"
	"strconv"
	"strings"
)

// final refuses a label that claims to be final without the centre's number.
func final(draft bool, workOrder string) error {
	if !draft && strings.TrimSpace(workOrder) == "" {
		return ErrNumberMissing
	}
	return nil
}

// ofText writes a place among boxes, or a dash for none.
func ofText(n, of int) string { return orDash(placeText(n, of)) }

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

// codeText is the code for eyes: the same fields in the same order.
func codeText(p Payload) string {
	return joined(orDash(p.WorkOrder), prefixed("· BOX ", placeText(p.N, p.Of)))
}

func checkOf(p Payload) string {
	p.Host = strings.ToUpper(p.Host)
	return p.Check()
}

func itoa(n int) string { return strconv.Itoa(n) }

// again adds which copy a label is; the first says nothing.
func again(text string, copy int) string {
	if copy < 2 {
		return text
	}
	return fmt.Sprintf("%s · 副本 COPY %d", text, copy)
}
