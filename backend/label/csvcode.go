package label

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hashmend/backend/repair"
)

// mostTwice bounds how many rows are named one by one as alike.
const mostTwice = 10

// rounded is a long number as Excel writes it into a CSV: the digits are gone.
var rounded = regexp.MustCompile(`^-?\d([.,]\d+)?E[+-]\d{2,3}$`)

// carried refuses a row whose code would say another thing than a person can
// read off the label: a code keeps what no font shows.
func (t *Template) carried(r Record) error {
	for _, field := range t.codeFields(r) {
		if c, at, some := unseen(r.Text[field]); some {
			return ErrCodeUnseen.With("element", field, "code_point", fmt.Sprintf("U+%04X", c), "at", itoa(at))
		}
		if rounded.MatchString(r.Text[field]) {
			return ErrNumberRounded.With("element", field, "text", r.Text[field])
		}
	}
	if serial := r.Text["serial"]; rounded.MatchString(serial) {
		return ErrNumberRounded.With("element", "serial", "text", serial)
	}
	return nil
}

// codeFields lists the fields that the codes of a row say.
func (t *Template) codeFields(r Record) []string {
	var fields []string
	s := scope{r, pageFields}
	for _, d := range t.compiled.elements {
		if d.Type != "qr" && d.Type != "code128" || !s.holds(d.when) {
			continue
		}
		for _, pieces := range d.words {
			for _, p := range pieces {
				if p.field != "" {
					fields = append(fields, p.field)
				}
			}
		}
	}
	return fields
}

// unseen finds the first character that leaves no ink of its own, counted from
// 1. A plain space is one that people see.
func unseen(text string) (c rune, at int, some bool) {
	for _, c := range text {
		at++
		if c == ' ' {
			continue
		}
		if c == utf8.RuneError || unicode.In(c, unicode.C, unicode.Z, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) {
			return c, at, true
		}
	}
	return 0, 0, false
}

// alike remembers of each row what tells its label from the others: eight bytes,
// so that it stays small beside a table of any length.
type alike struct {
	field, column string // "" where the table has none
	seed          maphash.Seed
	rows          []uint64 // of row i+1; 0 for a row without
}

// look takes the serial, or what the code says where there is none.
func (a *alike) look(h heading) {
	for _, field := range []string{codeField, "serial"} {
		if i, ok := h.at[field]; ok {
			a.field, a.column = field, strings.TrimSpace(h.names[i])
		}
	}
}

func (a *alike) add(row int, r Record) {
	for len(a.rows) < row {
		a.rows = append(a.rows, 0)
	}
	if text := r.Text[a.field]; text != "" {
		a.rows[row-1] = maphash.String(a.seed, strings.ToUpper(text)) | 1
	}
}

// tell warns of rows that say what a row before them says. It is no mistake: a
// person may want two labels.
func (a *alike) tell(warn func(*repair.Error)) {
	order := make([]int32, len(a.rows))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(x, y int32) int { return cmp.Compare(a.rows[x], a.rows[y]) })
	var again [][2]int // the row, and the first like it
	for i, first := 1, 0; i < len(order); i++ {
		if a.rows[order[i]] != a.rows[order[first]] || a.rows[order[i]] == 0 {
			first = i
			continue
		}
		again = append(again, [2]int{int(order[i]) + 1, int(order[first]) + 1})
	}
	slices.SortFunc(again, func(x, y [2]int) int { return x[0] - y[0] })
	for _, rows := range again[:min(len(again), mostTwice)] {
		warn(ErrSerialTwice.With("row", itoa(rows[0]), "column", a.column, "first", itoa(rows[1])))
	}
	if len(again) > mostTwice {
		warn(ErrSerialTwiceMore.With("count", itoa(len(again)-mostTwice)))
	}
}
