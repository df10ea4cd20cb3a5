package simtest

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"net/http"
	"path/filepath"
	"strings"

	"hashmend/backend/wire"
)

// beginning is a file that is on its way.
type beginning struct{ hash, size string }

// noteBeginning remembers which file an upload is of.
func (h *history) noteBeginning(e *exchange) {
	if e.request.Method != http.MethodPost || e.status != http.StatusCreated {
		return
	}
	for pair := range strings.SplitSeq(e.request.Header.Get("Upload-Metadata"), ",") {
		if value, ok := strings.CutPrefix(strings.TrimSpace(pair), "sha256 "); ok {
			hash, _ := base64.StdEncoding.DecodeString(value)
			h.begun[uploadOf(e)] = beginning{string(hash), e.request.Header.Get("Upload-Length")}
		}
	}
}

// uploadOf is the id of the upload that an exchange is about.
func uploadOf(e *exchange) string {
	path := e.request.URL.Path
	if path == wire.PathUploads {
		path = e.header.Get("Location")
	}
	return strings.TrimPrefix(path, wire.PathUploads+"/")
}

// lookUnfinished asks for a file whose upload has not come to its end, as whoever
// sends it: it is not there, or it is whole and the centre knows it (inv.B4).
func (w *World) lookUnfinished(v visit, sender *http.Request, e *exchange) {
	path := e.request.URL.Path
	if path != wire.PathUploads && !strings.HasPrefix(path, wire.PathUploads+"/") || e.status >= 300 {
		return
	}
	w.history.mu.Lock()
	w.history.noteBeginning(e)
	begun, known := w.history.begun[uploadOf(e)]
	w.history.mu.Unlock()
	if !known || e.header.Get("Upload-Offset") == begun.size {
		return
	}
	ask, err := http.NewRequestWithContext(sender.Context(), http.MethodGet, centreURL+wire.PathFiles+begun.hash, nil)
	if err != nil {
		return
	}
	ask.Header = http.Header{"Authorization": sender.Header["Authorization"]}
	served, whole := serve(v.handler, ask, nil, false)
	if !whole || served.status != http.StatusOK {
		return
	}
	switch kept, err := w.keeps(begun.hash); {
	case err != nil:
		w.history.breaks("D1", "which files the centre has cannot be read: %v", err)
	case !kept || wire.Fingerprint(served.body) != begun.hash:
		w.history.breaks("B4", "the file %.8s was served when %s bytes of %s had come", begun.hash, e.header.Get("Upload-Offset"), begun.size)
	}
}

// keeps reports whether the centre knows a file as whole.
func (w *World) keeps(hash string) (kept bool, err error) {
	w.centre.mu.Lock()
	dir := w.centre.dir
	w.centre.mu.Unlock()
	file, err := openProbe(filepath.Join(dir, "centre.db"))
	if err != nil {
		return false, err
	}
	defer file.close()
	err = file.db.QueryRowContext(context.Background(), "SELECT 1 FROM file WHERE sha256 = ?", hash).Scan(&kept)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return kept, err
}
