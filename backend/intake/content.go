package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hashmend/backend/repair"
)

// stats say what the cells of a column look like.
type stats struct {
	filled, serial, model, date, text, integer int
	distinct                                   map[string]bool
}

// maxMeasured is how many cells are looked at: more than enough for a table
// that a person made.
const maxMeasured = 50_000

// measure looks at every column of the lines.
func measure(lines []record) []stats {
	var all []stats
	seen := 0
	for _, l := range lines {
		if seen += len(l.cells); seen > maxMeasured && len(all) > 0 {
			break
		}
		for i, cell := range l.cells {
			if i == len(all) {
				all = append(all, stats{distinct: map[string]bool{}})
			}
			all[i].see(cell)
		}
	}
	return all
}

func (s *stats) see(cell string) {
	cell = strings.TrimSpace(cell)
	if cell == "" {
		return
	}
	s.filled++
	s.distinct[cell] = true
	if _, known := repair.ParseModel(cell); known {
		s.model++
		return
	}
	if isInteger(cell) && len(cell) < 8 {
		s.integer++
	}
	if d := parseDate(cell, dateRules{}); d.day != "" || d.code == CodeDateAmbiguous {
		s.date++
		return
	}
	if looksSerial(cell) {
		s.serial++
		return
	}
	if isText(cell) {
		s.text++
	}
}

// isText reports words rather than a code such as R1-2: several words, a long
// one without digits, or Chinese.
func isText(s string) bool {
	if !hasLetter(s) {
		return false
	}
	return len(strings.Fields(s)) > 1 || strings.IndexFunc(s, isHan) >= 0 || len(s) >= 8 && !strings.ContainsAny(s, "0123456789")
}

func (s stats) share(n int) float64 {
	if s.filled == 0 {
		return 0
	}
	return float64(n) / float64(s.filled)
}

// serialScore is high where nearly every cell looks like a serial number and
// nearly every one is another.
func (s stats) serialScore() float64 {
	return s.share(s.serial) * s.share(len(s.distinct))
}

// looksSerial is stricter than the rules for serial numbers: it must tell them
// from everything else people put into tables.
func looksSerial(cell string) bool {
	if strings.ContainsAny(cell, ":@.,%") && !strings.HasPrefix(strings.ToUpper(strings.TrimSpace(cell)), "S") {
		return false // addresses of networks and people, amounts
	}
	key := repair.SerialNumber(cell).Key()
	if len(key) < 8 || len(key) > 40 {
		return false
	}
	digits := 0
	for i := range len(key) {
		c := key[i]
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
		if c <= '9' {
			digits++
		}
	}
	return digits >= 3
}

// guessFields finds fields by content among the columns that are free. Below a
// header only serial numbers and models are: a column of dates with a strange
// name may be anything.
func guessFields(cols []stats, l *layout, headed bool) {
	l.guess(Serial, cols, 0.3, stats.serialScore)
	l.guess(Model, cols, 0.4, func(s stats) float64 { return s.share(s.model) })
	if headed {
		return
	}
	l.guess(Shipped, cols, 0.5, func(s stats) float64 { return s.share(s.date) })
	l.guess(Complaint, cols, 0.4, func(s stats) float64 { return s.share(s.text) })
	if l.index[Serial] < 0 && len(cols) == 1 {
		l.take(Serial, 0, "content", 0.3)
	}
}

// countsLines reports whether a column only numbers the lines.
func (s stats) countsLines() bool {
	return s.filled > 0 && s.share(s.integer) > 0.9 && s.share(len(s.distinct)) > 0.9
}

func isInteger(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func hasLetter(s string) bool {
	return strings.IndexFunc(s, unicode.IsLetter) >= 0
}

// isNote reports whether a cell is a sentence rather than a serial number: it
// has a word of letters and none that could be part of a serial number.
func isNote(cell string) bool {
	words := strings.FieldsFunc(cell, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
	letters := false
	for _, w := range words {
		digits := strings.ContainsAny(w, "0123456789")
		if digits && len(w) >= 5 {
			return false
		}
		n := utf8.RuneCountInString(w)
		letters = letters || !digits && (n >= 4 || n >= 2 && strings.IndexFunc(w, isHan) >= 0)
	}
	return letters && (len(words) > 1 || strings.IndexFunc(cell, isHan) >= 0)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// totals are the words that begin a line of sums.
var totals = []string{"total", "subtotal", "sum", "итого", "всего", "合计", "总计", "小计", "共计", "suma", "totales"}

// isTotal reports whether a line of few cells is a sum: the first one says so,
// and none is a serial number.
func isTotal(cells []string) bool {
	filled, first := 0, ""
	for _, cell := range cells {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		if filled == 0 {
			first = strings.ToLower(cell)
		}
		filled++
		if looksSerial(cell) {
			return false
		}
	}
	for _, w := range totals {
		if rest, ok := strings.CutPrefix(first, w); ok {
			next, _ := utf8.DecodeRuneInString(rest)
			begin, _ := utf8.DecodeRuneInString(w)
			return rest == "" || isHan(begin) || !unicode.IsLetter(next) && !unicode.IsDigit(next)
		}
	}
	return false
}
