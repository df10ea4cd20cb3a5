package wiretest

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hashmend/backend/wire"
)

// fuzz makes from the document what no client of ours would send, to every route,
// as everybody: wrong types, extremes, what is missing, what is too much, another's
// things, old revs, and everything twice. The answer must always be one that the
// document knows, never a fault, and never tell of another account.
func (s *suite) fuzz(t *testing.T) {
	f := s.newFuzz(t)
	for _, path := range slices.Sorted(maps.Keys(s.whole.Paths)) {
		for _, method := range slices.Sorted(maps.Keys(s.whole.Paths[path])) {
			name := strings.ToUpper(method) + " " + path
			t.Run(name, func(t *testing.T) { f.operation(t, strings.ToUpper(method), path, s.whole.Paths[path][method]) })
		}
	}
	t.Logf("answers by status: %v", f.statuses)
	for _, status := range []int{200, 400, 401, 403, 404, 409, 412, 422} {
		if f.statuses[status] == 0 {
			t.Errorf("nothing was answered with %d: the fuzzer does not reach far enough", status)
		}
	}
}

// fuzzed is how often each thing is tried: enough to meet every guard, and soon done.
const fuzzed = 100

type fuzzer struct {
	*suite
	random  *rand.Rand
	http    *http.Client
	mine    []string // ids of the one who asks, and of nobody
	foreign []string // what must never be told to bob
	// statuses are how often each was answered: a fuzzer that only meets the first
	// guard proves little.
	statuses map[int]int
}

// operation is what the fuzzer reads of the document.
type operation struct {
	Parameters []struct {
		Name string `json:"name"`
		In   string `json:"in"`
	} `json:"parameters"`
	RequestBody struct {
		Content map[string]struct {
			Schema schema `json:"schema"`
		} `json:"content"`
	} `json:"requestBody"`
	Responses map[string]json.RawMessage `json:"responses"`
}

