package centre

import (
	"context"
	"slices"

	"hashmend/backend/wire"
)

// Snapshot begins a snapshot, or goes on with the one that began at a cursor.
func (c *Centre) Snapshot(ctx context.Context, by Caller, at wire.Cursor) (head wire.SnapshotHead, err error) {
	head = wire.SnapshotHead{H: wire.SnapshotForm, At: at}
	err = c.store.View(ctx, func(tx Tx) error {
		if at == "" {
			heads, err := headsOf(ctx, tx, by.scope())
			if err != nil {
				return err
			}
			head.At = heads.Cursor()
		} else if _, err := position(ctx, tx, by.scope(), at); err != nil {
			return err
		}
		head.Counts, err = tx.KeptCounts(ctx, by.scope())
		if err != nil || by.scope() == Own {
			return err
		}
		public, err := tx.KeptCounts(ctx, Public)
		for t, n := range public {
			head.Counts[t] += n
		}
		return err
	})
	return head, err
}

// SnapshotRows gives at most limit rows behind a key, in the order of their keys.
// Each call sees its own moment: what changed between two comes again in the feed.
// now is the snapshot's cursor with that moment in it, for a centre that was
// restored to a copy from before it to refuse: its rows and these do not go together.
func (c *Centre) SnapshotRows(ctx context.Context, by Caller, at wire.Cursor, after RowKey, limit int) (list []wire.Row, now wire.Cursor, err error) {
	var rows []Row
	err = c.store.View(ctx, func(tx Tx) error {
		began, err := position(ctx, tx, by.scope(), at)
		if err != nil {
			return err
		}
		heads, err := headsOf(ctx, tx, by.scope())
		if err != nil {
			return err
		}
		now = began.ReachedFrom(wire.Reach{Own: heads.Own, Public: heads.Public}).Cursor()
		if rows, err = tx.Kept(ctx, by.scope(), after, limit); err != nil || by.scope() == Own {
			return err
		}
		public, err := tx.Kept(ctx, Public, after, limit)
		if err != nil || len(public) == 0 {
			return err
		}
		rows = append(rows, public...)
		slices.SortFunc(rows, func(a, b Row) int {
			if a.key().Before(b.key()) {
				return -1
			}
			return 1
		})
		rows = rows[:min(limit, len(rows))]
		return nil
	})
	return onWire(rows), now, err
}
