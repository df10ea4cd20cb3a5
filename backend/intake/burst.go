package intake

import "strings"

// Burst splits what a scanner sent at once into codes: a scanner ends each with
// a return, a line feed or a tab. Codes keep their order; the same code scanned
// twice stands twice, for counting is the caller's matter.
func Burst(text string) []string {
	codes := strings.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' || r == '\t' })
	kept := codes[:0]
	for _, code := range codes {
		if code = strings.Trim(code, " \x00\ufeff"); code != "" {
			kept = append(kept, code)
		}
	}
	return kept
}
