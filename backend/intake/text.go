package intake

import (
	"context"
	"math"
	"strings"
)

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
