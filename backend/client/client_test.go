package client_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hashmend/backend/client"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// answering is a server that answers everything the same way.
func answering(t *testing.T, f http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s
}

func to(t *testing.T, o client.Options) *client.Client {
	t.Helper()
	c, err := client.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func codeOf(err error) (repair.Kind, string) {
	var e *repair.Error
	if !errors.As(err, &e) {
		return "", ""
	}
	return e.Kind, e.Code
}

func says(status int, kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set(wire.HeaderServer, "s1")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

func TestWhatIsNotTheCentresAnswerIsOffline(t *testing.T) {
	page := `{"from":"","rows":[],"next":"abc","more":false}`
	for _, test := range []struct {
		name   string
		answer http.HandlerFunc
		kind   repair.Kind
		code   string
	}{
		{"a captive portal answers HTML", says(200, "text/html", "<html>Please log in</html>"), repair.Offline, wire.CodePortal},
		{"a portal answers HTML with an error", says(403, "text/html", "<html>"), repair.Offline, wire.CodePortal},
		{"a portal redirects", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://login.example/", http.StatusFound)
		}, repair.Offline, wire.CodePortal},
		{"a gateway has no server behind it", says(502, "text/html", "Bad Gateway"), repair.Offline, wire.CodeUnreachable},
		{"the answer is cut", says(200, "application/json", page[:20]), repair.Offline, wire.CodeUnreachable},
		{"the connection breaks", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, repair.Offline, wire.CodeUnreachable},
		{"a cache answers an old page", says(200, "application/json", strings.Replace(page, `"from":""`, `"from":"old"`, 1)), repair.Offline, wire.CodeStaleAnswer},
		{"rows are out of order", says(200, "application/json", `{"from":"","rows":[{"t":"device","id":"1","rev":9},{"t":"device","id":"2","rev":8}],"next":"a","more":false}`), repair.Offline, wire.CodeStaleAnswer},
		{"an empty object", says(200, "application/json", `{}`), repair.Offline, wire.CodeStaleAnswer},
		{"a problem is the centre's word", says(409, "application/problem+json", `{"type":"urn:hashmend:problem:conflict","status":409,"code":"quote.not_declinable","rule":"R32","retry":"user"}`), repair.Conflict, "quote.not_declinable"},
		{"a revoked token", says(401, "application/problem+json", `{"type":"urn:hashmend:problem:unauthorized","status":401,"code":"centre.token_expired","retry":"user"}`), repair.Unauthorized, wire.CodeTokenExpired},
		{"a problem of a kind that is not known yet", says(503, "application/problem+json", `{"type":"urn:hashmend:problem:tired","status":503,"code":"centre.tired","retry":"after"}`), repair.Unavailable, "centre.tired"},
		{"a problem that is none", says(500, "application/problem+json", `{`), repair.Offline, wire.CodeUnreachable},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := to(t, client.Options{BaseURL: answering(t, test.answer).URL, Token: "secret"})
			_, err := c.Changes(t.Context(), "", 0)
			if kind, code := codeOf(err); kind != test.kind || code != test.code {
				t.Errorf("got %v, want %s %s", err, test.kind, test.code)
			}
		})
	}
}

