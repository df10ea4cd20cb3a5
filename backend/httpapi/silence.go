package httpapi

import (
	"io"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

// listening is a request's body whose sender must keep sending. A slow line may
// take its time; one on which nothing moves is let go. After an error the deadline
// stays: the server waits for the rest of a body before it answers.
type listening struct {
	io.ReadCloser
	line   *http.ResponseController
	silent time.Duration
	ended  *atomic.Bool
}

// listen begins to wait: for a body that no handler reads, too. The request is a
// copy: by the body of its own the server decides what it does with the rest.
func (s *Server) listen(w http.ResponseWriter, r *http.Request) *http.Request {
	if r.ContentLength == 0 {
		return r
	}
	l := listening{r.Body, http.NewResponseController(w), s.silent, new(atomic.Bool)}
	l.wait()
	r = r.WithContext(r.Context())
	r.Body = l
	return r
}

func (l listening) wait() { _ = l.line.SetReadDeadline(time.Now().Add(l.silent)) } // a test's recorder has none

// Stop ends the listening: a Read that waits returns, and every later one fails.
func (l listening) Stop() {
	l.ended.Store(true)
	_ = l.line.SetReadDeadline(time.Unix(1, 0))
}

func (l listening) Read(p []byte) (int, error) {
	l.wait()
	if l.ended.Load() { // asked after wait, which may have undone what Stop did
		return 0, os.ErrDeadlineExceeded
	}
	n, err := l.ReadCloser.Read(p)
	if err == io.EOF {
		_ = l.line.SetReadDeadline(time.Time{}) // it would end the work that follows
	}
	return n, err
}
