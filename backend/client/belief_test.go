package client_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"hashmend/backend/client"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// A portal, a gateway or a company's proxy speaks JSON as well. What does not
// say that it is the centre has neither taken nor refused anything.
func TestOnlyTheCentreAcceptsOrRefuses(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		kind   string
		body   string
	}{
		{"a portal answers JSON", 200, "application/json", `{"status":"log in first"}`},
		{"a portal has created something", 201, "application/json; charset=utf-8", `{}`},
		{"a proxy refuses with a problem", 403, "application/problem+json", `{"status":403,"code":"policy.blocked","retry":"never"}`},
		{"a proxy wants another token", 401, "application/problem+json", `{"status":401,"code":"proxy.sign_in"}`},
		{"a proxy knows no such file", 404, "application/json", `{}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := answering(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", test.kind)
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			})
			c := to(t, client.Options{BaseURL: s.URL, Token: "secret", ServerID: "s1"})
			_, submit := c.PutWorkOrder(t.Context(), "o1", []byte("{}"))
			_, act := c.PutOp(t.Context(), "o1", []byte("{}"), 0)
			upload := c.Upload(t.Context(), repair.FileRef{Size: 1}, strings.NewReader("x"), nil)
			for what, err := range map[string]error{"submit": submit, "command": act, "upload": upload} {
				if kind, _ := codeOf(err); kind != repair.Offline {
					t.Errorf("%s: got %v, want it to be tried again", what, err)
				}
			}
		})
	}
}

func TestAnAnswerIsAboutWhatWasAsked(t *testing.T) {
	sent := []byte(`{"reference":"farm-7"}`)
	taken := `{"id":"o1","number":"WO-1","rev":3,"warnings":[],"acknowledgement":{"work_order":"o1","fingerprint":"` + wire.Fingerprint(sent) + `"}}`
	for _, test := range []struct {
		name, from, to string
		believed       bool
	}{
		{"the answer to this", "", "", true},
		{"another work order's", `"id":"o1"`, `"id":"o2"`, false},
		{"an acknowledgement of another work order", `"work_order":"o1"`, `"work_order":"o2"`, false},
		{"an acknowledgement of other bytes", wire.Fingerprint(sent), wire.Fingerprint([]byte("{}")), false},
		{"no number", `"number":"WO-1"`, `"number":""`, false},
		{"no rev", `"rev":3`, `"rev":0`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := answering(t, says(201, "application/json", strings.Replace(taken, test.from, test.to, 1)))
			_, err := to(t, client.Options{BaseURL: s.URL, ServerID: "s1"}).PutWorkOrder(t.Context(), "o1", sent)
			if kind, _ := codeOf(err); (err == nil) != test.believed || !test.believed && kind != repair.Offline {
				t.Errorf("got %v", err)
			}
		})
	}
	s := answering(t, says(200, "application/json", `{"id":"o2","rev":5,"result":{}}`))
	_, err := to(t, client.Options{BaseURL: s.URL, ServerID: "s1"}).PutOp(t.Context(), "o1", sent, 0)
	if kind, _ := codeOf(err); kind != repair.Offline {
		t.Errorf("a command's answer that is another's: got %v", err)
	}
}

// Ten thousand devices on a village line take minutes. Trying anew each half
// minute would never bring them there.
func TestASlowLineIsNotADeadOne(t *testing.T) {
	page := `{"from":"","rows":[],"next":"abc","more":false}`
	slow := answering(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set(wire.HeaderServer, "s1")
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for _, b := range []byte(page) {
			<-tick.C
			_, _ = w.Write([]byte{b})
			_ = http.NewResponseController(w).Flush()
		}
	})
	c := to(t, client.Options{BaseURL: slow.URL, ServerID: "s1", Timeout: 300 * time.Millisecond})
	began := time.Now()
	if _, err := c.Changes(t.Context(), "", 0); err != nil {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
	stuck := answering(t, func(w http.ResponseWriter, r *http.Request) {
		says(200, "application/json", page[:20])(w, r)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	c = to(t, client.Options{BaseURL: stuck.URL, ServerID: "s1", Timeout: 50 * time.Millisecond})
	for what, ask := range map[string]func() error{
		"a page": func() error { _, err := c.Changes(t.Context(), "", 0); return err },
		"a file": func() error { return c.File(t.Context(), strings.Repeat("a", 64), &bytes.Buffer{}) },
	} {
		if kind, code := codeOf(ask()); kind != repair.Offline || code != wire.CodeUnreachable {
			t.Errorf("%s that stops in the middle: got %s %s", what, kind, code)
		}
	}
}
