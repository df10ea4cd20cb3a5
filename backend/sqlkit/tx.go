package sqlkit

import (
	"context"
	"database/sql"
	"fmt"

	"hashmend/backend/sqlkit/named"
)

// Tx is a transaction that runs statements by name. Arguments are P{"name":
// value}, one for each :name of the statement.
type Tx struct {
	tx         *sql.Tx
	statements named.Set
	shared     *group // nil when the transaction is this Tx's alone
	conn       *sql.Conn
	many       []*Many
}

// P holds a statement's parameters by name, without the colon.
type P = named.P

// Exec runs a statement and gives the number of rows it changed.
func (t *Tx) Exec(ctx context.Context, name string, p P) (int64, error) {
	ctx, text, args, err := t.prepare(ctx, name, p)
	if err != nil {
		return 0, err
	}
	result, err := t.tx.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, t.failed(name, err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, t.failed(name, err)
	}
	return n, nil
}

// Write runs a statement; check gets the number of rows it changed and may refuse.
func (t *Tx) Write(ctx context.Context, name string, p P, check func(rows int64) error) error {
	n, err := t.Exec(ctx, name, p)
	if err == nil && check != nil {
		err = check(n)
	}
	return err
}

// Row reads the first row into dest; found is false when there is none.
func (t *Tx) Row(ctx context.Context, name string, p P, dest ...any) (found bool, err error) {
	err = t.Each(ctx, name, p, func(scan func(...any) error) error {
		if found {
			return nil
		}
		found = true
		return scan(dest...)
	})
	return found, err
}

// Each calls f for every row; scan reads the row's columns.
func (t *Tx) Each(ctx context.Context, name string, p P, f func(scan func(dest ...any) error) error) error {
	ctx, text, args, err := t.prepare(ctx, name, p)
	if err != nil {
		return err
	}
	rows, err := t.tx.QueryContext(ctx, text, args...)
	if err != nil {
		return t.failed(name, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := rows.Err(); err != nil {
		return t.failed(name, err)
	}
	return nil
}

// EachOf is Each for every one of a list of parameters, in their order.
func (t *Tx) EachOf(ctx context.Context, name string, list []P, f func(scan func(dest ...any) error) error) error {
	for _, p := range list {
		if err := t.Each(ctx, name, p, f); err != nil {
			return err
		}
	}
	return nil
}

// prepare finds the statement. In a shared transaction nothing interrupts it
// once it runs: SQLite would roll back what the others have written.
func (t *Tx) prepare(ctx context.Context, name string, p P) (context.Context, string, []any, error) {
	s, err := t.statements.Find(name)
	if err != nil {
		return ctx, "", nil, err
	}
	args, err := s.Args(p)
	if err != nil {
		return ctx, "", nil, fmt.Errorf("%s: %w", name, err)
	}
	if t.shared == nil {
		return ctx, s.Text, args, nil
	}
	if t.shared.broken != nil {
		return ctx, "", nil, t.shared.broken
	}
	return context.WithoutCancel(ctx), s.Text, args, ctx.Err()
}

// failed names the statement that failed, and tells those who share the
// transaction when it is over for all.
func (t *Tx) failed(name string, err error) error {
	err = fmt.Errorf("%s: %w", name, err)
	if t.shared != nil && endsTransaction(err) {
		t.shared.broken = err
	}
	return err
}
