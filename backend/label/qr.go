package label

import (
	"math"

	"hashmend/backend/label/qr"
)

// Matrix is the modules of a QR code, without border. Dark[y][x].
type Matrix struct {
	N       int
	Dark    [][]bool
	Payload string
}

// eachRect calls f for rectangles that together are the dark modules, each once:
// a run of modules and the same run in the rows below it.
func (m *Matrix) eachRect(f func(x, y, w, h int)) {
	for y, row := range m.Dark {
		eachRun(row, func(x, w int) {
			if y > 0 && isRun(m.Dark[y-1], x, w) {
				return // part of the rectangle above
			}
			h := 1
			for y+h < m.N && isRun(m.Dark[y+h], x, w) {
				h++
			}
			f(x, y, w, h)
		})
	}
}

// isRun reports whether a row has a run of dark modules of just this extent.
func isRun(row []bool, x, w int) bool {
	if x > 0 && row[x-1] || x+w < len(row) && row[x+w] {
		return false
	}
	for _, dark := range row[x : x+w] {
		if !dark {
			return false
		}
	}
	return true
}

// maxCodes bounds the cache of matrices, which cost most of a label's time.
const maxCodes = 256

// moduleStep keeps modules whole in dots on both usual thermal heads: 0.25 mm
// is 2 dots at 203 dpi (8 a millimetre) and 3 at 300 dpi (12 a millimetre).
const moduleStep = 0.25

// smallestModule is 4 dots at 203 dpi. Smaller ones fail when a head prints one
// dot too many.
const smallestModule = 0.5

// codeKey is what a matrix depends on.
type codeKey struct {
	payload string
	level   qr.Level
	atLeast int
}

// matrix encodes a payload, by default at level Q, and higher where that costs
// no size: a blot over a tenth of the code is survived, and no less.
func (e *Engine) matrix(payload string, level qr.Level, atLeast int) (*Matrix, error) {
	key := codeKey{payload, level, atLeast}
	e.mu.Lock()
	defer e.mu.Unlock()
	if m := e.codes[key]; m != nil {
		return m, nil
	}
	code, err := qr.Encode(payload, level, atLeast)
	if err != nil {
		return nil, err
	}
	if len(e.codes) >= maxCodes {
		clear(e.codes)
	}
	m := &Matrix{N: code.N, Dark: code.Dark, Payload: payload}
	e.codes[key] = m
	return m, nil
}

// placeQR puts a code into a box with the largest module that leaves the quiet
// zone inside it, centred, its corner on a whole dot.
func (e *Engine) placeQR(element, payload string, box Box) (QR, error) {
	return e.placeQRAt(element, payload, qr.Q, 0, box)
}

// placeQRAt is placeQR at a level and of at least a version.
func (e *Engine) placeQRAt(element, payload string, level qr.Level, atLeast int, box Box) (QR, error) {
	m, err := e.matrix(payload, level, atLeast)
	if err != nil {
		return QR{}, ErrQRDoesNotFit.With("element", element).Because(err)
	}
	modules := float64(m.N + 2*QuietModules)
	module := wholeModules(min(box.W, box.H) / modules)
	if module < smallestModule {
		return QR{}, ErrQRDoesNotFit.With("element", element)
	}
	corner := func(from, room float64) float64 {
		return wholeDot(from+(room-modules*module)/2) + QuietModules*module
	}
	return QR{Element: element, X: corner(box.X, box.W), Y: corner(box.Y, box.H), Module: module, Code: m}, nil
}

// wholeModules is the largest module of whole dots that is no larger.
func wholeModules(v float64) float64 { return math.Floor(v/moduleStep+1e-9) * moduleStep }

// wholeDot moves an edge onto the grid of every head.
func wholeDot(v float64) float64 { return math.Round(v/moduleStep) * moduleStep }

func qrVersion(text string, level qr.Level) (int, error) { return qr.Version(text, level) }
