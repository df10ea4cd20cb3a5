package localdb

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"sync/atomic"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

//go:embed migrations queries
var files embed.FS

// Names of the two files in the data folder.
const (
	vaultName = "vault.db"
	cacheName = "cache.db"
)

// DB is both files. Use Open.
type DB struct {
	vault *sqlkit.DB
	cache *sqlkit.DB
	dir   string

	changes  atomic.Int64 // of the vault in this run
	backedUp atomic.Int64 // changes that the newest backup has
}

// Scope names whom something was said for: a centre and one of its accounts, or
// one of its own people. See ScopeOf.
type Scope string

// ScopeOf gives the scope of an account at a centre; of a person of the centre
// when there is no account.
func ScopeOf(serverID string, account repair.AccountID, user repair.UserID) Scope {
	if account != "" {
		return Scope(serverID + "/" + string(account))
	}
	return Scope(serverID + "/~" + string(user))
}

// Open opens both files in the folder, creates what is missing and brings them
// up to date. A file that is damaged, or of a newer program, is left as it is
// and named in the error.
func Open(ctx context.Context, dir string) (*DB, error) {
	if err := swapVault(dir); err != nil {
		return nil, coded(err, vaultName)
	}
	if emptied(dir) {
		return nil, ErrCorrupt.With("file", vaultName)
	}
	vault, err := open(ctx, dir, "vault", vaultName)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(damageMark(dir)); err == nil {
		return nil, errors.Join(ErrCorrupt.With("file", cacheName), vault.Close())
	}
	cache, err := open(ctx, dir, "cache", cacheName)
	if err != nil {
		_ = vault.Close()
		return nil, err
	}
	db := &DB{vault: vault, cache: cache, dir: dir}
	db.backedUp.Store(noBackup)
	return db, nil
}

func open(ctx context.Context, dir, kind, name string) (*sqlkit.DB, error) {
	migrations, err := fs.Sub(files, "migrations/"+kind)
	if err != nil {
		return nil, err
	}
	queries, err := fs.Sub(files, "queries/"+kind)
	if err != nil {
		return nil, err
	}
	db, err := sqlkit.Open(ctx, sqlkit.Config{Path: filepath.Join(dir, name), Migrations: migrations, Queries: queries, Fold: kind == "cache"})
	if sqlkit.IsForeign(err) { // a migration met tables that are not its own
		return nil, ErrCorrupt.With("file", name).Because(err)
	}
	if err != nil {
		return nil, coded(err, name)
	}
	if kind == "cache" && large(filepath.Join(dir, name)) {
		return db, nil // CheckCache looks at it while people work
	}
	ok, err := db.QuickCheck(ctx)
	if ok && err == nil {
		err = db.Fits(ctx)
		ok = !sqlkit.IsForeign(err)
	}
	switch {
	case !ok && (err == nil || sqlkit.IsForeign(err)):
		return nil, errors.Join(ErrCorrupt.With("file", name).Because(err), db.Close())
	case err != nil:
		return nil, errors.Join(coded(err, name), db.Close())
	}
	return db, nil
}

// large reports that reading a whole file would be felt at the start.
func large(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 32<<20
}

// emptied reports that the vault is gone or cut to nothing although it was
// backed up before: a new one in its place would hide the loss.
func emptied(dir string) bool {
	path := filepath.Join(dir, vaultName)
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		return false
	}
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return false
	}
	return len(Backups(dir)) > 0
}

// CheckCache looks for damage in the cache, however large it is, and stops nobody.
// What it finds is noted for the next Open and is the error.
func (db *DB) CheckCache(ctx context.Context) error {
	ok, err := db.cache.QuickCheck(ctx)
	if err == nil && !ok {
		err = ErrCorrupt.With("file", cacheName)
	}
	return db.noted(err)
}

// Close closes both files.
func (db *DB) Close() error { return errors.Join(db.cache.Close(), db.vault.Close()) }

// damageMark is the file that says that the cache was found damaged.
func damageMark(dir string) string { return filepath.Join(dir, cacheName+".is-damaged") }

// noted gives an error of the cache its code. Damage is noted beside the file,
// for the next Open: what is wrong in a large file shows only when it is read.
func (db *DB) noted(err error) error {
	err = coded(err, cacheName)
	if errors.Is(err, ErrCorrupt) {
		_ = os.WriteFile(damageMark(db.dir), nil, 0o600) // else the next reading finds it again
	}
	return err
}

// SetAsideCache renames a damaged cache, so that the next Open begins a new one
// that the centre fills again. Nothing is deleted. It gives the new name.
func SetAsideCache(dir string, now repair.Instant) (string, error) {
	path := filepath.Join(dir, cacheName)
	aside := path + ".damaged-" + now.Time().UTC().Format("20060102-150405")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	if err := os.Remove(damageMark(dir)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	return aside, nil
}

// VaultTx is a transaction on the vault; CacheTx one on the cache.
type (
	VaultTx struct{ tx *sqlkit.Tx }
	CacheTx struct {
		tx    *sqlkit.Tx
		scope int64
	}
)

// Update changes the vault, all or nothing. After it returns nil the change is
// on the disk.
func (db *DB) Update(ctx context.Context, f func(VaultTx) error) error {
	err := db.vault.Update(ctx, func(tx *sqlkit.Tx) error { return f(VaultTx{tx}) })
	if err == nil {
		db.changes.Add(1)
	}
	return coded(err, vaultName)
}

// View reads one consistent state of the vault.
func (db *DB) View(ctx context.Context, f func(VaultTx) error) error {
	return coded(db.vault.View(ctx, func(tx *sqlkit.Tx) error { return f(VaultTx{tx}) }), vaultName)
}

// Cached reads one consistent state of what the centre told a scope. A scope
// that never pulled is empty.
func (db *DB) Cached(ctx context.Context, scope Scope, f func(CacheTx) error) error {
	return db.noted(db.cache.View(ctx, func(tx *sqlkit.Tx) error {
		var n int64 // none for a scope that never pulled
		var cursor, at string
		if _, err := tx.Row(ctx, "scope_one", sqlkit.P{"name": string(scope)}, &n, &cursor, &at); err != nil {
			return err
		}
		return f(CacheTx{tx, n})
	}))
}

// Backup writes a whole copy of the vault to a path that does not exist yet, and
// syncs and checks it.
func (db *DB) Backup(ctx context.Context, path string) error {
	err := db.vault.VacuumInto(ctx, path)
	if err == nil {
		err = syncFile(path)
	}
	if err != nil {
		return coded(err, vaultName)
	}
	return verified(ctx, path)
}
