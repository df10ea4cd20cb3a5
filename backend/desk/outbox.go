package desk

import (
	"context"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// Outbox lists what is not confirmed yet or was refused, oldest first.
func (d *Desk) Outbox(ctx context.Context) ([]OutboxRow, error) {
	var items []localdb.OutboxItem
	if err := d.DB.View(ctx, func(t localdb.VaultTx) (err error) {
		items, err = t.OpenOutbox(ctx, d.scope())
		return err
	}); err != nil {
		return nil, err
	}
	out := make([]OutboxRow, 0, len(items))
	for _, item := range items {
		out = append(out, d.outboxRow(ctx, item))
	}
	return out, nil
}

// outboxRow shows an item. For a command its title is the work order's number.
func (d *Desk) outboxRow(ctx context.Context, item localdb.OutboxItem) OutboxRow {
	row := OutboxRow{ID: item.ID, Kind: item.Kind, Order: string(item.WorkOrder), Draft: item.Draft, Title: item.Title, Mark: markOf(item.State),
		Created: item.CreatedAt, Tries: item.Attempts, Reason: item.Reason}
	if item.State == localdb.Holding && item.HoldUntil <= repair.At(d.Now()) {
		row.Mark = MarkWaiting // its time to be taken back is over: only the centre is missing
	}
	if item.State == localdb.Queued && item.Attempts > 0 {
		row.NextTry = item.NextAt
	}
	if item.Kind == localdb.KindSubmit {
		return row
	}
	row.Number = item.Title
	_ = d.DB.Cached(ctx, item.Scope, func(t localdb.CacheTx) error { // a title is no reason to fail
		r, found, err := t.OrderRow(ctx, item.WorkOrder)
		if found {
			row.Number, row.Title = r.Number, titleOfOrder(r)
		}
		return err
	})
	return row
}

func titleOfOrder(r localdb.OrderRow) string {
	if r.Reference != "" {
		return r.Reference
	}
	return r.Customer
}

// RetryOutbox makes what waits due now: one item, or all when id is "". A refused
// command is asked of the rules again as things stand and goes as a new one; a
// refused submission is mended in its draft.
func (d *Desk) RetryOutbox(ctx context.Context, id string) error {
	if id == "" {
		if err := d.DB.RetryOutbox(ctx, d.scope(), d.now()); err != nil {
			return err
		}
		d.Wake()
		return nil
	}
	var item localdb.OutboxItem
	var cmd repair.Command
	if err := d.DB.View(ctx, func(t localdb.VaultTx) (err error) {
		if item, err = t.OutboxItem(ctx, id); err != nil || item.Kind == localdb.KindSubmit {
			return err
		}
		cmd, err = commandOf(ctx, t, id)
		return err
	}); err != nil {
		return err
	}
	switch {
	case item.State == localdb.Queued:
		if err := d.DB.MarkRetry(ctx, id, item.Reason, d.Now(), 0); err != nil {
			return err
		}
		d.Emit("sync")
		d.Wake()
		return nil
	case item.State == localdb.Refused && item.Kind != localdb.KindSubmit:
		cmd.ID = ""
		_, err := d.do(ctx, cmd, func(t localdb.VaultTx, _ repair.Command) error {
			_, err := t.Dismiss(ctx, id, d.now())
			return err
		})
		return err
	}
	return nil
}

// DiscardOutbox takes back what has never left this PC, or puts away what was refused.
// A submission's draft is there to edit again.
func (d *Desk) DiscardOutbox(ctx context.Context, id string) error {
	var item localdb.OutboxItem
	if err := d.DB.Update(ctx, func(t localdb.VaultTx) (err error) {
		if item, err = t.OutboxItem(ctx, id); err != nil {
			return err
		}
		if item.State == localdb.Refused {
			_, err = t.Dismiss(ctx, id, d.now())
			return err
		}
		taken, err := t.TakeBack(ctx, id)
		if err != nil {
			return err
		}
		if !taken {
			return ErrOutboxTooLate
		}
		if item.Draft == "" {
			return nil
		}
		return t.SetDraftState(ctx, item.Draft, localdb.DraftOpen, "", d.now())
	}); err != nil {
		return err
	}
	d.Emit("sync", "orders", "drafts", "order:"+string(item.WorkOrder), "packing:"+string(item.WorkOrder), "draft:"+item.Draft)
	return nil
}
