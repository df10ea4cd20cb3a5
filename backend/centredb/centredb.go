// Package centredb is the centre's store on SQLite: centre.Store as tables and
// statements. It decides nothing.
package centredb

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store is a centre's SQLite file.
type Store struct{ db *sqlkit.DB }

var _ centre.Store = (*Store)(nil)

// Open opens the file, makes it when there is none, and brings it up to date.
func Open(ctx context.Context, path string) (*Store, error) {
	m, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	q, err := Queries()
	if err != nil {
		return nil, err
	}
	db, err := sqlkit.Open(ctx, sqlkit.Config{Path: path, Migrations: m, Queries: q, Readers: 8, Group: true})
	if err != nil {
		return nil, told(err)
	}
	return &Store{db}, nil
}

// Close closes the file.
func (s *Store) Close() error { return s.db.Close() }

// Update runs f as a part of the one write transaction: those that wait share it
// and its sync, and each is undone alone.
func (s *Store) Update(ctx context.Context, f func(centre.Tx) error) error {
	return told(s.db.Update(ctx, func(t *sqlkit.Tx) error { return f(On(t, nil)) }))
}

// View runs f on one moment of the store.
func (s *Store) View(ctx context.Context, f func(centre.Tx) error) error {
	return told(s.db.View(ctx, func(t *sqlkit.Tx) error { return f(On(t, nil)) }))
}

// Backup writes a copy of one moment to a path that does not exist yet.
func (s *Store) Backup(ctx context.Context, path string) error {
	return told(s.db.VacuumInto(ctx, path))
}

// Integrity runs SQLite's own checks.
func (s *Store) Integrity(ctx context.Context) error {
	found, err := s.db.Pragma(ctx, "integrity_check")
	if err != nil {
		return err
	}
	if len(found) != 1 || found[0] != "ok" {
		return fmt.Errorf("integrity_check: %v", found)
	}
	return nil
}

// told gives the errors that an operator can do something about their code.
func told(err error) error {
	var already *repair.Error
	switch {
	case err == nil || errors.As(err, &already):
		return err
	case sqlkit.IsFull(err):
		return &repair.Error{Kind: repair.Unavailable, Code: "centre.disk_full", Err: err}
	case sqlkit.IsBusy(err), sqlkit.IsReadOnly(err):
		return &repair.Error{Kind: repair.Unavailable, Code: "centre.busy", Err: err}
	}
	return err
}
