package simtest

import (
	"context"
	"io"
	"net/http"
	"time"
)

// stream carries an answer that does not end: the hints of the centre. In bad
// weather it is refused, held back by a proxy that waits for its end, or breaks.
func (l *line) stream(r *http.Request, w weather, share float64) (*http.Response, error) {
	switch w {
	case dropBefore, dropAfter, truncate, halfSent:
		return nil, errLine
	case blackHole:
		return nil, forever(r.Context())
	case gateway:
		return elsewhere(r, http.StatusBadGateway, "<html>502 Bad Gateway</html>"), nil
	case portal, stale:
		return elsewhere(r, http.StatusOK, "<html>Please sign in to the Wi-Fi</html>"), nil
	}
	l.mu.Lock()
	dead := l.dead
	l.mu.Unlock()
	v, up := l.world.centre.enter()
	if !up || dead {
		if up {
			v.leave()
		}
		return nil, errLine
	}
	ctx, cancel := context.WithCancel(r.Context())
	stop := context.AfterFunc(v.life, cancel)
	if w != calm && w != oneWay { // it breaks after a while
		timer := time.AfterFunc(time.Duration(share*float64(time.Minute)), cancel)
		context.AfterFunc(ctx, func() { timer.Stop() })
	}
	reader, writer := io.Pipe()
	out := &streamed{header: http.Header{}, began: make(chan struct{}), to: writer, held: w == oneWay}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer v.leave()
		v.handler.ServeHTTP(out, arrived(r).WithContext(ctx))
		out.WriteHeader(http.StatusOK)
		_ = writer.CloseWithError(io.ErrUnexpectedEOF)
	}()
	context.AfterFunc(ctx, func() { _ = writer.CloseWithError(errLine) })
	select {
	case <-out.began:
	case <-r.Context().Done():
		cancel()
		<-ended
		stop()
		return nil, r.Context().Err()
	}
	return &http.Response{StatusCode: out.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: out.sent,
		Body: closing{reader, func() { _ = reader.Close(); cancel(); <-ended; stop() }}, ContentLength: -1, Request: r}, nil
}

// streamed is a ResponseWriter whose body is read while it is written.
type streamed struct {
	header http.Header
	sent   http.Header
	status int
	began  chan struct{}
	to     *io.PipeWriter
	held   bool // by a proxy that waits for the end
}

func (s *streamed) Header() http.Header { return s.header }
func (s *streamed) Flush()              {}
func (s *streamed) WriteHeader(status int) {
	if s.status == 0 {
		s.status, s.sent = status, s.header.Clone()
		close(s.began)
	}
}
func (s *streamed) Write(p []byte) (int, error) {
	s.WriteHeader(http.StatusOK)
	if s.held {
		return len(p), nil
	}
	return s.to.Write(p)
}

type closing struct {
	io.Reader
	end func()
}

func (c closing) Close() error { c.end(); return nil }
