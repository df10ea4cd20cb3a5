package httpapi_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http/httptest"
	"strings"
	"testing"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// brought is a file that a customer has brought, as the centre serves it.
func (s *scene) brought(data []byte, name string, path func(hash string) string) *httptest.ResponseRecorder {
	s.t.Helper()
	s.bring(data, data, name)
	r := httptest.NewRequest("GET", path(digest(data)), nil)
	r.Header.Set("Authorization", "Bearer "+s.tokens[owner])
	w := httptest.NewRecorder()
	s.server.Config.Handler.ServeHTTP(w, r)
	return w
}

func whole(hash string) string { return wire.PathFiles + hash }
func small(hash string) string { return wire.PathFiles + hash + "/preview" }

// picture is a JPEG with a place hidden in it.
func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 2000, 1000)), nil); err != nil {
		t.Fatal(err)
	}
	secret := "Exif\x00\x00SECRET"
	return bytes.Join([][]byte{b.Bytes()[:2], {0xff, 0xe1, 0, byte(2 + len(secret))}, []byte(secret), b.Bytes()[2:]}, nil)
}

func TestWhatACustomerBringsCannotActInABrowser(t *testing.T) {
	s := newScene(t)
	page := "<html><script>alert(1)</script>"
	for _, f := range []struct {
		name, content, kind, disposition string
		sandbox                          bool
	}{
		{"board.jpg", string(picture(t)), "image/jpeg", "inline", true},
		{"voucher.pdf", "%PDF-1.7 " + page, "application/pdf", "inline", false},
		{"miner.log", "kernel: " + page, "text/plain; charset=utf-8", "attachment", true},
		{"bundle.zip", "PK\x03\x04" + page, "application/zip", "attachment", true},
	} {
		w := s.brought([]byte(f.content), f.name, whole)
		h := w.Header()
		policy := h.Get("Content-Security-Policy")
		if w.Code != 200 || w.Body.String() != f.content || h.Get("Content-Type") != f.kind || !strings.HasPrefix(h.Get("Content-Disposition"), f.disposition) {
			t.Errorf("%s: %d %v", f.name, w.Code, h)
		}
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "sandbox") != f.sandbox || strings.Contains(policy, "script-src") {
			t.Errorf("%s: policy %q", f.name, policy)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("X-Frame-Options") != "DENY" || h.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("%s: %v", f.name, h)
		}
	}
}

func TestAPreviewShowsThePictureAndNothingElse(t *testing.T) {
	s := newScene(t)
	w := s.brought(picture(t), "board.jpg", small)
	config, err := jpeg.DecodeConfig(bytes.NewReader(w.Body.Bytes()))
	if w.Code != 200 || err != nil || config.Width != 1280 || bytes.Contains(w.Body.Bytes(), []byte("SECRET")) {
		t.Errorf("%d %v %+v", w.Code, err, config)
	}
	if h := w.Header(); h.Get("Content-Type") != "image/jpeg" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%v", h)
	}
	for name, content := range map[string]string{"miner.log": "kernel: x", "broken.jpg": "\xff\xd8\xff\xe0 broken"} {
		w := s.brought([]byte(content), name, small)
		if w.Code != 404 || !strings.Contains(w.Body.String(), wire.CodeNoPreview) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

// A bundle of logs is kept as it came: nothing of it is ever unpacked, so it needs
// no limits of its own.
func TestAZipIsNeverUnpacked(t *testing.T) {
	s := newScene(t)
	bomb := []byte("PK\x03\x04 not even a zip behind its first bytes")
	if w := s.brought(bomb, "bundle.zip", whole); w.Code != 200 || !bytes.Equal(w.Body.Bytes(), bomb) {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

func TestWhoTakesAnOriginalIsOnRecordWithoutItsName(t *testing.T) {
	s := newScene(t)
	s.log.Reset()
	s.brought([]byte("kernel: x"), "secret.log", whole)
	if !strings.Contains(s.log.String(), string(s.install[owner])) || strings.Contains(s.log.String(), "secret") {
		t.Errorf("the log says %s", s.log)
	}
	if role := string(repair.RoleCustomer); !strings.Contains(s.log.String(), role) {
		t.Errorf("the log does not say the role: %s", s.log)
	}
}
