package sqlkit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"hashmend/backend/sqlkit/named"
)

// ErrNewer means that a newer program has written the file. It is left as it is.
var ErrNewer = errors.New("the file was written by a newer program")

// migrate applies what the file lacks, each migration in a transaction of its
// own together with its user_version. Two processes may start together: the
// second waits and finds the work done.
func migrate(ctx context.Context, db *sql.DB, files fs.FS) error {
	migrations, err := named.Migrations(files)
	if err != nil {
		return err
	}
	for {
		done, err := step(ctx, db, migrations)
		if err != nil || done {
			return err
		}
	}
}

func step(ctx context.Context, db *sql.DB, migrations []named.Migration) (done bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return false, err
	}
	if version > len(migrations) {
		return false, fmt.Errorf("%w: version %d, known up to %d", ErrNewer, version, len(migrations))
	}
	if version == len(migrations) {
		return true, nil
	}
	next := migrations[version]
	if _, err := tx.ExecContext(ctx, next.Text); err != nil {
		return false, fmt.Errorf("migration %s: %w", next.Name, err)
	}
	// A pragma takes no parameters; the number is ours.
	if _, err := tx.ExecContext(ctx, "PRAGMA user_version = "+strconv.Itoa(next.Number)); err != nil {
		return false, fmt.Errorf("migration %s: %w", next.Name, err)
	}
	return false, tx.Commit()
}
