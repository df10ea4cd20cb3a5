package centrehost_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hashmend/backend/centrehost"
	"hashmend/backend/client"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
)

// shaky is a line on which every second piece of a file gets lost on its way.
type shaky struct{ pieces, bytes int64 }

func (s *shaky) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodPatch {
		s.pieces++
		if s.pieces%2 == 0 {
			return nil, errors.New("the line broke")
		}
		s.bytes += r.ContentLength
	}
	return http.DefaultTransport.RoundTrip(r)
}

// A large photo on a bad line is tried again and again: it must come nearer each
// time, and must not fill the centre's disk with its beginnings.
func TestAnUploadThatBreaksOffGoesOnWhereItStood(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "centre")
	now := Start
	host, err := centrehost.Open(t.Context(), dir, centrehost.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = host.Close() }()
	s := &shop{t: t, host: host, now: now}
	if s.url, err = host.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	ann, bob := s.joins(repair.RoleCustomer, "Ann"), s.joins(repair.RoleCustomer, "Bob")
	data := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 17<<20)...)
	sum := sha256.Sum256(data)
	ref := repair.FileRef{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(data)), Type: "image/png", Name: "board.png"}
	begun := func() int {
		left, err := os.ReadDir(filepath.Join(dir, "files", "uploads"))
		if err != nil {
			t.Fatal(err)
		}
		return len(left)
	}

	line := &shaky{}
	c, err := client.New(client.Options{BaseURL: s.url, Token: ann.joined.Token, ServerID: ann.joined.ServerID, HTTP: line})
	if err != nil {
		t.Fatal(err)
	}
	tries := 0
	for err = errors.New("not tried"); err != nil && tries < 20; tries++ {
		err = c.Upload(t.Context(), ref, bytes.NewReader(data), nil)
		if n := begun(); n > 1 {
			t.Fatalf("%d beginnings of one file lie at the centre", n)
		}
	}
	if err != nil || line.bytes > ref.Size {
		t.Errorf("after %d tries and %d of %d bytes: %v", tries, line.bytes, ref.Size, err)
	}

	// What nobody goes on with is thrown away after a week, when the next one begins.
	dead := &shaky{pieces: 0}
	if c, err = client.New(client.Options{BaseURL: s.url, Token: bob.joined.Token, ServerID: bob.joined.ServerID, HTTP: dead}); err != nil {
		t.Fatal(err)
	}
	if err := c.Upload(t.Context(), ref, bytes.NewReader(data), nil); err == nil || begun() != 1 {
		t.Fatalf("a beginning of another account: %v, %d begun", err, begun())
	}
	now = now.Add(8 * 24 * time.Hour)
	small := []byte("\x89PNG\r\n\x1a\n small")
	sum = sha256.Sum256(small)
	s.upload(ann, repair.FileRef{SHA256: hex.EncodeToString(sum[:]), Size: int64(len(small)), Name: "small.png"}, small)
	if n := begun(); n != 0 {
		t.Errorf("%d forgotten beginnings stay", n)
	}
}
