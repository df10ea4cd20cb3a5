// Package pgkit opens a PostgreSQL database the one way this program opens it,
// brings it up to date and runs statements by name. It knows no table.
//
// What it guarantees: a committed transaction is as durable as the server can
// make it (a server that acknowledges early is refused), a transaction that the
// server turned back is done again from its beginning, one whose end nobody knows
// is not, and connections come back by themselves.
package pgkit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"hashmend/backend/sqlkit/named"
)

// Config says which database to open and what belongs to it. All fields are
// required.
type Config struct {
	URL        string  // postgres://…, several hosts if there is a standby
	Migrations fs.FS   // 0001_name.sql, 0002_name.sql, … in its root
	Queries    []fs.FS // *.sql in their roots; a later one may replace a statement
	// Again tells errors after which an Update is done again from its beginning.
	Again func(error) bool
}

// ErrNotDurable means that the server acknowledges what a power cut would take.
var ErrNotDurable = errors.New("the server acknowledges commits before they are on its disk: set synchronous_commit and fsync to on")

// ErrUnknownEnd means that the connection broke while a transaction was being
// committed: it is whole, or it never was. Only asking again can tell.
var ErrUnknownEnd = errors.New("the connection broke at the commit")

// The pool, unless the URL says otherwise.
const (
	poolSize       = 16
	asideSize      = 2
	connectTimeout = 3 * time.Second
)

// DB is an open database.
type DB struct {
	pool       *pgxpool.Pool
	aside      *pgxpool.Pool
	statements named.Set
	rival      func(error) bool
}

// Open connects, migrates, and checks that the server keeps what it commits.
func Open(ctx context.Context, c Config) (*DB, error) {
	statements := named.Set{}
	for _, files := range c.Queries {
		more, err := named.Read(files, "$")
		if err != nil {
			return nil, err
		}
		for name, s := range more {
			statements[name] = s
		}
	}
	settings, err := pgxpool.ParseConfig(c.URL)
	if err != nil {
		return nil, fmt.Errorf("the address of the database: %w", err)
	}
	if !strings.Contains(c.URL, "pool_max_conns") {
		settings.MaxConns = poolSize
	}
	if settings.ConnConfig.ConnectTimeout == 0 {
		settings.ConnConfig.ConnectTimeout = connectTimeout
	}
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return nil, err
	}
	loose := settings.Copy()
	loose.MaxConns, loose.MinConns = asideSize, 0
	loose.ConnConfig.RuntimeParams["synchronous_commit"] = "off"
	aside, err := pgxpool.NewWithConfig(ctx, loose)
	if err != nil {
		pool.Close()
		return nil, err
	}
	db := &DB{pool: pool, aside: aside, statements: statements, rival: c.Again}
	if err := errors.Join(db.durable(ctx), db.migrate(ctx, c.Migrations)); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("open database: %w", err)
	}
	return db, nil
}

// durable refuses a server that loses acknowledged commits. A relative that has
// no such setting cannot have it wrong.
func (db *DB) durable(ctx context.Context) error {
	var commit, sync *string
	err := db.pool.QueryRow(ctx, "SELECT current_setting('synchronous_commit', true), current_setting('fsync', true)").Scan(&commit, &sync)
	if err != nil {
		return err
	}
	for _, s := range []*string{commit, sync} {
		if s != nil && *s == "off" {
			return ErrNotDurable
		}
	}
	return nil
}

// Close closes every connection.
func (db *DB) Close() error {
	db.aside.Close()
	db.pool.Close()
	return nil
}

// Pool gives the connections, for what has no statement: listening.
func (db *DB) Pool() *pgxpool.Pool { return db.pool }

// View runs f on one moment of the database.
func (db *DB) View(ctx context.Context, f func(*Tx) error) error {
	return db.again(ctx, func() error {
		return db.in(ctx, db.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, f)
	})
}

// Update runs f in a transaction that sees what others commit meanwhile, and
// commits when f returns nil. When the server turns it back, or its error is
// one of Config.Again, f runs once more from its beginning.
func (db *DB) Update(ctx context.Context, f func(*Tx) error) error {
	return db.again(ctx, func() error {
		return db.in(ctx, db.pool, pgx.TxOptions{IsoLevel: pgx.ReadCommitted}, f)
	})
}

// Aside runs f in a small transaction of its own, also while an Update runs: it
// has its own connections, so that the two never wait for each other. It returns
// before the commit is on the disk; what an Update commits afterwards is on the
// disk only together with it.
func (db *DB) Aside(ctx context.Context, f func(*Tx) error) error {
	return db.again(ctx, func() error {
		return db.in(ctx, db.aside, pgx.TxOptions{IsoLevel: pgx.ReadCommitted}, f)
	})
}

func (db *DB) in(ctx context.Context, pool *pgxpool.Pool, o pgx.TxOptions, f func(*Tx) error) error {
	tx, err := pool.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	// Rollback after a commit is a no-op; after a panic it frees the connection.
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	t := &Tx{tx: tx, statements: db.statements}
	if err := f(t); err != nil {
		return err
	}
	if err := t.flush(ctx); err != nil {
		return err
	}
	// Whoever asked may go away; the end of the transaction is waited for.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTimeout)
	defer cancel()
	if err := tx.Commit(ctx); err != nil {
		return atCommit(err)
	}
	return nil
}
