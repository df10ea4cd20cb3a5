package app

import (
	"crypto/rand"
	"path"
	"sync"

	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// keptFiles is how many offered files wait to be fetched by a browser.
const keptFiles = 16

// saved is what a browser may fetch as a download. The zero value is ready.
type saved struct {
	mu    sync.Mutex
	order []string
	files map[string]savedFile
}

type savedFile struct {
	name    string
	content []byte
}

// offer keeps a file under a token that nobody can guess.
func (s *saved) offer(name string, content []byte) (url string) {
	token := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil {
		s.files = map[string]savedFile{}
	}
	s.files[token] = savedFile{name, content}
	s.order = append(s.order, token)
	if len(s.order) > keptFiles {
		delete(s.files, s.order[0])
		s.order = s.order[1:]
	}
	return LocalPrefix + path.Join("saved", token, name)
}

func (s *saved) find(token string) (savedFile, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, known := s.files[token]
	return f, known
}

// give lets the person keep a file: the window asks where, a browser fetches it.
func (h *house) give(name string, content []byte) (desk.SavedFile, error) {
	if h.app.Save == nil {
		return desk.SavedFile{URL: h.saved.offer(name, content)}, nil
	}
	where, err := h.app.Save(name, content)
	if err != nil {
		return desk.SavedFile{}, errNotSaved.With("name", name).Because(err)
	}
	return desk.SavedFile{Path: where}, nil // "" when the person thought better of it
}

var errNotSaved = &repair.Error{Kind: repair.Unavailable, Code: "file.unwritable"} // args: name
