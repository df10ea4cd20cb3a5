package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"hashmend/backend/atomicfile"
)

// Append adds what r holds to an unfinished upload that stands at offset, up to
// the upload's full size, and gives the new offset. The bytes are synced before
// it returns, also when r breaks off: what arrived stays.
//
// The id is the centre's own (a UUID), never the sender's word.
func (s *Store) Append(ctx context.Context, id string, offset, size int64, r io.Reader) (int64, error) {
	f, err := os.OpenFile(s.upload(id), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	// A crash may have left bytes that were never acknowledged behind the offset.
	if info.Size() < offset {
		return info.Size(), ErrOffset
	}
	if err := f.Truncate(offset); err != nil {
		return offset, err
	}
	if _, err := f.Seek(offset, io.SeekStart); err != nil {
		return offset, err
	}
	n, copyErr := io.Copy(f, io.LimitReader(cancellable{ctx, r}, size-offset+1))
	if offset+n > size {
		return offset, errors.Join(ErrTooLarge, f.Truncate(offset))
	}
	if err := f.Sync(); err != nil {
		return offset, fmt.Errorf("sync upload: %w", err)
	}
	return offset + n, copyErr
}

// Head reads the first bytes of an unfinished upload, for sniffing its type.
func (s *Store) Head(id string, n int) ([]byte, error) {
	f, err := os.Open(s.upload(id))
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, int64(n)))
}

// Whole opens a complete upload after making sure of its bytes. When they are not
// what was announced the upload is dropped and the error is ErrMismatch. The
// caller closes it.
func (s *Store) Whole(ctx context.Context, id, hash string, size int64) (*os.File, error) {
	f, err := os.Open(s.upload(id))
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	got, n, err := sum(ctx, f)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if got != hash || n != size {
		return nil, errors.Join(ErrMismatch, f.Close(), s.Drop(id))
	}
	return f, nil
}

// Finish keeps a complete upload under its hash. When the bytes are not what was
// announced the upload is dropped and the error is ErrMismatch.
func (s *Store) Finish(ctx context.Context, id, hash string, size int64) error {
	f, err := s.Whole(ctx, id, hash, size)
	if err != nil {
		return err
	}
	_ = f.Close() // Windows does not rename an open file
	path, err := s.place(hash)
	if err != nil {
		return err
	}
	if err := os.Rename(s.upload(id), path); err != nil {
		if s.Has(hash) { // kept already, and being read: Windows does not replace it
			return s.Drop(id)
		}
		return err
	}
	return atomicfile.SyncDir(filepath.Dir(path))
}

// Drop forgets an unfinished upload. It is no error when there is none.
func (s *Store) Drop(id string) error {
	err := os.Remove(s.upload(id))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

func (s *Store) upload(id string) string { return filepath.Join(s.spool(), filepath.Base(id)) }

// IsFull reports that the disk, or this user's share of it, is full.
func IsFull(err error) bool {
	var number syscall.Errno
	if !errors.As(err, &number) {
		return false
	}
	if runtime.GOOS == "windows" {
		return number == 112 || number == 39 // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL
	}
	return number == syscall.ENOSPC || number == syscall.EDQUOT
}
