package desk

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"
	"syscall"

	"hashmend/backend/blob"
	"hashmend/backend/localdb"
	"hashmend/backend/photo"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// maxAttachment is the most that one photo, voucher or bundle may hold.
const maxAttachment = 50 << 20

// AttachFile copies a file into this PC's store, so that a later change of the
// original changes nothing. What the centre would not take is refused here, while
// the person is still there; the type is that of the content, whatever was said.
func (d *Desk) AttachFile(ctx context.Context, name, _ string, r io.Reader) (repair.FileRef, error) {
	r, err := onlyWhatItShows(r)
	if err != nil {
		return repair.FileRef{}, fileError(err)
	}
	sha, size, err := d.Files.Put(ctx, r, maxAttachment)
	if errors.Is(err, blob.ErrTooLarge) {
		return repair.FileRef{}, ErrFileTooLarge.With("limit_mb", itoa(maxAttachment>>20), "name", baseName(name))
	}
	if err != nil {
		return repair.FileRef{}, fileError(err)
	}
	head, err := d.head(sha)
	if err != nil {
		return repair.FileRef{}, err
	}
	ref := repair.FileRef{SHA256: sha, Size: size}
	ok := false
	if ref.Name, ok = wire.FileName(baseName(name), head); !ok || size == 0 {
		return repair.FileRef{}, ErrFileType.With("name", baseName(name))
	}
	ref.Type, _ = wire.FileType(ref.Name, head)
	return ref, d.DB.Update(ctx, func(t localdb.VaultTx) error { return t.KeepFile(ctx, d.scope(), ref, d.now()) })
}

// onlyWhatItShows takes out of a picture where and when it was taken, and with
// what: a farm tells nobody where it is by a photo of a board.
func onlyWhatItShows(r io.Reader) (io.Reader, error) {
	head := bufio.NewReader(r)
	start, err := head.Peek(8)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !photo.Is(start) {
		return head, nil
	}
	data, err := io.ReadAll(io.LimitReader(head, maxAttachment+1))
	if err != nil {
		return nil, err
	}
	return bytes.NewReader(photo.Clean(data)), nil
}

// head gives the first bytes of a kept file, which say what it is.
func (d *Desk) head(sha256 string) ([]byte, error) {
	f, err := d.Files.Open(sha256)
	if err != nil {
		return nil, fileError(err)
	}
	defer func() { _ = f.Close() }()
	head, err := io.ReadAll(io.LimitReader(f, 512))
	return head, fileError(err)
}

// FileKept finds a file that this PC keeps, for showing it; found is false when
// only the centre may have it.
func (d *Desk) FileKept(ctx context.Context, sha256 string) (ref repair.FileRef, found bool, err error) {
	if !d.Files.Has(sha256) {
		return ref, false, nil
	}
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		f, ok, err := t.AnyFile(ctx, sha256)
		ref, found = f.FileRef, ok
		return err
	})
	return ref, found, err
}

// baseName keeps a name from being a path, of whatever system.
func baseName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" {
		return ""
	}
	return name
}

// fileError gives an error of the file store the code a person can understand.
func fileError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, blob.ErrNotFound):
		return ErrFileMissing
	case errors.Is(err, syscall.ENOSPC):
		return localdb.ErrDiskFull.With("file", "files").Because(err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
		return localdb.ErrReadOnly.With("file", "files").Because(err)
	}
	return err
}
