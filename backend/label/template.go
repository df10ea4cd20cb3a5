package label

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
)

// Template is a layout as data: what is drawn where, and which fields of a
// record it shows. Lengths are millimetres from the top left corner, sizes of
// type are points. A shop may copy one, change it and keep it in a folder.
//
// A template without body is a label: one page a record. With a body its
// elements are the head and foot of every page, and the body flows over as many
// pages as it takes.
type Template struct {
	ID       string        `json:"id"`
	Name     Words         `json:"name"`
	Width    float64       `json:"width"`
	Height   float64       `json:"height"`
	Margin   float64       `json:"margin"`           // where no ink may come
	Mirror   bool          `json:"mirror,omitempty"` // right-to-left languages get the page from the right
	Draft    *DraftBand    `json:"draft,omitempty"`
	Required []string      `json:"required,omitempty"` // fields that a final print needs
	Sample   Record        `json:"sample"`             // declares the fields, and fills the preview
	Elements []Element     `json:"elements"`
	Body     *Body         `json:"body,omitempty"`
	files    fs.FS         // where its pictures are
	compiled *compiledBody // elements and body, ready to draw
}

// DraftBand is where a print that is not final says so. The large mark behind
// the page falls or rises, away from the corner with the code.
type DraftBand struct {
	Box     [4]float64 `json:"box"`
	Falling bool       `json:"falling,omitempty"`
}

// Element is one thing on a label. Which fields it has depends on its type.
type Element struct {
	Name string     `json:"name"`
	Type string     `json:"type"` // text, qr, code128, rect, line, path, mark, picture, table
	Box  [4]float64 `json:"box"`  // x, y, width, height
	When string     `json:"when,omitempty"`
	// After moves the top of the box down to the end of an element before it.
	After string `json:"after,omitempty"`
	// Beside stretches the box to where a code before it really begins or ends:
	// codes are as large as whole dots allow, not as their box.
	Beside string `json:"beside,omitempty"`

	// What it says: words with {fields} in them, or one field.
	Text  Words  `json:"text,omitempty"`
	Bind  string `json:"bind,omitempty"`
	Empty string `json:"empty,omitempty"` // shown where there is nothing to say

	Font   string  `json:"font,omitempty"` // regular or bold
	Size   float64 `json:"size,omitempty"`
	Min    float64 `json:"min,omitempty"`
	Fit    string  `json:"fit,omitempty"`    // shrink (then wrap), wrap (then shrink) or line (shrink alone)
	Align  string  `json:"align,omitempty"`  // left, center, right; right-to-left text begins at the right
	Valign string  `json:"valign,omitempty"` // top or middle
	Ink    string  `json:"ink,omitempty"`    // black, grey, faint or white

	Stroke float64 `json:"stroke,omitempty"` // width of a line; of a rect, its outline
	Level  string  `json:"level,omitempty"`  // of a qr: L, M, Q or H
	Turned bool    `json:"turned,omitempty"` // a code128 from top to bottom
	Mark   string  `json:"mark,omitempty"`
	Path   string  `json:"path,omitempty"` // M, L, Q and Z, millimetres from the corner of the box
	File   string  `json:"file,omitempty"` // a picture beside the template

	Columns []Column `json:"columns,omitempty"` // of a table
}

// Column of a table. A column without text is an empty box to tick.
type Column struct {
	Name  string  `json:"name,omitempty"`
	Title Words   `json:"title,omitempty"`
	Text  Words   `json:"text,omitempty"`
	Width float64 `json:"width"`
	Font  string  `json:"font,omitempty"`
	Size  float64 `json:"size,omitempty"`
	Min   float64 `json:"min,omitempty"`
	Align string  `json:"align,omitempty"`
}

// Body is what flows over pages, between top and bottom.
type Body struct {
	X      float64 `json:"x"`
	Width  float64 `json:"width"`
	Top    float64 `json:"top"`
	Bottom float64 `json:"bottom"`
	Blocks []Block `json:"blocks"`
}

