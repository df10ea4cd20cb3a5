package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"hashmend/backend/fault"
)

const (
	// slowest is the speed, in bytes a second, at which a request is still
	// worth waiting for. What has left this program may lie in the system's
	// buffers for long, so that its size must count.
	slowest = 16 << 10
	// longest bounds any answer: one byte now and then is no progress.
	longest = 30 * time.Minute
)

var errSilence = errors.New("nothing has moved on the line for too long")

// patient is a transport that gives a request up when nothing moves any more,
// and not before: a large work order on a slow line is late, not lost.
type patient struct {
	next   http.RoundTripper
	silent time.Duration
}

func (p patient) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(r.Context())
	sending := time.Duration(max(r.ContentLength, 0)) * time.Second / slowest
	w := &watched{silent: p.silent, until: time.Now().Add(longest), cancel: cancel,
		timer: time.AfterFunc(p.silent+sending, func() { cancel(errSilence) })}
	response, err := p.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		w.end()
		return nil, err
	}
	if r.Method != http.MethodGet {
		fault.Hit(fault.SendBeforeRead)
	}
	w.moved()
	w.body, response.Body = response.Body, w
	return response, nil
}

// watched is an answer that is read while somebody looks at the clock.
type watched struct {
	body   io.ReadCloser
	silent time.Duration
	until  time.Time
	timer  *time.Timer
	cancel context.CancelCauseFunc
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.body.Read(p)
	if err != nil {
		w.end()
		return n, err
	}
	w.moved()
	return n, nil
}

func (w *watched) Close() error {
	defer w.end()
	return w.body.Close()
}

func (w *watched) moved() { w.timer.Reset(min(w.silent, time.Until(w.until))) }

func (w *watched) end() {
	w.timer.Stop()
	w.cancel(nil)
}
