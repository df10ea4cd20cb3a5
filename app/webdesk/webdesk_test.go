package webdesk

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"hashmend/app"
	"hashmend/backend/repair"
)

// Clinic is a bound struct with one method of each shape.
type Clinic struct{ seen []string }

type visit struct {
	Name  string   `json:"name"`
	Tags  []string `json:"tags"`
	Count int64    `json:"count"`
}

var errClosed = &repair.Error{Kind: repair.Conflict, Code: "clinic.closed", Rule: "R32"}

func (c *Clinic) Repeat(v visit, times int) (visit, error) {
	v.Count = int64(times)
	return v, nil
}
func (c *Clinic) Note(text string) error       { c.seen = append(c.seen, text); return nil }
func (c *Clinic) Seen() []string               { return c.seen }
func (c *Clinic) Open() (visit, error)         { return visit{}, errClosed.With("day", "Sunday") }
func (c *Clinic) Leak() error                  { return errors.New("password is hunter2") }
func (c *Clinic) Panic() (string, error)       { panic("scalpel") }
func (c *Clinic) Nothing()                     {}
func (c *Clinic) Unwritable() (float64, error) { return inf(), nil }

func inf() float64 { zero := 0.0; return 1 / zero }

// desk is a running browser desk and a browser without its cookie yet.
type desk struct {
	*http.Client
	base, key string
	events    *app.Events
	stop      context.CancelFunc
	ended     <-chan error
}

func start(t *testing.T) *desk {
	t.Helper()
	listener, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	local := http.NewServeMux()
	local.HandleFunc("POST /local/echo", func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) })
	local.HandleFunc("GET /local/panic", func(http.ResponseWriter, *http.Request) { panic("saw") })
	events := app.NewEvents()
	parts := Parts{
		Bound: []any{&Clinic{}},
		Local: local,
		Files: fstest.MapFS{
			"index.html":    {Data: []byte("<!doctype html><html><head><title>T</title></head></html>")},
			"assets/app.js": {Data: []byte("export {}")},
		},
		Subscribe: events.Subscribe,
	}
	ctx, stop := context.WithCancel(context.Background())
	address, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- serve(ctx, listener, parts, func(a string) { address <- a }) }()
	base, key, _ := strings.Cut(<-address, "/#key=")
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{Client: &http.Client{Jar: jar}, base: base, key: key, events: events, stop: stop, ended: ended}
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return d
}

// answer is what came back, read to its end.
type answer struct {
	status int
	body   string
	header http.Header
}

// code is the error's code in the body.
func (a answer) code() string {
	var e repair.Error
	_ = json.Unmarshal([]byte(a.body), &e)
	return e.Code
}

func (d *desk) send(t *testing.T, method, path, body string, header ...string) answer {
	t.Helper()
	req, err := http.NewRequest(method, d.base+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
			continue
		}
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := d.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, string(text), resp.Header}
}

func (d *desk) enter(t *testing.T) *desk {
	t.Helper()
	if a := d.send(t, "POST", "/session", d.key); a.status != http.StatusNoContent {
		t.Fatalf("the secret of the address: %d %s", a.status, a.body)
	}
	return d
}

func (d *desk) call(t *testing.T, method, args string, header ...string) answer {
	t.Helper()
	return d.send(t, "POST", "/call/"+method, args, append([]string{"Content-Type", "application/json"}, header...)...)
}

