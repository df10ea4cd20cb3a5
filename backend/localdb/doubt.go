package localdb

import (
	"context"
	"encoding/json"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// Answered is something that the centre has taken, and the rev that it gave to the
// work order by that.
type Answered struct {
	ID        string
	WorkOrder repair.WorkOrderID
	Rev       int64
}

// manyAnswers is how far back a start looks: what was answered before the last
// pull has been seen long ago.
const manyAnswers = 500

// Answers gives the newest that the centre has taken.
func (db *DB) Answers(ctx context.Context, scope Scope) (out []Answered, err error) {
	err = db.View(ctx, func(t VaultTx) error {
		return t.tx.Each(ctx, "outbox_answers", sqlkit.P{"scope": string(scope), "limit": manyAnswers}, func(scan func(...any) error) error {
			var a Answered
			err := scan(&a.ID, &a.WorkOrder, &a.Rev)
			out = append(out, a)
			return err
		})
	})
	return out, err
}

// Unseen gives those whose effect is not in the copy: it has no such work order, or
// an older one.
func (db *DB) Unseen(ctx context.Context, scope Scope, answers []Answered) (out []Answered, err error) {
	err = db.Cached(ctx, scope, func(t CacheTx) error {
		for _, a := range answers {
			order, _, err := entity[repair.WorkOrder](ctx, t, "work_order", string(a.WorkOrder))
			if err != nil {
				return err
			}
			if order.Rev >= a.Rev {
				continue
			}
			unreadable := false
			if _, err := t.tx.Row(ctx, "order_unreadable", sqlkit.P{"scope": t.scope, "id": string(a.WorkOrder)}, &unreadable); err != nil {
				return err
			}
			if !unreadable {
				out = append(out, a)
			}
		}
		return nil
	})
	return out, err
}

// OfferDoubted offers something again that the centre has taken and does not show.
func (db *DB) OfferDoubted(ctx context.Context, scope Scope, id string, now time.Time) error {
	kinds, err := json.Marshal(repair.MoneyKinds())
	if err != nil {
		return err
	}
	return db.Update(ctx, func(t VaultTx) error {
		p := sqlkit.P{"scope": string(scope), "id": id, "money": string(kinds), "now": string(repair.At(now))}
		if _, err := t.tx.Exec(ctx, "outbox_doubted", p); err != nil {
			return err
		}
		_, err := t.tx.Exec(ctx, "files_offer_again", sqlkit.P{"scope": string(scope), "now": string(repair.At(now))})
		return err
	})
}
