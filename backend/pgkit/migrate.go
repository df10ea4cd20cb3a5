package pgkit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5"

	"hashmend/backend/sqlkit/named"
)

// ErrNewer means that a newer program has written the database. It is left as it is.
var ErrNewer = errors.New("the database was written by a newer program")

// migrationLock is taken by whoever migrates. Any number does, if it is ours.
const migrationLock = 0x6861_7368_6d65_6e64

// migrate applies what the database lacks, each migration in a transaction of its
// own together with its number. Two processes may start together: the second
// waits for the lock and finds the work done. Where a relative of PostgreSQL has
// no such lock, the number can still be written only once.
func (db *DB) migrate(ctx context.Context, files fs.FS) error {
	migrations, err := named.Migrations(files)
	if err != nil {
		return err
	}
	if err := db.again(ctx, func() error {
		return db.locked(ctx, func(tx pgx.Tx) error {
			_, err := tx.Exec(ctx, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)")
			return err
		})
	}); err != nil {
		return err
	}
	for done := false; !done; {
		if err := db.again(ctx, func() (err error) {
			return db.locked(ctx, func(tx pgx.Tx) error { done, err = step(ctx, tx, migrations); return err })
		}); err != nil {
			return err
		}
	}
	return nil
}

// locked runs f in a transaction that holds the lock.
func (db *DB) locked(ctx context.Context, f func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, db.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(migrationLock)); err != nil {
			return err
		}
		return f(tx)
	})
}

func step(ctx context.Context, tx pgx.Tx, migrations []named.Migration) (done bool, err error) {
	var version int
	if err := tx.QueryRow(ctx, "SELECT coalesce(max(version), 0) FROM schema_version").Scan(&version); err != nil {
		return false, err
	}
	if version > len(migrations) {
		return false, fmt.Errorf("%w: version %d, known up to %d", ErrNewer, version, len(migrations))
	}
	if version == len(migrations) {
		return true, nil
	}
	next := migrations[version]
	if err := apply(ctx, tx, next); err != nil {
		return false, fmt.Errorf("migration %s: %w", next.Name, err)
	}
	_, err = tx.Exec(ctx, "INSERT INTO schema_version (version) VALUES ($1)", next.Number)
	return false, err
}

// apply runs one migration. One that is called optional is a guard that not every
// relative of PostgreSQL has: there it is left out.
func apply(ctx context.Context, tx pgx.Tx, m named.Migration) error {
	if !strings.HasSuffix(m.Name, "_optional.sql") {
		_, err := tx.Exec(ctx, m.Text)
		return err
	}
	err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error { // a savepoint
		_, err := tx.Exec(ctx, m.Text)
		return err
	})
	if is(err, "0A000", "42601", "42704") { // not supported, not understood, no such language
		return nil
	}
	return err
}