func TestCalls(t *testing.T) {
	d := start(t).enter(t)
	tests := []struct {
		name, method, args string
		status             int
		want               string // the body, or the code of an error
	}{
		{"data in and out", "Clinic/Repeat", `[{"name":"S19","tags":["a"]},3]`, 200, `{"name":"S19","tags":["a"],"count":3}`},
		{"an error alone", "Clinic/Note", `["hello"]`, 200, `null`},
		{"data alone", "Clinic/Seen", `[]`, 200, `["hello"]`},
		{"neither", "Clinic/Nothing", `[]`, 200, `null`},
		{"an error for a person keeps its parts", "Clinic/Open", `[]`, 422, `{"kind":"conflict","code":"clinic.closed","rule":"R32","args":{"day":"Sunday"}}`},
		{"any other error is internal and says nothing", "Clinic/Leak", `[]`, 422, `{"kind":"internal","code":"internal.unexpected"}`},
		{"a panic is internal", "Clinic/Panic", `[]`, 500, `{"kind":"internal","code":"internal.unexpected"}`},
		{"a result that JSON cannot write", "Clinic/Unwritable", `[]`, 500, `{"kind":"internal","code":"internal.unexpected"}`},
		{"undefined is null is the zero value", "Clinic/Repeat", `[null,null]`, 200, `{"name":"","tags":null,"count":0}`},
		{"a struct that is not bound", "Theatre/Repeat", `[]`, 404, "webdesk.no_such_method"},
		{"a method that is not there", "Clinic/Close", `[]`, 404, "webdesk.no_such_method"},
		{"too few arguments", "Clinic/Repeat", `[{}]`, 400, "webdesk.bad_arguments"},
		{"too many", "Clinic/Seen", `[1]`, 400, "webdesk.bad_arguments"},
		{"of the wrong type", "Clinic/Note", `[7]`, 400, "webdesk.bad_arguments"},
		{"not a list", "Clinic/Note", `{"text":"x"}`, 400, "webdesk.bad_arguments"},
		{"not JSON", "Clinic/Note", `[`, 400, "webdesk.bad_arguments"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := d.call(t, tt.method, tt.args)
			if a.status != tt.status || (a.body != tt.want && a.code() != tt.want) {
				t.Errorf("got %d %s; want %d %s", a.status, a.body, tt.status, tt.want)
			}
		})
	}
}

func TestTheDeskLivesOnAfterAPanic(t *testing.T) {
	d := start(t).enter(t)
	if a := d.send(t, "GET", "/local/panic", ""); a.status != 500 || a.code() != "internal.unexpected" {
		t.Errorf("got %d %s", a.status, a.body)
	}
	if a := d.call(t, "Clinic/Seen", `[]`); a.status != 200 {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
}

func TestNothingAnswersWithoutTheSecret(t *testing.T) {
	d := start(t)
	for _, path := range []string{"/call/Clinic/Seen", "/local/echo"} {
		if a := d.send(t, "POST", path, "[]", "Content-Type", "application/json"); a.status != 401 || a.code() != "webdesk.no_session" {
			t.Errorf("POST %s: %d %s", path, a.status, a.body)
		}
	}
	if a := d.send(t, "GET", "/events", ""); a.status != 401 {
		t.Errorf("GET /events: %d", a.status)
	}
	for _, wrong := range []string{"", "guess", d.key + "x", d.key[:len(d.key)-1]} {
		if a := d.send(t, "POST", "/session", wrong); a.status != 401 || a.header.Get("Set-Cookie") != "" {
			t.Errorf("secret %q: %d %v", wrong, a.status, a.header)
		}
	}
	if a := d.call(t, "Clinic/Seen", `[]`, "Cookie", "hashmend_"+port(t, d.base)+"=guess"); a.status != 401 {
		t.Errorf("a guessed cookie: %d", a.status)
	}
}

func TestTheSecretOpensOnce(t *testing.T) {
	d := start(t)
	a := d.send(t, "POST", "/session", d.key)
	cookie := a.header.Get("Set-Cookie")
	for _, part := range []string{"HttpOnly", "SameSite=Strict", "Path=/", "hashmend_" + port(t, d.base)} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie lacks %s: %s", part, cookie)
		}
	}
	if strings.Contains(cookie, d.key) {
		t.Error("the cookie is the secret")
	}
	if a := d.send(t, "POST", "/session", d.key); a.status != 401 {
		t.Errorf("the second time: %d", a.status)
	}
	if a := d.call(t, "Clinic/Seen", `[]`); a.status != 200 {
		t.Errorf("the first browser: %d %s", a.status, a.body)
	}
}

