package sqlkit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
	"strings"
)

// ErrNewer means that a newer program has written the file. It is left as it is.
var ErrNewer = errors.New("the file was written by a newer program")

type migration struct {
	number int
	name   string
	text   string
}

// migrate applies what the file lacks, each migration in a transaction of its
// own together with its user_version. Two processes may start together: the
// second waits and finds the work done.
func migrate(ctx context.Context, db *sql.DB, files fs.FS) error {
	migrations, err := readMigrations(files)
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

func step(ctx context.Context, db *sql.DB, migrations []migration) (done bool, err error) {
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
	if _, err := tx.ExecContext(ctx, next.text); err != nil {
		return false, fmt.Errorf("migration %s: %w", next.name, err)
	}
	// A pragma takes no parameters; the number is ours.
	if _, err := tx.ExecContext(ctx, "PRAGMA user_version = "+strconv.Itoa(next.number)); err != nil {
		return false, fmt.Errorf("migration %s: %w", next.name, err)
	}
	return false, tx.Commit()
}

// readMigrations sorts the files and insists on 1, 2, 3 … without a gap.
func readMigrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	out := make([]migration, 0, len(names))
	for i, name := range names {
		prefix, _, _ := strings.Cut(name, "_")
		number, err := strconv.Atoi(prefix)
		if err != nil || number != i+1 {
			return nil, fmt.Errorf("migration %s: expected number %04d", name, i+1)
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		out = append(out, migration{number: number, name: name, text: string(text)})
	}
	return out, nil
}