// Block is drawn once, or once for each record of the list it is bound to. Its
// elements lie relative to the body's left edge and to the block's top; it is as
// high as they turn out, is never split, and moves to a new page whole. Blocks
// inside it follow below.
type Block struct {
	Name     string    `json:"name"`
	Bind     string    `json:"bind,omitempty"`
	When     string    `json:"when,omitempty"`
	Elements []Element `json:"elements,omitempty"`
	Columns  []Column  `json:"columns,omitempty"` // a table's: a row for each record
	Again    bool      `json:"again,omitempty"`   // its elements are repeated where it runs over a page
	Keep     float64   `json:"keep,omitempty"`    // room it must have below its top, lest a heading stand alone
	Gap      float64   `json:"gap,omitempty"`     // blank room below its elements
	After    float64   `json:"after,omitempty"`   // blank room behind all of it
	Blocks   []Block   `json:"blocks,omitempty"`
}

// mostTemplateBytes bounds a file that claims to be a template.
const mostTemplateBytes = 1 << 20

// ReadTemplate reads a template strictly and checks it. files is where its
// pictures are; nil for none. An error names the element.
func ReadTemplate(r io.Reader, files fs.FS) (*Template, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostTemplateBytes+1))
	if err != nil {
		return nil, ErrTemplate.With("problem", "cannot be read").Because(err)
	}
	if len(data) > mostTemplateBytes {
		return nil, ErrTemplate.With("problem", "is too large")
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // as some editors save
	t := &Template{}
	if err := strictly(data, t); err != nil {
		return nil, ErrTemplate.With("template", t.ID, "element", culprit(data), "problem", plainError(data, err))
	}
	t.files = files
	if err := t.compile(); err != nil {
		return nil, err
	}
	return t, nil
}

// Speaks reports whether some of the label's words are in a language.
func (t *Template) Speaks(lang string) bool {
	base, _, _ := strings.Cut(lang, "-")
	for _, d := range t.compiled.elements {
		if d.words[lang] != nil || d.words[base] != nil {
			return true
		}
	}
	return false
}

func strictly(data []byte, into *Template) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if d.More() {
		return fmt.Errorf("something follows after the template")
	}
	return nil
}

// culprit finds the element that does not decode: the decoder says where in the
// file, and a person thinks in elements.
func culprit(data []byte) string {
	var outer struct {
		Elements []json.RawMessage `json:"elements"`
		Body     struct {
			Blocks []json.RawMessage `json:"blocks"`
		} `json:"body"`
	}
	if json.Unmarshal(data, &outer) != nil {
		return "template"
	}
	for i, raw := range outer.Elements {
		if name, bad := wrong[Element](raw, i); bad {
			return name
		}
	}
	return culpritBlock(outer.Body.Blocks)
}

func culpritBlock(blocks []json.RawMessage) string {
	for i, raw := range blocks {
		name, bad := wrong[Block](raw, i)
		if !bad {
			continue
		}
		var inner struct {
			Elements []json.RawMessage `json:"elements"`
			Blocks   []json.RawMessage `json:"blocks"`
		}
		if json.Unmarshal(raw, &inner) != nil {
			return name
		}
		for i, raw := range inner.Elements {
			if element, bad := wrong[Element](raw, i); bad {
				return name + "." + element
			}
		}
		if deeper := culpritBlock(inner.Blocks); deeper != "template" {
			return name + "." + deeper
		}
		return name
	}
	return "template"
}

// wrong reports whether a part does not decode, and its name.
func wrong[T any](raw json.RawMessage, i int) (name string, bad bool) {
	var head struct {
		Name string `json:"name"`
	}
	_ = json.Unmarshal(raw, &head) // a part without a name has its number
	if head.Name == "" {
		head.Name = fmt.Sprint("#", i+1)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	var part T
	return head.Name, d.Decode(&part) != nil
}

// plainError is a decoder's complaint without the names of our types, at its line
// where the decoder knows one.
func plainError(data []byte, err error) string {
	var syntax *json.SyntaxError
	var typed *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf("line %d: %s", lineOf(data, syntax.Offset), syntax)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Sprintf("line %d: unexpected EOF, the file ends too early", lineOf(data, int64(len(data))))
	case errors.As(err, &typed):
		return fmt.Sprintf("line %d: %s cannot be a %s", lineOf(data, typed.Offset), typed.Field, typed.Value)
	}
	text := err.Error()
	if rest, ok := cutPrefix(text, "json: "); ok {
		return rest
	}
	return text
}

// lineOf is the line, counted from 1, of the last of so many bytes.
func lineOf(data []byte, bytesRead int64) int {
	read := data[:min(max(int(bytesRead)-1, 0), len(data))]
	return 1 + bytes.Count(read, []byte("\n"))
}

func cutPrefix(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || s[:len(prefix)] != prefix {
		return s, false
	}
	return s[len(prefix):], true
}
