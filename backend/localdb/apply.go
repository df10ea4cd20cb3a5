package localdb

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
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

// applyRows writes rows into a scope, its lists and its search. They are written in
// the order in which they lie in the file: neighbours are found on one page.
func applyRows(ctx context.Context, tx *sqlkit.Tx, scope int64, rows []Change) (Applied, error) {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b Change) int { return cmp.Or(cmp.Compare(a.T, b.T), cmp.Compare(a.ID, b.ID)) })
	a, err := newApplier(ctx, tx, scope)
	if err != nil {
		return Applied{}, err
	}
	// A statement that can be interrupted costs as much again, and these are short.
	whole := context.WithoutCancel(ctx)
	for part := range readAhead(rows) {
		if err := ctx.Err(); err != nil {
			return Applied{}, err
		}
		for _, row := range part {
			if err := a.apply(whole, row); err != nil {
				return Applied{}, err
			}
		}
	}
	return a.end(whole)
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
	top    int64 // the last entity: one behind it is new
	done   Applied
	orders map[repair.WorkOrderID]repair.Instant // touched, and when something happened to them last
	// waiting: something is in quarantine, so that a newer row may end that.
	waiting bool
	text    int64 // how far the index of parts of serial numbers has come

	// What every row runs.
	put, deviceOne, devicePut *sqlkit.Many
}

func newApplier(ctx context.Context, tx *sqlkit.Tx, scope int64) (*applier, error) {
	a := &applier{tx: tx, scope: scope, orders: map[repair.WorkOrderID]repair.Instant{}}
	if _, err := tx.Row(ctx, "quarantine_some", sqlkit.P{"scope": scope}, &a.waiting); err != nil {
		return nil, err
	}
	if _, err := tx.Row(ctx, "entity_top", nil, &a.top); err != nil {
		return nil, err
	}
	var err error
	if a.text, err = upkeep(ctx, tx, "text"); err != nil {
		return nil, err
	}
	if a.put, err = tx.Many(ctx, "entity_put", "scope", "t", "id", "work_order", "rev", "body"); err != nil {
		return nil, err
	}
	if a.deviceOne, err = tx.Many(ctx, "device_row_one", "n"); err != nil {
		return nil, err
	}
	a.devicePut, err = tx.Many(ctx, "device_row_put", "n", "scope", "id", "work_order", "line", "serial_key", "status")
	return a, err
}

// of gives the applier of a scope; one of another scope ends. The first is nil.
func (a *applier) of(ctx context.Context, tx *sqlkit.Tx, scope int64) (*applier, error) {
	if a != nil && a.scope == scope {
		return a, nil
	}
	if _, err := a.end(ctx); err != nil {
		return nil, err
	}
	return newApplier(ctx, tx, scope)
}

var errNoBody = errors.New("the row has neither content nor a deletion mark")

func (a *applier) apply(ctx context.Context, row reading) error {
	if row.err != nil {
		return a.quarantine(ctx, row.Change, row.err)
	}
	var body any // NULL for a deleted row
	if !row.Del {
		body = []byte(row.D)
	}
	newer, err := a.put.Run(a.scope, row.T, row.ID, string(row.order), row.Rev, body)
	if err != nil {
		return err
	}
	if newer == nil {
		a.done.Known++
		return nil
	}
	n, order := newer[0].(int64), repair.WorkOrderID(newer[1].(string))
	added := n > a.top
	a.top = max(a.top, n)
	a.done.Changed++
	if order != "" {
		a.orders[order] = max(a.orders[order], row.at)
	}
	if a.waiting {
		if _, err := a.tx.Exec(ctx, "quarantine_clear", sqlkit.P{"scope": a.scope, "t": row.T, "id": row.ID, "rev": row.Rev}); err != nil {
			return err
		}
	}
	if row.Del {
		return a.unproject(ctx, n, row.Change)
	}
	return a.write(ctx, n, row, added)
}

// end dates the work orders that rows touched, once each, and says what was done;
// without an applier, nothing.
func (a *applier) end(ctx context.Context) (Applied, error) {
	if a == nil {
		return Applied{}, nil
	}
	a.done.Orders = slices.Sorted(maps.Keys(a.orders))
	for _, id := range a.done.Orders {
		at := a.orders[id]
		if at == "" {
			continue
		}
		if _, err := a.tx.Exec(ctx, "order_row_touch", sqlkit.P{"scope": a.scope, "id": string(id), "updated": string(at)}); err != nil {
			return Applied{}, err
		}
	}
	return a.done, nil
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
