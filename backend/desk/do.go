package desk

import (
	"context"
	"encoding/json"

	"hashmend/backend/fault"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// Do queues a decision about a work order. The rules are asked here, with what
// is already on its way, to spare the person a refusal; the centre has the last
// word, so what the cache shows does not change until it has spoken.
//
// The command needs its kind, its work order and its parts; id and what the
// person saw are filled in.
func (d *Desk) Do(ctx context.Context, cmd repair.Command) (OutboxRow, error) {
	return d.do(ctx, cmd, nil)
}

// do is Do with something more to write in the same transaction.
func (d *Desk) do(ctx context.Context, cmd repair.Command, also func(localdb.VaultTx, repair.Command) error) (out OutboxRow, err error) {
	session, err := d.session()
	if err != nil {
		return out, err
	}
	if err := fillIDs(&cmd); err != nil {
		return out, err
	}
	item := localdb.OutboxItem{ID: string(cmd.ID), Scope: session.Scope, Kind: string(cmd.Kind), WorkOrder: cmd.WorkOrder, CreatedAt: d.now()}
	if err := d.ask(ctx, session, &cmd, &item); err != nil {
		return out, err
	}
	body, err := json.Marshal(cmd)
	if err != nil {
		return out, err
	}
	info, _, err := d.centre(ctx)
	if err != nil {
		return out, err
	}
	err = d.DB.Update(ctx, func(t localdb.VaultTx) error {
		if err := t.Queue(ctx, item, body); err != nil {
			return err
		}
		if err := t.SendFiles(ctx, session.Scope, filesOf(cmd), item.CreatedAt); err != nil {
			return err
		}
		if cmd.Payment != nil {
			if err := d.trustFirst(ctx, t, session.Scope, info, cmd.Payment); err != nil {
				return err
			}
		}
		if also != nil {
			if err := also(t, cmd); err != nil {
				return err
			}
		}
		fault.Hit(fault.OutboxBeforeCommit)
		return nil
	})
	if err != nil {
		return out, err
	}
	fault.Hit(fault.OutboxAfterCommit)
	d.Emit("orders", "order:"+string(cmd.WorkOrder), "packing:"+string(cmd.WorkOrder), "sync")
	d.Wake()
	item.State = localdb.Queued
	return d.outboxRow(ctx, item), nil
}

// ask lets the rules decide on the command as they stand here.
func (d *Desk) ask(ctx context.Context, session localdb.Session, cmd *repair.Command, item *localdb.OutboxItem) error {
	env, err := d.env(ctx)
	if err != nil {
		return err
	}
	switch cmd.Kind {
	case repair.CmdRecordUnclaimed:
		_, err := repair.NewUnclaimed(person(session), *cmd, env)
		return err
	case repair.CmdDecideUnclaimed:
		return d.askUnclaimed(ctx, session, *cmd, env)
	case repair.CmdSetMailbox:
		_, err := repair.SetMailbox(person(session), *cmd, env)
		return err
	}
	v, err := d.view(ctx, cmd.WorkOrder)
	if err != nil {
		return err
	}
	cmd.SeenRev = v.told.Order.Rev
	item.SeenRev, item.Title = cmd.SeenRev, v.told.Order.Number
	trial := *v.ahead // Do replaces what it changes and writes into nothing shared
	_, err = trial.Do(person(session), *cmd, env)
	return err
}

func (d *Desk) askUnclaimed(ctx context.Context, session localdb.Session, cmd repair.Command, env repair.Env) error {
	if err := cmd.Validate(); err != nil {
		return err
	}
	all, err := d.Unclaimed(ctx)
	if err != nil {
		return err
	}
	for _, u := range all {
		if u.ID == cmd.Unclaimed.ID {
			_, err := repair.DecideUnclaimed(u, person(session), cmd, env)
			return err
		}
	}
	return repair.ErrUnclaimedUnknown
}

// fillIDs names the command and what it brings into being, where the screen left
// that to the desk.
func fillIDs(cmd *repair.Command) error {
	ids := []*string{(*string)(&cmd.ID)}
	if cmd.Correction != nil {
		ids = append(ids, (*string)(&cmd.Correction.ID))
	}
	if cmd.Payment != nil {
		ids = append(ids, (*string)(&cmd.Payment.ID))
	}
	for i := range cmd.Offers {
		ids = append(ids, (*string)(&cmd.Offers[i].ID))
	}
	if cmd.Ship != nil {
		ids = append(ids, (*string)(&cmd.Ship.ID))
	}
	if cmd.Unclaimed != nil && cmd.Kind == repair.CmdRecordUnclaimed {
		ids = append(ids, (*string)(&cmd.Unclaimed.ID))
	}
	for _, id := range ids {
		if *id != "" {
			continue
		}
		var err error
		if *id, err = newID(); err != nil {
			return err
		}
	}
	return nil
}

// filesOf lists the photos and vouchers that a command refers to.
func filesOf(cmd repair.Command) []repair.FileRef {
	out := append([]repair.FileRef{}, cmd.Files...)
	for _, p := range cmd.Parcels {
		out = append(out, p.Photos...)
	}
	if cmd.Payment != nil {
		out = append(out, cmd.Payment.Vouchers...)
	}
	if cmd.Receipt != nil {
		out = append(out, cmd.Receipt.Photos...)
	}
	if cmd.Rejection != nil {
		out = append(out, cmd.Rejection.Photos...)
	}
	if cmd.Inspection != nil {
		out = append(out, cmd.Inspection.Photos...)
	}
	if cmd.PaymentDecision != nil {
		out = append(out, cmd.PaymentDecision.Proof...)
	}
	return out
}
