package label

import (
	"path"
	"slices"
	"strings"

	"hashmend/backend/label/qr"
)

// Choices of an element's fields. The first is the default.
var (
	fontChoices  = []string{"regular", "bold"}
	fitChoices   = []string{"shrink", "wrap", "line"}
	alignChoices = []string{"left", "center", "right"}
	validChoices = []string{"top", "middle", "bottom"}
	levelChoices = []string{"Q", "L", "M", "H"}
	inks         = map[string]Ink{"": Black, "black": Black, "grey": Rule, "faint": Faint, "white": Paper}
	levels       = map[string]qr.Level{"Q": qr.Q, "L": qr.L, "M": qr.M, "H": qr.H}
)

// element checks one element. before are its neighbours so far.
func (c *compiler) element(e Element, before []*drawable, scope []Record) *drawable {
	d := &drawable{Element: e, box: boxOf(e.Box), after: -1, beside: -1, when: c.conditions(e.Name, e.When, scope)}
	if e.After != "" {
		for i, o := range before { // of several that exclude each other, the last
			if o.Name == e.After {
				d.after = i
			}
		}
		if d.after < 0 {
			c.fail(e.Name, "after: no element %s stands before it", e.After)
		}
	}
	if e.Beside != "" {
		d.beside = slices.IndexFunc(before, func(o *drawable) bool { return o.Name == e.Beside && o.Type == "qr" })
		if d.beside < 0 {
			c.fail(e.Name, "beside: no code %s stands before it", e.Beside)
		}
	}
	d.bold = c.choice(e.Name, "font", e.Font, fontChoices) == "bold"
	d.Fit = c.choice(e.Name, "fit", e.Fit, fitChoices)
	d.align = align(slices.Index(alignChoices, c.choice(e.Name, "align", e.Align, alignChoices)))
	d.valign = c.choice(e.Name, "valign", e.Valign, validChoices)
	d.level = levels[c.choice(e.Name, "level", e.Level, levelChoices)]
	ink, ok := inks[e.Ink]
	if !ok {
		c.fail(e.Name, "ink is black, grey, faint or white, not %q", e.Ink)
	}
	d.ink = ink
	if e.Stroke < 0 || e.Stroke > 5 {
		c.fail(e.Name, "stroke is 0 to 5 mm")
	}
	switch e.Type {
	case "text":
		d.size, d.min = e.Size*pt, orElse(e.Min, e.Size)*pt
		if e.Size < 3 || e.Size > 200 || d.min > d.size || d.min < 3*pt {
			c.fail(e.Name, "size is 3 to 200 points, and min no larger")
		}
		c.words(d, scope)
		c.box(d)
	case "qr", "code128":
		c.words(d, scope)
		c.box(d)
	case "rect":
		c.box(d)
	case "line":
		if e.Stroke == 0 || (e.Box[2] == 0) == (e.Box[3] == 0) {
			c.fail(e.Name, "a line has a stroke, and either a width or a height")
		}
	case "path":
		segments, problem := parsePath(e.Path)
		if problem != "" || len(segments) == 0 {
			c.fail(e.Name, "path: %s", problem)
		}
		d.segments = segments
	case "mark":
		c.box(d)
		m, ok := markPath(e.Mark, 0, 0, min(d.box.W, d.box.H))
		if !ok {
			c.fail(e.Name, "no mark %q; there are %s", e.Mark, strings.Join(Marks(), ", "))
		}
		d.segments = m.Segments
	case "picture":
		c.box(d)
		d.image = c.image(e)
	case "table":
		c.box(d)
		if len(e.Columns) == 0 || e.Bind == "" {
			c.fail(e.Name, "a table has columns, and a list to bind")
			break
		}
		d.heads, d.cells = c.columns(e.Columns, d.box.W, c.listScope(e.Bind, scope))
	default:
		c.fail(e.Name, "no type %q", e.Type)
	}
	return d
}

func (c *compiler) choice(element, field, value string, choices []string) string {
	if value == "" {
		return choices[0]
	}
	if !slices.Contains(choices, value) {
		c.fail(element, "%s is %s, not %q", field, strings.Join(choices, " or "), value)
		return choices[0]
	}
	return value
}

func (c *compiler) box(d *drawable) {
	if d.box.W <= 0 || d.box.H <= 0 {
		c.fail(d.Name, "its box has no area")
	}
}

// words reads what an element says, in every language.
func (c *compiler) words(d *drawable, scope []Record) {
	text := d.Text
	if d.Bind != "" {
		if len(text) > 0 {
			c.fail(d.Name, "has both text and bind")
		}
		text = Words{"en": "{" + d.Bind + "}"}
	}
	if len(text) == 0 {
		c.fail(d.Name, "has neither text nor bind")
	}
	d.words = make(map[string][]piece, len(text))
	for lang, words := range text {
		pieces, ok := pieces(words)
		if !ok {
			c.fail(d.Name, "a brace is not closed: %s", words)
		}
		for _, p := range pieces {
			if p.field != "" && !textKnown(scope, p.field) {
				c.fail(d.Name, "no field %q in the sample", p.field)
			}
		}
		d.words[lang] = pieces
	}
}

func textKnown(scope []Record, field string) bool {
	return slices.ContainsFunc(scope, func(r Record) bool { _, ok := r.Text[field]; return ok })
}

// pieces divides "Box {n} of {of}".
func pieces(text string) (all []piece, ok bool) {
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		if before != "" {
			all = append(all, piece{literal: before})
		}
		if !found {
			return all, true
		}
		field, after, closed := strings.Cut(rest, "}")
		if !closed || field == "" {
			return all, false
		}
		all = append(all, piece{field: field})
		text = after
	}
	return all, true
}

// image reads the picture of an element, from beside the template and nowhere
// else.
func (c *compiler) image(e Element) *Image {
	if c.t.files == nil || e.File == "" || path.Base(e.File) != e.File {
		c.fail(e.Name, "file names a picture beside the template")
		return nil
	}
	f, err := c.t.files.Open(e.File)
	if err != nil {
		c.fail(e.Name, "the picture %s cannot be opened", e.File)
		return nil
	}
	defer f.Close()
	m, err := ReadImage(f)
	if err != nil {
		c.fail(e.Name, "%s is no PNG or JPEG that fits a label", e.File)
		return nil
	}
	return m
}
