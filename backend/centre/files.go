package centre

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/blob"
	"hashmend/backend/fault"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// uploadLife is how long the beginning of a file is kept.
const uploadLife = 7 * 24 * time.Hour

// BeginUpload announces a file. One that is on its way already goes on where it
// stands. complete is true when this account's centre has it; another account's
// having it is not told.
func (c *Centre) BeginUpload(ctx context.Context, by Caller, f repair.FileRef) (u Upload, complete bool, err error) {
	f.Name = cleanName(f.Name)
	served, ok := wire.FileType(f.Name, nil)
	if !ok {
		return u, false, refuse(repair.Invalid, wire.CodeFileType).With("name", f.Name)
	}
	if f.Size > wire.MaxUpload {
		return u, false, refuse(repair.Invalid, wire.CodeFileTooLarge)
	}
	if !blob.Valid(f.SHA256) || f.Size < 1 {
		return u, false, refuse(repair.Invalid, wire.CodeMalformed).With("why", "size or sha256 of the upload")
	}
	f.Type = served
	err = c.store.Update(ctx, func(tx Tx) error {
		_, found, err := tx.File(ctx, by.Account, f.SHA256)
		if err != nil || found {
			complete = found
			return err
		}
		if err := c.sweepUploads(ctx, tx); err != nil {
			return err
		}
		if u, found, err = tx.UploadOf(ctx, by.Account, f); err != nil || found {
			return err
		}
		if err := c.room(ctx, tx, by.Account, f.Size); err != nil {
			return err
		}
		fresh, err := uuid.NewV7()
		if err != nil {
			return err
		}
		u = Upload{ID: fresh.String(), Scope: by.Account, File: f, At: c.at()}
		return tx.SaveUpload(ctx, u)
	})
	return u, complete, err
}

