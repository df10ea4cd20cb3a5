package webdesk

import (
	_ "embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"strings"

	"hashmend/app"
	"hashmend/backend/repair"
)

//go:embed webdesk.js
var script []byte

// Bodies larger than these are refused. What is larger than a call goes under
// /local/, which has its own limit.
const (
	maxCall   = 16 << 20
	maxSecret = 1 << 10
)

var errTooLarge = &repair.Error{Kind: repair.Invalid, Code: "webdesk.body_too_large"}

// Parts is what a browser gets of the program. All fields are required.
type Parts struct {
	Bound     []any
	Local     http.Handler
	Files     fs.FS // of the front end, with index.html
	Subscribe func() (events <-chan app.Event, last uint64, cancel func())
}

// server answers one browser desk. Use newServer.
type server struct {
	Parts
	methods map[string]method
	guard   *guard
	index   []byte
	files   http.Handler
	ended   <-chan struct{} // closed when the program stops: lets event streams go
}

// newServer returns the handler of a desk at the given host, such as
// 127.0.0.1:43210.
func newServer(p Parts, g *guard, ended <-chan struct{}) (http.Handler, error) {
	index, err := indexWithScript(p.Files)
	if err != nil {
		return nil, err
	}
	s := &server{Parts: p, methods: methodsOf(p.Bound), guard: g, index: index, files: http.FileServerFS(p.Files), ended: ended}

	open := http.NewServeMux() // what a browser needs before it has the cookie
	open.HandleFunc("POST /session", s.session)
	open.HandleFunc("GET /{$}", s.page)
	open.HandleFunc("GET /index.html", s.page)
	open.HandleFunc("GET /webdesk.js", s.script)
	open.Handle("GET /", s.files)

	known := http.NewServeMux()
	known.HandleFunc("POST /call/{struct}/{method}", s.call)
	known.HandleFunc("GET /events", s.events)
	known.Handle("/local/", p.Local)

	mux := http.NewServeMux()
	mux.Handle("/", open)
	for _, path := range []string{"/call/", "/events", "/local/"} {
		mux.Handle(path, g.known(known))
	}
	return app.Recovered(g.sameSite(mux)), nil
}

// indexWithScript is the front end's page with our script before its own.
func indexWithScript(files fs.FS) ([]byte, error) {
	page, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return nil, err
	}
	return []byte(strings.Replace(string(page), "<head>", `<head><script src="/webdesk.js"></script>`, 1)), nil
}

func (s *server) page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(s.index)
}

func (s *server) script(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(script)
}

// writeJSON answers 200 with a value, or 500 if JSON cannot write it.
func writeJSON(w http.ResponseWriter, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		app.WriteError(w, http.StatusInternalServerError, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(text)
}
