package label

import (
	"math"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/segmenter"
)

// pt is one typographic point in millimetres.
const pt = 25.4 / 72

// A line is lineHeight ems high; its baseline lies ascent ems below its top.
const (
	lineHeight = 1.3
	ascent     = 1.0
)

// align places text in its box.
type align int

const (
	left align = iota
	centre
	right
)

// field is text that must fit a box: at size if it can, else smaller down to
// min, else on several lines, else not at all. Running text, such as an address,
// wraps before it shrinks.
type field struct {
	element   string
	text      string
	box       Box
	size, min float64
	bold      bool
	ink       Ink
	align     align
	middle    bool // centre it vertically
	bottom    bool // set it on the lower edge
	running   bool // wrap before shrinking
	oneLine   bool // never wrap
}

// fit shapes the field and places its lines. used is the height they take.
func (e *Engine) fit(f field) (lines []Text, used float64, err error) {
	whole, err := e.shape(f.element, f.text, f.bold)
	if err != nil {
		return nil, 0, err
	}
	if len(whole.Glyphs) == 0 {
		return nil, 0, nil
	}
	size := min(f.size, f.box.H/lineHeight)
	if whole.Width*size > f.box.W {
		size = math.Floor(f.box.W/whole.Width*1000) / 1000
	}
	if size >= f.min-1e-9 && (!f.running || size == f.size) {
		return f.place([]*Shaped{whole}, size), size * lineHeight, nil
	}
	if f.oneLine {
		return nil, 0, ErrTextDoesNotFit.With("element", f.element, "text", whole.Text)
	}
	wrapped, size, err := e.fitWrapped(f, whole.Text)
	if err != nil {
		return nil, 0, err
	}
	if wrapped == nil {
		return nil, 0, ErrTextDoesNotFit.With("element", f.element, "text", whole.Text)
	}
	return f.place(wrapped, size), float64(len(wrapped)) * size * lineHeight, nil
}

// fitWrapped finds the largest size at which the wrapped text fits its box, or
// the next smaller one when that saves a line, often of a single character. It
// answers no lines when none fits.
func (e *Engine) fitWrapped(f field, text string) (best []*Shaped, size float64, err error) {
	const steps = 8
	for step := range steps + 1 {
		smaller := f.size - (f.size-f.min)*float64(step)/steps
		lines, err := e.wrap(f, text, smaller)
		if err != nil {
			return nil, 0, err
		}
		fits := lines != nil && float64(len(lines))*smaller*lineHeight <= f.box.H+1e-6
		switch {
		case best == nil && fits:
			best, size = lines, smaller
		case best != nil && fits && len(lines) < len(best):
			return lines, smaller, nil
		case best != nil:
			return best, size, nil
		}
	}
	return best, size, nil
}

func (f field) place(lines []*Shaped, size float64) []Text {
	y := f.box.Y
	if f.middle {
		y += (f.box.H - float64(len(lines))*size*lineHeight) / 2
	}
	if f.bottom {
		y += f.box.H - float64(len(lines))*size*lineHeight
	}
	texts := make([]Text, len(lines))
	for i, line := range lines {
		x, how := f.box.X, f.align
		if how == left && direction([]rune(line.Text)) == di.DirectionRTL {
			how = right
		}
		switch how {
		case centre:
			x += (f.box.W - line.Width*size) / 2
		case right:
			x += f.box.W - line.Width*size
		}
		texts[i] = Text{Element: f.element, X: x, Y: y + (float64(i)*lineHeight+ascent)*size, Size: size, Ink: f.ink, Line: line}
	}
	return texts
}

// wrap breaks text into lines no wider than the box, where Unicode allows a
// break, and inside a word only when the word alone is too wide. It answers nil
// when a single character is too wide.
func (e *Engine) wrap(f field, text string, size float64) ([]*Shaped, error) {
	runes := []rune(text)
	breaks := lineBreaks(runes)
	var lines []*Shaped
	for from := 0; from < len(runes); {
		line, to, err := e.longest(f, size, runes, from, breaks)
		if err == nil && line == nil {
			line, to, err = e.longest(f, size, runes, from, every(from+1, len(runes)))
		}
		if err != nil || line == nil {
			return nil, err
		}
		if len(line.Glyphs) > 0 {
			lines = append(lines, line)
		}
		from = to
	}
	return lines, nil
}

// longest is the longest line from a place to one of the breaks, or nil.
func (e *Engine) longest(f field, size float64, runes []rune, from int, breaks []int) (best *Shaped, to int, err error) {
	for _, end := range breaks {
		if end <= from {
			continue
		}
		line, err := e.shape(f.element, string(runes[from:end]), f.bold)
		if err != nil {
			return nil, 0, err
		}
		if line.Width*size > f.box.W {
			break
		}
		best, to = line, end
	}
	return best, to, nil
}

// lineBreaks lists where a line may end, by UAX 14. A count stays on the line of
// what it counts, and a model in one piece: "X4-Q ×2".
func lineBreaks(runes []rune) []int {
	var s segmenter.Segmenter
	s.Init(runes)
	var breaks []int
	for it := s.LineIterator(); it.Next(); {
		line := it.Line()
		end := line.Offset + len(line.Text)
		if end < len(runes) && (runes[end] == '×' || end > 1 && runes[end-1] == '-' && unicode.IsDigit(runes[end-2])) {
			continue
		}
		breaks = append(breaks, end)
	}
	return breaks
}

func every(from, to int) []int {
	var all []int
	for i := from; i <= to; i++ {
		all = append(all, i)
	}
	return all
}