func TestOtherSitesAreRefused(t *testing.T) {
	d := start(t).enter(t)
	here := strings.TrimPrefix(d.base, "http://")
	tests := []struct {
		name   string
		header []string
		status int
	}{
		{"our own page", []string{"Origin", d.base, "Sec-Fetch-Site", "same-origin"}, 200},
		{"another site", []string{"Origin", "https://evil.example"}, 403},
		{"another port of this PC", []string{"Origin", "http://127.0.0.1:1"}, 403},
		{"a page without an origin", []string{"Origin", "null"}, 403},
		{"the same port, another scheme", []string{"Origin", "https://" + here}, 403},
		{"a picture on another port's page", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"a form of another site", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a foreign name that points here", []string{"Host", "evil.example:" + port(t, d.base)}, 403},
		{"no port", []string{"Host", "127.0.0.1"}, 403},
		{"localhost is here too, with a cookie of its own", []string{"Host", "localhost:" + port(t, d.base), "Origin", "http://localhost:" + port(t, d.base)}, 401},
		{"here, as seen from localhost", []string{"Origin", "http://localhost:" + port(t, d.base)}, 403},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if a := d.call(t, "Clinic/Seen", `[]`, tt.header...); a.status != tt.status {
				t.Errorf("got %d %s; want %d", a.status, a.body, tt.status)
			}
		})
	}
	if a := d.send(t, "POST", "/call/Clinic/Seen", `[]`, "Content-Type", "text/plain"); a.status != 415 {
		t.Errorf("what a form can send: %d", a.status)
	}
	if a := d.send(t, "GET", "/", "", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"); a.status != 200 {
		t.Errorf("a link to our page: %d", a.status)
	}
	if a := d.send(t, "GET", "/", "", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"); a.status != 403 {
		t.Errorf("our page in a frame: %d", a.status)
	}
}

func TestBodiesHaveLimits(t *testing.T) {
	d := start(t).enter(t)
	if a := d.call(t, "Clinic/Note", `["`+strings.Repeat("x", maxCall)+`"]`); a.status != 413 || a.code() != "webdesk.body_too_large" {
		t.Errorf("a call: %d %s", a.status, a.code())
	}
	if a := d.send(t, "POST", "/session", strings.Repeat("x", 1<<20)); a.status != 401 {
		t.Errorf("a secret: %d", a.status)
	}
	large := strings.Repeat("x", 20<<20) // larger than a call may be
	if a := d.send(t, "POST", "/local/echo", large); a.status != 200 || len(a.body) != len(large) {
		t.Errorf("an upload: %d, %d bytes back", a.status, len(a.body))
	}
}

func TestThePageComesWithOurScript(t *testing.T) {
	d := start(t)
	for _, path := range []string{"/", "/index.html"} {
		a := d.send(t, "GET", path, "")
		if !strings.Contains(a.body, `<head><script src="/webdesk.js"></script>`) {
			t.Errorf("GET %s: %s", path, a.body)
		}
		if a.header.Get("X-Frame-Options") != "DENY" || a.header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("GET %s: headers %v", path, a.header)
		}
	}
	if a := d.send(t, "GET", "/webdesk.js", ""); a.status != 200 || !strings.Contains(a.body, "window.go") {
		t.Errorf("the script: %d", a.status)
	}
	if a := d.send(t, "GET", "/assets/app.js", ""); a.body != "export {}" || !strings.HasPrefix(a.header.Get("Content-Type"), "text/javascript") {
		t.Errorf("a file: %q %v", a.body, a.header)
	}
	if a := d.send(t, "GET", "/missing", ""); a.status != 404 {
		t.Errorf("a file that is not there: %d", a.status)
	}
}

func TestEventsArriveInOrderWithTheirNumbers(t *testing.T) {
	d := start(t).enter(t)
	d.events.Emit("before", nil)
	resp, err := d.Get(d.base + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	next := func() string {
		for lines.Scan() {
			if lines.Text() != "" {
				return lines.Text()
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
		return ""
	}
	for _, want := range []string{"event: ready", `data: {"seq":1}`} {
		if got := next(); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
	d.events.Emit("orders", map[string]int{"count": 2})
	d.events.Emit("sync", nil)
	for _, want := range []string{
		`data: {"seq":2,"name":"orders","data":{"count":2}}`,
		`data: {"seq":3,"name":"sync","data":null}`,
	} {
		if got := next(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	d.stop() // an open stream does not hold the program
	if lines.Scan() && lines.Text() != "" {
		t.Errorf("after the end: %s", lines.Text())
	}
}

func TestOnlyThisPCMayListen(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "example.com:80", "127.0.0.1"} {
		if l, err := listen(addr); err == nil {
			t.Errorf("%s: listens", addr)
			_ = l.Close()
		}
	}
	for _, addr := range []string{"127.0.0.1:0", "localhost:0"} {
		l, err := listen(addr)
		if err != nil {
			t.Errorf("%s: %v", addr, err)
			continue
		}
		_ = l.Close()
	}
}

func port(t *testing.T, base string) string {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	_, p, err := net.SplitHostPort(u.Host)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
