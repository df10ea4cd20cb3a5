package localdb

import (
	"context"
	"encoding/json"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// File is a photo or voucher this PC keeps for a scope.
type File struct {
	repair.FileRef
	State    string // kept (nothing sent refers to it yet), waiting, uploaded
	Attempts int
	NextAt   repair.Instant
}

// KeepFile records a file whose bytes are in the file store.
func (t VaultTx) KeepFile(ctx context.Context, scope Scope, f repair.FileRef, now repair.Instant) error {
	_, err := t.tx.Exec(ctx, "file_keep", sqlkit.P{
		"scope": string(scope), "sha256": f.SHA256, "name": f.Name, "type": f.Type, "size": f.Size, "at": string(now),
	})
	return err
}

// SendFiles lets kept files travel, because something queued refers to them.
// Files that this PC does not keep are the centre's already.
func (t VaultTx) SendFiles(ctx context.Context, scope Scope, refs []repair.FileRef, now repair.Instant) error {
	for _, f := range refs {
		if _, err := t.tx.Exec(ctx, "file_wait", sqlkit.P{"scope": string(scope), "sha256": f.SHA256, "at": string(now)}); err != nil {
			return err
		}
	}
	return nil
}

// File finds a kept file of the scope.
func (t VaultTx) File(ctx context.Context, scope Scope, sha256 string) (f File, found bool, err error) {
	found, err = t.file(ctx, "file_one", sqlkit.P{"scope": string(scope), "sha256": sha256}, &f)
	return f, found, err
}

// AnyFile finds a kept file of whatever scope, for showing it.
func (t VaultTx) AnyFile(ctx context.Context, sha256 string) (f File, found bool, err error) {
	found, err = t.file(ctx, "file_any", sqlkit.P{"sha256": sha256}, &f)
	return f, found, err
}

func (t VaultTx) file(ctx context.Context, name string, p sqlkit.P, f *File) (bool, error) {
	return t.tx.Row(ctx, name, p, &f.SHA256, &f.Name, &f.Type, &f.Size, &f.State, &f.Attempts, &f.NextAt)
}

// WaitingFiles counts files still to travel.
func (t VaultTx) WaitingFiles(ctx context.Context, scope Scope) (n int, err error) {
	_, err = t.tx.Row(ctx, "file_waiting", sqlkit.P{"scope": string(scope)}, &n)
	return n, err
}

// NextFiles gives at most limit files that may travel now.
func (db *DB) NextFiles(ctx context.Context, scope Scope, now repair.Instant, limit int) (out []File, err error) {
	err = db.View(ctx, func(t VaultTx) error {
		return t.tx.Each(ctx, "file_due", sqlkit.P{"scope": string(scope), "now": string(now), "limit": limit}, func(scan func(...any) error) error {
			var f File
			err := scan(&f.SHA256, &f.Name, &f.Type, &f.Size, &f.State, &f.Attempts, &f.NextAt)
			out = append(out, f)
			return err
		})
	})
	return out, err
}

// UploadRetry says when to try a file again and why it did not go.
func (db *DB) UploadRetry(ctx context.Context, scope Scope, sha256 string, reason *repair.Error, next repair.Instant) error {
	text, err := json.Marshal(reason)
	if err != nil {
		return err
	}
	return db.Update(ctx, func(t VaultTx) error {
		_, err := t.tx.Exec(ctx, "file_retry", sqlkit.P{"scope": string(scope), "sha256": sha256, "reason": string(text), "next_at": string(next)})
		return err
	})
}

// Uploaded records that the centre has the whole file.
func (db *DB) Uploaded(ctx context.Context, scope Scope, sha256 string) error {
	return db.Update(ctx, func(t VaultTx) error {
		_, err := t.tx.Exec(ctx, "file_uploaded", sqlkit.P{"scope": string(scope), "sha256": sha256})
		return err
	})
}

// WaitingFile is a file on its way, for a person to see.
type WaitingFile struct {
	repair.FileRef
	Attempts int
	NextAt   repair.Instant
	Reason   *repair.Error // of the last try
	Paused   bool
}

// FilesWaiting lists the files still to travel, in the order in which they came.
func (db *DB) FilesWaiting(ctx context.Context, scope Scope) (out []WaitingFile, err error) {
	err = db.View(ctx, func(t VaultTx) error {
		return t.tx.Each(ctx, "files_waiting", sqlkit.P{"scope": string(scope)}, func(scan func(...any) error) error {
			var f WaitingFile
			var reason string
			if err := scan(&f.SHA256, &f.Name, &f.Type, &f.Size, &f.Attempts, &f.NextAt, &reason, &f.Paused); err != nil {
				return err
			}
			if reason != "" {
				if err := json.Unmarshal([]byte(reason), &f.Reason); err != nil {
					return err
				}
			}
			out = append(out, f)
			return nil
		})
	})
	return out, err
}

// PauseFile lets a waiting file wait for its person, or go on from now.
func (db *DB) PauseFile(ctx context.Context, scope Scope, sha256 string, paused bool, now repair.Instant) error {
	return db.Update(ctx, func(t VaultTx) error {
		_, err := t.tx.Exec(ctx, "file_pause", sqlkit.P{"scope": string(scope), "sha256": sha256, "paused": paused, "at": string(now)})
		return err
	})
}

// CancelFile keeps a file here after all.
func (db *DB) CancelFile(ctx context.Context, scope Scope, sha256 string) error {
	return db.Update(ctx, func(t VaultTx) error {
		_, err := t.tx.Exec(ctx, "file_cancel", sqlkit.P{"scope": string(scope), "sha256": sha256})
		return err
	})
}

// MayTravel reports that a file waits and nobody paused it.
func (db *DB) MayTravel(ctx context.Context, scope Scope, sha256 string) (may bool, err error) {
	err = db.View(ctx, func(t VaultTx) error {
		var one int
		may, err = t.tx.Row(ctx, "file_may_travel", sqlkit.P{"scope": string(scope), "sha256": sha256}, &one)
		return err
	})
	return may, err
}
