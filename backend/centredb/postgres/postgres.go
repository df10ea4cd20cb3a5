// Package postgres is the centre's store on PostgreSQL, for more work than one
// machine does: several centres may stand on one database. It decides nothing.
package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"hashmend/backend/centre"
	"hashmend/backend/centredb"
	"hashmend/backend/pgkit"
	"hashmend/backend/repair"
	"hashmend/backend/sqlkit/named"
)

//go:embed migrations/*.sql queries/*.sql
var files embed.FS

// Store is a centre's database.
type Store struct {
	db *pgkit.DB
	*herald
}

var _ centre.Store = (*Store)(nil)

// Open connects to a database such as postgres://user@host/centre, or
// postgres://user@first,second/centre?target_session_attrs=read-write where there
// is a standby, and brings it up to date.
func Open(ctx context.Context, url string) (*Store, error) {
	m, err := fs.Sub(files, "migrations")
	if err != nil {
		return nil, err
	}
	shared, err := centredb.Queries()
	if err != nil {
		return nil, err
	}
	own, err := fs.Sub(files, "queries")
	if err != nil {
		return nil, err
	}
	db, err := pgkit.Open(ctx, pgkit.Config{URL: url, Migrations: m, Queries: []fs.FS{shared, own},
		Again: func(err error) bool { return errors.Is(err, centre.ErrMoved) }})
	if err != nil {
		return nil, told(err)
	}
	return &Store{db: db, herald: listen(db)}, nil
}

// Close closes every connection.
func (s *Store) Close() error {
	s.herald.close()
	return s.db.Close()
}

// Update runs f in a transaction; other Updates run at the same time. Where they
// meet, one waits for the other or is done again from its beginning.
func (s *Store) Update(ctx context.Context, f func(centre.Tx) error) error {
	return told(s.db.Update(ctx, func(t *pgkit.Tx) error {
		return f(centredb.On(t, &centredb.Rivals{NextNumber: s.nextNumber}))
	}))
}

// nextNumber has a transaction of its own, so that nobody waits for a number
// until somebody else's work order is filed. What is not filed leaves a gap.
func (s *Store) nextNumber(ctx context.Context, year int) (n int, err error) {
	err = s.db.Aside(ctx, func(t *pgkit.Tx) error {
		_, err := t.Row(ctx, "next_number", named.P{"year": year}, &n)
		return err
	})
	return n, err
}

// View runs f on one moment of the store.
func (s *Store) View(ctx context.Context, f func(centre.Tx) error) error {
	return told(s.db.View(ctx, func(t *pgkit.Tx) error { return f(centredb.On(t, nil)) }))
}

// Integrity checks what the server does not check by itself: that every line of
// the centre's own log is about a commit that is there.
func (s *Store) Integrity(ctx context.Context) error {
	var lost int
	err := s.db.View(ctx, func(t *pgkit.Tx) error {
		_, err := t.Row(ctx, "lost_commits", named.P{}, &lost)
		return err
	})
	if err == nil && lost > 0 {
		err = fmt.Errorf("%d commits of the centre's own log are missing in their scope", lost)
	}
	return err
}

// told gives the errors that an operator can do something about their code.
func told(err error) error {
	var already *repair.Error
	switch {
	case err == nil || errors.As(err, &already):
		return err
	case pgkit.IsText(err):
		return (&repair.Error{Kind: repair.Invalid, Code: "request.malformed", Err: err}).With("why", "a text has a character that cannot be kept")
	case pgkit.IsFull(err):
		return &repair.Error{Kind: repair.Unavailable, Code: "centre.disk_full", Err: err}
	case pgkit.IsAway(err), errors.Is(err, centre.ErrMoved), pgkit.IsRival(err):
		return &repair.Error{Kind: repair.Unavailable, Code: "centre.busy", Err: err}
	}
	return err
}
