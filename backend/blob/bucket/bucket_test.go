package bucket

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"hashmend/backend/blob"
	"hashmend/backend/enginetest"
)

func open(t *testing.T, gateway *enginetest.S3) *Store {
	t.Helper()
	spool, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), gateway.Address(), spool)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func hashOf(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

func upload(t *testing.T, s *Store, id, text string) {
	t.Helper()
	if _, err := s.Append(t.Context(), id, 0, int64(len(text)), strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, s *Store, hash string) (string, error) {
	t.Helper()
	f, err := s.Open(t.Context(), hash)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(f)
	return string(text), err
}

func TestFilesAreInTheBucketUnderTheirHash(t *testing.T) {
	gateway := enginetest.StartS3(t)

	t.Run("a whole upload is kept and leaves the spool", func(t *testing.T) {
		s := open(t, gateway)
		upload(t, s, "u1", "a photo")
		if head, err := s.Head("u1", 3); err != nil || string(head) != "a p" {
			t.Errorf("head %q %v", head, err)
		}
		if err := s.Finish(t.Context(), "u1", hashOf("a photo"), 7); err != nil {
			t.Fatal(err)
		}
		if got, err := read(t, s, hashOf("a photo")); err != nil || got != "a photo" {
			t.Errorf("got %q %v", got, err)
		}
		if _, err := s.Head("u1", 3); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("the spool still has it: %v", err)
		}
	})
	t.Run("the same file twice at once is kept once", func(t *testing.T) {
		s := open(t, gateway)
		var both sync.WaitGroup
		for _, id := range []string{"u1", "u2"} {
			upload(t, s, id, "the same")
			both.Go(func() {
				if err := s.Finish(t.Context(), id, hashOf("the same"), 8); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if got, err := read(t, s, hashOf("the same")); err != nil || got != "the same" {
			t.Errorf("got %q %v", got, err)
		}
	})
	t.Run("an empty picture is a file too", func(t *testing.T) {
		s := open(t, gateway)
		upload(t, s, "u1", "")
		if err := s.Finish(t.Context(), "u1", hashOf(""), 0); err != nil {
			t.Fatal(err)
		}
		if got, err := read(t, s, hashOf("")); err != nil || got != "" {
			t.Errorf("got %q %v", got, err)
		}
	})
	t.Run("other bytes than announced are dropped", func(t *testing.T) {
		s := open(t, gateway)
		upload(t, s, "u1", "fake")
		if err := s.Finish(t.Context(), "u1", hashOf("real"), 4); !errors.Is(err, blob.ErrMismatch) {
			t.Errorf("got %v", err)
		}
		if _, err := read(t, s, hashOf("real")); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("the bucket itself refuses bytes that are not the name's", func(t *testing.T) {
		s := open(t, gateway)
		upload(t, s, "u1", "fake")
		f, err := s.spool.Whole(t.Context(), "u1", hashOf("fake"), 4)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		if err := s.put(t.Context(), f, hashOf("real"), 4); err == nil {
			t.Error("the checksum was not looked at")
		}
		if _, err := read(t, s, hashOf("real")); !errors.Is(err, blob.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("only a hash becomes a name", func(t *testing.T) {
		s := open(t, gateway)
		for _, name := range []string{"", "..", "../x", strings.ToUpper(hashOf("x"))} {
			if _, err := s.Open(t.Context(), name); !errors.Is(err, blob.ErrNotFound) {
				t.Errorf("%q: got %v", name, err)
			}
		}
	})
	t.Run("gone and back", func(t *testing.T) {
		s := open(t, gateway)
		upload(t, s, "u1", "meanwhile")
		gateway.Kill()
		if err := s.Finish(t.Context(), "u1", hashOf("meanwhile"), 9); !errors.Is(err, blob.ErrAway) {
			t.Fatalf("got %v, want ErrAway", err)
		}
		if _, err := read(t, s, hashOf("a photo")); !errors.Is(err, blob.ErrAway) {
			t.Errorf("got %v, want ErrAway", err)
		}
		gateway.Start(t)
		if err := s.Finish(t.Context(), "u1", hashOf("meanwhile"), 9); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"meanwhile", "a photo"} {
			if got, err := read(t, s, hashOf(text)); err != nil || got != text {
				t.Errorf("got %q %v", got, err)
			}
		}
	})
}

func TestAnAddressThatIsNoBucketIsRefused(t *testing.T) {
	for _, address := range []string{"", "folder", "https://bucket", "s3:///x", "s3://bucket?endpoint=host:1"} {
		if _, err := Open(t.Context(), address, nil); err == nil {
			t.Errorf("%q must be refused", address)
		}
	}
}
