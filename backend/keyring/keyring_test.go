package keyring

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	system "github.com/zalando/go-keyring"
)

func TestSecretGoesToTheKeychain(t *testing.T) {
	system.MockInit()
	dir := t.TempDir()
	s := Open(dir)
	if place, err := s.Set("token", "s3cret"); err != nil || place != Keychain {
		t.Fatalf("Set: %v, %v", place, err)
	}
	if got, place, err := s.Get("token"); err != nil || got != "s3cret" || place != Keychain {
		t.Fatalf("Get: %q, %v, %v", got, place, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "secrets.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a copy lies in the folder: %v", err)
	}
	if err := s.Delete("token"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Get("token"); !errors.Is(err, ErrNotFound) {
		t.Errorf("after Delete: %v", err)
	}
}

func TestNoKeychainMeansAnOwnersFile(t *testing.T) {
	system.MockInitWithError(errors.New("no bus"))
	dir := t.TempDir()
	s := Open(dir)
	if place, err := s.Set("token", "s3cret"); err != nil || place != File {
		t.Fatalf("Set: %v, %v", place, err)
	}
	info, err := os.Stat(filepath.Join(dir, "secrets.json"))
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("mode %o, want 600", mode)
	}
	if got, place, err := Open(dir).Get("token"); err != nil || got != "s3cret" || place != File {
		t.Errorf("Get after a restart: %q, %v, %v", got, place, err)
	}
	if _, _, err := s.Get("other"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("a secret that may be in the keychain: %v, want unavailable", err)
	}
}

func TestKeychainTakesOverFromTheFile(t *testing.T) {
	dir := t.TempDir()
	system.MockInitWithError(errors.New("no bus"))
	if _, err := Open(dir).Set("token", "old"); err != nil {
		t.Fatal(err)
	}
	system.MockInit()
	s := Open(dir)
	if _, err := s.Set("token", "new"); err != nil {
		t.Fatal(err)
	}
	if got, place, err := s.Get("token"); err != nil || got != "new" || place != Keychain {
		t.Errorf("Get: %q, %v, %v", got, place, err)
	}
}

func TestSilentKeychainIsWaitedForOnce(t *testing.T) {
	s := Open(t.TempDir())
	s.patience = time.Millisecond
	var asked atomic.Int32
	hang := make(chan struct{})
	t.Cleanup(func() { close(hang) })
	for range 3 {
		err := s.ask(func() error { asked.Add(1); <-hang; return nil })
		if !errors.Is(err, errSilent) {
			t.Fatalf("ask: %v", err)
		}
	}
	if n := asked.Load(); n > 1 {
		t.Errorf("the keychain was asked %d times", n)
	}
}

func TestDamagedFileIsKeptAndNamed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "secrets.json")
	if err := os.WriteFile(path, []byte("{half"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := FileOnly(dir)
	if _, err := s.Set("token", "x"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("Set over a damaged file: %v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != "{half" {
		t.Errorf("the damaged file was replaced by %q", text)
	}
}

func TestFileOnlyAsksNobody(t *testing.T) {
	system.MockInitWithError(errors.New("asked"))
	s := FileOnly(t.TempDir())
	if _, _, err := s.Get("token"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get: %v", err)
	}
	if err := s.Delete("token"); err != nil {
		t.Errorf("Delete: %v", err)
	}
	if place, err := s.Set("token", "x"); err != nil || place != File {
		t.Errorf("Set: %v, %v", place, err)
	}
}

func TestSigningKeySurvivesItsSecret(t *testing.T) {
	key, err := NewSigningKey()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseSigningKey(key.Secret())
	if err != nil {
		t.Fatal(err)
	}
	public, err := base64.StdEncoding.DecodeString(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	if !ed25519.Verify(public, []byte("box 1"), again.Sign([]byte("box 1"))) {
		t.Error("the key that was kept is another one")
	}
	for _, bad := range []string{"", "%%%", "AAAA"} {
		if _, err := ParseSigningKey(bad); err == nil {
			t.Errorf("ParseSigningKey(%q) accepted it", bad)
		}
	}
}
