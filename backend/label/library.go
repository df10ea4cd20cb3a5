package label

import (
	"bytes"
	"embed"
	"errors"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"

	"hashmend/backend/repair"
)

//go:embed templates/*.json
var shippedFiles embed.FS

// TemplateInfo is one line of the list of templates.
type TemplateInfo struct {
	ID            string
	Name          Words
	Width, Height float64
	Pages         bool // flows over pages, else one label a record
	Shipped       bool // ours, not a shop's own
	Problem       error
}

// Library finds templates: the shop's own first, then the shipped ones. A shop's
// template of a shipped name takes its place, so that a changed label is what
// every later print uses.
type Library struct {
	own     fs.FS // the shop's folder; nil for none
	shipped fs.FS

	mu    sync.Mutex
	ready map[string]ready // of each name, until its file changes
}

// ready is a template that was read, and the file it was read from.
type ready struct {
	template *Template
	place    int // 0 the shop's folder, 1 what is shipped
	size     int64
	changed  time.Time
}

// NewLibrary looks in a folder of the shop, nil for none, and in what is shipped.
// A folder that does not exist yet is an empty one.
func NewLibrary(own fs.FS) *Library {
	shipped, err := fs.Sub(shippedFiles, "templates")
	if err != nil { // the name is a constant: it is there or the program does not compile
		shipped = shippedFiles
	}
	return &Library{own: own, shipped: shipped, ready: map[string]ready{}}
}

// Template reads and checks one template. It is kept until its file changes.
func (l *Library) Template(id string) (*Template, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for place, files := range []fs.FS{l.own, l.shipped} {
		if files == nil || !validID(id) {
			continue
		}
		info, err := fs.Stat(files, id+".json")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if r := l.ready[id]; err == nil && r.place == place && r.size == info.Size() && r.changed.Equal(info.ModTime()) {
			return r.template, nil
		}
		data, err := l.read(files, id)
		if err != nil || data == nil {
			return nil, err
		}
		t, err := ReadTemplate(bytes.NewReader(data), files)
		err = ofFile(err, id)
		if err == nil && t.ID != id {
			err = ErrTemplate.With("template", id, "element", "id", "problem", "is not the name of the file")
		}
		if err == nil {
			l.ready[id] = ready{t, place, info.Size(), info.ModTime()}
		}
		return t, err
	}
	return nil, ErrTemplateUnknown.With("template", id)
}

// ofFile names the file of a template that is too broken to give its own name.
func ofFile(err error, id string) error {
	var e *repair.Error
	if errors.As(err, &e) && e.Args["template"] == "" {
		return e.With("template", id)
	}
	return err
}

// Source is a template as it is written, to be copied and changed.
func (l *Library) Source(id string) ([]byte, error) {
	for _, files := range []fs.FS{l.own, l.shipped} {
		if data, err := l.read(files, id); err != nil || data != nil {
			return data, err
		}
	}
	return nil, ErrTemplateUnknown.With("template", id)
}

// read gives nothing where there is no such file.
func (l *Library) read(files fs.FS, id string) ([]byte, error) {
	if files == nil || !validID(id) {
		return nil, nil
	}
	data, err := fs.ReadFile(files, id+".json")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, ErrTemplate.With("template", id, "problem", "cannot be read").Because(err)
	}
	return data, nil
}

// List lists all templates, by name. One of the shop's that is not right is
// listed with its problem.
func (l *Library) List() []TemplateInfo {
	found := map[string]bool{} // whether ours
	for place, files := range []fs.FS{l.shipped, l.own} {
		if files == nil {
			continue
		}
		names, _ := fs.Glob(files, "*.json") // the pattern is right, and an unreadable folder is empty
		for _, name := range names {
			if id := strings.TrimSuffix(path.Base(name), ".json"); validID(id) {
				found[id] = place == 0
			}
		}
	}
	list := make([]TemplateInfo, 0, len(found))
	for _, id := range sortedKeys(found) {
		info := TemplateInfo{ID: id, Name: Words{"en": id}, Shipped: found[id]}
		t, err := l.Template(id)
		if err == nil {
			err = t.Demanded()
		}
		if err != nil {
			info.Problem = err
		} else {
			info.Name, info.Width, info.Height, info.Pages = t.Name, t.Width, t.Height, t.Body != nil
		}
		list = append(list, info)
	}
	return list
}

// Misnamed lists files in the shop's folder that would be templates, were it not
// for their names, each with its problem.
func (l *Library) Misnamed() (list []TemplateInfo) {
	if l.own == nil {
		return nil
	}
	names, _ := fs.Glob(l.own, "*.json") // as List
	for _, name := range names {
		if id := strings.TrimSuffix(path.Base(name), ".json"); !validID(id) {
			list = append(list, TemplateInfo{ID: id, Name: Words{"en": id},
				Problem: ErrTemplate.With("template", id, "element", "id", "problem", "the file's name is not one word of small letters, digits and dashes")})
		}
	}
	return list
}
