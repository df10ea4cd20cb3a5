package sqlkit

import (
	"context"
	"database/sql"
	"sync/atomic"
)

// groupMost is how many Updates share one durable transaction at the most: the
// first of them waits for the last.
const groupMost = 256

// turns lets waiting Updates share one transaction. One at a time has the turn.
// Whoever ends its part and sees others waiting leaves the transaction open for
// them; the last one commits, and only then do any of them return.
//
// So a single Update costs one sync, and a hundred at once cost one sync too.
type turns struct {
	turn    chan struct{} // holds a token while somebody has the turn
	waiting atomic.Int64
	open    *group // of whoever has the turn
}

// group is the Updates of one transaction.
type group struct {
	tx     *sql.Tx
	size   int
	broken error         // SQLite has rolled the whole transaction back
	done   chan struct{} // closed behind the commit
	err    error         // of the commit; read it behind done
}

func newTurns() *turns { return &turns{turn: make(chan struct{}, 1)} }

// update runs f in a transaction that others may share. f's writes are undone
// alone when it fails; when the commit fails, every member has failed.
func (g *turns) update(ctx context.Context, db *DB, f func(*Tx) error) error {
	g.waiting.Add(1)
	select {
	case g.turn <- struct{}{}:
		g.waiting.Add(-1)
	case <-ctx.Done():
		// Somebody may have left the transaction open for us.
		go g.comeAndGo()
		return ctx.Err()
	}
	mine, err := g.part(ctx, db, f)
	if mine == nil {
		return err
	}
	// A refusal waits too: it may rest on what another member has written.
	<-mine.done
	if mine.err != nil {
		return mine.err
	}
	return err
}

func (g *turns) comeAndGo() {
	g.turn <- struct{}{}
	g.waiting.Add(-1)
	g.leave()
}

// part does one member's work while it has the turn, also when f panics.
func (g *turns) part(ctx context.Context, db *DB, f func(*Tx) error) (mine *group, err error) {
	defer g.leave()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if g.open == nil {
		// The transaction outlives this caller, so its context does not end it.
		tx, err := db.write.BeginTx(context.WithoutCancel(ctx), nil)
		if err != nil {
			return nil, err
		}
		g.open = &group{tx: tx, done: make(chan struct{})}
	}
	mine = g.open
	mine.size++
	if err := mine.exec("SAVEPOINT part"); err != nil {
		return mine, err
	}
	ended := false
	defer func() {
		if !ended { // f panics
			_ = mine.exec("ROLLBACK TO part; RELEASE part")
		}
	}()
	err = f(&Tx{tx: mine.tx, statements: db.statements, shared: mine})
	ended = true
	if err == nil {
		return mine, mine.exec("RELEASE part")
	}
	_ = mine.exec("ROLLBACK TO part; RELEASE part")
	return mine, err
}

// exec runs a statement of the transaction's own. One that fails breaks it:
// where the parts begin and end is not known any more.
func (m *group) exec(statement string) error {
	if m.broken == nil {
		_, m.broken = m.tx.Exec(statement)
	}
	return m.broken
}

// leave passes the turn on, and commits first when nobody is there to go on or
// enough have gathered.
func (g *turns) leave() {
	defer func() { <-g.turn }()
	mine := g.open
	if mine == nil || mine.broken == nil && mine.size < groupMost && g.waiting.Load() > 0 {
		return
	}
	g.open = nil
	if mine.broken != nil {
		_ = mine.tx.Rollback()
		mine.err = mine.broken
	} else {
		mine.err = mine.tx.Commit()
	}
	close(mine.done)
}
