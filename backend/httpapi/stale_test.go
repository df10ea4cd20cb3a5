package httpapi_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// stalled begins a PATCH on a connection of its own, sends a part and falls
// silent, as a desk does whose line has died.
func stalled(t *testing.T, address, path, token string, offset, length int, part string) net.Conn {
	t.Helper()
	line, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = line.Close() })
	fmt.Fprintf(line, "PATCH %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nTus-Resumable: 1.0.0\r\nContent-Type: %s\r\nUpload-Offset: %d\r\nContent-Length: %d\r\n\r\n%s",
		path, address, token, wire.TypeTus, offset, length, part)
	return line
}

// A desk that comes back does not wait for what the centre still hears of the
// line that died: what had arrived counts, and the old request writes no more.
func TestANewRequestEndsTheOneThatStalled(t *testing.T) {
	s := newScene(t)
	server := s.server
	address := strings.TrimPrefix(server.URL, "http://")
	path, token := wire.PathUploads+"/"+s.upload, s.tokens[owner] // it stands at 4
	rest := string(s.half[4:])
	line := stalled(t, address, path, token, 4, len(rest), rest[:2])

	head := func() string {
		r, err := http.NewRequestWithContext(t.Context(), "HEAD", server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Tus-Resumable", wire.TusVersion)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		return answer.Header.Get("Upload-Offset")
	}
	stands := head()
	for stands == "4" { // the centre may not have read the part yet when it was asked
		_ = line.Close()
		line = stalled(t, address, path, token, 4, len(rest), rest[:2])
		stands = head()
	}
	if stands != "6" {
		t.Fatalf("it stands at %s, want what had arrived: 6", stands)
	}
	_, _ = io.WriteString(line, rest[2:]) // the dead line comes back to life
	_ = line.SetReadDeadline(time.Now().Add(10 * time.Second))
	if answer, err := http.ReadResponse(bufio.NewReader(line), nil); err == nil && answer.StatusCode == http.StatusNoContent && answer.Header.Get("Upload-Offset") != "6" {
		t.Errorf("the old request says %s", answer.Header.Get("Upload-Offset"))
	}
	if again := head(); again != "6" {
		t.Errorf("the old request wrote on: %s", again)
	}
}

// Who was shut out while the bytes were on their way does not complete the file.
func TestAFileIsNotCompletedByWhoWasShutOutMeanwhile(t *testing.T) {
	s := newScene(t)
	by, err := s.centre.Authenticate(t.Context(), s.tokens[owner])
	if err != nil {
		t.Fatal(err)
	}
	body := revoking{strings.NewReader(string(s.half[4:])), func() {
		if err := s.centre.Revoke(t.Context(), by.Install); err != nil {
			t.Error(err)
		}
	}}
	_, err = s.centre.AddToUpload(t.Context(), by, s.upload, 4, body)
	if e, ok := err.(*repair.Error); !ok || e.Code != wire.CodeTokenExpired {
		t.Errorf("got %v", err)
	}
	other, err := s.centre.Authenticate(t.Context(), s.tokens[sister])
	if err != nil {
		t.Fatal(err)
	}
	if u, err := s.centre.UploadStands(t.Context(), other, s.upload); err != nil || u.Offset != 4 {
		t.Errorf("it stands at %d, %v", u.Offset, err)
	}
}

// revoking does something while it is read.
type revoking struct {
	io.Reader
	meanwhile func()
}

func (r revoking) Read(p []byte) (int, error) { r.meanwhile(); return r.Reader.Read(p) }
func (revoking) Stop()                        {}

var _ centre.Incoming = revoking{}
