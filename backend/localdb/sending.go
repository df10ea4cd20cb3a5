package localdb

import (
	"context"
	"encoding/json"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// What follows is the syncer's side of the outbox: each step one transaction.

// RecoverOutbox makes what was in flight when the program ended due again.
func (db *DB) RecoverOutbox(ctx context.Context) error {
	return db.Update(ctx, func(t VaultTx) error {
		_, err := t.tx.Exec(ctx, "outbox_unsent", nil)
		return err
	})
}

// MarkSending takes an item for sending and gives its frozen bytes. ok is false
// when it was taken back in the meantime.
func (db *DB) MarkSending(ctx context.Context, id string, now repair.Instant) (body []byte, ok bool, err error) {
	err = db.Update(ctx, func(t VaultTx) error {
		n, err := t.tx.Exec(ctx, "outbox_sending", sqlkit.P{"id": id, "now": string(now)})
		if err != nil || n == 0 {
			return err
		}
		ok = true
		body, err = t.OutboxBody(ctx, id)
		return err
	})
	return body, ok, err
}

// MarkAccepted records the centre's yes: its revision and its answer as it came.
func (db *DB) MarkAccepted(ctx context.Context, id string, rev int64, answer []byte, now repair.Instant) error {
	return db.Update(ctx, func(t VaultTx) error {
		_, err := t.tx.Exec(ctx, "outbox_accepted", sqlkit.P{"id": id, "rev": rev, "answer": string(answer), "now": string(now)})
		return err
	})
}

// MarkRefused records the centre's no. A refused submission gives its draft back
// to be edited; the reason stays with it.
func (db *DB) MarkRefused(ctx context.Context, id string, reason *repair.Error, now repair.Instant) error {
	text, err := json.Marshal(reason)
	if err != nil {
		return err
	}
	return db.Update(ctx, func(t VaultTx) error {
		item, err := t.OutboxItem(ctx, id)
		if err != nil {
			return err
		}
		if _, err := t.tx.Exec(ctx, "outbox_refused", sqlkit.P{"id": id, "reason": string(text), "now": string(now)}); err != nil {
			return err
		}
		if item.Draft == "" {
			return nil
		}
		return t.SetDraftState(ctx, item.Draft, DraftOpen, id, now)
	})
}

// MarkRetry puts an item back to wait: the outcome is not known, or the centre
// did not answer. after is when to try again.
func (db *DB) MarkRetry(ctx context.Context, id string, reason *repair.Error, now time.Time, after time.Duration) error {
	return db.wait(ctx, "outbox_retry", id, reason, now, after)
}

// MarkNotYet puts an item back to wait that the centre has refused, and counts that:
// what it comes after may still be on its way from another desk.
func (db *DB) MarkNotYet(ctx context.Context, id string, reason *repair.Error, now time.Time, after time.Duration) error {
	return db.wait(ctx, "outbox_not_yet", id, reason, now, after)
}

func (db *DB) wait(ctx context.Context, name, id string, reason *repair.Error, now time.Time, after time.Duration) error {
	text := ""
	if reason != nil {
		b, err := json.Marshal(reason)
		if err != nil {
			return err
		}
		text = string(b)
	}
	return db.Update(ctx, func(t VaultTx) error {
		_, err := t.tx.Exec(ctx, name, sqlkit.P{
			"id": id, "reason": text, "next_at": string(repair.At(now.Add(after))), "now": string(repair.At(now)),
		})
		return err
	})
}

// RetryOutbox makes everything that waits due now.
func (db *DB) RetryOutbox(ctx context.Context, scope Scope, now repair.Instant) error {
	return db.Update(ctx, func(t VaultTx) error {
		_, err := t.tx.Exec(ctx, "outbox_retry_all", sqlkit.P{"scope": string(scope), "now": string(now)})
		return err
	})
}
