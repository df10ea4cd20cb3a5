package localdb

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// ErrTakenBack is why something that waits in a restored backup is not sent by
// itself: it had been taken back in what the backup replaced.
var ErrTakenBack = &repair.Error{Kind: repair.Conflict, Code: "outbox.taken_back"}

// Replace backs the vault up, which must be closed so that nothing is typed after
// the copy, and restores a backup in its place. A vault too damaged for a backup is
// put aside as it is.
func Replace(ctx context.Context, dir, name string, now repair.Instant) error {
	var known []string
	vault, err := open(ctx, dir, "vault", vaultName)
	switch {
	case errors.Is(err, ErrCorrupt):
		err = setAsideVault(dir, now)
	case err == nil:
		db := DB{vault: vault, dir: dir}
		if known, err = db.said(ctx); err == nil {
			_, err = db.backUp(ctx, BackupReplace, now, name)
		}
		err = errors.Join(err, vault.Close())
	}
	if err != nil {
		return err
	}
	return restore(ctx, dir, name, func(next *DB) error { return next.unsay(ctx, known, now) })
}

// restore puts a backup in the place of the vault, which must be closed. It is
// checked first, and it stays where it is. mend changes the copy before it takes
// its place.
func restore(ctx context.Context, dir, name string, mend func(*DB) error) error {
	if _, ok := backupOf(name); !ok || filepath.Base(name) != name {
		return ErrBackupUnknown.With("name", name)
	}
	path := filepath.Join(dir, backupsName, name)
	if _, err := os.Stat(path); err != nil {
		return ErrBackupUnknown.With("name", name).Because(err)
	}
	if err := verified(ctx, path); err != nil {
		return err
	}
	made := vaultName + ".made"
	for _, suffix := range []string{"-wal", "-shm"} { // of a try that was cut off
		if err := os.Remove(filepath.Join(dir, made+suffix)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return coded(err, vaultName)
		}
	}
	if err := copyFile(path, filepath.Join(dir, made)); err != nil {
		return coded(err, vaultName)
	}
	vault, err := open(ctx, dir, "vault", made)
	if err != nil {
		return ErrBackupDamaged.With("name", name).Because(err)
	}
	if err := errors.Join(mend(&DB{vault: vault, dir: dir}), vault.Close()); err != nil {
		return coded(err, vaultName)
	}
	if err := syncFile(filepath.Join(dir, made)); err != nil {
		return coded(err, vaultName)
	}
	if err := os.Rename(filepath.Join(dir, made), nextVault(dir)); err != nil {
		return coded(err, vaultName)
	}
	return coded(swapVault(dir), vaultName)
}

// said lists the ids of everything that was ever said and not taken back.
func (db *DB) said(ctx context.Context) (ids []string, err error) {
	ids = []string{}
	err = db.View(ctx, func(t VaultTx) error {
		return t.tx.Each(ctx, "outbox_said", nil, func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
	})
	return ids, err
}

// unsay keeps from being sent what had been taken back. known is nil when the
// vault before could not be read: then nobody can tell, and all of it waits for a
// person.
func (db *DB) unsay(ctx context.Context, known []string, now repair.Instant) error {
	if known == nil {
		known = []string{}
	}
	list, err := json.Marshal(known)
	if err != nil {
		return err
	}
	reason, err := json.Marshal(ErrTakenBack)
	if err != nil {
		return err
	}
	return db.Update(ctx, func(t VaultTx) error {
		if _, err := t.tx.Exec(ctx, "outbox_unsaid", sqlkit.P{"known": string(list), "reason": string(reason), "now": string(now)}); err != nil {
			return err
		}
		if _, err := t.tx.Exec(ctx, "draft_unsaid", sqlkit.P{"known": string(list), "now": string(now)}); err != nil {
			return err
		}
		_, err := t.tx.Exec(ctx, "outbox_unsubmit", sqlkit.P{"known": string(list)})
		return err
	})
}
