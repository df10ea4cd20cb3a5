// Package blob keeps photos, vouchers and bundles in a folder, named by the
// SHA-256 of what is in them.
//
// A file that Put or Finish has acknowledged is on the disk, whole, and never
// changes. Names that people give to files never become paths.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"hashmend/backend/atomicfile"
)

var (
	// ErrNotFound means that no such file is kept.
	ErrNotFound = errors.New("no such file is kept")
	// ErrTooLarge means that the content is longer than was allowed.
	ErrTooLarge = errors.New("the file is too large")
	// ErrMismatch means that the content is not what was announced.
	ErrMismatch = errors.New("the content does not match its hash or size")
	// ErrOffset means that an upload does not stand where the sender thinks.
	ErrOffset = errors.New("the upload stands at another offset")
	// ErrAway means that the place of the files cannot be reached for now.
	ErrAway = errors.New("the files cannot be reached")
)

// Store is a folder of files by hash. The zero value is not ready: use Open.
type Store struct{ dir string }

// Open prepares the folder and sweeps what a crash left unfinished.
func Open(dir string) (*Store, error) {
	s := &Store{dir: dir}
	for _, d := range []string{s.files(), s.spool()} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, fmt.Errorf("open files: %w", err)
		}
	}
	left, err := filepath.Glob(filepath.Join(s.files(), ".new-*"))
	if err != nil {
		return nil, err
	}
	for _, path := range left {
		_ = os.Remove(path)
	}
	return s, nil
}

func (s *Store) files() string { return filepath.Join(s.dir, "sha256") }
func (s *Store) spool() string { return filepath.Join(s.dir, "uploads") }

// Valid reports whether a text is a SHA-256 as this program writes it: 64
// lower-case hex digits. Only such a text becomes part of a path.
func Valid(hash string) bool {
	if len(hash) != 2*sha256.Size {
		return false
	}
	for _, r := range hash {
		if (r < '0' || r > '9') && (r < 'a' || r > 'f') {
			return false
		}
	}
	return true
}

func (s *Store) path(hash string) (string, error) {
	if !Valid(hash) {
		return "", ErrNotFound
	}
	return filepath.Join(s.files(), hash[:2], hash), nil
}

// Put keeps what r holds, at most limit bytes, and gives its hash and size.
func (s *Store) Put(ctx context.Context, r io.Reader, limit int64) (hash string, size int64, err error) {
	f, err := atomicfile.Create(s.files(), 0o600)
	if err != nil {
		return "", 0, err
	}
	defer f.Abort()
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(f, h), io.LimitReader(cancellable{ctx, r}, limit+1))
	if err != nil {
		return "", 0, err
	}
	if size > limit {
		return "", 0, ErrTooLarge
	}
	hash = hex.EncodeToString(h.Sum(nil))
	path, err := s.place(hash)
	if err != nil {
		return "", 0, err
	}
	return hash, size, f.Commit(path)
}

// place makes the folder for a hash and gives the file's path.
func (s *Store) place(hash string) (string, error) {
	path, err := s.path(hash)
	if err != nil {
		return "", err
	}
	dir := filepath.Dir(path)
	err = os.Mkdir(dir, 0o700)
	if err == nil {
		return path, atomicfile.SyncDir(s.files())
	}
	if !errors.Is(err, os.ErrExist) {
		return "", err
	}
	return path, nil
}

// Has reports whether the file is kept.
func (s *Store) Has(hash string) bool {
	path, err := s.path(hash)
	if err != nil {
		return false
	}
	_, err = os.Stat(path)
	return err == nil
}

// Open opens a kept file for reading. The caller closes it.
func (s *Store) Open(hash string) (*os.File, error) {
	path, err := s.path(hash)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrNotFound
	}
	return f, err
}

// Verify reads a kept file and reports ErrMismatch when its bytes are not those
// that its name promises.
func (s *Store) Verify(ctx context.Context, hash string) error {
	f, err := s.Open(hash)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	got, _, err := sum(ctx, f)
	if err != nil {
		return err
	}
	if got != hash {
		return ErrMismatch
	}
	return nil
}

// Remove forgets a file. It is no error when there is none.
func (s *Store) Remove(hash string) error {
	path, err := s.path(hash)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func sum(ctx context.Context, r io.Reader) (hash string, size int64, err error) {
	h := sha256.New()
	size, err = io.Copy(h, cancellable{ctx, r})
	return hex.EncodeToString(h.Sum(nil)), size, err
}

// cancellable ends a long copy when its context ends.
type cancellable struct {
	ctx context.Context
	r   io.Reader
}

func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
