package sqlkit

import (
	"context"
	"database/sql"
	"fmt"
)

// Tx is a transaction that runs statements by name. Arguments are P{"name":
// value}, one for each :name of the statement.
type Tx struct {
	tx         *sql.Tx
	statements map[string]string
}

// P holds a statement's parameters by name, without the colon.
type P map[string]any

func (p P) args() []any {
	out := make([]any, 0, len(p))
	for name, value := range p {
		out = append(out, sql.Named(name, value))
	}
	return out
}

// Exec runs a statement and gives the number of rows it changed.
func (t *Tx) Exec(ctx context.Context, name string, p P) (int64, error) {
	text, err := t.text(name)
	if err != nil {
		return 0, err
	}
	result, err := t.tx.ExecContext(ctx, text, p.args()...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return n, nil
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
	text, err := t.text(name)
	if err != nil {
		return err
	}
	rows, err := t.tx.QueryContext(ctx, text, p.args()...)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (t *Tx) text(name string) (string, error) {
	text, ok := t.statements[name]
	if !ok {
		return "", fmt.Errorf("no statement is named %q", name)
	}
	return text, nil
}
