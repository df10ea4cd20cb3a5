package label

import (
	"fmt"
	"slices"
	"strings"

	"hashmend/backend/label/qr"
	"hashmend/backend/label/truetype"
)

// compiledBody is a template made ready: every word and condition is read once,
// however many labels follow.
type compiledBody struct {
	elements []*drawable
	blocks   []*flowing
}

// drawable is an element, checked.
type drawable struct {
	Element
	box      Box
	after    int // place among its neighbours, -1 for none
	beside   int
	when     []condition
	words    map[string][]piece // by language
	bold     bool
	size     float64
	min      float64
	align    align
	valign   string
	ink      Ink
	level    qr.Level
	segments []truetype.Segment
	image    *Image
	cells    []*drawable // of a table
	heads    []*drawable
}

// flowing is a block, checked.
type flowing struct {
	Block
	when     []condition
	elements []*drawable
	heads    []*drawable // captions of a table
	cells    []*drawable
	blocks   []*flowing
}

// piece of a text: words as they are, or a field.
type piece struct{ literal, field string }

// condition holds when a field has a text, or has none.
type condition struct {
	field string
	not   bool
}

// compiler collects the first thing that is wrong with a template.
type compiler struct {
	t    *Template
	path []string
	err  error
}

func (c *compiler) fail(element, problem string, args ...any) {
	if c.err == nil {
		name := strings.Join(append(slices.Clone(c.path), element), ".")
		c.err = ErrTemplate.With("template", c.t.ID, "element", strings.Trim(name, "."), "problem", fmt.Sprintf(problem, args...))
	}
}

func (t *Template) compile() error {
	c := &compiler{t: t}
	c.page()
	scope := []Record{t.Sample, pageFields}
	out := &compiledBody{}
	out.elements = c.elements(t.Elements, scope, Box{W: t.Width, H: t.Height})
	c.apart(out.elements)
	c.legible(out.elements)
	if t.Body != nil {
		b := t.Body
		if b.Top >= b.Bottom || b.Bottom > t.Height || b.X < 0 || b.Width <= 0 || b.X+b.Width > t.Width {
			c.fail("body", "is not on the page")
		}
		out.blocks = c.blocks(b.Blocks, scope)
	}
	for _, field := range t.Required {
		if !known(scope, field) {
			c.fail("required", "no field %s in the sample", field)
		}
	}
	if t.Draft != nil && !inside(boxOf(t.Draft.Box), Box{W: t.Width, H: t.Height}) {
		c.fail("draft", "is not on the page")
	}
	t.compiled = out
	return c.err
}

// pageFields are known on every page.
var pageFields = Record{Text: map[string]string{"page": "1", "pages": "1", "draft": "", "continued": ""}}

func (c *compiler) page() {
	t := c.t
	switch {
	case !validID(t.ID):
		c.fail("id", "is one word of small letters, digits and dashes")
	case t.Width < 10 || t.Width > 500 || t.Height < 10 || t.Height > 500:
		c.fail("width", "a page is 10 to 500 mm wide and high")
	case t.Margin < 0 || t.Margin*2 >= min(t.Width, t.Height):
		c.fail("margin", "leaves no room")
	case len(t.Elements) == 0 && t.Body == nil:
		c.fail("elements", "nothing is drawn")
	}
}

func validID(id string) bool {
	for _, r := range id {
		if !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') {
			return false
		}
	}
	return id != "" && id[0] != '-' && len(id) <= 60
}

func (c *compiler) blocks(blocks []Block, scope []Record) (out []*flowing) {
	for i, b := range blocks {
		if b.Name == "" {
			b.Name = fmt.Sprint("#", i+1)
		}
		c.path = append(c.path, b.Name)
		inner := scope
		f := &flowing{Block: b, when: c.conditions("when", b.When, scope)}
		if b.Bind != "" {
			inner = c.listScope(b.Bind, scope)
		}
		f.elements = c.elements(b.Elements, inner, Box{W: c.t.Body.Width, H: c.t.Body.Bottom - c.t.Body.Top})
		if len(b.Columns) > 0 {
			f.heads, f.cells = c.columns(b.Columns, c.t.Body.Width, inner)
		}
		f.blocks = c.blocks(b.Blocks, inner)
		if f.elements == nil && f.cells == nil && f.blocks == nil {
			c.fail("", "draws nothing")
		}
		out = append(out, f)
		c.path = c.path[:len(c.path)-1]
	}
	return out
}

