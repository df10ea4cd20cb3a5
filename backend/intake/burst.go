package intake

import (
	"strings"
	"unicode"
)

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

// codesOnOneLine finds several serial numbers that stand on one line, as a
// scanner with a tab for its suffix leaves them, or a message. All must look
// like serial numbers; otherwise the line is a row like any other.
func codesOnOneLine(text string) []string {
	text = strings.TrimSpace(text)
	if len(text) > 1<<16 || strings.ContainsAny(text, "\r\n\"") {
		return nil
	}
	codes := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;|", r) })
	if len(codes) < 2 {
		return nil
	}
	for _, code := range codes {
		if !looksSerial(code) {
			return nil
		}
	}
	return codes
}
