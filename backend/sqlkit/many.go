package sqlkit

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Many is a statement that a transaction runs again and again with other values.
// It is compiled once and goes to the driver itself: for a statement of a few
// microseconds database/sql's own work is most of the cost. It ends with its
// transaction.
type Many struct {
	tx    *Tx
	name  string
	stmt  driver.Stmt
	from  []int // which value each place gets
	args  []driver.NamedValue
	row   []driver.Value
	given int
}

// Many compiles a statement; params are the order in which Run gets their values.
func (t *Tx) Many(ctx context.Context, name string, params ...string) (*Many, error) {
	if t.conn == nil {
		return nil, fmt.Errorf("%s: a shared transaction runs statements one by one", name)
	}
	s, err := t.statements.Find(name)
	if err != nil {
		return nil, err
	}
	m := &Many{tx: t, name: name, given: len(params), args: make([]driver.NamedValue, len(s.Params))}
	for i, param := range s.Params {
		at := slices.Index(params, param)
		if at < 0 {
			return nil, fmt.Errorf("%s: parameter %q is missing", name, param)
		}
		m.from = append(m.from, at)
		m.args[i].Ordinal = i + 1
	}
	err = t.conn.Raw(func(c any) error {
		m.stmt, err = c.(driver.ConnPrepareContext).PrepareContext(ctx, s.Text)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	t.many = append(t.many, m)
	return m, nil
}

// Run runs the statement with these values: int64, string, []byte, or nil. It gives
// the first row, good until the next Run, or nil when there is none.
func (m *Many) Run(values ...driver.Value) (row []driver.Value, err error) {
	if len(values) != m.given {
		return nil, fmt.Errorf("%s: %d values for %d parameters", m.name, len(values), m.given)
	}
	for i, from := range m.from {
		m.args[i].Value = values[from]
	}
	err = m.tx.conn.Raw(func(any) error {
		// Not interruptible: that costs as much as the statement.
		rows, err := m.stmt.(driver.StmtQueryContext).QueryContext(context.Background(), m.args)
		if err != nil {
			return err
		}
		if m.row == nil {
			m.row = make([]driver.Value, len(rows.Columns()))
		}
		switch err := rows.Next(m.row); {
		case err == nil:
			row = m.row
		case !errors.Is(err, io.EOF):
			return errors.Join(err, rows.Close())
		}
		return rows.Close()
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.name, err)
	}
	return row, nil
}

// endMany closes what was compiled for the transaction.
func (t *Tx) endMany() {
	for _, m := range t.many {
		_ = t.conn.Raw(func(any) error { return m.stmt.Close() })
	}
	t.many = nil
}
