package httpapi_test

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hashmend/backend/httpapi"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// TestWhatNoProgramShouldSendIsRefused: nothing of it is filed, and nothing breaks.
func TestWhatNoProgramShouldSendIsRefused(t *testing.T) {
	h := build(t, true)
	token := h.token(repair.RoleCustomer, "Altyn Hash")
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"nested deep":       strings.Repeat(`{"contact":`, 5000) + "1" + strings.Repeat("}", 5000),
		"a field twice":     `{"reference":"a","reference":"b"}`,
		"the parent":        `{"__proto__":{"role":"admin"},"reference":"a"}`,
		"2^63":              `{"devices":[{"id":"d","serial":"s","hash_rate":9223372036854775808}]}`,
		"a number for text": `{"reference":9223372036854775808}`,
		"NUL":               "{\"reference\":\"\x00\"}",
		"no JSON":           "<html>",
		"nothing":           "",
	} {
		for _, path := range []string{wire.PathWorkOrders, wire.PathOps} {
			r := httptest.NewRequest("PUT", path+id.String(), strings.NewReader(body))
			r.Header.Set("Authorization", "Bearer "+token)
			r.Header.Set("Content-Type", wire.TypeJSON)
			r.Host = "127.0.0.1"
			w := httptest.NewRecorder()
			h.server.Config.Handler.ServeHTTP(w, r)
			if w.Code != http.StatusBadRequest && w.Code != http.StatusUnprocessableEntity {
				t.Errorf("%s at %s: %d %s", name, path, w.Code, w.Body)
			}
		}
	}
	if h.log.Len() > 0 {
		t.Errorf("the log has %s", h.log)
	}
}

// TestABodyOfAnotherLengthThanItSaysFilesNothing: more is promised than comes, or
// less.
func TestABodyOfAnotherLengthThanItSaysFilesNothing(t *testing.T) {
	h := build(t, true)
	token := h.token(repair.RoleCustomer, "Altyn Hash")
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	body := `{"reference":"farm-7","note":"` + strings.Repeat("x", 100) + `"}`
	for name, length := range map[string]int{"too long": len(body) + 50, "too short": len(body) - 50, "far too long": wire.MaxBody + 1} {
		line, err := net.Dial("tcp", h.server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = fmt.Fprintf(line, "PUT %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
			wire.PathWorkOrders+id.String(), token, wire.TypeJSON, length, body)
		_ = line.(*net.TCPConn).CloseWrite()
		answer, err := http.ReadResponse(bufio.NewReader(line), nil)
		if err == nil && answer.StatusCode < 400 {
			t.Errorf("%s: %d", name, answer.StatusCode)
		}
		_ = line.Close()
	}
	if r, _ := h.do("GET", wire.PathWorkOrders+id.String(), token, nil); r.StatusCode != http.StatusNotFound {
		t.Errorf("something was filed: %d", r.StatusCode)
	}
}

func FuzzUploadHeaders(f *testing.F) {
	b64 := base64.StdEncoding.EncodeToString
	hash := strings.Repeat("a", 64)
	f.Add("10", "sha256 "+b64([]byte(hash))+",name "+b64([]byte("a.png")), "0", "1.0.0")
	f.Add("9223372036854775808", "name "+b64([]byte("../../etc/passwd")), "-1", "1.0.0")
	f.Add("-1", "sha256 !,,  ,name", "9223372036854775807", "2.0")
	f.Add("1", "sha256 "+b64([]byte(strings.ToUpper(hash)))+",name "+b64([]byte("..\\\x00/con.png")), "1", "")
	f.Fuzz(func(t *testing.T, length, about, offset, version string) {
		c, token := letInAlone(t)
		server := httpapi.New(c, httpapi.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
		ask := func(method, path string, body string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(method, path, strings.NewReader(body))
			for name, value := range map[string]string{"Authorization": "Bearer " + token, "Tus-Resumable": version, "Upload-Length": length,
				"Upload-Metadata": about, "Upload-Offset": offset, "Content-Type": wire.TypeTus} {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			server.ServeHTTP(w, r)
			return w
		}
		begun := ask("POST", wire.PathUploads, "")
		if begun.Code >= 500 {
			t.Fatalf("POST: %d %s", begun.Code, begun.Body)
		}
		if begun.Code != http.StatusCreated {
			return
		}
		path := begun.Header().Get("Location")
		if !strings.HasPrefix(path, wire.PathUploads+"/") || strings.Contains(path, "..") {
			t.Fatalf("the upload is at %q", path)
		}
		if w := ask("PATCH", path, "some bytes"); w.Code >= 500 {
			t.Fatalf("PATCH: %d %s", w.Code, w.Body)
		}
		if w := ask("HEAD", path, ""); w.Code >= 500 {
			t.Fatalf("HEAD: %d", w.Code)
		}
	})
}
