package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"hashmend/backend/repair"
)

// DecodeStrict reads a request: one JSON value, valid UTF-8, no field twice, no
// field unknown, nothing behind it, not nested deeper than MaxDepth. A desk must
// not use it for answers: those may grow.
func DecodeStrict(data []byte, into any) error {
	if err := checkShape(data); err != nil {
		return malformed(err)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return malformed(err)
	}
	return nil
}

func malformed(err error) *repair.Error {
	return (&repair.Error{Kind: repair.Invalid, Code: CodeMalformed}).With("why", reason(err)).Because(err)
}

// reason tells what is wrong without repeating what was sent.
func reason(err error) string {
	var typeError *json.UnmarshalTypeError
	if errors.As(err, &typeError) {
		return fmt.Sprintf("the field %s cannot be a %s", typeError.Field, typeError.Value)
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("not JSON at byte %d", syntax.Offset)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "the JSON ends too early"
	}
	return err.Error()
}

// frame is an object or an array that is still open.
type frame struct {
	keys    map[string]bool // nil in an array
	wantKey bool
}

// checkShape walks the tokens once. The decoder alone would take the last of two
// equal keys in silence, and another reader the first.
func checkShape(data []byte) error {
	if !utf8.Valid(data) {
		return errors.New("the text is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var open []frame
	for {
		token, err := d.Token()
		if err != nil {
			return err
		}
		if len(open) > 0 && open[len(open)-1].keys != nil {
			top := &open[len(open)-1]
			if key, ok := token.(string); ok && top.wantKey {
				if top.keys[key] {
					return errors.New("a field stands twice")
				}
				top.keys[key] = true
				top.wantKey = false
				continue
			}
			top.wantKey = true
		}
		switch token {
		case json.Delim('{'):
			open = append(open, frame{keys: map[string]bool{}, wantKey: true})
		case json.Delim('['):
			open = append(open, frame{})
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		}
		if len(open) > MaxDepth {
			return errors.New("the JSON is nested too deep")
		}
		if len(open) == 0 {
			break
		}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind the JSON")
	}
	return nil
}