func TestNobodyAnswers(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	_, err := to(t, client.Options{BaseURL: gone.URL}).Meta(t.Context())
	if kind, code := codeOf(err); kind != repair.Offline || code != wire.CodeUnreachable {
		t.Errorf("refused: got %v", err)
	}
	stuck := answering(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	_, err = to(t, client.Options{BaseURL: stuck.URL, Timeout: 50 * time.Millisecond}).Meta(t.Context())
	if kind, code := codeOf(err); kind != repair.Offline || code != wire.CodeUnreachable {
		t.Errorf("too slow: got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = to(t, client.Options{BaseURL: stuck.URL}).Meta(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: got %v", err)
	}
}

func TestAnotherServerIsNotBelieved(t *testing.T) {
	s := answering(t, says(200, "application/json", `{"from":"","rows":[],"next":"abc","more":false}`))
	_, err := to(t, client.Options{BaseURL: s.URL, Token: "secret", ServerID: "s2"}).Changes(t.Context(), "", 0)
	if _, code := codeOf(err); code != wire.CodeOtherServer {
		t.Errorf("got %v", err)
	}
}

func TestAnUnknownCertificateIsToldApart(t *testing.T) {
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	_, err := to(t, client.Options{BaseURL: s.URL}).Meta(t.Context())
	if _, code := codeOf(err); code != wire.CodeUntrusted {
		t.Errorf("got %v", err)
	}
}

func TestTheTokenDoesNotLeaveTheCentre(t *testing.T) {
	told := make(chan string, 8)
	other := answering(t, func(_ http.ResponseWriter, r *http.Request) { told <- r.Header.Get("Authorization") })
	centre := answering(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost { // an upload is sent elsewhere
			w.Header().Set("Location", other.URL+wire.PathUploads+"/u1")
			w.WriteHeader(http.StatusCreated)
			return
		}
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusTemporaryRedirect)
	})
	c := to(t, client.Options{BaseURL: centre.URL, Token: "secret"})
	_, _ = c.Changes(t.Context(), "", 0)
	_, _ = c.PutOp(t.Context(), "o1", []byte("{}"), 0)
	_ = c.File(t.Context(), strings.Repeat("a", 64), &bytes.Buffer{})
	_ = c.Upload(t.Context(), repair.FileRef{Size: 1}, bytes.NewReader([]byte("x")), nil)
	select {
	case token := <-told:
		t.Errorf("another origin was asked, with %q", token)
	default:
	}
}

func TestTheBytesAreSentAsTheyAre(t *testing.T) {
	frozen := []byte("{ \"note\" :\t\"\u4f60\\u597d\" }\n")
	got := make(chan *http.Request, 1)
	body := make(chan []byte, 1)
	s := answering(t, func(w http.ResponseWriter, r *http.Request) {
		var b bytes.Buffer
		_, _ = b.ReadFrom(r.Body)
		got <- r
		body <- b.Bytes()
		says(200, "application/json", `{"id":"o1","rev":5,"replayed":false,"result":{},"more":"unknown fields are ignored"}`)(w, r)
	})
	result, err := to(t, client.Options{BaseURL: s.URL + "/", Token: "secret", Client: "hashmend/1"}).PutOp(t.Context(), "o1", frozen, 8817)
	if err != nil || result.Rev != 5 {
		t.Fatalf("%+v %v", result, err)
	}
	r := <-got
	if sent := <-body; !bytes.Equal(sent, frozen) {
		t.Errorf("sent %q", sent)
	}
	if r.Header.Get("If-Match") != `"8817"` || r.Header.Get("Authorization") != "Bearer secret" || r.Header.Get("X-Client") != "hashmend/1" {
		t.Errorf("headers %v", r.Header)
	}
}

func TestAFileThatIsNotTheOneAskedForIsRefused(t *testing.T) {
	s := answering(t, says(200, "image/png", "other bytes"))
	err := to(t, client.Options{BaseURL: s.URL}).File(t.Context(), strings.Repeat("a", 64), &bytes.Buffer{})
	if _, code := codeOf(err); code != wire.CodePortal {
		t.Errorf("got %v", err)
	}
}

func TestAddresses(t *testing.T) {
	for _, test := range []struct{ typed, want, code string }{
		{"centre.example", "https://centre.example", ""},
		{" https://centre.example/ ", "https://centre.example", ""},
		{"https://centre.example/repair", "https://centre.example/repair", ""},
		{"http://127.0.0.1:8080", "http://127.0.0.1:8080", ""},
		{"http://192.168.1.20:8080", "http://192.168.1.20:8080", ""},
		{"http://localhost:1", "http://localhost:1", ""},
		{"http://centre.example", "", wire.CodeInsecure},
		{"http://8.8.8.8", "", wire.CodeInsecure},
		{"", "", wire.CodeBadAddress},
		{"ftp://centre.example", "", wire.CodeBadAddress},
		{"https://user:secret@centre.example", "", wire.CodeBadAddress},
		{"https://centre.example/?x=1", "", wire.CodeBadAddress},
		{"https://", "", wire.CodeBadAddress},
		{"what is this", "", wire.CodeBadAddress},
	} {
		got, err := client.CheckAddress(test.typed)
		if _, code := codeOf(err); got != test.want || code != test.code {
			t.Errorf("%q: got %q %v, want %q %s", test.typed, got, err, test.want, test.code)
		}
	}
}
