package intake

import (
	"context"
	"math"
	"strings"
)

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

// guessDelimiter takes the delimiter that cuts most lines of the beginning into
// the same number of cells. 0 means one value a line.
func guessDelimiter(text string) byte {
	sample := text[:min(len(text), 1<<16)]
	best, bestScore := byte(0), 0.0
	for _, d := range []byte{'\t', ';', ',', '|'} {
		if score := scoreDelimiter(sample, d); score > bestScore {
			best, bestScore = d, score
		}
	}
	return best
}

func scoreDelimiter(sample string, d byte) float64 {
	counts := map[int]int{}
	total, header := 0, 0.0
	l := newLines(sample, d)
	for range 400 {
		_, cells, ok := l.next()
		if !ok {
			break
		}
		if isBlank(cells) {
			continue
		}
		total++
		counts[len(cells)]++
		if total <= maxHeaderLine {
			if h, ok := readHeader(cells); ok && len(h.fields) > 1 {
				header = 1
			}
		}
	}
	best := header
	for n, lines := range counts {
		if n > 1 && (lines > 1 || total == 1) {
			share := float64(lines) / float64(total)
			best = max(best, header+share*math.Sqrt(float64(min(n, 12))))
		}
	}
	if best < 0.7 && header == 0 {
		return 0 // a few commas in sentences
	}
	return best
}

// readText reads lines of a text.
func readText(ctx context.Context, text, encoding string, opt Options) (*Result, error) {
	b := newBuilder("", opt)
	b.suspect = strings.IndexByte(text, 0) >= 0 || strings.Contains(text, "\ufffd")
	delimiter, err := b.addText(ctx, text)
	if err != nil {
		return nil, err
	}
	if err := b.finish(); err != nil {
		return nil, err
	}
	opt.progress(Progress{Rows: len(b.rows), Done: int64(len(text)), Total: int64(len(text))})
	r := b.result()
	r.Encoding = encoding
	if delimiter != 0 {
		r.Delimiter = string(rune(delimiter))
	}
	return r, nil
}

func (b *builder) addText(ctx context.Context, text string) (delimiter byte, err error) {
	if codes := codesOnOneLine(text); codes != nil {
		return 0, b.addCodes(ctx, text, codes)
	}
	delimiter, body := separatorLine(text)
	if body == text {
		delimiter = guessDelimiter(text)
	}
	l := newLines(body, delimiter)
	if body != text {
		b.skip(1, ReasonSeparator, text[:5])
		l.line = 2
	}
	for {
		line, cells, ok := l.next()
		if !ok {
			return delimiter, nil
		}
		if err := b.add(ctx, line, cells, Progress{Done: int64(l.pos), Total: int64(len(body))}); err != nil {
			return 0, err
		}
	}
}

// addCodes makes a row of each code of the only line that is not blank.
func (b *builder) addCodes(ctx context.Context, text string, codes []string) error {
	for l := newLines(text, 0); ; {
		line, cells, ok := l.next()
		if !ok {
			return nil
		}
		if isBlank(cells) {
			b.skipBlank(line)
			continue
		}
		for _, code := range codes {
			if err := b.add(ctx, line, []string{code}, Progress{}); err != nil {
				return err
			}
		}
	}
}

// separatorLine understands Excel's own first line, such as sep=;
func separatorLine(text string) (delimiter byte, body string) {
	if len(text) < 6 || !strings.EqualFold(text[:4], "sep=") || !strings.Contains("\t;,|:", text[4:5]) || text[5] != '\n' && text[5] != '\r' {
		return 0, text
	}
	return text[4], strings.TrimPrefix(strings.TrimPrefix(text[5:], "\r"), "\n")
}
