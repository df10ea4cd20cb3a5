package webdesk

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"hashmend/app"
)

// socketName is where a running desk listens for the terminal, in its data
// folder.
const socketName = "desk.sock"

// longestSocket is what every system takes as the path of a socket.
const longestSocket = 100

// SocketPath gives the socket of a data folder.
func SocketPath(dir string) string { return filepath.Join(dir, socketName) }

// Terminal answers the same calls as a browser gets, to a program of the same
// person: there is no page, so there is no secret. Whoever serves it must let
// nobody else in.
func Terminal(a *app.App) http.Handler {
	s := &server{methods: methodsOf(a.Bound())}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /call/{struct}/{method}", s.call)
	mux.Handle("/local/", a.Local())
	mux.HandleFunc("POST /raise", func(w http.ResponseWriter, _ *http.Request) { raise(w, a) })
	return app.Recovered(mux)
}

// raise brings the desk's window to the front, if it has one.
func raise(w http.ResponseWriter, a *app.App) {
	if a.Raise == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	a.Raise()
	w.WriteHeader(http.StatusNoContent)
}

// RaiseRunning asks the desk that holds a data folder to bring its window to the
// front. done is false when none answers or it has no window.
func RaiseRunning(dir string) (done bool) {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", SocketPath(dir))
	}
	transport := &http.Transport{DialContext: dial, DisableKeepAlives: true}
	response, err := (&http.Client{Transport: transport, Timeout: stopping}).Post("http://desk/raise", "", nil)
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusNoContent
}

// ServeTerminal lets the terminal speak with a running desk over a socket that
// only its owner can open, until stop. The desk must hold its data folder: then
// a socket found there is a dead one. A folder whose path is too long for a
// socket has none, and the terminal says that the desk is in use.
func ServeTerminal(a *app.App) (stop func(), err error) {
	path := SocketPath(a.Dir)
	if len(path) > longestSocket {
		log.Printf("terminal: the path of the data folder is too long for a socket")
		return func() {}, nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	srv := &http.Server{Handler: Terminal(a), ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := srv.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Printf("terminal: %v", err)
		}
	}()
	return func() {
		wait, cancel := context.WithTimeout(context.Background(), stopping)
		defer cancel()
		if err := srv.Shutdown(wait); err != nil {
			log.Printf("terminal: %v", err)
		}
		<-ended
	}, nil
}
