package pgkit

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"hashmend/backend/sqlkit/named"
)

// Tx is a transaction that runs statements by name. Writes travel together with
// the next read, or with the commit: a way to the server and back costs more
// than most statements.
type Tx struct {
	tx         pgx.Tx
	statements named.Set
	queue      pgx.Batch
	sent       []sent
}

// sent is a write on its way.
type sent struct {
	name  string
	check func(rows int64) error
}

// Write sends a statement with what comes after it; check gets the number of
// rows it changed and may refuse. An error comes from a later call.
func (t *Tx) Write(ctx context.Context, name string, p named.P, check func(rows int64) error) error {
	text, args, err := t.prepare(name, p)
	if err != nil {
		return errors.Join(err, ctx.Err())
	}
	t.queue.Queue(text, args...)
	t.sent = append(t.sent, sent{name, check})
	return ctx.Err()
}

// Exec runs a statement and gives the number of rows it changed.
func (t *Tx) Exec(ctx context.Context, name string, p named.P) (rows int64, err error) {
	if err := t.Write(ctx, name, p, func(n int64) error { rows = n; return nil }); err != nil {
		return 0, err
	}
	return rows, t.flush(ctx)
}

// Row reads the first row into dest; found is false when there is none.
func (t *Tx) Row(ctx context.Context, name string, p named.P, dest ...any) (found bool, err error) {
	err = t.Each(ctx, name, p, func(scan func(...any) error) error {
		if found {
			return nil
		}
		found = true
		return scan(dest...)
	})
	return found, err
}

// Each calls f for every row; scan reads the row's columns. f runs no statement.
func (t *Tx) Each(ctx context.Context, name string, p named.P, f func(scan func(dest ...any) error) error) error {
	text, args, err := t.prepare(name, p)
	if err != nil {
		return err
	}
	if isNowhere(args) {
		return nil
	}
	if len(t.sent) == 0 {
		rows, err := t.tx.Query(ctx, text, args...)
		return each(name, rows, err, f)
	}
	t.queue.Queue(text, args...)
	return t.send(ctx, func(results pgx.BatchResults) error {
		rows, err := results.Query()
		return each(name, rows, err, f)
	})
}

// EachOf is Each for every one of a list of parameters, in their order and on one
// way to the server.
func (t *Tx) EachOf(ctx context.Context, name string, list []named.P, f func(scan func(dest ...any) error) error) error {
	asked := 0
	for _, p := range list {
		text, args, err := t.prepare(name, p)
		if err != nil {
			return err
		}
		if isNowhere(args) {
			continue
		}
		asked++
		t.queue.Queue(text, args...)
	}
	if asked == 0 {
		return nil
	}
	return t.send(ctx, func(results pgx.BatchResults) error {
		for range asked {
			rows, err := results.Query()
			if err := each(name, rows, err, f); err != nil {
				return err
			}
		}
		return nil
	})
}

func each(name string, rows pgx.Rows, err error, f func(scan func(dest ...any) error) error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer rows.Close()
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

// flush sends what is still waiting.
func (t *Tx) flush(ctx context.Context) error {
	if len(t.sent) == 0 {
		return nil
	}
	return t.send(ctx, func(pgx.BatchResults) error { return nil })
}

// send sends the queue and reads its answers, then what last reads.
func (t *Tx) send(ctx context.Context, last func(pgx.BatchResults) error) (err error) {
	queue, writes := t.queue, t.sent
	t.queue, t.sent = pgx.Batch{}, nil
	results := t.tx.SendBatch(ctx, &queue)
	defer func() {
		if closed := results.Close(); err == nil {
			err = closed
		}
	}()
	for _, w := range writes {
		tag, err := results.Exec()
		if err == nil && w.check != nil {
			err = w.check(rowsOf(tag))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
	}
	return last(results)
}

// isNowhere reports a text that the server cannot keep, so that no row has it.
func isNowhere(args []any) bool {
	for _, arg := range args {
		if text, ok := arg.(string); ok && (strings.ContainsRune(text, 0) || !utf8.ValidString(text)) {
			return true
		}
	}
	return false
}

func rowsOf(tag pgconn.CommandTag) int64 { return tag.RowsAffected() }

func (t *Tx) prepare(name string, p named.P) (string, []any, error) {
	s, err := t.statements.Find(name)
	if err != nil {
		return "", nil, err
	}
	args, err := s.Args(p)
	if err != nil {
		return "", nil, fmt.Errorf("%s: %w", name, err)
	}
	return s.Text, args, nil
}