// newFuzz gives bob, who tries everything, and ann's things to try it on.
func (s *suite) newFuzz(t *testing.T) *fuzzer {
	t.Helper()
	f := &fuzzer{suite: s, statuses: map[int]int{}, random: rand.New(rand.NewPCG(1, 2)), http: &http.Client{
		Timeout:       s.http.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	t.Cleanup(f.http.CloseIdleConnections)
	f.foreign = []string{string(s.ann.Account), s.annName}
	f.mine = []string{string(s.order), string(s.ann.Install), string(s.devices[0]), string(s.bob.Install), newID(t), newID(t)}
	return f
}

func (f *fuzzer) operation(t *testing.T, method, path string, o operation) {
	tries := fuzzed
	if strings.HasPrefix(path, wire.PathOps) {
		tries *= 4 // there are many kinds of commands, and few are whole
	}
	for range tries {
		by := []who{f.bob, f.bob, f.ann, f.technician, f.office, f.admin, {}, {token: "hm_wrong"}}[f.random.IntN(8)]
		if strings.HasPrefix(path, wire.PathInstalls) && method == http.MethodDelete || path == wire.PathToken {
			by = f.bob // others are still needed, with the token that they have
			if path == wire.PathToken {
				by = who{token: "hm_wrong"}
			}
		}
		target := f.target(path)
		headers, query := f.parameters(o)
		if query != "" {
			target += "?" + query
		}
		id := newID(t)
		body := f.body(o, id)
		if strings.HasPrefix(path, wire.PathOps) && f.random.IntN(4) > 0 {
			target, headers = wire.PathOps+id, map[string]string{}
		}
		for range 1 + f.random.IntN(2) { // the same twice is a replay
			f.try(t, method, path, target, by, headers, body, o)
		}
	}
}

var placeholder = regexp.MustCompile(`\{[a-z0-9]+\}`)

// target fills in the ids of a path.
func (f *fuzzer) target(path string) string {
	return placeholder.ReplaceAllStringFunc(path, func(string) string {
		wild := []string{"x", "%00", "%2e%2e%2fmeta", "%F0%9F%92%A9", strings.Repeat("a", 3000), "00000000-0000-0000-0000-000000000000",
			strings.ToUpper(f.mine[0]), url.PathEscape("' OR 1=1 --"), strings.Repeat("0", 64), "-1"}
		if f.random.IntN(2) == 0 {
			return wild[f.random.IntN(len(wild))]
		}
		return f.mine[f.random.IntN(len(f.mine))]
	})
}

func (f *fuzzer) parameters(o operation) (headers map[string]string, query string) {
	values := []string{"", "0", "1", "-1", "9223372036854775807", "99999999999999999999", "1e9", "\"1\"", "W/\"1\"", "*", "NaN", "nonsense",
		"sha256 AAAA,name !!", "sha256 ,name ", wire.TusVersion, strings.Repeat("7", 2000)}
	headers = map[string]string{}
	asked := url.Values{}
	for _, p := range o.Parameters {
		value := values[f.random.IntN(len(values))]
		if p.Name == "Tus-Resumable" && f.random.IntN(3) > 0 {
			value = wire.TusVersion
		}
		switch {
		case f.random.IntN(4) == 0: // it is missing
		case p.In == "header":
			headers[p.Name] = value
		case p.In == "query":
			asked.Set(p.Name, value)
		}
	}
	return headers, asked.Encode()
}

// body is what a request carries: from the document's schema, mostly about ann's
// work order, and then mostly spoilt.
func (f *fuzzer) body(o operation, id string) (data []byte) {
	for kind, content := range o.RequestBody.Content {
		if kind != wire.TypeJSON {
			return []byte(strings.Repeat("x", f.random.IntN(100)))
		}
		value := f.value(content.Schema, 0)
		if command, ok := value.(map[string]any); ok && command["kind"] != nil && f.random.IntN(4) > 0 {
			command["id"], command["work_order"], command["seen_rev"] = id, string(f.order), 0
			if f.random.IntN(3) == 0 { // one that is whole, in whatever state the others have led to
				kinds := []string{"message", "cancel", "reopen", "close", "confirm_delivery"}
				value = map[string]any{"id": id, "work_order": string(f.order), "kind": kinds[f.random.IntN(len(kinds))], "text": "x"}
			}
		}
		for range f.random.IntN(3) {
			value = f.spoil(value)
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil
		}
		return f.broken(text)
	}
	return nil
}

// broken breaks the text itself, now and then.
func (f *fuzzer) broken(text []byte) []byte {
	switch f.random.IntN(12) {
	case 0:
		return text[:f.random.IntN(len(text)+1)]
	case 1:
		return bytes.Replace(text, []byte("{"), []byte(`{"id":"a","id":"b",`), 1)
	case 2:
		return append(text, text...)
	case 3:
		return append([]byte("\xff\xfe"), text...)
	case 4:
		return []byte(strings.Repeat("[", 5000))
	}
	return text
}

func (f *fuzzer) try(t *testing.T, method, path, target string, by who, headers map[string]string, body []byte, o operation) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, f.suite.target.URL+target, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", wire.TypeJSON)
	if method == http.MethodPatch {
		r.Header.Set("Content-Type", wire.TypeTus)
	}
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	if by.token != "" {
		r.Header.Set("Authorization", "Bearer "+by.token)
	}
	response, err := f.http.Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", method, target, err)
	}
	var text []byte
	if response.Header.Get("Content-Type") != wire.TypeEvents { // that one does not end
		text, err = io.ReadAll(response.Body)
	}
	_ = response.Body.Close()
	if err != nil {
		t.Fatalf("%s %s: %v", method, target, err)
	}
	f.judge(t, method+" "+path, by, answer{response.StatusCode, response.Header, text}, body, o)
}

// judge looks at an answer: documented, no fault, a problem of the contract's shape,
// and nothing of ann's for bob.
func (f *fuzzer) judge(t *testing.T, name string, by who, a answer, sent []byte, o operation) {
	t.Helper()
	f.statuses[a.status]++
	if _, documented := o.Responses[itoa(a.status)]; !documented && a.status != http.StatusTooManyRequests {
		t.Errorf("%s: %d is not documented: %s\nsent %.300s", name, a.status, a.body, sent)
	}
	if a.status >= 400 && len(a.body) > 0 {
		var p wire.Problem
		if err := json.Unmarshal(a.body, &p); err != nil || p.Code == "" || p.Status != a.status || p.Retry == "" {
			t.Errorf("%s: %d is no problem: %s", name, a.status, a.body)
		}
	}
	if by.token != f.bob.token && by.token != "" {
		return
	}
	for _, secret := range f.foreign {
		if bytes.Contains(a.body, []byte(secret)) && !bytes.Contains(sent, []byte(secret)) {
			t.Errorf("%s tells bob of ann: %s", name, a.body)
		}
	}
}
