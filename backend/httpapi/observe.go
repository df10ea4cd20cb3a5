package httpapi

import (
	"net/http"
	"time"
)

// Seen is one answered request: what was asked for, never by whom.
type Seen struct {
	Method string
	Route  string // the pattern, "" for none
	Status int
	Took   time.Duration
}

// recorder notes the status of an answer, and lets go of a reader that takes
// nothing of it. A slow line may take its time: what counts is that it moves.
type recorder struct {
	http.ResponseWriter
	status   int
	patience time.Duration
}

// piece is how much of an answer must pass within the patience.
const piece = 32 << 10

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.pieces(p)
}

func (r *recorder) pieces(p []byte) (written int, err error) {
	defer r.until(time.Time{}) // between two writes the handler may take its time
	for {
		r.until(time.Now().Add(r.patience))
		n, err := r.ResponseWriter.Write(p[written:min(written+piece, len(p))])
		if written += n; err != nil || written == len(p) {
			return written, err
		}
	}
}

// FlushError sends what is written so far.
func (r *recorder) FlushError() error {
	defer r.until(time.Time{})
	r.until(time.Now().Add(r.patience))
	return http.NewResponseController(r.ResponseWriter).Flush()
}

// until bounds what is sent from now on.
func (r *recorder) until(t time.Time) {
	_ = http.NewResponseController(r.ResponseWriter).SetWriteDeadline(t) // a test's recorder has none
}

// Unwrap lets a ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// note tells the observer and the log of an answer. Neither learns a path, an
// address, a name or a token.
func (s *Server) note(r *http.Request, route string, status int, began time.Time) {
	if status == 0 {
		status = http.StatusOK
	}
	seen := Seen{Method: method(r.Method), Route: route, Status: status, Took: time.Since(began)}
	if s.observe != nil {
		s.observe(seen)
	}
	s.log.Debug("request", "method", seen.Method, "route", seen.Route, "status", seen.Status, "took", seen.Took)
}

// method keeps a stranger from filling the log and the metrics with words.
func method(asked string) string {
	switch asked {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return asked
	}
	return "other"
}
