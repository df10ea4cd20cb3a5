package httpapi

import (
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

func (s *Server) tusOptions(w http.ResponseWriter, _ *http.Request) error {
	h := w.Header()
	h.Set("Tus-Resumable", wire.TusVersion)
	h.Set("Tus-Version", wire.TusVersion)
	h.Set("Tus-Extension", "creation,termination,expiration")
	h.Set("Tus-Max-Size", strconv.Itoa(wire.MaxUpload))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// tus checks the protocol version of an upload request and tells ours.
func tus(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Tus-Resumable", wire.TusVersion)
	if r.Header.Get("Tus-Resumable") != wire.TusVersion {
		w.Header().Set("Tus-Version", wire.TusVersion)
		return &repair.Error{Kind: repair.Invalid, Code: wire.CodeTusVersion}
	}
	return nil
}

func (s *Server) createUpload(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	if err := tus(w, r); err != nil {
		return err
	}
	size, err := strconv.ParseInt(r.Header.Get("Upload-Length"), 10, 64)
	if err != nil {
		return malformed("Upload-Length is not a number")
	}
	file, err := metadata(r.Header.Get("Upload-Metadata"))
	if err != nil {
		return err
	}
	file.Size = size
	u, complete, err := s.centre.BeginUpload(r.Context(), by, file)
	if err != nil {
		return err
	}
	if complete {
		return answer(w, http.StatusOK, wire.UploadDone{Complete: true})
	}
	w.Header().Set("Location", wire.PathUploads+"/"+u.ID)
	stands(w, u)
	w.WriteHeader(http.StatusCreated)
	return nil
}

func (s *Server) headUpload(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	if err := tus(w, r); err != nil {
		return err
	}
	u, err := s.centre.UploadStands(r.Context(), by, r.PathValue("id"))
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	stands(w, u)
	w.Header().Set("Upload-Length", strconv.FormatInt(u.File.Size, 10))
	w.WriteHeader(http.StatusOK)
	return nil
}

func (s *Server) patchUpload(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	if err := tus(w, r); err != nil {
		return err
	}
	if r.Header.Get("Content-Type") != wire.TypeTus {
		return &repair.Error{Kind: repair.Invalid, Code: wire.CodeUnsupportedType}
	}
	offset, err := strconv.ParseInt(r.Header.Get("Upload-Offset"), 10, 64)
	if err != nil || offset < 0 {
		return malformed("Upload-Offset is not a number")
	}
	u, err := s.centre.AddToUpload(r.Context(), by, r.PathValue("id"), offset, incoming{http.MaxBytesReader(w, r.Body, wire.MaxUpload+1), r.Body})
	if err != nil {
		return err
	}
	stands(w, u)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) endUpload(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
	if err := tus(w, r); err != nil {
		return err
	}
	if err := s.centre.EndUpload(r.Context(), by, r.PathValue("id")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// stands tells where an upload stands, and until when it is kept.
func stands(w http.ResponseWriter, u centre.Upload) {
	w.Header().Set("Upload-Offset", strconv.FormatInt(u.Offset, 10))
	if u.Offset < u.File.Size {
		w.Header().Set("Upload-Expires", u.Expires().UTC().Format(http.TimeFormat))
	}
}

// incoming is a bounded body that the centre can stop.
type incoming struct {
	io.Reader
	body io.Reader
}

func (i incoming) Stop() {
	if l, ok := i.body.(listening); ok { // an empty body is not listened to
		l.Stop()
	}
}

// metadata reads tus's list of keys and base64 values. A stock client says
// filename and filetype.
func metadata(text string) (f repair.FileRef, err error) {
	for pair := range strings.SplitSeq(text, ",") {
		key, encoded, _ := strings.Cut(strings.TrimSpace(pair), " ")
		value, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			return f, malformed("Upload-Metadata is not base64")
		}
		switch key {
		case "sha256":
			f.SHA256 = string(value)
		case "name", "filename":
			f.Name = string(value)
		case "type", "filetype":
			f.Type = string(value)
		}
	}
	return f, nil
}
