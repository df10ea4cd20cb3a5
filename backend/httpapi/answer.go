package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// problem writes an error. What is no *repair.Error is a fault of ours: the log
// gets it, the caller a general word.
func (s *Server) problem(w http.ResponseWriter, r *http.Request, err error) {
	var e *repair.Error
	gone := errors.Is(err, context.Canceled) && r.Context().Err() != nil // nobody reads the answer, and nothing is wrong
	switch {
	case gone:
		e = (&repair.Error{Kind: repair.Unavailable, Code: wire.CodeBusy}).Because(err)
	case !errors.As(err, &e):
		e = &repair.Error{Kind: repair.Internal, Code: wire.CodeInternal, Err: err}
	}
	p := wire.NewProblem(e)
	if p.Status >= 500 && !gone {
		s.log.Error("refused", "route", r.Pattern, "status", p.Status, "code", p.Code, "cause", fmt.Sprint(err))
	}
	if p.Retry == wire.RetryAfter && w.Header().Get("Retry-After") == "" {
		w.Header().Set("Retry-After", "5")
	}
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	write(w, p.Status, wire.TypeProblem, p)
}

// answer writes a success.
func answer(w http.ResponseWriter, status int, v any) error {
	write(w, status, wire.TypeJSON, v)
	return nil
}

func write(w http.ResponseWriter, status int, kind string, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{"code":"internal.unexpected"}`)
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = w.Write(body) // the caller may be gone
}

// body reads a JSON request of at most limit bytes.
func body(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	return bodyOf(w, r, wire.TypeJSON, limit)
}

// bodyOf reads a request of a media type and at most limit bytes.
func bodyOf(w http.ResponseWriter, r *http.Request, want string, limit int64) ([]byte, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != want {
		return nil, &repair.Error{Kind: repair.Invalid, Code: wire.CodeUnsupportedType}
	}
	if r.ContentLength > limit { // said at once, before anything is sent
		return nil, &repair.Error{Kind: repair.Invalid, Code: wire.CodeTooLarge}
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, &repair.Error{Kind: repair.Invalid, Code: wire.CodeTooLarge}
	}
	if errors.Is(err, os.ErrDeadlineExceeded) { // nothing is known to be wrong with what is still to come
		return nil, (&repair.Error{Kind: repair.Unavailable, Code: wire.CodeBusy}).Because(err)
	}
	if err != nil {
		return nil, (&repair.Error{Kind: repair.Invalid, Code: wire.CodeMalformed}).With("why", "the body broke off").Because(err)
	}
	return data, nil
}

func malformed(why string) error {
	return (&repair.Error{Kind: repair.Invalid, Code: wire.CodeMalformed}).With("why", why)
}
