package wiretest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"hashmend/backend/wire"
)

// call is a request to make.
type call struct {
	by      who
	headers map[string]string
	body    []byte
	size    int64 // announces a body of this size and sends none of it
}

type answer struct {
	status int
	header http.Header
	body   []byte
}

// do makes the request, checks the answer against the document and notes that
// the status was seen.
func (s *suite) do(t *testing.T, method, path string, c call) answer {
	t.Helper()
	var body io.Reader
	if c.body != nil {
		body = bytes.NewReader(c.body)
	}
	if c.size > 0 {
		body = io.LimitReader(neverRead{t}, c.size)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, s.target.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	if c.size > 0 {
		r.ContentLength = c.size
		r.Header.Set("Expect", "100-continue")
	}
	if c.by.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.by.token)
	}
	if (c.body != nil || c.size > 0) && method != http.MethodPatch {
		r.Header.Set("Content-Type", wire.TypeJSON)
	}
	for name, value := range c.headers {
		r.Header.Set(name, value)
	}
	response, err := s.http.Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	data, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	a := answer{response.StatusCode, response.Header, data}
	s.check(t, method, path, a)
	return a
}

// neverRead stands for a body that the server refuses by its size alone.
type neverRead struct{ t *testing.T }

func (n neverRead) Read(p []byte) (int, error) {
	n.t.Error("the server has read a body that it must refuse by its size")
	return 0, io.ErrUnexpectedEOF
}

var identifier = regexp.MustCompile(`^(/v1/(?:work-orders|ops|uploads|files|installs)/).+$`)

// route gives the documented path of an address.
func route(path string) string {
	path, _, _ = strings.Cut(path, "?")
	if m := identifier.FindStringSubmatch(path); m != nil {
		if m[1] == wire.PathFiles && strings.HasSuffix(path, "/preview") {
			return m[1] + "{sha256}/preview"
		}
		if m[1] == wire.PathFiles {
			return m[1] + "{sha256}"
		}
		return m[1] + "{id}"
	}
	return path
}

func (s *suite) check(t *testing.T, method, path string, a answer) {
	t.Helper()
	name := method + " " + route(path)
	operation, ok := s.doc.Paths[route(path)][strings.ToLower(method)]
	if !ok {
		return // no route: the caller looks at the problem itself
	}
	status := http.StatusText(a.status)
	response, ok := operation.Responses[itoa(a.status)]
	if !ok {
		t.Errorf("%s: status %d %s is not documented: %s", name, a.status, status, a.body)
		return
	}
	s.seen[name+" "+itoa(a.status)] = true
	if a.header.Get("Date") == "" || a.header.Get("Cache-Control") != "no-store" || a.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%s: %d lacks Date, no-store or nosniff", name, a.status)
	}
	kind, _, _ := strings.Cut(a.header.Get("Content-Type"), ";")
	content, ok := response.Content[kind]
	if method == http.MethodHead || len(response.Content) == 0 {
		if len(a.body) > 0 {
			t.Errorf("%s: %d has a body", name, a.status)
		}
		return
	}
	if _, any := response.Content["*/*"]; any {
		return
	}
	if ok && (kind == wire.TypeNDJSON || kind == wire.TypeEvents) {
		return // lines: the caller reads them
	}
	if !ok {
		t.Errorf("%s: %d answers %q", name, a.status, kind)
		return
	}
	if content.Schema.Ref != "" {
		s.valid(t, name, content.Schema.Ref, a.body)
	}
}

// valid checks JSON against a schema of the document.
func (s *suite) valid(t *testing.T, name, ref string, body []byte) {
	t.Helper()
	schema, err := s.schemas.Compile("openapi.json" + ref)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Errorf("%s: %v: %s", name, err, body)
		return
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("%s: %v\n%s", name, err, body)
	}
}

// wants looks at a refusal: its status and its code.
func (a answer) wants(t *testing.T, status int, code string) wire.Problem {
	t.Helper()
	var p wire.Problem
	if err := json.Unmarshal(a.body, &p); err != nil {
		t.Fatalf("got %d %s", a.status, a.body)
	}
	if a.status != status || p.Status != status || p.Code != code {
		t.Errorf("got %d %s, want %d %s", a.status, a.body, status, code)
	}
	return p
}

// into looks at a success and reads it.
func (a answer) into(t *testing.T, status int, v any) {
	t.Helper()
	if a.status != status {
		t.Fatalf("got %d %s, want %d", a.status, a.body, status)
	}
	if v == nil {
		return
	}
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatal(err)
	}
}
