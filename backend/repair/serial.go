package repair

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// SerialNumber is what the label says, kept as typed. Two are the same device
// when their Keys are equal.
type SerialNumber string

// NewSerialNumber trims what was typed for showing: spaces and invisible marks
// around it, the apostrophe and the ="…" by which spreadsheets keep text as text.
func NewSerialNumber(raw string) SerialNumber {
	s := strings.TrimFunc(raw, isInvisible)
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		s = strings.TrimFunc(strings.TrimSuffix(inner, `"`), isInvisible)
	}
	return SerialNumber(strings.TrimLeft(s, "'"))
}

// Key is the form for comparing: compatibility characters folded, upper case,
// without spaces, dashes, invisible marks and a leading "SN:" or "S/N:".
// It is empty when nothing was typed, and Key of a Key is the Key itself.
func (s SerialNumber) Key() string {
	if isPlainKey(string(s)) {
		return string(s)
	}
	key := string(s)
	for { // folding may uncover more to fold: a label inside a formula, a mark between letters
		next := foldKey(string(NewSerialNumber(key)))
		if next == key {
			return key
		}
		key = next
	}
}

// isPlainKey spares the ordinary serial number the folding: it has no character
// that folding could change.
func isPlainKey(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func foldKey(s string) string {
	s = strings.ToUpper(norm.NFKC.String(s))
	s = strings.Map(func(r rune) rune {
		if isInvisible(r) || isDash(r) {
			return -1
		}
		return r
	}, s)
	for _, label := range []string{"SN:", "S/N:", "S/N"} {
		s = strings.TrimPrefix(s, label)
	}
	return s
}

// isInvisible reports spaces, controls, and zero-width, direction and other
// format marks that a copy brings along unseen.
func isInvisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r)
}

// turns reports the marks that turn the letters around them: what is read on the
// screen is then not what is in the cell.
func turns(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }

func isDash(r rune) bool {
	return unicode.Is(unicode.Pd, r) || r == '−'
}

// Codes of what may be wrong with a serial number as typed.
const (
	CodeMissingSerial     = "intake.missing_serial"
	CodeSpreadsheetDamage = "intake.spreadsheet_damage"
	CodeSerialUnusual     = "intake.serial_unusual"
)

// A serial number outside these lengths is unusual. No maker publishes a
// format, so unusual is never refused.
const (
	serialMin = 6
	serialMax = 40
)

// SerialFinding is one thing that a person should look at. Args["why"] says
// which case of the code it is.
type SerialFinding struct {
	Code string
	Args map[string]string
}

// SearchKey is the key by which the serial number may be found on other devices. It
// is empty where none stands, or what a spreadsheet left of one: two of them are
// not the same device.
func SearchKey(raw string) string {
	for _, f := range SerialFindings(raw) {
		if f.Code == CodeMissingSerial || f.Code == CodeSpreadsheetDamage {
			return ""
		}
	}
	return SerialNumber(raw).Key()
}

// SerialFindings checks a serial number as typed. Damage hides all else, for
// what a spreadsheet destroyed says nothing about the label.
func SerialFindings(raw string) []SerialFinding {
	if isOrdinary(raw) {
		return nil
	}
	shown := string(NewSerialNumber(raw))
	key := SerialNumber(raw).Key()
	if key == "" || absent[strings.ToUpper(shown)] {
		return []SerialFinding{{CodeMissingSerial, nil}}
	}
	if why := spreadsheetDamage(norm.NFKC.String(shown)); why != "" {
		return []SerialFinding{{CodeSpreadsheetDamage, map[string]string{"why": why, "value": shown}}}
	}
	return unusual(raw, key)
}

// absent are the words people type where they have no serial number.
var absent = map[string]bool{
	"N/A": true, "NA": true, "N.A.": true, "NONE": true, "NULL": true, "NIL": true, "NO": true, "NAN": true,
	"/": true, "\\": true, "*": true, "无": true, "没有": true, "空": true, "НЕТ": true, "Н/Д": true,
	"NINGUNO": true, "NO TIENE": true, "SIN SERIE": true, "UNKNOWN": true, "未知": true, "НЕИЗВЕСТНО": true,
}

