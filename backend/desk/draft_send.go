package desk

import (
	"context"
	"encoding/json"
	"time"

	"hashmend/backend/fault"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// sendHold is how long Send may be taken back.
const sendHold = 9 * time.Second

// SendDraft freezes the submission's bytes and holds them for nine seconds;
// then they go to the centre exactly once. What blocks is refused here (R12).
// After a refusal by the centre the draft is sent anew, as another work order:
// the centre keeps its answer to the old one for ever.
func (d *Desk) SendDraft(ctx context.Context, id string) (out DraftView, err error) {
	session, err := d.session()
	if err != nil {
		return out, err
	}
	if session.Role.Actor() != repair.Customer {
		return out, repair.ErrSide.With("role", string(session.Role), "kind", localdb.KindSubmit)
	}
	env, err := d.env(ctx)
	if err != nil {
		return out, err
	}
	order, err := newID()
	if err != nil {
		return out, err
	}
	err = d.DB.Update(ctx, func(t localdb.VaultTx) error {
		draft, err := d.draft(ctx, t, id)
		if err != nil {
			return err
		}
		if draft.State != localdb.DraftOpen {
			return ErrDraftNotOpen.With("state", string(draft.State))
		}
		rows, err := t.AllRows(ctx, id)
		if err != nil {
			return err
		}
		submission := submissionOf(draft, rows)
		if n := findingsBlocking(repair.Preflight(submission, env)); n > 0 {
			return ErrDraftBlocked.With("count", itoa(n))
		}
		return d.freeze(ctx, t, session, draft, order, submission)
	})
	if err != nil {
		return out, err
	}
	fault.Hit(fault.OutboxAfterCommit)
	d.Emit("sync")
	d.Wake()
	return d.drafted(ctx, id)
}

func (d *Desk) freeze(ctx context.Context, t localdb.VaultTx, s localdb.Session, draft localdb.Draft, order string, submission repair.Submission) error {
	body, err := json.Marshal(submission)
	if err != nil {
		return err
	}
	now := d.now()
	if draft.Outbox != "" { // what was refused has been answered by sending anew
		if _, err := t.Dismiss(ctx, draft.Outbox, now); err != nil {
			return err
		}
	}
	if err := t.Queue(ctx, localdb.OutboxItem{
		ID: order, Scope: s.Scope, Kind: localdb.KindSubmit, WorkOrder: repair.WorkOrderID(order), Draft: draft.ID,
		Title: titleOf(draft), CreatedAt: now, HoldUntil: repair.At(d.Now().Add(sendHold)),
	}, body); err != nil {
		return err
	}
	for _, dev := range submission.Devices {
		if err := t.SendFiles(ctx, s.Scope, dev.Photos, now); err != nil {
			return err
		}
	}
	err = t.SetDraftState(ctx, draft.ID, localdb.DraftSent, order, now)
	fault.Hit(fault.OutboxBeforeCommit)
	return err
}

// CancelSend takes Send back while it is held, or while nothing has left this PC.
func (d *Desk) CancelSend(ctx context.Context, id string) (DraftView, error) {
	err := d.DB.Update(ctx, func(t localdb.VaultTx) error {
		draft, err := t.Draft(ctx, id)
		if err != nil || draft.State == localdb.DraftOpen {
			return err
		}
		taken, err := t.TakeBack(ctx, draft.Outbox)
		if err != nil {
			return err
		}
		if !taken {
			return ErrSendTooLate
		}
		return t.SetDraftState(ctx, id, localdb.DraftOpen, "", d.now())
	})
	if err != nil {
		return DraftView{}, err
	}
	d.Emit("sync")
	return d.drafted(ctx, id)
}
