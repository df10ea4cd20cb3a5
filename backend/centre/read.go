package centre

import (
	"bytes"
	"context"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// WorkOrder gives a whole case.
func (c *Centre) WorkOrder(ctx context.Context, by Caller, id repair.WorkOrderID) (whole *repair.Case, err error) {
	err = c.store.View(ctx, func(tx Tx) error {
		whole, err = loadCase(ctx, tx, by, id)
		return err
	})
	return whole, err
}

// Changes gives the page behind a cursor: whole commits, in their order.
func (c *Centre) Changes(ctx context.Context, by Caller, since wire.Cursor, limit int) (page wire.Page, err error) {
	if limit <= 0 {
		limit = wire.ChangesDefault
	}
	limit = min(limit, wire.ChangesMax)
	err = c.store.View(ctx, func(tx Tx) error {
		head, err := tx.Head(ctx)
		if err != nil {
			return err
		}
		at, err := position(ctx, tx, by.scope(), since)
		if err != nil {
			return err
		}
		rows, next, err := wholeCommits(ctx, tx, by.scope(), at, head.Rev, limit)
		if err != nil {
			return err
		}
		cursor, err := cursorAt(ctx, tx, by.scope(), next)
		page = wire.Page{From: since, Rows: onWire(rows), Next: cursor, More: next < head.Rev}
		return err
	})
	return page, err
}

// position reads a cursor and makes sure that this centre has given it: a
// restored or another centre has another chain.
func position(ctx context.Context, tx Tx, scope Scope, since wire.Cursor) (int64, error) {
	if since == "" {
		return 0, nil
	}
	p, err := since.Position()
	if err != nil {
		return 0, err
	}
	if p.Scope != scope.name() {
		return 0, refuse(repair.Conflict, wire.CodeCursorScope)
	}
	if p.Seq == 0 {
		return 0, nil
	}
	commit, found, err := tx.CommitOf(ctx, p.Seq)
	if err != nil {
		return 0, err
	}
	if !found || !bytes.HasPrefix(commit.Chain, p.Chain[:]) {
		return 0, refuse(repair.Conflict, wire.CodeCursorDiverged)
	}
	return p.Seq, nil
}

func cursorAt(ctx context.Context, tx Tx, scope Scope, rev int64) (wire.Cursor, error) {
	p := wire.Position{Scope: scope.name(), Seq: rev}
	commit, found, err := tx.CommitOf(ctx, rev)
	if err != nil {
		return "", err
	}
	if found {
		copy(p.Chain[:], commit.Chain)
	}
	return p.Cursor(), nil
}

// wholeCommits reads rows up to the limit and drops the last commit when it was
// cut. A commit larger than the limit is given whole.
func wholeCommits(ctx context.Context, tx Tx, scope Scope, since, head int64, limit int) (rows []Row, next int64, err error) {
	rows, err = tx.Since(ctx, scope, since, limit+1)
	if err != nil || len(rows) <= limit {
		return rows, head, err
	}
	cut := rows[limit].Rev
	n := limit
	for n > 0 && rows[n-1].Rev == cut {
		n--
	}
	if n > 0 {
		return rows[:n], rows[n-1].Rev, nil
	}
	rows, err = tx.OfRev(ctx, scope, cut)
	return rows, cut, err
}

func onWire(rows []Row) []wire.Row {
	out := make([]wire.Row, 0, len(rows))
	for _, r := range rows {
		row := wire.Row{T: r.T, ID: r.ID, Rev: r.Rev, WorkOrder: r.WorkOrder, Del: r.Deleted}
		if !r.Deleted {
			row.D = r.Body
		}
		out = append(out, row)
	}
	return out
}

// Dump gives every row of the centre, in the order of the last change.
func (c *Centre) Dump(ctx context.Context, f func(wire.Row) error) error {
	const page = 1000
	for since := int64(0); ; {
		var rows []Row
		var next, head int64
		err := c.store.View(ctx, func(tx Tx) error {
			last, err := tx.Head(ctx)
			if err != nil {
				return err
			}
			head = last.Rev
			rows, next, err = wholeCommits(ctx, tx, Scope{All: true}, since, head, page)
			return err
		})
		if err != nil {
			return err
		}
		for _, row := range onWire(rows) {
			if err := f(row); err != nil {
				return err
			}
		}
		if next >= head {
			return nil
		}
		since = next
	}
}