// isOrdinary is the quick answer for nearly every serial number.
func isOrdinary(s string) bool {
	if len(s) < serialMin || len(s) > serialMax || !isPlainKey(s) {
		return false
	}
	repeated, digits := true, 0
	for i := range len(s) {
		repeated = repeated && s[i] == s[0]
		if s[i] <= '9' {
			digits++
		}
	}
	return !repeated && digits > 0 && (digits < len(s) || digits <= excelDigits)
}

func unusual(raw, key string) []SerialFinding {
	n := utf8.RuneCountInString(key)
	first, _ := utf8.DecodeRuneInString(key)
	if n > 3 && strings.Count(key, string(first)) == n {
		return []SerialFinding{{CodeSerialUnusual, map[string]string{"why": "repeated", "character": string(first)}}}
	}
	var found []SerialFinding
	if odd := oddCharacters(raw, key); odd != "" {
		found = append(found, SerialFinding{CodeSerialUnusual, map[string]string{"why": "odd_characters", "characters": odd}})
	}
	if strings.IndexFunc(key, unicode.IsDigit) < 0 {
		found = append(found, SerialFinding{CodeSerialUnusual, map[string]string{"why": "no_digits"}})
	}
	if n < serialMin {
		found = append(found, SerialFinding{CodeSerialUnusual, map[string]string{"why": "too_short", "length": strconv.Itoa(n), "limit": strconv.Itoa(serialMin)}})
	}
	if n > serialMax {
		found = append(found, SerialFinding{CodeSerialUnusual, map[string]string{"why": "too_long", "length": strconv.Itoa(n), "limit": strconv.Itoa(serialMax)}})
	}
	return found
}

// oddCharacters names what is neither a Latin letter nor a digit, each once, at
// most eight: a Cyrillic Х looks like an X and is none. Controls are named by
// number because they cannot be seen.
func oddCharacters(raw, key string) string {
	var odd []string
	seen := map[rune]bool{}
	add := func(r rune, name string) {
		if !seen[r] && len(odd) < 8 {
			seen[r] = true
			odd = append(odd, name)
		}
	}
	for _, r := range raw {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || turns(r) {
			add(r, "U+"+strings.ToUpper(strconv.FormatInt(int64(r)+0x10000, 16)[1:]))
		}
	}
	for _, r := range key {
		if (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			add(r, string(r))
		}
	}
	return strings.Join(odd, " ")
}

// excelDigits is how many digits of a number a spreadsheet keeps.
const excelDigits = 15

// damages are the shapes that spreadsheets leave behind, in the order asked.
var damages = []struct {
	why   string
	shape *regexp.Regexp
}{
	{"hashes", regexp.MustCompile(`^#{2,}$`)}, // the column was too narrow to show the number
	{"error_value", regexp.MustCompile(`^(?i)#[¡¿]?\p{L}[\p{L}/_0]*[!?]?$|^(?i)Err:\d+$`)},
	{"scientific", regexp.MustCompile(`^(?i)[+-]?\d+[.,]\d+E[+-]?\d+$|^(?i)[+-]?\d+E\+\d+$`)},
	{"rounded", regexp.MustCompile(`^\d{15}0+$`)}, // digits past the fifteenth became zeros
	{"decimal", regexp.MustCompile(`^\d{4,}[.,]0+$`)},
	{"thousands", regexp.MustCompile(`^\d{1,3}([,.'\x{a0} ]\d{3}){2,}$`)},
	{"date", regexp.MustCompile(`^(?i)\d{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(-\d{2,4})?$|^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$`)},
}

func spreadsheetDamage(s string) string {
	for _, d := range damages {
		if d.shape.MatchString(s) {
			return d.why
		}
	}
	return ""
}
