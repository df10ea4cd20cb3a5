package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func hashOf(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

func TestAFileIsFoundByWhatIsInIt(t *testing.T) {
	s := open(t)
	hash, size, err := s.Put(t.Context(), strings.NewReader("a photo"), 100)
	if err != nil || hash != hashOf("a photo") || size != 7 {
		t.Fatalf("got %s %d %v", hash, size, err)
	}
	again, _, err := s.Put(t.Context(), strings.NewReader("a photo"), 100)
	if err != nil || again != hash {
		t.Fatalf("twice: got %s %v", again, err)
	}
	f, err := s.Open(hash)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if got, _ := io.ReadAll(f); string(got) != "a photo" {
		t.Errorf("got %q", got)
	}
	if !s.Has(hash) || s.Verify(t.Context(), hash) != nil {
		t.Error("the kept file is not whole")
	}
	if err := s.Remove(hash); err != nil || s.Has(hash) {
		t.Errorf("still there (%v)", err)
	}
}

func TestOnlyAHashBecomesAPath(t *testing.T) {
	s := open(t)
	for _, name := range []string{"", "..", "../../etc/passwd", strings.Repeat("G", 64), strings.ToUpper(hashOf("x")), hashOf("x") + "/"} {
		if _, err := s.Open(name); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q: got %v, want ErrNotFound", name, err)
		}
	}
}

func TestTooLargeLeavesNothingBehind(t *testing.T) {
	s := open(t)
	if _, _, err := s.Put(t.Context(), strings.NewReader("12345"), 4); !errors.Is(err, ErrTooLarge) {
		t.Fatalf("got %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(s.files(), ".new-*")); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}

func TestACancelledPutStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := open(t).Put(ctx, strings.NewReader("x"), 4); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestADamagedFileIsNoticed(t *testing.T) {
	s := open(t)
	hash, _, err := s.Put(t.Context(), strings.NewReader("whole"), 100)
	if err != nil {
		t.Fatal(err)
	}
	path, _ := s.path(hash)
	if err := os.WriteFile(path, []byte("whol3"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(t.Context(), hash); !errors.Is(err, ErrMismatch) {
		t.Errorf("got %v", err)
	}
}

func TestAnUploadGrowsByPiecesAndIsKeptWhenItsHashAgrees(t *testing.T) {
	s, ctx := open(t), t.Context()
	const text = "first second"
	offset, err := s.Append(ctx, "u1", 0, 12, strings.NewReader("first "))
	if err != nil || offset != 6 {
		t.Fatalf("got %d %v", offset, err)
	}
	if s.Has(hashOf(text)) {
		t.Error("an unfinished upload is visible")
	}
	if _, err := s.Append(ctx, "u1", 9, 12, strings.NewReader("x")); !errors.Is(err, ErrOffset) {
		t.Errorf("a gap: got %v", err)
	}
	if offset, err = s.Append(ctx, "u1", 6, 12, strings.NewReader("second")); err != nil || offset != 12 {
		t.Fatalf("got %d %v", offset, err)
	}
	if head, err := s.Head("u1", 5); err != nil || string(head) != "first" {
		t.Errorf("head %q %v", head, err)
	}
	if err := s.Finish(ctx, "u1", hashOf(text), 12); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(ctx, hashOf(text)); err != nil {
		t.Error(err)
	}
}

func TestAnUploadThatBreaksOffKeepsWhatArrived(t *testing.T) {
	s, ctx := open(t), t.Context()
	broken := io.MultiReader(strings.NewReader("half"), brokenReader{})
	offset, err := s.Append(ctx, "u1", 0, 8, broken)
	if offset != 4 || err == nil {
		t.Fatalf("got %d %v", offset, err)
	}
	if offset, err = s.Append(ctx, "u1", 4, 8, strings.NewReader("half")); offset != 8 || err != nil {
		t.Fatalf("got %d %v", offset, err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestAnUploadIsNotLongerThanAnnounced(t *testing.T) {
	s := open(t)
	if _, err := s.Append(t.Context(), "u1", 0, 4, strings.NewReader("12345")); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestAnUploadWithOtherBytesIsDropped(t *testing.T) {
	s, ctx := open(t), t.Context()
	if _, err := s.Append(ctx, "u1", 0, 4, bytes.NewReader([]byte("fake"))); err != nil {
		t.Fatal(err)
	}
	if err := s.Finish(ctx, "u1", hashOf("real"), 4); !errors.Is(err, ErrMismatch) {
		t.Fatalf("got %v", err)
	}
	if s.Has(hashOf("fake")) || s.Has(hashOf("real")) {
		t.Error("something was kept")
	}
	if err := s.Finish(ctx, "u1", hashOf("fake"), 4); !errors.Is(err, ErrNotFound) {
		t.Errorf("the upload is still there: %v", err)
	}
}
