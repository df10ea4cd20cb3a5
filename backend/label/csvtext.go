package label

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// mostHeading is how far the end of the first line is looked for.
const mostHeading = 64 << 10

// tableProblem is what a person can look for in the file.
func tableProblem(err error) string {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return "is empty"
	case errors.As(err, &parse):
		return fmt.Sprintf("line %d, character %d: %s", parse.Line, parse.Column, parse.Err)
	}
	return "cannot be read"
}

// skipMark leaves out the mark that spreadsheets put before UTF-8.
func skipMark(r io.Reader) io.Reader {
	return &unmarked{r: r}
}

type unmarked struct {
	r     io.Reader
	begun bool
}

func (u *unmarked) Read(p []byte) (int, error) {
	if u.begun {
		return u.r.Read(p)
	}
	u.begun = true
	var first [3]byte
	n, err := io.ReadFull(u.r, first[:])
	if n == 3 && string(first[:]) == "\ufeff" {
		return u.r.Read(p)
	}
	if err != nil && n == 0 {
		return 0, io.EOF
	}
	u.r = io.MultiReader(strings.NewReader(string(first[:n])), u.r)
	return u.r.Read(p)
}

// lineEnds turns carriage returns into line feeds where they alone end the lines,
// as Excel for the Mac saves. Elsewhere one may stand inside a cell.
func lineEnds(r io.Reader) io.Reader {
	text := bufio.NewReaderSize(r, mostHeading)
	begin, _ := text.Peek(mostHeading) // an error comes again with the next reading
	i := bytes.IndexAny(begin, "\r\n")
	if i < 0 || begin[i] != '\r' || i+1 < len(begin) && begin[i+1] == '\n' {
		return text
	}
	return returned{text}
}

type returned struct{ r io.Reader }

func (l returned) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
