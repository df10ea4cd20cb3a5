package httpapi

import (
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"hashmend/backend/centre"
)

// sandboxed is the policy of content that somebody has brought: nothing in it runs,
// loads or frames anything.
const sandboxed = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

// file serves a file so that nothing in it can act: only pictures and PDF may be
// shown in place, everything else is a download, and no script runs.
func (s *Server) file(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	content, f, err := s.centre.OpenFile(r.Context(), by, r.PathValue("sha256"))
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	// The original is evidence: who has taken it is on record, what it is called is not.
	s.log.Info("file", "install", by.Install, "role", by.Role, "size", f.Size)
	disposition, policy := "attachment", sandboxed
	if strings.HasPrefix(f.Type, "image/") || f.Type == "application/pdf" {
		disposition = "inline"
	}
	if f.Type == "application/pdf" {
		policy = "default-src 'none'; style-src 'unsafe-inline'" // a sandbox breaks PDF viewers
	}
	h := guarded(w, policy)
	h.Set("Content-Type", f.Type)
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
	h.Set("ETag", strconv.Quote(f.SHA256))
	h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	_, _ = io.Copy(w, content) // the caller may be gone
	return nil
}

// preview serves a picture drawn anew.
func (s *Server) preview(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	small, err := s.centre.Preview(r.Context(), by, r.PathValue("sha256"))
	if err != nil {
		return err
	}
	h := guarded(w, sandboxed)
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Disposition", "inline")
	h.Set("Content-Length", strconv.Itoa(len(small)))
	_, _ = w.Write(small) // the caller may be gone
	return nil
}

// guarded sets what keeps brought content from acting in a browser.
func guarded(w http.ResponseWriter, policy string) http.Header {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	return h
}
