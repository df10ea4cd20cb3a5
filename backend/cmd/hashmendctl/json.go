package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"hashmend/backend/repair"
)

// errJSON means that what was given as JSON cannot be understood. Args: name, from
// (stdin, or empty), problem (empty, cut, syntax, part or value), line, part.
var errJSON = &repair.Error{Kind: repair.Invalid, Code: "input.not_understood"}

// readJSON reads a file, or the standard input for "-".
func (t *tool) readJSON(name string, into any) error {
	var text []byte
	var err error
	if name == "-" {
		text, err = io.ReadAll(t.in)
	} else {
		text, err = os.ReadFile(name)
	}
	if err != nil {
		return noFile(name, err)
	}
	return decodeJSON(name, text, into)
}

// decodeJSON reads JSON that a person wrote, and says in words what is wrong with it.
func decodeJSON(name string, text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(into)
	if err == nil {
		return nil
	}
	wrong := errJSON.With("name", name).Because(err)
	if name == "-" {
		wrong = wrong.With("from", "stdin")
	}
	lineAt := func(offset int64) string {
		return strconv.Itoa(1 + bytes.Count(text[:min(int(offset), len(text))], []byte("\n")))
	}
	var syntax *json.SyntaxError
	var value *json.UnmarshalTypeError
	part, unknown := strings.CutPrefix(err.Error(), "json: unknown field ")
	switch {
	case errors.Is(err, io.EOF):
		return wrong.With("problem", "empty")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return wrong.With("problem", "cut")
	case errors.As(err, &syntax):
		return wrong.With("problem", "syntax", "line", lineAt(syntax.Offset))
	case errors.As(err, &value):
		return wrong.With("problem", "value", "line", lineAt(value.Offset), "part", value.Field)
	case unknown:
		return wrong.With("problem", "part", "part", strings.Trim(part, `"`))
	}
	return wrong.With("problem", "syntax", "line", lineAt(d.InputOffset()))
}
