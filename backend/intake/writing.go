package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// surveyed is the part of a table that its delimiter is guessed from, and the
// piece in which the rest is looked through.
const surveyed = 1 << 16

// Writing is how a table is written: in which encoding, and what lies between
// its cells.
type Writing struct {
	Encoding  string
	Delimiter byte // 0: one value a line
	separator bool // a first line such as sep=; says so
}

// Survey finds out how a table is written. It reads all of it, since the first
// letter that is not ASCII may stand in the last row, and keeps one piece.
func Survey(r io.Reader) (Writing, error) {
	first := make([]byte, surveyed)
	n, err := io.ReadFull(r, first)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return Writing{}, err
	}
	first = first[:n]
	whole := n < surveyed
	w := Writing{Encoding: guessEncoding(first)}
	marked := bytes.HasPrefix(first, []byte("\ufeff"))
	if !marked && !strings.HasPrefix(w.Encoding, "utf-16") {
		if w.Encoding, err = plainEncoding(first, r, whole); err != nil {
			return Writing{}, err
		}
	}
	text, _ := decode(first, w.Encoding)
	delimiter, body := separatorLine(text)
	w.Delimiter, w.separator = delimiter, body != text
	if !w.separator {
		w.Delimiter = guessDelimiter(text)
	}
	return w, nil
}

// plainEncoding tells UTF-8 from what came before it, in a table without a mark.
func plainEncoding(piece []byte, r io.Reader, whole bool) (string, error) {
	next := make([]byte, surveyed)
	for {
		complete := piece
		if !whole {
			complete = piece[:len(piece)-begun(piece)]
		}
		if !utf8.Valid(complete) {
			return guessLegacy(piece), nil
		}
		if whole {
			return "utf-8", nil
		}
		kept := copy(next, piece[len(complete):])
		n, err := io.ReadFull(r, next[kept:])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return "", err
		}
		whole = err != nil
		piece = next[:kept+n]
	}
}

// begun is how many bytes at the end belong to a letter that is cut off there.
func begun(piece []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(piece); n++ {
		if c := piece[len(piece)-n]; utf8.RuneStart(c) {
			if utf8.FullRune(piece[len(piece)-n:]) {
				return 0
			}
			return n
		}
	}
	return 0
}

// Text gives a table as UTF-8, piece by piece, from its heading on.
func (w Writing) Text(r io.Reader) io.Reader {
	e := encodings[w.Encoding]
	if e == nil {
		e = unicode.UTF8
	}
	text := bufio.NewReaderSize(decoded(e, r), 4096)
	if mark, err := text.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = text.Discard(len(mark))
	}
	if w.separator {
		_, _ = text.ReadSlice('\n') // an error comes again with the next reading
	}
	return text
}

func decoded(e encoding.Encoding, r io.Reader) io.Reader { return e.NewDecoder().Reader(r) }
