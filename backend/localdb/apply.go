package localdb

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// Change is one row of a centre's change feed.
type Change struct {
	T         string             // work_order, device, parcel, …
	ID        string             //
	Rev       int64              // the centre's counter
	WorkOrder repair.WorkOrderID // "" for what belongs to none
	D         json.RawMessage    // the thing itself; nil when deleted
	Del       bool
}

// Applied counts what a page of changes did.
type Applied struct {
	Changed     int
	Known       int // as new or newer was here already
	Quarantined int
	Orders      []repair.WorkOrderID // touched, each once
}

// Cursor says where the pull of a scope stands, and when the centre answered last.
func (db *DB) Cursor(ctx context.Context, scope Scope) (cursor string, pulled repair.Instant, err error) {
	err = db.noted(db.cache.View(ctx, func(tx *sqlkit.Tx) error {
		var n int64
		_, err := tx.Row(ctx, "scope_one", sqlkit.P{"name": string(scope)}, &n, &cursor, &pulled)
		return err
	}))
	return cursor, pulled, err
}

// ApplyChanges writes a page of the change feed and the cursor behind it, both or
// neither. A row no newer than what is known changes nothing; a row that cannot
// be read is kept in quarantine and stops nobody.
func (db *DB) ApplyChanges(ctx context.Context, scope Scope, rows []Change, next string, now repair.Instant) (Applied, error) {
	var done Applied
	err := db.noted(db.cache.Update(ctx, func(tx *sqlkit.Tx) error {
		n, err := scopeNumber(ctx, tx, string(scope))
		if err != nil {
			return err
		}
		if done, err = applyRows(ctx, tx, n, rows); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "scope_move", sqlkit.P{"scope": n, "cursor": next, "at": string(now)})
		return err
	}))
	if err != nil {
		return Applied{}, err
	}
	return done, nil
}

// applyRows writes rows into a scope, its lists and its search.
func applyRows(ctx context.Context, tx *sqlkit.Tx, scope int64, rows []Change) (Applied, error) {
	a := applier{tx: tx, scope: scope, orders: map[repair.WorkOrderID]bool{}}
	if _, err := tx.Row(ctx, "quarantine_some", sqlkit.P{"scope": scope}, &a.waiting); err != nil {
		return Applied{}, err
	}
	// Work orders first: what touches their rows finds them.
	for _, first := range []bool{true, false} {
		for _, row := range rows {
			if (row.T == "work_order") != first {
				continue
			}
			if err := a.apply(ctx, row); err != nil {
				return Applied{}, err
			}
		}
	}
	for id := range a.orders {
		a.done.Orders = append(a.done.Orders, id)
	}
	slices.Sort(a.done.Orders)
	return a.done, nil
}

// MarkPulled records that the centre answered and had nothing new.
func (db *DB) MarkPulled(ctx context.Context, scope Scope, now repair.Instant) error {
	return db.noted(db.cache.Update(ctx, func(tx *sqlkit.Tx) error {
		n, err := scopeNumber(ctx, tx, string(scope))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "scope_pulled", sqlkit.P{"scope": n, "at": string(now)})
		return err
	}))
}

// Quarantined is a row that this program could not read, as it came, and why.
type Quarantined struct {
	Change
	Error string
}

// manyQuarantined bounds what a screen is shown.
const manyQuarantined = 200

// Quarantined lists rows this program could not read.
func (db *DB) Quarantined(ctx context.Context, scope Scope) (out []Quarantined, err error) {
	err = db.Cached(ctx, scope, func(t CacheTx) error {
		p := sqlkit.P{"scope": t.scope, "limit": manyQuarantined}
		return t.tx.Each(ctx, "quarantine_all", p, func(scan func(...any) error) error {
			var q Quarantined
			var body []byte
			err := scan(&q.T, &q.ID, &q.Rev, &body, &q.Error)
			q.D = body
			out = append(out, q)
			return err
		})
	})
	return out, err
}

func scopeNumber(ctx context.Context, tx *sqlkit.Tx, name string) (n int64, err error) {
	if _, err := tx.Exec(ctx, "scope_add", sqlkit.P{"name": name}); err != nil {
		return 0, err
	}
	var cursor, at string
	_, err = tx.Row(ctx, "scope_one", sqlkit.P{"name": name}, &n, &cursor, &at)
	return n, err
}

type applier struct {
	tx     *sqlkit.Tx
	scope  int64
	done   Applied
	orders map[repair.WorkOrderID]bool
	// waiting: something is in quarantine, so that a newer row may end that.
	waiting bool
	asked   bool  // text is known
	text    int64 // how far the index of parts of serial numbers has come
}

var errNoBody = errors.New("the row has neither content nor a deletion mark")

func (a *applier) apply(ctx context.Context, row Change) error {
	var p projection
	var body any // NULL for a deleted row
	if !row.Del {
		var err error
		if p, err = project(row); err != nil {
			return a.quarantine(ctx, row, err)
		}
		body = []byte(row.D)
		row.WorkOrder = p.order
	} else if row.T == "work_order" {
		row.WorkOrder = repair.WorkOrderID(row.ID)
	}
	var n int64
	var order repair.WorkOrderID
	entity := sqlkit.P{"scope": a.scope, "t": row.T, "id": row.ID, "work_order": string(row.WorkOrder), "rev": row.Rev, "body": body}
	added, err := a.tx.Row(ctx, "entity_add", entity, &n, &order)
	if err != nil {
		return err
	}
	if !added {
		newer, err := a.tx.Row(ctx, "entity_renew", entity, &n, &order)
		if err != nil {
			return err
		}
		if !newer {
			a.done.Known++
			return nil
		}
	}
	a.done.Changed++
	if order != "" {
		a.orders[order] = true
	}
	if a.waiting {
		if _, err := a.tx.Exec(ctx, "quarantine_clear", sqlkit.P{"scope": a.scope, "t": row.T, "id": row.ID, "rev": row.Rev}); err != nil {
			return err
		}
	}
	if row.Del {
		return a.unproject(ctx, n, row)
	}
	return a.write(ctx, n, row, p, added)
}

func (a *applier) quarantine(ctx context.Context, row Change, why error) error {
	a.done.Quarantined++
	a.waiting = true
	body := []byte(row.D)
	if body == nil {
		body = []byte{}
	}
	_, err := a.tx.Exec(ctx, "quarantine_put", sqlkit.P{
		"scope": a.scope, "t": row.T, "id": row.ID, "rev": row.Rev, "body": body, "error": why.Error(),
	})
	return err
}
