package label

import (
	"math"

	qrcode "github.com/skip2/go-qrcode"
)

// Matrix is the modules of a QR code, without border. Dark[y][x].
type Matrix struct {
	N       int
	Dark    [][]bool
	Payload string
}

// maxCodes bounds the cache of matrices, which cost most of a label's time.
const maxCodes = 256

// moduleStep keeps modules whole in dots on both usual thermal heads: 0.25 mm
// is 2 dots at 203 dpi (8 a millimetre) and 3 at 300 dpi (12 a millimetre).
const moduleStep = 0.25

// smallestModule is 4 dots at 203 dpi. Smaller ones fail when a head prints one
// dot too many.
const smallestModule = 0.5

// matrix encodes a payload at level Q, or at H where that costs no size: a blot
// over a tenth of the code is survived, and no less.
func (e *Engine) matrix(payload string) (*Matrix, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if m := e.codes[payload]; m != nil {
		return m, nil
	}
	code, err := qrcode.New(payload, qrcode.High)
	if err != nil {
		return nil, err
	}
	if better, err := qrcode.New(payload, qrcode.Highest); err == nil && better.VersionNumber == code.VersionNumber {
		code = better
	}
	code.DisableBorder = true
	dark := code.Bitmap()
	if len(e.codes) >= maxCodes {
		clear(e.codes)
	}
	m := &Matrix{N: len(dark), Dark: dark, Payload: payload}
	e.codes[payload] = m
	return m, nil
}

// placeQR puts a code into a box with the largest module that leaves the quiet
// zone inside it, centred, its corner on a whole dot.
func (e *Engine) placeQR(element, payload string, box Box) (QR, error) {
	m, err := e.matrix(payload)
	if err != nil {
		return QR{}, ErrQRDoesNotFit.With("element", element).Because(err)
	}
	modules := float64(m.N + 2*QuietModules)
	module := math.Floor(min(box.W, box.H)/modules/moduleStep+1e-9) * moduleStep
	if module < smallestModule {
		return QR{}, ErrQRDoesNotFit.With("element", element)
	}
	corner := func(from, room float64) float64 {
		return math.Round((from+(room-modules*module)/2)/moduleStep)*moduleStep + QuietModules*module
	}
	return QR{Element: element, X: corner(box.X, box.W), Y: corner(box.Y, box.H), Module: module, Code: m}, nil
}
