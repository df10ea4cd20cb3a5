package httpapi_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// TestAnUploadThatDiedAtItsEndBeginsAgain: the bytes were moved to their place
// and the centre died before it could note it.
func TestAnUploadThatDiedAtItsEndBeginsAgain(t *testing.T) {
	h := build(t, true)
	token := h.token(repair.RoleCustomer, "Altyn Hash")
	data := []byte("\x89PNG\r\n\x1a\n and so on")
	sum := sha256.Sum256(data)
	b64 := base64.StdEncoding.EncodeToString
	begin := func() string {
		r, p := h.do("POST", wire.PathUploads, token, nil, func(r *http.Request) {
			r.Header.Set("Tus-Resumable", wire.TusVersion)
			r.Header.Set("Upload-Length", fmt.Sprint(len(data)))
			r.Header.Set("Upload-Metadata", "name "+b64([]byte("a.png"))+",sha256 "+b64([]byte(hex.EncodeToString(sum[:]))))
		})
		if r.StatusCode != http.StatusCreated {
			t.Fatalf("%d %+v", r.StatusCode, p)
		}
		return r.Header.Get("Location")
	}
	send := func(path string, from, to int) (int, string) {
		r, p := h.do("PATCH", path, token, nil, func(r *http.Request) {
			r.Header.Set("Tus-Resumable", wire.TusVersion)
			r.Header.Set("Content-Type", wire.TypeTus)
			r.Header.Set("Upload-Offset", fmt.Sprint(from))
			r.ContentLength = int64(to - from)
			r.Body = io.NopCloser(bytes.NewReader(data[from:to]))
		})
		return r.StatusCode, p.Code
	}
	path := begin()
	if status, code := send(path, 0, 10); status != 204 {
		t.Fatalf("%d %s", status, code)
	}
	h.store.writes = errors.New("died")
	if status, code := send(path, 10, len(data)); status != 500 {
		t.Fatalf("%d %s", status, code)
	}
	h.store.writes = nil
	if status, code := send(path, 10, len(data)); status != 404 || code != wire.CodeUploadNotFound {
		t.Errorf("what is lost goes on: %d %s", status, code)
	}
	if status, code := send(begin(), 0, len(data)); status != 204 {
		t.Errorf("%d %s", status, code)
	}
	if r, _ := h.do("GET", wire.PathFiles+hex.EncodeToString(sum[:]), token, nil); r.StatusCode != 200 {
		t.Errorf("the file is not there: %d", r.StatusCode)
	}
}
