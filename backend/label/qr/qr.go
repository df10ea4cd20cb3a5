// Package qr makes the matrices of QR codes.
//
// They are those of github.com/skip2/go-qrcode, module for module, and a test
// holds them to it. That library takes most of the time of a label, because it
// builds and judges eight whole symbols one module at a time; here a row of a
// symbol is one machine word. Symbols of more than 61 modules are left to it.
package qr

import (
	"errors"

	qrcode "github.com/skip2/go-qrcode"
)

// Level is how much damage a code survives.
type Level int

// Levels, about 7, 15, 25 and 30 % of the code words.
const (
	L Level = iota
	M
	Q
	H
)

// largest is the largest version whose rows fit a machine word.
const largest = 11

// ErrTooLong: no code holds so much.
var ErrTooLong = errors.New("qr: the text is too long for a code")

// Code is a symbol without its quiet zone. Dark[y][x].
type Code struct {
	Version int
	Level   Level
	N       int
	Dark    [][]bool
}

// Encode makes the smallest symbol that holds text at the level, of at least
// the given version: labels of one batch look alike. Where the version leaves
// room for a higher level, it gets that.
func Encode(text string, level Level, atLeast int) (Code, error) {
	c := content{text: text}
	version, err := c.version(level)
	if err != nil {
		return Code{}, err
	}
	version = max(version, atLeast)
	for level < H && c.fits(version, level+1) {
		level++
	}
	return c.encode(version, level)
}

// Version is the smallest one that holds the text at a level.
func Version(text string, level Level) (int, error) {
	c := content{text: text}
	return c.version(level)
}

// content is a text and how it is divided, in versions up to 9 and above.
type content struct {
	text  string
	known [2]bool
	parts [2][]segment
	bits  [2]int
}

func (c *content) divide(version int) (parts []segment, bits int) {
	large := 0
	if version > 9 {
		large = 1
	}
	if !c.known[large] {
		c.known[large] = true
		c.parts[large] = segments(c.text, version)
		c.bits[large] = bitsOf(c.parts[large], version)
	}
	return c.parts[large], c.bits[large]
}

func (c *content) version(level Level) (int, error) {
	for version := 1; version <= largest; version++ {
		if c.fits(version, level) {
			return version, nil
		}
	}
	code, err := qrcode.New(c.text, qrcode.RecoveryLevel(level))
	if err != nil || c.text == "" {
		return 0, ErrTooLong
	}
	return code.VersionNumber, nil
}

func (c *content) fits(version int, level Level) bool {
	if version <= largest {
		parts, bits := c.divide(version)
		return parts != nil && bits <= 8*shapes[version][level].words()
	}
	_, err := qrcode.NewWithForcedVersion(c.text, version, qrcode.RecoveryLevel(level))
	return err == nil
}

func (c *content) encode(version int, level Level) (Code, error) {
	if version > largest {
		code, err := qrcode.NewWithForcedVersion(c.text, version, qrcode.RecoveryLevel(level))
		if err != nil {
			return Code{}, ErrTooLong
		}
		code.DisableBorder = true
		dark := code.Bitmap()
		return Code{version, level, len(dark), dark}, nil
	}
	parts, _ := c.divide(version)
	words := interleave(dataWords(parts, version, level), shapes[version][level])
	rows := place(words, version, level)
	n := 17 + 4*version
	modules := make([]bool, n*n)
	dark := make([][]bool, n)
	for y := range dark {
		dark[y] = modules[y*n : (y+1)*n : (y+1)*n]
		for x := range n {
			dark[y][x] = rows[y]>>x&1 != 0
		}
	}
	return Code{version, level, n, dark}, nil
}
