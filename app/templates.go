package app

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"hashmend/backend/atomicfile"
	"hashmend/backend/desk"
	"hashmend/backend/label"
	"hashmend/backend/repair"
)

// Templates are label layouts as data: ours, and those that this shop made of
// them. A shop's own lie in the data folder, where the terminal finds them too.
type Templates struct{ app *App }

// errTemplateTaken: a copy needs a name of its own. Args template.
var errTemplateTaken = &repair.Error{Kind: repair.Conflict, Code: "label.template_taken"}

func (h *house) templatesDir() string { return filepath.Join(h.app.Dir, "templates") }

func (h *house) library() *label.Library { return label.NewLibrary(os.DirFS(h.templatesDir())) }

// List lists all templates. One that is not right is listed with its mistake.
func (t *Templates) List() (out []desk.TemplateRow, err error) {
	defer settle(&err)
	h, err := t.app.open()
	if err != nil {
		return out, err
	}
	out = []desk.TemplateRow{}
	for _, i := range h.library().List() {
		row := desk.TemplateRow{ID: i.ID, Name: i.Name.In("en"), NameZh: i.Name.In("zh"), Width: int(i.Width), Height: int(i.Height), Pages: i.Pages, Own: !i.Shipped}
		if i.Problem != nil {
			row.Problem = visible(i.Problem)
		}
		out = append(out, row)
	}
	return out, nil
}

// Source gives a template as it is written.
func (t *Templates) Source(id string) (out string, err error) {
	defer settle(&err)
	h, err := t.app.open()
	if err != nil {
		return "", err
	}
	text, err := h.library().Source(id)
	return string(text), err
}

// itsID finds where a template says its name.
var itsID = regexp.MustCompile(`"id"\s*:\s*"[^"]*"`)

// Copy makes a template of this shop from another, under a new name.
func (t *Templates) Copy(id string, as string) (out []desk.TemplateRow, err error) {
	defer settle(&err)
	h, err := t.app.open()
	if err != nil {
		return out, err
	}
	text, err := h.library().Source(id)
	if err != nil {
		return out, err
	}
	if _, err := h.library().Source(as); err == nil {
		return out, errTemplateTaken.With("template", as)
	}
	first := true
	text = itsID.ReplaceAllFunc(text, func(found []byte) []byte {
		if !first {
			return found
		}
		first = false
		return []byte(`"id": "` + as + `"`)
	})
	if err := h.saveTemplate(as, text); err != nil {
		return out, err
	}
	return t.List()
}

// Save keeps a template of this shop. A mistake names its element, and nothing
// is kept. One of a shipped name takes the shipped one's place.
func (t *Templates) Save(id string, source string) (out []desk.TemplateRow, err error) {
	defer settle(&err)
	h, err := t.app.open()
	if err != nil {
		return out, err
	}
	if err := h.saveTemplate(id, []byte(source)); err != nil {
		return out, err
	}
	return t.List()
}

func (h *house) saveTemplate(id string, source []byte) error {
	dir := h.templatesDir()
	parsed, err := label.ReadTemplate(bytes.NewReader(source), os.DirFS(dir))
	if err != nil {
		return err
	}
	if parsed.ID != id { // so the name is one that a file may have
		return label.ErrTemplate.With("template", id, "element", "id", "problem", "is not the name of the file")
	}
	if err := parsed.Demanded(); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return errNotSaved.With("name", id).Because(err)
	}
	if err := atomicfile.Write(filepath.Join(dir, id+".json"), source, 0o600); err != nil {
		return errNotSaved.With("name", id).Because(err)
	}
	return nil
}

// Remove removes a template of this shop; a shipped one of the same name is back.
func (t *Templates) Remove(id string) (out []desk.TemplateRow, err error) {
	defer settle(&err)
	h, err := t.app.open()
	if err != nil {
		return out, err
	}
	for _, i := range h.library().List() {
		if i.ID != id || i.Shipped {
			continue
		}
		if err := os.Remove(filepath.Join(h.templatesDir(), id+".json")); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return out, errNotSaved.With("name", id).Because(err)
		}
		return t.List()
	}
	return out, label.ErrTemplateUnknown.With("template", id)
}

// Preview draws a template as it is being written, filled with its own sample.
func (t *Templates) Preview(source string, language string) (out desk.LabelPreview, err error) {
	defer settle(&err)
	h, err := t.app.open()
	if err != nil {
		return out, err
	}
	parsed, err := label.ReadTemplate(bytes.NewReader([]byte(source)), os.DirFS(h.templatesDir()))
	if err != nil {
		return out, err
	}
	engine, err := h.prints.fonts()
	if err != nil {
		return out, err
	}
	job := printJob{engine: engine, title: parsed.ID, name: parsed.ID + ".pdf", stock: parsed.ID, findings: []repair.Finding{}}
	if err := engine.Document(parsed, parsed.Sample, label.Print{Language: language}, &job.pages); err != nil {
		return out, err
	}
	id := h.prints.keep(job)
	return desk.LabelPreview{Job: id, Pages: len(job.pages), PageURL: LocalPrefix + "labels/" + id + "/{n}.svg",
		PDFURL: LocalPrefix + "labels/" + id + ".pdf", Findings: job.findings}, nil
}
