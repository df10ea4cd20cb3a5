package label

import "strings"

// Bars is a Code 128: X, Y is the corner of its first bar. The quiet zone lies
// before and behind it. Widths alternates bars and gaps, in modules. Upright
// bars run along the line of reading; a turned code runs from top to bottom.
type Bars struct {
	Element string
	X, Y    float64
	Module  float64
	Height  float64 // of a bar
	Turned  bool
	Widths  []byte
	Text    string
}

// quietBars is the blank room before and behind a Code 128, in modules.
const quietBars = 10

// length is the code's length without quiet zones.
func (b Bars) length() float64 {
	n := 0
	for _, w := range b.Widths {
		n += int(w)
	}
	return float64(n) * b.Module
}

// Bounds implements Item: the code with its quiet zones.
func (b Bars) Bounds() Box {
	long, quiet := b.length(), quietBars*b.Module
	if b.Turned {
		return Box{b.X, b.Y - quiet, b.Height, long + 2*quiet}
	}
	return Box{b.X - quiet, b.Y, long + 2*quiet, b.Height}
}

// eachBar calls f for every bar: its place and width, in modules.
func (b Bars) eachBar(f func(at, width int)) {
	at := 0
	for i, w := range b.Widths {
		if i%2 == 0 {
			f(at, int(w))
		}
		at += int(w)
	}
}

// bar is the box of one bar.
func (b Bars) bar(at, width int) Box {
	if b.Turned {
		return Box{b.X, b.Y + float64(at)*b.Module, b.Height, float64(width) * b.Module}
	}
	return Box{b.X + float64(at)*b.Module, b.Y, float64(width) * b.Module, b.Height}
}

// Symbols of Code 128 with a meaning of their own.
const (
	codeC, codeB, startB, startC, stop128 = 99, 100, 104, 105, 106
)

// code128 encodes printable ASCII in sets B and C. Four digits or more, at an
// end, or six in the middle, are shorter in C.
func code128(text string) ([]byte, bool) {
	if text == "" || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		return nil, false
	}
	var symbols []int
	set := 0
	use := func(start, change int) {
		switch {
		case len(symbols) == 0:
			symbols = append(symbols, start)
		case set != change:
			symbols = append(symbols, change)
		}
		set = change
	}
	for i := 0; i < len(text); {
		n := digitsAt(text[i:])
		enough := n >= 6 || n >= 4 && (i == 0 || i+n == len(text)) || n == 2 && n == len(text)
		if !enough {
			use(startB, codeB)
			symbols = append(symbols, int(text[i]-' '))
			i++
			continue
		}
		if n%2 == 1 { // the odd one goes before, unless the code begins here
			if i > 0 {
				use(startB, codeB)
				symbols = append(symbols, int(text[i]-' '))
				i++
			}
			n--
		}
		use(startC, codeC)
		for ; n > 0; n -= 2 {
			symbols = append(symbols, int(text[i]-'0')*10+int(text[i+1]-'0'))
			i += 2
		}
	}
	sum := symbols[0]
	for i, s := range symbols {
		sum += i * s
	}
	symbols = append(symbols, sum%103, stop128)
	var widths []byte
	for _, s := range symbols {
		for _, w := range []byte(patterns128[s]) {
			widths = append(widths, w-'0')
		}
	}
	return widths, true
}

func digitsAt(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// placeBars puts a code into a box, with the widest module that leaves the quiet
// zones inside it.
func placeBars(element, text string, box Box, turned bool) (Bars, error) {
	widths, ok := code128(text)
	if !ok {
		return Bars{}, ErrBarsInvalid.With("element", element, "text", text)
	}
	b := Bars{Element: element, Widths: widths, Turned: turned, Text: text, Module: 1, Height: box.H}
	long, room := b.length()+2*quietBars, box.W
	if turned {
		room, b.Height = box.H, box.W
	}
	b.Module = min(wholeModules(room/long), 3*moduleStep)
	if b.Module < moduleStep {
		return Bars{}, ErrQRDoesNotFit.With("element", element)
	}
	lead := (room-long*b.Module)/2 + quietBars*b.Module
	b.X, b.Y = wholeDot(box.X), wholeDot(box.Y)
	if turned {
		b.Y = wholeDot(box.Y + lead)
	} else {
		b.X = wholeDot(box.X + lead)
	}
	return b, nil
}

// patterns128 are the widths of bars and gaps of each symbol.
var patterns128 = strings.Fields(`
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112`)
