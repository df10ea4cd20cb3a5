package localdb

import (
	"context"
	"encoding/json"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// Again says how an item stands that a restored centre is offered again.
type Again string

// What becomes of an accepted item when its centre comes back from an older copy.
const (
	AgainSent Again = "again" // it goes on its way again
	AgainAsks Again = "asks"  // it is about money: a person must say so
	AgainLeft Again = "left"  // a person said no
)

// NoteRestored notes that the centre does not know a cursor or the place of an answer
// any more, and offers again what it had taken, files too. Each counts once, however
// often it is refused.
func (db *DB) NoteRestored(ctx context.Context, scope Scope, cursor string, now time.Time) (offered int64, err error) {
	kinds, err := json.Marshal(repair.MoneyKinds())
	if err != nil {
		return 0, err
	}
	err = db.Update(ctx, func(t VaultTx) error {
		fresh, err := t.tx.Exec(ctx, "restored_add", sqlkit.P{"scope": string(scope), "cursor": cursor, "at": string(repair.At(now))})
		if err != nil || fresh == 0 {
			return err
		}
		offered, err = t.tx.Exec(ctx, "outbox_offer_again", sqlkit.P{"scope": string(scope), "money": string(kinds),
			"now": string(repair.At(now))})
		if err != nil {
			return err
		}
		_, err = t.tx.Exec(ctx, "files_offer_again", sqlkit.P{"scope": string(scope), "now": string(repair.At(now))})
		return err
	})
	return offered, err
}

// Restored says when the centre last came back from an older copy; the zero
// instant when it did not, or a person has put the news away.
func (t VaultTx) Restored(ctx context.Context, scope Scope) (at repair.Instant, err error) {
	_, err = t.tx.Row(ctx, "restored_last", sqlkit.P{"scope": string(scope)}, &at)
	return at, err
}

// PutRestoredAway notes that a person has seen it.
func (t VaultTx) PutRestoredAway(ctx context.Context, scope Scope, now repair.Instant) error {
	_, err := t.tx.Exec(ctx, "restored_seen", sqlkit.P{"scope": string(scope), "at": string(now)})
	return err
}

// OfferedAgain lists what a restored centre was offered again, oldest first.
func (t VaultTx) OfferedAgain(ctx context.Context, scope Scope) ([]OutboxItem, error) {
	return t.items(ctx, "outbox_again", sqlkit.P{"scope": string(scope)})
}

// SayAgain is a person's word on an item that waits for it, or on all with "".
func (t VaultTx) SayAgain(ctx context.Context, scope Scope, id string, send bool, now repair.Instant) (n int64, err error) {
	again := AgainLeft
	if send {
		again = AgainSent
	}
	return t.tx.Exec(ctx, "outbox_word", sqlkit.P{"scope": string(scope), "id": id, "again": string(again), "now": string(now)})
}

// OnlyHere is something that the centre had told and does not have any more.
type OnlyHere struct {
	T         string
	ID        string
	WorkOrder repair.WorkOrderID
	Body      json.RawMessage
	At        repair.Instant
}

// KeepOnlyHere keeps what the centre does not have any more.
func (db *DB) KeepOnlyHere(ctx context.Context, scope Scope, rows []Change, now repair.Instant) error {
	return db.Update(ctx, func(t VaultTx) error {
		for _, row := range rows {
			if _, err := t.tx.Exec(ctx, "only_here_put", sqlkit.P{"scope": string(scope), "t": row.T, "id": row.ID,
				"work_order": string(row.WorkOrder), "body": []byte(row.D), "at": string(now)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// CameBack notes that the centre has told these rows again: they are no longer
// only here.
func (db *DB) CameBack(ctx context.Context, scope Scope, rows []Change) error {
	some := false
	if err := db.View(ctx, func(t VaultTx) error {
		_, err := t.tx.Row(ctx, "only_here_some", sqlkit.P{"scope": string(scope)}, &some)
		return err
	}); err != nil || !some {
		return err
	}
	return db.Update(ctx, func(t VaultTx) error {
		for _, row := range rows {
			if _, err := t.tx.Exec(ctx, "only_here_drop", sqlkit.P{"scope": string(scope), "t": row.T, "id": row.ID}); err != nil {
				return err
			}
		}
		return nil
	})
}

// OnlyHere lists at most limit things that are only on this PC, by work order.
func (t VaultTx) OnlyHere(ctx context.Context, scope Scope, limit int) (out []OnlyHere, err error) {
	err = t.tx.Each(ctx, "only_here_all", sqlkit.P{"scope": string(scope), "limit": limit}, func(scan func(...any) error) error {
		var o OnlyHere
		var body []byte
		err := scan(&o.T, &o.ID, &o.WorkOrder, &body, &o.At)
		o.Body = body
		out = append(out, o)
		return err
	})
	return out, err
}

// ForgetOnlyHere drops what is only here of a work order: a person said so.
func (t VaultTx) ForgetOnlyHere(ctx context.Context, scope Scope, id repair.WorkOrderID) error {
	_, err := t.tx.Exec(ctx, "only_here_forget", sqlkit.P{"scope": string(scope), "work_order": string(id)})
	return err
}
