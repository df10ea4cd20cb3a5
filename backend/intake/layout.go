package intake

import (
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// layout says which column is which.
type layout struct {
	index   map[Field]int // -1: there is none
	columns map[Field]Column
	names   []string // headers of all columns
	line    int      // of the header, 0 if there is none
	extra   []int    // columns that are no field, in order
	counter int      // the column that numbers the lines, or -1
	headed  int      // columns from here on have no heading; 0 where nothing heads them
	unnamed []bool   // from headed on: most lines have it, it only has no name
	taken   map[int]bool
}

// findLayout decides from the first lines: a header anywhere in them, else
// their content; before both, the person's own mapping.
func findLayout(lines []record, mapping map[Field]int) *layout {
	l := &layout{index: map[Field]int{}, columns: map[Field]Column{}, counter: -1, taken: map[int]bool{}}
	for _, f := range fields {
		l.index[f] = -1
	}
	h, at := bestHeader(lines)
	data, known := lines, at >= 0
	if !known && headsInOtherWords(lines) {
		at = 0
	}
	if at >= 0 {
		l.line, data = lines[at].line, lines[at+1:]
		l.names = slices.Clone(lines[at].cells)
	}
	cols := measure(data)
	l.seeUnnamed(cols, len(data))
	for f, i := range mapping {
		if i >= 0 {
			l.take(f, i, "person", 1)
		} else {
			l.taken[-1-slices.Index(fields, f)] = true // the person says: none
		}
	}
	for _, f := range fields {
		if i, ok := h.fields[f]; ok && known {
			l.takeFree(f, i, "header", 0.98*h.weight[f])
		}
	}
	guessFields(cols, l, known)
	if i, ok := h.fields[number]; ok && known && i < len(cols) && !l.taken[i] && cols[i].countsLines() {
		l.counter = i
	}
	l.nameColumns(max(len(cols), len(l.names)))
	return l
}

// seeUnnamed tells a column that somebody forgot to name from what hangs over in a
// few lines.
func (l *layout) seeUnnamed(cols []stats, lines int) {
	for i, name := range l.names {
		if strings.TrimSpace(name) != "" {
			l.headed = i + 1
		}
	}
	if l.headed == 0 {
		return
	}
	for _, c := range cols[min(l.headed, len(cols)):] {
		l.unnamed = append(l.unnamed, c.filled > 1 && 2*c.filled > lines)
	}
}

// hangsOver reports whether a cell there stands in no column.
func (l *layout) hangsOver(i int) bool {
	at := i - l.headed
	return at >= 0 && !l.taken[i] && (at >= len(l.unnamed) || !l.unnamed[at])
}

// headsInOtherWords reports whether the first line is a header in words we do
// not know: it has only words, and the next line a serial number below one.
func headsInOtherWords(lines []record) bool {
	if len(lines) < 2 || len(lines[0].cells) == 1 && isNote(lines[0].cells[0]) {
		return false
	}
	for i, s := range measure(lines[:1]) {
		if s.serial+s.model+s.date+s.integer > 0 {
			return false
		}
		if s.filled > 0 && !hasLetter(lines[0].cells[i]) {
			return false
		}
	}
	for i, cell := range lines[1].cells {
		if looksSerial(cell) {
			return i < len(lines[0].cells) && hasLetter(lines[0].cells[i])
		}
	}
	return false
}

// bestHeader finds the line that heads the most columns among the first ones.
func bestHeader(lines []record) (best header, at int) {
	at = -1
	for i, l := range lines[:min(len(lines), maxHeaderLine)] {
		if h, ok := readHeader(l.cells); ok && (at < 0 || h.score > best.score) {
			best, at = h, i
		}
	}
	return best, at
}

func (l *layout) take(f Field, i int, by string, confidence float64) {
	l.index[f] = i
	l.taken[i] = true
	l.columns[f] = Column{Index: i, Letter: letter(i), By: by, Confidence: confidence}
}

// takeFree leaves alone what the person or something surer has decided.
func (l *layout) takeFree(f Field, i int, by string, confidence float64) {
	if l.index[f] < 0 && !l.taken[i] && !l.taken[-1-slices.Index(fields, f)] {
		l.take(f, i, by, confidence)
	}
}

// guess gives the field the free column with the highest score, if it is high
// enough.
func (l *layout) guess(f Field, cols []stats, least float64, score func(stats) float64) {
	best, at := least, -1
	for i, c := range cols {
		if s := score(c); s >= best && !l.taken[i] && (at < 0 || s > best) {
			best, at = s, i
		}
	}
	if at >= 0 {
		l.takeFree(f, at, "content", 0.9*best)
	}
}

func (l *layout) nameColumns(n int) {
	for len(l.names) < n {
		l.names = append(l.names, "")
	}
	for f, c := range l.columns {
		if c.Index < len(l.names) {
			c.Header = strings.TrimSpace(l.names[c.Index])
			l.columns[f] = c
		}
	}
	used := map[string]bool{}
	for i := range l.names {
		l.names[i] = strings.TrimSpace(l.names[i])
		switch {
		case l.names[i] == "":
			l.names[i] = letter(i)
		case used[l.names[i]]: // two columns of one name must not become one
			l.names[i] += " (" + letter(i) + ")"
		}
		used[l.names[i]] = true
		if !l.taken[i] { // the counter too: what is no number there is kept
			l.extra = append(l.extra, i)
		}
	}
}

// name is the header of a column, or its letter.
func (l *layout) name(i int) string {
	if i < len(l.names) {
		return l.names[i]
	}
	return letter(i)
}

// letter names a column as a spreadsheet does.
func letter(i int) string {
	name, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		return "?" // beyond the last column of a spreadsheet
	}
	return name
}