// listScope is the scope inside a list: the fields of its records, declared by
// the first of the sample, in front of those around it.
func (c *compiler) listScope(name string, scope []Record) []Record {
	for _, r := range scope {
		if list, ok := r.Lists[name]; ok {
			if len(list) == 0 {
				c.fail("bind", "the sample has no record in %s", name)
				return scope
			}
			return append([]Record{list[0], rowFields}, scope...)
		}
	}
	c.fail("bind", "no list %s in the sample", name)
	return scope
}

// rowFields are known inside a list.
var rowFields = Record{Text: map[string]string{"row": "1", "rows": "1"}}

func (c *compiler) columns(columns []Column, room float64, scope []Record) (heads, cells []*drawable) {
	x := 0.0
	for i, col := range columns {
		name := fmt.Sprint("column ", i+1)
		if col.Name != "" {
			name = col.Name
		}
		if col.Width <= 1 || x+col.Width > room+1e-9 {
			c.fail(name, "is %g mm wide where %g are left", col.Width, room-x)
			return nil, nil
		}
		box := [4]float64{x, 0, col.Width - 1, mostRow}
		head := Element{Name: "caption", Type: "text", Box: box, Text: col.Title, Size: 6.5, Min: 5, Fit: "line", Align: col.Align}
		cell := Element{Name: name, Type: "text", Box: box, Text: col.Text, Font: col.Font, Size: orElse(col.Size, 9), Min: orElse(col.Min, 6), Fit: "wrap", Align: col.Align}
		if len(col.Title) == 0 {
			head.Text = Words{"en": ""}
		}
		if len(col.Text) == 0 {
			cell.Type, cell.Stroke = "rect", 0.25
			cell.Box = [4]float64{x + (col.Width-4)/2, 0, 4, 4}
		}
		heads = append(heads, c.element(head, nil, scope))
		cells = append(cells, c.element(cell, nil, scope))
		x += col.Width
	}
	return heads, cells
}

// mostRow is how high a row of a table may become.
const mostRow = 60

func orElse(v, other float64) float64 {
	if v == 0 {
		return other
	}
	return v
}

func (c *compiler) elements(elements []Element, scope []Record, page Box) (out []*drawable) {
	for i, e := range elements {
		if e.Name == "" {
			e.Name = fmt.Sprint("#", i+1)
		}
		d := c.element(e, out, scope)
		if !inside(d.box, page) {
			c.fail(e.Name, "its box leaves the page")
		}
		out = append(out, d)
	}
	return out
}

// inside forgives rounding. A code's quiet zone may lie in the margin, so the
// margin is not asked for here.
func inside(b, page Box) bool {
	return b.X >= -1e-6 && b.Y >= -1e-6 && b.Right() <= page.Right()+1e-6 && b.Bottom() <= page.Bottom()+1e-6 && b.W >= 0 && b.H >= 0
}

func boxOf(v [4]float64) Box { return Box{v[0], v[1], v[2], v[3]} }

// apart refuses an element over a code: the code would still scan on the screen,
// and fail on a worn label.
func (c *compiler) apart(all []*drawable) {
	for _, code := range all {
		if code.Type != "qr" && code.Type != "code128" {
			continue
		}
		for _, other := range all {
			if other != code && (other.beside < 0 || all[other.beside] != code) && other.box.Overlaps(code.box.inset(0.01)) && !exclusive(code.when, other.when) {
				c.fail(other.Name, "its box lies on the code %s", code.Name)
			}
		}
	}
}

// exclusive: one needs what the other excludes.
func exclusive(a, b []condition) bool {
	for _, x := range a {
		if slices.Contains(b, condition{x.field, !x.not}) {
			return true
		}
	}
	return false
}

func known(scope []Record, field string) bool {
	for _, r := range scope {
		if _, ok := r.Text[field]; ok {
			return true
		}
		if _, ok := r.Lists[field]; ok {
			return true
		}
	}
	return false
}

// conditions reads "a, !b": a has a text and b has none.
func (c *compiler) conditions(element, text string, scope []Record) (all []condition) {
	if text == "" {
		return nil
	}
	for _, word := range strings.Split(text, ",") {
		field, not := strings.CutPrefix(strings.TrimSpace(word), "!")
		if !known(scope, field) {
			c.fail(element, "when: no field %q in the sample", field)
		}
		all = append(all, condition{field, not})
	}
	return all
}
