// Package httpapi serves a centre's deeds over HTTP, as package wire describes
// them. A handler reads strictly, calls one deed and writes the answer; every
// refusal is an RFC 9457 problem, and what went wrong inside stays inside.
package httpapi

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Options of a server. The zero value is ready.
type Options struct {
	// Loopback says that only this machine may come in: then a request with a
	// foreign Host or with an Origin comes from a web page, and is refused.
	Loopback bool
	Log      *slog.Logger
	Now      func() time.Time // for rate limits
	Silent   time.Duration    // that a sender may be in the middle of a request; 0 means 30 s
	Patience time.Duration    // that a reader may take for a piece of an answer; 0 means 2 min
	Proxies  []netip.Prefix   // whose word about the sender's address is believed
	Register bool             // strangers may make a customer's account
	Rate     int              // requests a second of an account or an address; 0 is no limit
	Observe  func(Seen)       // hears of every answer
	Metrics  http.Handler     // serves /metrics to this machine
}

// Server is the HTTP side of a centre. It is an http.Handler.
type Server struct {
	centre    *centre.Centre
	mux       *http.ServeMux
	log       *slog.Logger
	loopback  bool
	silent    time.Duration
	patience  time.Duration
	proxies   []netip.Prefix
	tries     *tries
	registers bool
	limits    *limits
	observe   func(Seen)
	metrics   http.Handler
	waiting   waiting
	ending    chan struct{} // closed when who waits must go
	end       func()
}

// New makes the server of a centre.
func New(c *centre.Centre, o Options) *Server {
	s := &Server{centre: c, log: o.Log, loopback: o.Loopback, silent: o.Silent, proxies: o.Proxies, registers: o.Register,
		tries: newTries(o.Now), limits: newLimits(o.Rate, o.Now), observe: o.Observe, metrics: o.Metrics}
	s.waiting.of, s.ending = map[repair.InstallID]int{}, make(chan struct{})
	s.end = sync.OnceFunc(func() { close(s.ending) })
	if s.silent <= 0 {
		s.silent = 30 * time.Second
	}
	if s.patience = o.Patience; s.patience <= 0 {
		s.patience = 2 * time.Minute
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.mux = s.routes()
	return s
}

// End lets everybody go who waits for news, so that the server can stop.
func (s *Server) End() { s.end() }

// ServeHTTP answers a request, whatever happens.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	seen, began := &recorder{ResponseWriter: w, patience: s.patience}, time.Now()
	seen.until(time.Time{}) // the last request of this connection left one
	handler, pattern := s.mux.Handler(r)
	defer func() {
		seen.until(time.Now().Add(s.patience)) // of what the server still sends
		s.note(r, pattern, seen.status, began)
	}()
	s.serve(seen, r, handler, pattern)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request, handler http.Handler, pattern string) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set(wire.HeaderServer, s.centre.ServerID())
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if p == http.ErrAbortHandler {
			panic(p)
		}
		s.log.Error("panic", "route", pattern, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		s.problem(w, r, &repair.Error{Kind: repair.Internal, Code: wire.CodeInternal})
	}()
	if s.loopback && isForeign(r) {
		s.problem(w, r, &repair.Error{Kind: repair.Forbidden, Code: wire.CodeForeignOrigin})
		return
	}
	if r.Method != http.MethodPut && !isText(r.URL.Path) { // what is to be made says itself what is wrong with its id
		s.problem(w, r, &repair.Error{Kind: repair.NotFound, Code: wire.CodeNoRoute})
		return
	}
	r = s.listen(w, r)
	if pattern == "" {
		s.unmatched(w, r, handler)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// isText reports a path that could name something: no store keeps a text that is
// not UTF-8 or holds what nobody can read.
func isText(path string) bool {
	return utf8.ValidString(path) && !strings.ContainsFunc(path, unicode.IsControl)
}

// isForeign reports a request that a web page has made: it names its origin, or
// reached this machine under a name that is not this machine's.
func isForeign(r *http.Request) bool {
	if r.Header.Get("Origin") != "" {
		return true
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if host == "localhost" {
		return false
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err != nil || !ip.IsLoopback()
}

// unmatched answers where there is no route: the mux knows whether the path or
// the method is wrong, and says it in plain text.
func (s *Server) unmatched(w http.ResponseWriter, r *http.Request, handler http.Handler) {
	probe := &probe{header: http.Header{}}
	handler.ServeHTTP(probe, r)
	if probe.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", probe.header.Get("Allow"))
		s.problem(w, r, &repair.Error{Kind: repair.Invalid, Code: wire.CodeWrongMethod})
		return
	}
	s.problem(w, r, &repair.Error{Kind: repair.NotFound, Code: wire.CodeNoRoute})
}

type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header         { return p.header }
func (p *probe) Write(b []byte) (int, error) { return len(b), nil }
func (p *probe) WriteHeader(status int)      { p.status = status }

// open is a handler that needs no token.
func (s *Server) open(f func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := s.limits.take("address " + network(s.addressOf(r)))
		if err == nil {
			err = f(w, r)
		}
		if err != nil {
			s.problem(w, r, err)
		}
	})
}

// known is a handler that needs to know who asks.
func (s *Server) known(f func(http.ResponseWriter, *http.Request, centre.Caller) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		by, err := s.caller(r)
		if err == nil {
			err = f(w, r, by)
		}
		if err != nil {
			s.problem(w, r, err)
		}
	})
}

// writes is a handler for those who may change something.
func (s *Server) writes(f func(http.ResponseWriter, *http.Request, centre.Caller) error) http.Handler {
	return s.known(func(w http.ResponseWriter, r *http.Request, by centre.Caller) error {
		if by.ReadOnly {
			return &repair.Error{Kind: repair.Forbidden, Code: wire.CodeReadOnly}
		}
		return f(w, r, by)
	})
}

// caller finds out who asks, and counts the question.
func (s *Server) caller(r *http.Request) (by centre.Caller, err error) {
	by, err = s.holder(r)
	account := "account " + string(by.Account)
	switch {
	case err != nil:
		account = "address " + network(s.addressOf(r))
	case by.Account == "": // the centre's own people have no account in common
		account = "install " + string(by.Install)
	}
	if tooMany := s.limits.take(account); tooMany != nil {
		return by, tooMany
	}
	return by, err
}

func (s *Server) holder(r *http.Request) (by centre.Caller, err error) {
	token, err := bearer(r)
	if err != nil {
		return by, err
	}
	return s.centre.Authenticate(r.Context(), token)
}

func bearer(r *http.Request) (token string, err error) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || token == "" {
		return "", &repair.Error{Kind: repair.Unauthorized, Code: wire.CodeTokenExpired}
	}
	return token, nil
}
