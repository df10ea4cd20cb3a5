package centredb

import (
	"context"
	"embed"
	"io/fs"

	"hashmend/backend/centre"
	"hashmend/backend/sqlkit/named"
)

//go:embed queries/*.sql
var queries embed.FS

// Queries are the statements of a centre's store, in words that SQLite,
// PostgreSQL and its relatives share.
func Queries() (fs.FS, error) { return fs.Sub(queries, "queries") }

// Statements runs statements by name in a transaction of some database. Write may
// travel with what comes after it, and so give its error later.
type Statements interface {
	Exec(ctx context.Context, name string, p named.P) (int64, error)
	Write(ctx context.Context, name string, p named.P, check func(rows int64) error) error
	Row(ctx context.Context, name string, p named.P, dest ...any) (bool, error)
	Each(ctx context.Context, name string, p named.P, f func(scan func(dest ...any) error) error) error
	// EachOf is Each for every one of a list of parameters, in their order.
	EachOf(ctx context.Context, name string, list []named.P, f func(scan func(dest ...any) error) error) error
}

// tx is centre.Tx over named statements.
type tx struct {
	t     Statements
	rival *Rivals // nil where there is one writer
}

// Rivals is what an Update minds where there are other writers at the same time.
type Rivals struct {
	// NextNumber gives a number without keeping others from theirs.
	NextNumber func(ctx context.Context, year int) (int, error)
	seen       map[centre.RowKey]int64 // as which commit wrote them when they were read
}

// On gives a transaction on a database's statements. rivals is new for each
// Update, and nil for a View or where Updates never meet.
func On(t Statements, rivals *Rivals) centre.Tx {
	if rivals != nil {
		rivals.seen = map[centre.RowKey]int64{}
	}
	return tx{t, rivals}
}

// p is short for a statement's parameters.
type p = named.P

// truth reads a number as a yes or no: not every driver does by itself.
type truth struct{ to *bool }

// Scan takes what a driver gives for a number.
func (t truth) Scan(value any) error {
	n, ok := value.(int64)
	*t.to = ok && n != 0
	return nil
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
