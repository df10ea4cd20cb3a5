package intake

import "strings"

// A quoted cell may hold line breaks, but a stray quote must not swallow the
// rest of the file: what exceeds these is no quoted cell.
//
// A line has at most as many cells as a spreadsheet has columns; the last one
// takes the rest.
const (
	maxCells        = 16384
	maxQuoted       = 4 * 32767 // the longest cell of a spreadsheet, in bytes
	maxQuotedBreaks = 60
)

// lines reads delimited text, one record after the other. It never fails: a
// quote that does not close is an ordinary character.
type lines struct {
	text      string
	delimiter byte // 0: one value a line
	pos, line int  // line is that of the next record, from 1
	end       int  // of the line at pos, see lineEnd
	patience  int  // bytes that may still be searched for missing quotes
	cells     []string
}

func newLines(text string, delimiter byte) *lines {
	return &lines{text: text, delimiter: delimiter, line: 1, end: -1, patience: 4*len(text) + 1<<16}
}

// next gives the line number and the cells of the next record. The slice is
// good until the next call; the strings are parts of the text.
func (l *lines) next() (line int, cells []string, ok bool) {
	if l.pos >= len(l.text) {
		return 0, nil, false
	}
	line, l.cells = l.line, l.cells[:0]
	end := l.lineEnd()
	if strings.IndexByte(l.text[l.pos:end], '"') < 0 {
		l.split(end)
	} else {
		for l.quotedCell() {
		}
	}
	l.endLine()
	return line, l.cells, true
}

// lineEnd is the offset of the next line break or of the end. It is searched
// once a line: a line may be the whole text.
func (l *lines) lineEnd() int {
	if l.pos <= l.end {
		return l.end
	}
	rest := l.text[l.pos:]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.IndexByte(rest, '\r'); i >= 0 {
		rest = rest[:i]
	}
	l.end = l.pos + len(rest)
	return l.end
}

// endLine steps over one line break of any kind.
func (l *lines) endLine() {
	l.line++
	if strings.HasPrefix(l.text[l.pos:], "\r\n") {
		l.pos += 2
		return
	}
	l.pos++
}

func (l *lines) split(end int) {
	rest := l.text[l.pos:end]
	l.pos = end
	if l.delimiter != 0 {
		for {
			i := strings.IndexByte(rest, l.delimiter)
			if i < 0 || len(l.cells) == maxCells-1 {
				break
			}
			l.cells = append(l.cells, rest[:i])
			rest = rest[i+1:]
		}
	}
	l.cells = append(l.cells, rest)
}

// quotedCell reads one cell of a record that has quotes, and reports whether
// another follows.
func (l *lines) quotedCell() (more bool) {
	if len(l.cells) == maxCells-1 {
		end := l.lineEnd()
		l.cells = append(l.cells, l.text[l.pos:end])
		l.pos = end
		return false
	}
	cell, ok := l.quoted()
	if !ok {
		cell = l.plain()
	}
	l.cells = append(l.cells, cell)
	if l.pos < len(l.text) && l.delimiter != 0 && l.text[l.pos] == l.delimiter {
		l.pos++
		return true
	}
	return false
}

func (l *lines) plain() string {
	start, end := l.pos, l.lineEnd()
	l.pos = end
	if l.delimiter != 0 {
		if i := strings.IndexByte(l.text[start:end], l.delimiter); i >= 0 {
			l.pos = start + i
		}
	}
	return l.text[start:l.pos]
}

// quoted reads a quoted cell at the current place, if there is one that closes.
func (l *lines) quoted() (string, bool) {
	if l.pos >= len(l.text) || l.text[l.pos] != '"' || l.patience <= 0 {
		return "", false
	}
	limit := min(len(l.text), l.pos+maxQuoted)
	doubled := false
	i := l.pos + 1
	for i < limit {
		j := strings.IndexByte(l.text[i:limit], '"')
		if j < 0 {
			i = limit
			break
		}
		i += j
		if i+1 < len(l.text) && l.text[i+1] == '"' {
			doubled = true
			i += 2
			continue
		}
		if after, ok := l.closes(i + 1); ok {
			return l.take(i, after, doubled)
		}
		i++
	}
	l.patience -= i - l.pos
	return "", false
}

// closes reports whether a quote before this place ends a cell, and where.
func (l *lines) closes(at int) (after int, ok bool) {
	for at < len(l.text) && l.text[at] == ' ' {
		at++
	}
	if at == len(l.text) {
		return at, true
	}
	c := l.text[at]
	return at, c == '\n' || c == '\r' || l.delimiter != 0 && c == l.delimiter
}

func (l *lines) take(end, after int, doubled bool) (string, bool) {
	cell := l.text[l.pos+1 : end]
	breaks := strings.Count(cell, "\n")
	if breaks == 0 {
		breaks = strings.Count(cell, "\r")
	}
	if breaks > maxQuotedBreaks {
		l.patience -= end - l.pos
		return "", false
	}
	l.line += breaks
	l.pos = after
	if doubled {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	return cell, true
}
