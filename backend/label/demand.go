package label

import "strings"

// demand is a field that a paper is refused without, or several of which one
// will do.
type demand struct {
	name   string // as it is told
	fields []string
	code   bool // it stands in a QR code, else in a text
	listed bool // it stands in the lines of a list
}

var (
	numberDemand = demand{name: "work_order", fields: []string{"work_order"}}
	codeDemand   = demand{name: "payload", fields: []string{"payload"}, code: true}
	serialDemand = demand{name: "serial", fields: []string{"serial"}}
)

// demands are what the papers of a work order must show, whoever wrote their
// template: a shop may move and add, and not leave out what the receiver needs.
var demands = map[string][]demand{
	BoxTemplate: {numberDemand, codeDemand, {name: "place", fields: []string{"place"}},
		{name: "centre_address", fields: []string{"centre_address_zh", "centre_address_en"}}},
	DeviceTemplate:      {numberDemand, codeDemand, serialDemand},
	LargeDeviceTemplate: {numberDemand, codeDemand, serialDemand},
	ManifestTemplate:    {numberDemand, codeDemand, {name: "serial", fields: []string{"serial"}, listed: true}},
}

// Demanded fails when a template of a paper that goes with a parcel does not show
// what it must, filled with its own sample, in one of its languages.
func (t *Template) Demanded() error {
	languages := map[string]bool{"en": true}
	for _, e := range t.compiled.elements {
		for language := range e.words {
			languages[language] = true
		}
	}
	for _, language := range sortedKeys(languages) {
		for _, draft := range []bool{true, false} {
			if err := t.shows(scope{t.Sample, pageFields}, Print{Language: language, Draft: draft}); err != nil {
				return err
			}
		}
	}
	return nil
}

// shows fails when a print would lack what it must show. A draft must say that it
// is one.
func (t *Template) shows(s scope, p Print) error {
	all, is := demands[t.ID]
	switch {
	case !is:
		return nil
	case p.Draft && t.Draft == nil:
		return ErrTemplate.With("template", t.ID, "element", "draft", "problem", "is missing: a draft must say that it is one")
	case p.Draft:
		return nil
	}
	for _, d := range all {
		if !d.filled(s) {
			return ErrFieldMissing.With("element", d.name)
		}
		if !d.shown(t.compiled, s, p.Language) {
			return ErrTemplate.With("template", t.ID, "element", d.name, "problem", "is not shown, and the parcel would be refused")
		}
	}
	return nil
}

func (d demand) filled(s scope) bool {
	if d.listed {
		return true // what it is listed of is the caller's
	}
	for _, field := range d.fields {
		if strings.TrimSpace(s.text(field)) != "" {
			return true
		}
	}
	return false
}

func (d demand) shown(body *compiledBody, s scope, language string) bool {
	if d.listed {
		return d.inBlocks(body.blocks, language)
	}
	for _, e := range body.elements {
		if s.holds(e.when) && d.by(e, language, func(field string) bool { return strings.TrimSpace(s.text(field)) != "" }) {
			return true
		}
	}
	return false
}

// inBlocks looks for a list whose every line shows the field.
func (d demand) inBlocks(blocks []*flowing, language string) bool {
	always := func(string) bool { return true }
	for _, b := range blocks {
		if len(b.when) > 0 {
			continue
		}
		for _, e := range append(append([]*drawable{}, b.elements...), b.cells...) {
			if b.Bind != "" && len(e.when) == 0 && d.by(e, language, always) {
				return true
			}
		}
		if d.inBlocks(b.blocks, language) {
			return true
		}
	}
	return false
}

// by reports whether an element shows one of the fields, in ink that is seen.
func (d demand) by(e *drawable, language string, filled func(field string) bool) bool {
	if d.code {
		// A code must hold the payload and nothing else, or no scanner knows it.
		words := e.wordsIn(language)
		return e.Type == "qr" && len(words) == 1 && words[0].field == d.fields[0]
	}
	if e.Type != "text" || e.ink == Paper || e.ink == Faint {
		return false
	}
	for _, piece := range e.wordsIn(language) {
		for _, field := range d.fields {
			if piece.field == field && filled(field) {
				return true
			}
		}
	}
	return false
}
