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

// Changes gives the page behind a cursor: whole commits, in their order. A page
// has rows of one log only: first what everybody sees, then the caller's own. When
// this centre has lost one of the commits that the caller has seen answered, it is
// refused like a cursor that is not known.
func (c *Centre) Changes(ctx context.Context, by Caller, since wire.Cursor, limit int, answered ...wire.Cursor) (page wire.Page, err error) {
	if limit <= 0 {
		limit = wire.ChangesDefault
	}
	limit = min(limit, wire.ChangesMax)
	err = c.store.View(ctx, func(tx Tx) error {
		at, err := position(ctx, tx, by.scope(), since)
		if err != nil {
			return err
		}
		if err := kept(ctx, tx, by, answered); err != nil {
			return err
		}
		heads, err := headsOf(ctx, tx, by.scope())
		if err != nil {
			return err
		}
		page = wire.Page{From: since, Rows: []wire.Row{}}
		if at.Public.Seq < heads.Public.Seq {
			page.Rows, at.Public, err = wholeCommits(ctx, tx, Public, at.Public, heads.Public, limit)
		} else {
			page.Rows, at.Own, err = wholeCommits(ctx, tx, by.scope(), at.Own, heads.Own, limit)
		}
		at = at.CaughtUp()
		page.Next, page.More = at.Cursor(), at != heads
		return err
	})
	return page, err
}

// Head gives the cursor behind everything that the caller may see now.
func (c *Centre) Head(ctx context.Context, by Caller) (head wire.Cursor, err error) {
	err = c.store.View(ctx, func(tx Tx) error {
		heads, err := headsOf(ctx, tx, by.scope())
		head = heads.Cursor()
		return err
	})
	return head, err
}

// headsOf gives the position at the end of a scope's feed.
func headsOf(ctx context.Context, tx Tx, scope Scope) (p wire.Position, err error) {
	p.Scope = scope.name()
	if p.Own, err = placeOf(tx.Head(ctx, scope)); err != nil || scope == Own {
		return p, err // their own log has everything
	}
	p.Public, err = placeOf(tx.Head(ctx, Public))
	return p, err
}

func placeOf(c Commit, err error) (wire.Place, error) {
	at := wire.Place{Seq: c.Seq}
	copy(at.Chain[:], c.Chain)
	return at, err
}

// name is how a cursor calls the scope.
func (s Scope) name() string {
	if s == Own {
		return "*"
	}
	return string(s)
}

// position reads a cursor and makes sure that this centre has given it: a
// restored or another centre has another chain.
func position(ctx context.Context, tx Tx, scope Scope, since wire.Cursor) (wire.Position, error) {
	p := wire.Position{Scope: scope.name()}
	if since == "" {
		return p, nil
	}
	p, err := since.Position()
	if err != nil {
		return p, err
	}
	if p.Scope != scope.name() {
		return p, refuse(repair.Conflict, wire.CodeCursorScope)
	}
	if err := given(ctx, tx, scope, p.Own); err != nil {
		return p, err
	}
	if err := given(ctx, tx, Public, p.Public); err != nil {
		return p, err
	}
	if err := has(ctx, tx, scope, p.Seen.Own); err != nil {
		return p, err
	}
	return p, has(ctx, tx, Public, p.Seen.Public)
}

// kept refuses when one of the commits is not in its log any more, or is named in a way
// that this centre never gave to the caller: that is lost too, and only this code makes
// a desk offer it again. The centre's own people may speak of every log, others of
// their own.
func kept(ctx context.Context, tx Tx, by Caller, answered []wire.Cursor) error {
	for _, cursor := range answered {
		p, err := cursor.Position()
		if err != nil {
			return refuse(repair.Conflict, wire.CodeCursorDiverged)
		}
		scope := Scope(p.Scope)
		if p.Scope == Own.name() {
			scope = Own
		}
		if !by.isStaff() && scope != by.scope() {
			return refuse(repair.Conflict, wire.CodeCursorDiverged)
		}
		if err := has(ctx, tx, scope, p.Own); err != nil {
			return err
		}
	}
	return nil
}

// given refuses a place that is not in the scope's log, or whose deletions since
// then are forgotten.
func given(ctx context.Context, tx Tx, scope Scope, at wire.Place) error {
	if at.Seq == 0 {
		return nil
	}
	if err := has(ctx, tx, scope, at); err != nil {
		return err
	}
	expired, err := tx.Expired(ctx, scope)
	if err == nil && at.Seq < expired {
		err = refuse(repair.Conflict, wire.CodeCursorExpired)
	}
	return err
}

// has refuses a place that is not in the scope's log.
func has(ctx context.Context, tx Tx, scope Scope, at wire.Place) error {
	if at.Seq == 0 {
		return nil
	}
	commit, found, err := tx.CommitOf(ctx, scope, at.Seq)
	if err == nil && (!found || !bytes.HasPrefix(commit.Chain, at.Chain[:])) {
		err = refuse(repair.Conflict, wire.CodeCursorDiverged)
	}
	return err
}

// wholeCommits reads rows up to the limit and drops the last commit when it was
// cut. A commit larger than the limit is given whole.
func wholeCommits(ctx context.Context, tx Tx, scope Scope, since, head wire.Place, limit int) ([]wire.Row, wire.Place, error) {
	rows, err := tx.Since(ctx, scope, since.Seq, limit+1)
	if err != nil || len(rows) <= limit {
		return onWire(rows), head, err
	}
	n, cut := limit, rows[limit].Seq
	for n > 0 && rows[n-1].Seq == cut {
		n--
	}
	last := cut
	if n > 0 {
		rows, last = rows[:n], rows[n-1].Seq
	} else if rows, err = tx.OfCommit(ctx, scope, cut); err != nil {
		return nil, since, err
	}
	commit, _, err := tx.CommitOf(ctx, scope, last)
	if err != nil {
		return nil, since, err
	}
	next, err := placeOf(commit, nil)
	return onWire(rows), next, err
}

func onWire(rows []Row) []wire.Row {
	out := make([]wire.Row, 0, len(rows))
	for _, r := range rows {
		row := wire.Row{T: r.T, ID: r.ID, Rev: r.Seq, WorkOrder: r.WorkOrder, Del: r.Deleted}
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
	for at := wire.Cursor(""); ; {
		next, err := c.Changes(ctx, Operator(), at, page)
		if err != nil {
			return err
		}
		for _, row := range next.Rows {
			if err := f(row); err != nil {
				return err
			}
		}
		if !next.More {
			return nil
		}
		at = next.Next
	}
}
