package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"mime"
	"net/http"
	"os"
	"path"
	"strconv"
	"strings"

	"hashmend/backend/blob"
	"hashmend/backend/repair"
)

// routes lists everything under LocalPrefix.
func (a *App) routes() {
	a.local.HandleFunc("POST /local/import", a.answering(a.postImport))
	a.local.HandleFunc("POST /local/attach", a.answering(a.postAttach))
	a.local.HandleFunc("GET /local/file/{sha256}", a.answering(a.getFile))
	a.local.HandleFunc("GET /local/labels/{job}/{page}", a.answering(a.getLabelPage))
	a.local.HandleFunc("GET /local/labels/{document}", a.answering(a.getLabelFile))
	a.local.HandleFunc("GET /local/bundle/{name}", a.answering(a.getBundle))
	a.local.HandleFunc("GET /local/outbox", a.answering(a.getOutbox))
	a.local.HandleFunc("GET /local/saved/{token}/{name}", a.answering(a.getSaved))
}

// What a request under LocalPrefix may lack.
var (
	errNoFile   = &repair.Error{Kind: repair.NotFound, Code: "file.not_found"} // args: name
	errTooLarge = &repair.Error{Kind: repair.Invalid, Code: "file.too_large"}  // args: limit_mb, name
)

// answering answers with what a handler found wrong. Until the program is open
// every answer is why it is not.
func (a *App) answering(handle func(h *house, w http.ResponseWriter, r *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h, err := a.open()
		if err == nil {
			err = handle(h, w, r)
		}
		var large *http.MaxBytesError
		switch {
		case errors.As(err, &large):
			err = errTooLarge.With("limit_mb", strconv.Itoa(maxUpload>>20), "name", r.URL.Query().Get("name"))
		case errors.Is(err, errNoFile):
			err = errNoFile.With("name", path.Base(r.URL.Path))
		}
		if err != nil {
			WriteError(w, statusOf(err), err)
		}
	}
}

// statusOf gives the HTTP status of an error.
func statusOf(err error) int {
	switch visible(err).Kind {
	case repair.Invalid, repair.Conflict, repair.Forbidden:
		return http.StatusUnprocessableEntity
	case repair.NotFound:
		return http.StatusNotFound
	case repair.Offline, repair.Unavailable, repair.Unauthorized:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// postImport reads a file or a large paste into a draft. The answer says how to
// ask how it goes.
func (a *App) postImport(h *house, w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	job, err := h.deeds.ImportDraft(h.ctx, query.Get("draft"), query.Get("name"), r.Body)
	if err != nil {
		return err
	}
	return writeJSON(w, job)
}

// postAttach copies a photo or voucher into this PC's store.
func (a *App) postAttach(h *house, w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	ref, err := h.deeds.AttachFile(h.ctx, query.Get("name"), query.Get("type"), r.Body)
	if err != nil {
		return err
	}
	return writeJSON(w, ref)
}

// shown are the types that a page may show in place. All others are downloads:
// a file that a stranger sent must not run as part of the program.
var shown = map[string]bool{"image/jpeg": true, "image/png": true, "image/webp": true, "image/gif": true, "application/pdf": true}

// getFile gives a photo or voucher, from this PC or from the centre, which is
// asked once.
func (a *App) getFile(h *house, w http.ResponseWriter, r *http.Request) error {
	hash := r.PathValue("sha256")
	if !blob.Valid(hash) {
		return errNoFile
	}
	content, err := h.file(r.Context(), hash)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	kind, err := kindOf(content)
	if err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", kind)
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if !shown[kind] {
		header.Set("Content-Disposition", "attachment")
	}
	header.Set("Cache-Control", "private, max-age=31536000, immutable") // its name is what is in it
	_, err = io.Copy(w, content)
	if err != nil {
		log.Printf("file: %v", err) // the page went away
	}
	return nil
}

// file opens a file that this PC keeps, or fetches it. What was fetched is kept.
func (h *house) file(ctx context.Context, hash string) (*os.File, error) {
	content, err := h.files.Open(hash)
	if err == nil || !errors.Is(err, blob.ErrNotFound) {
		return content, err
	}
	now := h.now()
	if now == nil {
		return nil, errNoFile
	}
	read, write := io.Pipe()
	go func() { write.CloseWithError(now.centre.File(ctx, hash, write)) }()
	got, _, err := h.files.Put(ctx, read, maxUpload)
	_ = read.Close()
	if err != nil {
		return nil, err
	}
	return h.files.Open(got)
}

// kindOf finds the type of a file by its content, whatever its sender said.
func kindOf(content *os.File) (string, error) {
	head := make([]byte, 512)
	n, err := io.ReadFull(content, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", err
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	kind, _, err := mime.ParseMediaType(http.DetectContentType(head[:n]))
	return kind, err
}

// getSaved gives a file that was offered to a browser.
func (a *App) getSaved(h *house, w http.ResponseWriter, r *http.Request) error {
	f, known := h.saved.find(r.PathValue("token"))
	if !known {
		return errNoFile
	}
	download(w, f.name)
	_, err := w.Write(f.content)
	return err
}

// getLabelDots gives one page as the dots that a printer burns:
// /local/labels/{job}/{n}.png?printer=ID
func (a *App) getLabelDots(h *house, w http.ResponseWriter, r *http.Request, job printJob, n int) error {
	page, device, err := h.burnt(r.Context(), job, n, r.URL.Query().Get("printer"))
	if err != nil {
		return err
	}
	dots, err := job.engine.Dots(page, device)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/png")
	return dots.PNG(w)
}

// getLabelPage draws one page of a print job: /local/labels/{job}/{n}.svg
func (a *App) getLabelPage(h *house, w http.ResponseWriter, r *http.Request) error {
	number, kind, _ := strings.Cut(r.PathValue("page"), ".")
	n, err := strconv.Atoi(number)
	job, known := h.prints.find(r.PathValue("job"))
	if err != nil || !known || n < 1 || n > len(job.pages) || kind != "svg" && kind != "png" {
		return errNoFile
	}
	if kind == "png" {
		return a.getLabelDots(h, w, r, job, n)
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	return job.engine.SVG(w, job.pages[n-1])
}

// getLabelFile gives a print job as one document: /local/labels/{job}.pdf, or
// .zpl and .tspl as the label printer of the query takes it.
func (a *App) getLabelFile(h *house, w http.ResponseWriter, r *http.Request) error {
	id, kind, _ := strings.Cut(r.PathValue("document"), ".")
	job, known := h.prints.find(id)
	if !known {
		return errNoFile
	}
	switch kind {
	case "pdf":
		w.Header().Set("Content-Type", "application/pdf")
		w.Header().Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": job.name}))
		return job.writePDF(w)
	case "zpl", "tspl":
		device := askedDevice(r.URL.Query())
		download(w, strings.TrimSuffix(job.name, "pdf")+kind)
		if kind == "zpl" {
			return job.write(job.engine.NewZPL(w, device))
		}
		return job.write(job.engine.NewTSPL(w, device))
	}
	return errNoFile
}

func download(w http.ResponseWriter, name string) {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}

func writeJSON(w http.ResponseWriter, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(text)
	return err
}