// sweepUploads throws away beginnings that nobody has gone on with. The bytes go
// first: a row without bytes is found lost, bytes without a row never.
func (c *Centre) sweepUploads(ctx context.Context, tx Tx) error {
	old, err := tx.UploadsBefore(ctx, repair.At(c.now().Add(-uploadLife)))
	if err != nil {
		return err
	}
	for _, id := range old {
		if err := c.files.Drop(id); err != nil {
			return err
		}
		if err := tx.DropUpload(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// UploadStands tells where an upload stands. A request that is still sending to
// it is ended first: whoever asks has given it up, and the answer must not be
// overtaken.
func (c *Centre) UploadStands(ctx context.Context, by Caller, id string) (Upload, error) {
	if _, err := c.uploadAt(ctx, by, id); err != nil {
		return Upload{}, err // nobody ends what is another's
	}
	_, end, err := c.sending.begin(ctx, id)
	if err != nil {
		return Upload{}, err
	}
	defer end()
	return c.uploadAt(ctx, by, id)
}

// EndUpload throws an upload away that is not complete.
func (c *Centre) EndUpload(ctx context.Context, by Caller, id string) error {
	u, err := c.uploadAt(ctx, by, id)
	if err != nil {
		return err
	}
	_, end, err := c.sending.begin(ctx, id)
	if err != nil {
		return err
	}
	defer end()
	return c.dropUpload(ctx, u)
}

// Expires is when a beginning is thrown away unless somebody goes on with it.
func (u Upload) Expires() time.Time { return u.At.Time().Add(uploadLife) }

func (c *Centre) uploadAt(ctx context.Context, by Caller, id string) (u Upload, err error) {
	err = c.store.View(ctx, func(tx Tx) error {
		var found bool
		u, found, err = tx.Upload(ctx, by.Account, id)
		if err == nil && !found {
			return refuse(repair.NotFound, wire.CodeUploadNotFound)
		}
		return err
	})
	return u, err
}

// Incoming is bytes on their way. After Stop a Read that waits returns, and every
// later one fails.
type Incoming interface {
	io.Reader
	Stop()
}

// AddToUpload adds bytes at an offset and gives where the upload stands then. The
// bytes are on the disk before the offset is recorded, and the offset before it
// is told. An older request that still sends to the same upload is ended, and
// what it brought counts. With the last byte the file is checked and kept.
func (c *Centre) AddToUpload(ctx context.Context, by Caller, id string, offset int64, r Incoming) (u Upload, err error) {
	if _, err := c.uploadAt(ctx, by, id); err != nil {
		return u, err
	}
	mine, end, err := c.sending.begin(ctx, id)
	if err != nil {
		return u, err
	}
	defer end()
	defer context.AfterFunc(mine, r.Stop)()
	if u, err = c.uploadAt(ctx, by, id); err != nil { // the one before may have completed it
		return u, err
	}
	if u.Offset != offset {
		return u, refuse(repair.Conflict, wire.CodeUploadOffset)
	}
	if c.spare != nil { // the disk may have filled since the file was announced
		if err := c.spare(u.File.Size - offset); err != nil {
			return u, refuse(repair.Unavailable, wire.CodeDiskFull).Because(err)
		}
	}
	next, err := c.files.Append(mine, id, offset, u.File.Size, r)
	// The sender may be gone; what has arrived is recorded all the same.
	ctx = context.WithoutCancel(ctx)
	var disk *fs.PathError
	switch {
	case errors.Is(err, blob.ErrTooLarge):
		return u, refuse(repair.Invalid, wire.CodeFileTooLarge)
	case errors.Is(err, blob.ErrOffset):
		return u, c.lost(ctx, u)
	case blob.IsFull(err):
		return u, refuse(repair.Unavailable, wire.CodeDiskFull).Because(err)
	case errors.As(err, &disk):
		return u, err
	}
	fault.Hit(fault.UploadBeforeRecord)
	u.Offset, u.At = next, c.at()
	if next < u.File.Size {
		return u, c.store.Update(ctx, func(tx Tx) error { return tx.MoveUpload(ctx, id, next, u.At) })
	}
	if err := c.Stays(ctx, by); err != nil {
		return u, err // what came last is not recorded, so it is sent again by whoever may
	}
	return u, c.finishUpload(ctx, u)
}

func (c *Centre) dropUpload(ctx context.Context, u Upload) error {
	if err := c.files.Drop(u.ID); err != nil {
		return err
	}
	return c.store.Update(ctx, func(tx Tx) error { return tx.DropUpload(ctx, u.ID) })
}

// lost ends an upload whose bytes are gone: the sender begins again.
func (c *Centre) lost(ctx context.Context, u Upload) error {
	if err := c.dropUpload(ctx, u); err != nil {
		return err
	}
	return refuse(repair.NotFound, wire.CodeUploadNotFound)
}

func (c *Centre) finishUpload(ctx context.Context, u Upload) error {
	drop := func(code string) error {
		if err := c.dropUpload(ctx, u); err != nil {
			return err
		}
		return refuse(repair.Invalid, code).With("name", u.File.Name)
	}
	head, err := c.files.Head(u.ID, 512)
	if err != nil {
		return err
	}
	if _, ok := wire.FileType(u.File.Name, head); !ok {
		return drop(wire.CodeFileType)
	}
	err = c.files.Finish(ctx, u.ID, u.File.SHA256, u.File.Size)
	if errors.Is(err, blob.ErrMismatch) {
		return drop(wire.CodeUploadMismatch)
	}
	if err != nil {
		return away(err)
	}
	fault.Hit(fault.UploadBeforeKeep)
	return c.store.Update(ctx, func(tx Tx) error {
		if err := tx.SaveFile(ctx, u.Scope, u.File, c.at()); err != nil {
			return err
		}
		return tx.DropUpload(ctx, u.ID)
	})
}

// OpenFile opens a file that the caller may see: the account's own, one that the
// centre has attached to its case, and for the centre's people every one.
func (c *Centre) OpenFile(ctx context.Context, by Caller, hash string) (io.ReadSeekCloser, repair.FileRef, error) {
	var f repair.FileRef
	err := c.store.View(ctx, func(tx Tx) error {
		var found bool
		var err error
		if by.isStaff() {
			f, found, err = tx.AnyFile(ctx, hash)
		} else {
			f, found, err = seenBy(ctx, tx, by.Account, hash)
		}
		if err == nil && !found {
			return refuse(repair.NotFound, wire.CodeFileNotFound)
		}
		return err
	})
	if err != nil {
		return nil, f, err
	}
	file, err := c.files.Open(ctx, hash)
	if errors.Is(err, blob.ErrNotFound) {
		return nil, f, refuse(repair.NotFound, wire.CodeFileNotFound)
	}
	return file, f, away(err)
}

// away says that the files cannot be reached for now: the sender tries again.
func away(err error) error {
	if errors.Is(err, blob.ErrAway) {
		return refuse(repair.Unavailable, wire.CodeBusy).Because(err)
	}
	return err
}

func seenBy(ctx context.Context, tx Tx, account repair.AccountID, hash string) (repair.FileRef, bool, error) {
	f, found, err := tx.File(ctx, account, hash)
	if err != nil || found {
		return f, found, err
	}
	granted, err := tx.Granted(ctx, account, hash)
	if err != nil || !granted {
		return f, false, err
	}
	return tx.File(ctx, "", hash)
}

// cleanName keeps what a person called a file, without what a path or a header
// would trip over. It is only ever shown.
func cleanName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '"' || r == '/' {
			return -1
		}
		return r
	}, name)
	if len(name) > 200 { // the end is kept: it says what the file is
		name = strings.ToValidUTF8(name[len(name)-200:], "")
	}
	return name
}

// sending knows which request writes to which upload: one at a time, the newest.
type sending struct {
	mu  sync.Mutex
	ids map[string]*request
}

type request struct {
	stop  context.CancelFunc
	ended chan struct{}
}

// begin ends the request that has the upload, waits until it has kept what it got,
// and gives the upload to the caller until end. ctx of the caller's work ends when
// a newer one begins.
func (s *sending) begin(ctx context.Context, id string) (mine context.Context, end func(), err error) {
	mine, stop := context.WithCancel(ctx)
	r := &request{stop, make(chan struct{})}
	for {
		s.mu.Lock()
		old := s.ids[id]
		if old == nil {
			s.ids[id] = r
			s.mu.Unlock()
			return mine, func() {
				stop()
				s.mu.Lock()
				delete(s.ids, id)
				s.mu.Unlock()
				close(r.ended)
			}, nil
		}
		s.mu.Unlock()
		old.stop()
		select {
		case <-old.ended:
		case <-ctx.Done():
			stop()
			return nil, nil, ctx.Err()
		}
	}
}
