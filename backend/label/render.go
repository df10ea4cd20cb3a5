package label

import (
	"slices"
	"strings"
)

// Print says how a template is filled.
type Print struct {
	Language string
	Draft    bool
	// Versions, where a batch has been looked through, is the version of QR code
	// that every label gets; see QRVersion.
	QRVersion int
}

// scope is where a field is looked up: the innermost record first.
type scope []Record

func (s scope) text(field string) string {
	for _, r := range s {
		if v, ok := r.Text[field]; ok {
			return v
		}
	}
	return ""
}

func (s scope) list(name string) []Record {
	for _, r := range s {
		if v, ok := r.Lists[name]; ok {
			return v
		}
	}
	return nil
}

func (s scope) holds(all []condition) bool {
	for _, c := range all {
		if (s.text(c.field) == "" && len(s.list(c.field)) == 0) != c.not {
			return false
		}
	}
	return true
}

// Label draws one record on one page.
func (e *Engine) Label(t *Template, r Record, p Print) (Page, error) {
	if t.Body != nil {
		return Page{}, ErrTemplate.With("template", t.ID, "element", "body", "problem", "is a document of pages")
	}
	d := drawing{composer: e.compose(t.Width, t.Height), t: t, p: p, mirrored: t.mirroredIn(p.Language)}
	d.final(r)
	d.begin(scope{r, d.pageFields(1, 1)})
	return d.page, d.err
}

// Document draws one record on as many pages as it takes. A label is a document
// of one page.
func (e *Engine) Document(t *Template, r Record, p Print, out Backend) error {
	if t.Body != nil {
		return e.flowPages(t, r, p, out)
	}
	page, err := e.Label(t, r, p)
	if err != nil {
		return err
	}
	return out.Page(page)
}

// QRVersion is the version of QR code that a record needs on this template: the
// largest of a batch, given to Print, makes all its labels alike.
func (e *Engine) QRVersion(t *Template, r Record, p Print) (int, error) {
	most := 0
	s := scope{r, pageFields}
	for _, d := range t.compiled.elements {
		if d.Type != "qr" || !s.holds(d.when) {
			continue
		}
		text := d.say(s, p.Language)
		if text == "" {
			continue
		}
		v, err := qrVersion(text, d.level)
		if err != nil {
			return 0, ErrQRDoesNotFit.With("element", d.Name).Because(err)
		}
		most = max(most, v)
	}
	return most, nil
}

// drawing is a page of a template in the making.
type drawing struct {
	*composer
	t        *Template
	p        Print
	mirrored bool
}

// mirroredIn reports whether the page begins at the right.
func (t *Template) mirroredIn(lang string) bool {
	return t.Mirror && len(lang) >= 2 && slices.Contains([]string{"ar", "fa", "he", "ur"}, lang[:2])
}

func (d *drawing) pageFields(page, pages int) Record {
	fields := map[string]string{"page": itoa(page), "pages": itoa(pages), "draft": "", "continued": ""}
	if d.p.Draft {
		fields["draft"] = "draft"
	}
	return Record{Text: fields}
}

// final refuses a print that claims to be final and lacks what it needs, and one
// that is not and does not say so.
func (d *drawing) final(r Record) {
	if d.err != nil {
		return
	}
	required := d.t.Required
	if d.p.Draft {
		required = nil
	}
	for _, field := range required {
		if strings.TrimSpace(r.Text[field]) == "" && len(r.Lists[field]) == 0 {
			d.err = ErrFieldMissing.With("element", field)
			return
		}
	}
	d.err = d.t.shows(scope{r, d.pageFields(1, 1)}, d.p)
}

// begin draws what is on every page.
func (d *drawing) begin(s scope) {
	if d.p.Draft && d.t.Draft != nil {
		d.draft(boxOf(d.t.Draft.Box), d.t.Draft.Falling)
	}
	d.all(d.t.compiled.elements, s, 0, 0)
}

// all draws elements, shifted, and answers how far down they reach.
func (d *drawing) all(elements []*drawable, s scope, dx, dy float64) (bottom float64) {
	var room [48]extent
	ends := room[:]
	if len(elements) > len(ends) {
		ends = make([]extent, len(elements))
	}
	for i, e := range elements {
		box := e.box
		if e.after >= 0 {
			if top := ends[e.after].end; top > box.Y {
				box.H, box.Y = box.H-(top-box.Y), top
			}
		}
		ends[i].end = box.Y
		if d.err != nil || !s.holds(e.when) {
			continue
		}
		at := Box{box.X + dx, box.Y + dy, box.W, box.H}
		if d.mirrored {
			at.X = d.t.Width - at.Right()
		}
		ends[i].box = at
		if e.beside >= 0 && ends[e.beside].code.W > 0 {
			at = beside(at, ends[e.beside].box, ends[e.beside].code)
		}
		ends[i].end = d.one(e, s, at, &ends[i].code) - dy
		bottom = max(bottom, ends[i].end)
	}
	return bottom
}

