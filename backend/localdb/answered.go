package localdb

import (
	"context"

	"hashmend/backend/sqlkit"
)

// Answered is something that the centre has taken, and where its commit stood. A
// centre that was restored to a copy from before that commit, but from behind our
// cursor, has lost it and knows the cursor: only this place tells.
type Answered struct {
	ID string
	At string
}

// Unproven gives at most limit answers that no whole pull has proven yet, oldest
// first.
func (db *DB) Unproven(ctx context.Context, scope Scope, limit int) (out []Answered, err error) {
	err = db.View(ctx, func(t VaultTx) error {
		return t.tx.Each(ctx, "outbox_unproven", sqlkit.P{"scope": string(scope), "limit": limit}, func(scan func(...any) error) error {
			var a Answered
			err := scan(&a.ID, &a.At)
			out = append(out, a)
			return err
		})
	})
	return out, err
}

// Proven notes that the copy stands behind these answers: from here on the cursor
// tells when the centre has lost them.
func (db *DB) Proven(ctx context.Context, answers []Answered) error {
	return db.Update(ctx, func(t VaultTx) error {
		for _, a := range answers {
			if _, err := t.tx.Exec(ctx, "outbox_proven", sqlkit.P{"id": a.ID, "at": a.At}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Doubt asks for the proof of every answer again: the copy is made anew without a
// cursor that would have told.
func (db *DB) Doubt(ctx context.Context, scope Scope) error {
	return db.Update(ctx, func(t VaultTx) error {
		_, err := t.tx.Exec(ctx, "outbox_doubt", sqlkit.P{"scope": string(scope)})
		return err
	})
}
