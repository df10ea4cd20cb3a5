package intake

import "strings"

// reasonToSkip says why a line is no device, or "".
func (b *builder) reasonToSkip(line int, cells []string) string {
	l := b.layout
	switch {
	case line < l.line:
		return ReasonTitle
	case line == l.line && l.line > 0:
		return ReasonHeader
	}
	filled, last := 0, -1
	for i, cell := range cells {
		if cell != "" && strings.TrimSpace(cell) != "" {
			filled++
			last = i
		}
	}
	serial := l.index[Serial]
	switch {
	case filled == 1 && last == l.counter:
		return ReasonNumberOnly
	case filled <= 3 && isTotal(cells):
		return ReasonTotal
	case filled == 1 && last == serial && isNote(cells[last]):
		return ReasonNote
	case isHeaderAgain(cells, serial):
		return ReasonHeader
	}
	return ""
}

func (b *builder) skip(line int, reason, text string) {
	b.skipped = append(b.skipped, Skipped{Sheet: b.sheet, Line: line, Reason: reason, Text: text})
}

// skipBlank joins runs of blank lines: a sheet may have a million of them.
func (b *builder) skipBlank(line int) {
	if n := len(b.skipped); n > 0 {
		last := &b.skipped[n-1]
		if last.Reason == ReasonBlank && max(last.Line, last.To) == line-1 {
			last.To = line
			return
		}
	}
	b.skip(line, ReasonBlank, "")
}

// isBlank reports whether a line says nothing. The separators of another program
// that stand alone say nothing either.
func isBlank(cells []string) bool {
	for _, cell := range cells {
		if cell != "" && strings.TrimSpace(strings.Trim(cell, ",;|\t \u00a0")) != "" {
			return false
		}
	}
	return true
}

func joinCells(cells []string) string {
	var filled []string
	for _, cell := range cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			filled = append(filled, cell)
		}
	}
	return strings.Join(filled, "\t")
}
