// Package sqlkit opens SQLite files the one way this program opens them, brings
// them up to date and finds statements by name. It knows no table.
//
// What it guarantees: a committed transaction survives a power cut
// (synchronous=FULL), there is one writer at a time and it never meets a
// deadlock (a pool of one, transactions immediate), readers never block and
// cannot write (query_only), a new file is its owner's only, and a file of a
// newer program is refused untouched.
package sqlkit

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/mattn/go-sqlite3"

	"hashmend/backend/sqlkit/named"
)

// Config says which file to open and what belongs to it. All fields are
// required, except Readers, Group, Fold and Statements.
type Config struct {
	Path       string
	Migrations fs.FS // 0001_name.sql, 0002_name.sql, … in its root
	Queries    fs.FS // *.sql in its root: statements, each under "-- name: x"
	Readers    int   // connections of the read pool; 0 means 4
	Group      bool  // Updates that wait share one durable transaction
	Fold       bool  // large commits: the log is folded into the file in the background

	// Statements are more of them, by name, for what knows its tables only when it
	// runs.
	Statements map[string]Statement
}

// Statement is one statement with its places.
type Statement = named.Statement

// DB is one open file: a write pool of one, a read pool, and its statements.
type DB struct {
	write, read *sql.DB
	statements  named.Set
	path        string
	turns       *turns  // nil: every Update has a transaction of its own
	folder      *folder // nil: a commit folds the log
}

// Open opens the file, creating it when there is none, and migrates it. The
// error is ErrNewer when a newer program has written it.
func Open(ctx context.Context, c Config) (*DB, error) {
	statements, err := named.Read(c.Queries, "?")
	if err != nil {
		return nil, err
	}
	maps.Copy(statements, c.Statements)
	readers := c.Readers
	if readers <= 0 {
		readers = 4
	}
	ownersOnly(c.Path)
	db := &DB{statements: statements, path: c.Path}
	if c.Group {
		db.turns = newTurns()
	}
	writer := connector(dsn(c.Path, "_txlock=immediate"))
	if c.Fold {
		writer = connector(dsn(c.Path, "_txlock=immediate"), late())
	}
	db.write = sql.OpenDB(writer)
	db.write.SetMaxOpenConns(1)
	db.write.SetMaxIdleConns(1)
	if err := migrate(ctx, db.write, c.Migrations); err != nil {
		_ = db.write.Close()
		return nil, fmt.Errorf("open %s: %w", filepath.Base(c.Path), err)
	}
	db.read = sql.OpenDB(connector(dsn(c.Path, "_query_only=true")))
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	if c.Fold {
		db.folder = newFolder(c.Path)
	}
	return db, nil
}

// ownersOnly makes a file that is not there yet, for its owner's eyes: SQLite
// gives its log the same mode. Where that fails SQLite will say why. A file that
// is there is not touched: closing it here would drop the locks of this process.
func ownersOnly(path string) {
	if f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600); err == nil {
		_ = f.Close()
	}
}

// Close closes both pools. The writer goes last, so that it can fold the
// write-ahead log into the file.
func (db *DB) Close() error {
	var folding error
	if db.folder != nil {
		folding = db.folder.close()
	}
	return errors.Join(folding, db.read.Close(), db.write.Close())
}

// Path gives the file's path.
func (db *DB) Path() string { return db.path }

// Update runs f in the one write transaction and commits when it returns nil.
// After it returns nil, what f wrote is on the disk.
func (db *DB) Update(ctx context.Context, f func(*Tx) error) error {
	if db.turns != nil {
		return db.turns.update(ctx, db, f)
	}
	err := db.in(ctx, db.write, f)
	if err == nil && db.folder != nil {
		db.folder.nudge()
	}
	return err
}

// View runs f on one consistent snapshot that cannot write.
func (db *DB) View(ctx context.Context, f func(*Tx) error) error {
	return db.in(ctx, db.read, f)
}

func (db *DB) in(ctx context.Context, pool *sql.DB, f func(*Tx) error) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	// The caller's context ends its statements, and the transaction only here: rolled
	// back beside f, the next statement would stand alone and be written.
	tx, err := conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	// Rollback after a commit is a no-op; after a panic it frees the connection.
	defer func() { _ = tx.Rollback() }()
	t := &Tx{tx: tx, statements: db.statements, conn: conn}
	defer t.endMany()
	if err := f(t); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	t.endMany()
	return tx.Commit()
}

// Pragma reads a pragma that answers rows of one column, such as
// "integrity_check". It runs on the write pool, so it sees what Update sees.
func (db *DB) Pragma(ctx context.Context, pragma string) ([]string, error) {
	rows, err := db.write.QueryContext(ctx, "PRAGMA "+pragma)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// VacuumInto writes a compact copy of one moment of the file to a path that does
// not exist yet. It has a connection of its own: writers need not wait for it.
func (db *DB) VacuumInto(ctx context.Context, path string) error {
	own := sql.OpenDB(connector(dsn(db.path, "_txlock=deferred")))
	_, err := own.ExecContext(ctx, "VACUUM INTO ?", path)
	return errors.Join(err, own.Close())
}

// Fits compiles every statement against the file: one whose tables are damaged or
// foreign is found before anything is done with it.
func (db *DB) Fits(ctx context.Context) error {
	for name, s := range db.statements {
		stmt, err := db.read.PrepareContext(ctx, s.Text)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := stmt.Close(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// Verify opens a file that nobody writes, for reading only, and looks for damage.
func Verify(ctx context.Context, path string) (ok bool, err error) {
	if _, err := os.Stat(path); err != nil {
		return false, err
	}
	db := sql.OpenDB(connector(name(path) + "?mode=ro&immutable=1&_query_only=true"))
	var answer string
	err = db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&answer)
	return answer == "ok", errors.Join(err, db.Close())
}

// QuickCheck looks for damage and stops nobody; ok is false when there is some.
func (db *DB) QuickCheck(ctx context.Context) (ok bool, err error) {
	var answer string
	err = db.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&answer)
	return answer == "ok", err
}

// dsn names the file and the pragmas of every connection. The driver sets the
// busy timeout before any other pragma, so that the others can wait.
func dsn(path string, extra string) string {
	return name(path) + "?_busy_timeout=10000&_journal_mode=WAL&_synchronous=FULL" +
		"&_foreign_keys=true&_cache_size=-16000&_stmt_cache_size=128&" + extra
}

// name is the file as SQLite's URIs name it.
func name(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	abs = filepath.ToSlash(abs)
	if runtime.GOOS == "windows" && !strings.HasPrefix(abs, "/") {
		abs = "/" + abs
	}
	return (&url.URL{Scheme: "file", Path: abs}).String()
}

// conns opens connections of one DSN. It stands in for sql.Open because
// trusted_schema has no DSN parameter in the driver.
type conns struct {
	dsn    string
	driver *sqlite3.SQLiteDriver
}

func connector(dsn string, more ...string) driver.Connector {
	return conns{dsn: dsn, driver: &sqlite3.SQLiteDriver{
		ConnectHook: func(c *sqlite3.SQLiteConn) error {
			// A hostile file must not run functions from its views and triggers.
			pragmas := append([]string{"PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON"}, more...)
			_, err := c.Exec(strings.Join(pragmas, "; "), nil)
			return err
		},
	}}
}

func (c conns) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c conns) Driver() driver.Driver                        { return c.driver }