// extent is what an element took.
type extent struct {
	end  float64
	box  Box
	code Box // with its quiet zone
}

// beside stretches a box: the edge at the side of a code moves as far as the
// code really begins or ends from its own box.
func beside(b, of, code Box) Box {
	if b.X < of.X {
		b.W += code.X - of.X
		return b
	}
	d := of.Right() - code.Right()
	b.X, b.W = b.X-d, b.W+d
	return b
}

// one draws an element and answers where it ends.
func (d *drawing) one(e *drawable, s scope, at Box, code *Box) (end float64) {
	switch e.Type {
	case "text":
		used := d.text(d.field(e, e.say(s, d.p.Language), at))
		if e.valign != "top" {
			return at.Bottom()
		}
		return at.Y + used
	case "qr":
		*code = d.code(e, s, at)
	case "code128":
		d.bars(e, s, at)
	case "rect":
		if e.Stroke > 0 {
			d.frame(at, e.Stroke)
		} else {
			d.fill(at, e.ink)
		}
	case "line":
		d.add(Line{at.X, at.Y, at.Right(), at.Bottom(), e.Stroke, e.ink})
	case "path":
		d.add(Path{X: at.X, Y: at.Y, Scale: 1, Segments: e.segments, Ink: e.ink})
	case "mark":
		side := min(at.W, at.H)
		d.add(Path{X: at.X + (at.W-side)/2, Y: at.Y + (at.H-side)/2, Scale: side / 100, Segments: e.segments, Ink: e.ink})
	case "picture":
		d.add(Picture{Element: e.Name, Box: at, Image: e.image})
	case "table":
		return at.Y + d.table(e, s, at)
	}
	return at.Bottom()
}

func (d *drawing) field(e *drawable, text string, box Box) field {
	how := e.align
	if d.mirrored && how != centre {
		how = left + right - how
	}
	return field{
		element: e.Name, text: text, box: box, size: e.size, min: e.min, bold: e.bold, ink: e.ink, align: how,
		middle: e.valign == "middle", bottom: e.valign == "bottom", running: e.Fit == "wrap", oneLine: e.Fit == "line",
	}
}

// wordsIn gives what it says in a language: in it, else in its base, else in
// English.
func (e *drawable) wordsIn(lang string) []piece {
	pieces, ok := e.words[lang]
	if !ok && len(lang) > 2 {
		pieces, ok = e.words[lang[:2]]
	}
	if !ok {
		pieces = e.words["en"]
	}
	return pieces
}

// say fills in the fields. Words around fields that are all empty are left out,
// so that a caption does not stand without its value.
func (e *drawable) say(s scope, lang string) string {
	pieces := e.wordsIn(lang)
	if len(pieces) == 1 && pieces[0].field == "" {
		return pieces[0].literal
	}
	var b strings.Builder
	fields, some := 0, false
	for _, p := range pieces {
		if p.field == "" {
			b.WriteString(p.literal)
			continue
		}
		fields++
		v := s.text(p.field)
		some = some || strings.TrimSpace(v) != ""
		b.WriteString(v)
	}
	if fields > 0 && !some {
		return e.Empty
	}
	return b.String()
}

// code places a QR code. At a side it begins on the margin of the page, which
// then serves as quiet zone.
func (d *drawing) code(e *drawable, s scope, at Box) Box {
	text := e.say(s, d.p.Language)
	if d.err != nil || text == "" {
		return Box{}
	}
	q, err := d.engine.placeQRAt(e.Name, text, e.level, d.p.QRVersion, at)
	if err != nil {
		d.err = err
		return Box{}
	}
	side, quiet := float64(q.Code.N)*q.Module, QuietModules*q.Module
	how := e.align
	if d.mirrored && how != centre {
		how = left + right - how
	}
	switch how {
	case left:
		q.X = min(max(d.t.Margin, at.X+quiet), at.Right()-quiet-side)
	case right:
		q.X = max(min(d.t.Width-d.t.Margin, at.Right()-quiet)-side, at.X+quiet)
	}
	switch e.valign {
	case "top":
		q.Y = min(max(d.t.Margin, at.Y+quiet), at.Bottom()-quiet-side)
	case "bottom":
		q.Y = max(min(d.t.Height-d.t.Margin, at.Bottom()-quiet)-side, at.Y+quiet)
	}
	q.X, q.Y = wholeDot(q.X), wholeDot(q.Y)
	d.add(q)
	return q.Bounds()
}

func (d *drawing) bars(e *drawable, s scope, at Box) {
	text := e.say(s, d.p.Language)
	if d.err != nil || text == "" {
		return
	}
	b, err := placeBars(e.Name, text, at, e.Turned)
	d.err = err
	d.add(b)
}
