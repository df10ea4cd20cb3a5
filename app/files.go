package app

import (
	"io"
	"path/filepath"

	"hashmend/backend/blob"
	"hashmend/backend/desk"
)

// endings are the types that the system's own program may show, and how their
// files end. The name that a stranger gave a file decides nothing.
var endings = map[string]string{"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif"}

// OpenFile shows a photo or voucher of this PC's store in the system's own
// program; a browser opens it at its address. What is neither a picture nor a
// PDF is only saved, where the person says.
func (s *System) OpenFile(sha256 string, name string) (out desk.SavedFile, err error) {
	defer settle(&err)
	_, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	if !blob.Valid(sha256) {
		return out, errNoFile
	}
	if s.app.Save == nil {
		return desk.SavedFile{URL: LocalPrefix + "file/" + sha256}, nil
	}
	content, err := s.app.inside.Load().file(ctx, sha256)
	if err != nil {
		return out, err
	}
	defer func() { _ = content.Close() }()
	kind, err := kindOf(content)
	if err != nil {
		return out, err
	}
	whole, err := io.ReadAll(content)
	if err != nil {
		return out, err
	}
	ending, may := endings[kind]
	if !may {
		return s.app.inside.Load().give(filepath.Base(name), whole)
	}
	out.Path, err = s.app.view(sha256[:16]+ending, whole)
	return out, err
}
