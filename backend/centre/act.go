package centre

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Act applies a command, or replays the answer when these bytes came before. A
// refusal by the rules is an answer too: the same decision is not taken a second
// time when the case has moved on.
func (c *Centre) Act(ctx context.Context, by Caller, id repair.CommandID, body []byte, ifMatch int64) (wire.OpResult, error) {
	return c.act(ctx, by, id, body, ifMatch, false)
}

// ActAgain applies a command that this centre had done and has lost. What it came
// after may still be on its way from another desk, so a refusal is not the last word
// and nothing remembers it; and what its person saw then has no rev here.
func (c *Centre) ActAgain(ctx context.Context, by Caller, id repair.CommandID, body []byte) (wire.OpResult, error) {
	return c.act(ctx, by, id, body, 0, true)
}

func (c *Centre) act(ctx context.Context, by Caller, id repair.CommandID, body []byte, ifMatch int64, again bool) (result wire.OpResult, err error) {
	if err := checkID(string(id)); err != nil {
		return result, err
	}
	var cmd repair.Command
	if err := wire.DecodeStrict(body, &cmd); err != nil {
		return result, err
	}
	if cmd.ID != id {
		return result, refuse(repair.Invalid, wire.CodeMalformed).With("why", "the id in the body is another")
	}
	if ifMatch > 0 && cmd.SeenRev == 0 {
		cmd.SeenRev = ifMatch
	}
	if ifMatch > 0 && cmd.SeenRev != ifMatch {
		return result, refuse(repair.Invalid, wire.CodeMalformed).With("why", "If-Match and seen_rev differ")
	}
	if again {
		cmd.SeenRev = 0
	}
	op := Op{Account: by.Account, ID: string(id), Kind: string(cmd.Kind), Fingerprint: wire.Fingerprint(body)}
	var refusal error
	err = c.update(ctx, func(tx *deed) error {
		result, refusal = wire.OpResult{}, nil // it may be done again
		before, err := replayed(ctx, tx, op.Account, op.ID, op.Kind, op.Fingerprint)
		if err != nil {
			return err
		}
		if before != nil {
			refusal = before.into(&result)
			result.Replayed = true
			return nil
		}
		result, err = c.apply(ctx, tx, by, cmd)
		if e, final := isFinal(err); final && !again {
			problem := wire.NewProblem(e)
			op.Status, refusal = problem.Status, err
			return c.saveOp(ctx, tx, op, problem)
		}
		if err != nil {
			return err
		}
		op.Status, op.Rev = http.StatusOK, result.Rev
		return c.saveOp(ctx, tx, op, result)
	})
	if err != nil {
		return wire.OpResult{}, taken(err)
	}
	if refusal != nil {
		return wire.OpResult{}, refusal
	}
	return result, nil
}

// apply does the command in the transaction. Nothing is written before the rules
// have agreed, so a refusal may be remembered in the same transaction.
func (c *Centre) apply(ctx context.Context, tx *deed, by Caller, cmd repair.Command) (wire.OpResult, error) {
	var none wire.OpResult
	info, err := c.info(ctx, tx)
	if err != nil {
		return none, err
	}
	switch cmd.Kind {
	case repair.CmdRecordUnclaimed, repair.CmdDecideUnclaimed:
		return c.applyUnclaimed(ctx, tx, by, cmd, c.env(info, tx.at))
	case repair.CmdSetMailbox:
		return c.applyMailbox(ctx, tx, by, cmd, c.env(info, tx.at))
	}
	repairCase, err := loadCase(ctx, tx, by, cmd.WorkOrder)
	if err != nil {
		return none, err
	}
	if err := unchanged(ctx, tx, by, cmd, repairCase); err != nil {
		return none, err
	}
	touched, err := repairCase.Do(by.Person, cmd, c.env(info, tx.at))
	if err != nil {
		return none, withRev(err, cmd, repairCase)
	}
	rev, err := c.commit(ctx, tx, Scope(repairCase.Order.Account), by.signed(string(cmd.ID), string(cmd.Kind)), func(w *writer) error {
		return w.saveTouched(ctx, repairCase, touched)
	})
	if err != nil {
		return none, err
	}
	if by.isStaff() {
		if err := grant(ctx, tx, repairCase.Order.Account, cmd); err != nil {
			return none, err
		}
	}
	return wire.OpResult{ID: cmd.ID, Rev: rev, At: tx.place(Scope(repairCase.Order.Account)),
		Result: wire.OpOutcome{WorkOrder: cmd.WorkOrder, Stage: repairCase.Order.Stage}}, nil
}

// unchanged refuses a command whose person decided on something that somebody
// else has changed since. What the same install did in between does not count:
// it decided in that order.
func unchanged(ctx context.Context, tx Tx, by Caller, cmd repair.Command, c *repair.Case) error {
	if cmd.SeenRev == 0 || c.Order.Rev <= cmd.SeenRev {
		return nil
	}
	for _, rev := range dependsOn(cmd, c) {
		if rev <= cmd.SeenRev {
			continue
		}
		commit, found, err := tx.CommitOf(ctx, Scope(c.Order.Account), rev)
		if err != nil {
			return err
		}
		if !found || commit.Install != by.Install {
			return withRev(repair.ErrOrderChanged, cmd, c)
		}
	}
	return nil
}

// withRev tells with order.changed where the work order stands now.
func withRev(err error, cmd repair.Command, c *repair.Case) error {
	var e *repair.Error
	if !errors.As(err, &e) || e.Code != repair.ErrOrderChanged.Code {
		return err
	}
	return e.With("rev", strconv.FormatInt(c.Order.Rev, 10), "seen_rev", strconv.FormatInt(cmd.SeenRev, 10))
}

// dependsOn gives the revs of what the person must have seen as it is now. A
// kind of command that is not here means the same whatever has changed.
func dependsOn(cmd repair.Command, c *repair.Case) (revs []int64) {
	quotes := func(ids []repair.QuoteID) {
		for _, id := range ids {
			if q := c.Quote(id); q != nil {
				revs = append(revs, q.Rev)
			}
		}
	}
	switch cmd.Kind {
	case repair.CmdAcceptQuotes, repair.CmdDeclineQuotes:
		quotes(cmd.Quotes)
	case repair.CmdSetParcels:
		for _, plan := range cmd.Parcels {
			if p := c.Parcel(plan.ID); p != nil {
				revs = append(revs, p.Rev)
			}
		}
	case repair.CmdRequestCorrection:
		if cmd.Correction == nil {
			return nil
		}
		if d := c.Device(cmd.Correction.Device); d != nil {
			revs = append(revs, d.Rev)
		}
		if p := c.Parcel(cmd.Correction.Parcel); p != nil {
			revs = append(revs, p.Rev)
		}
	case repair.CmdChoosePayment, repair.CmdSendVoucher:
		if cmd.Payment == nil {
			return nil
		}
		quotes(cmd.Payment.Quotes)
		if p := c.Payment(cmd.Payment.ID); p != nil {
			revs = append(revs, p.Rev)
		}
	}
	return revs
}

// grant lets a customer see the files that the centre attaches to the case.
func grant(ctx context.Context, tx Tx, account repair.AccountID, cmd repair.Command) error {
	lists := [][]repair.FileRef{cmd.Files}
	if cmd.Receipt != nil {
		lists = append(lists, cmd.Receipt.Photos)
	}
	if cmd.Rejection != nil {
		lists = append(lists, cmd.Rejection.Photos)
	}
	if cmd.Inspection != nil {
		lists = append(lists, cmd.Inspection.Photos)
	}
	if cmd.PaymentDecision != nil {
		lists = append(lists, cmd.PaymentDecision.Proof)
	}
	for _, list := range lists {
		for _, f := range list {
			if err := tx.Grant(ctx, account, f.SHA256); err != nil {
				return fmt.Errorf("grant file: %w", err)
			}
		}
	}
	return nil
}

// applyUnclaimed records or decides about a parcel that came without a work
// order (R15, R34). Its row is the centre's own.
func (c *Centre) applyUnclaimed(ctx context.Context, tx *deed, by Caller, cmd repair.Command, env repair.Env) (wire.OpResult, error) {
	var none wire.OpResult
	if !by.isStaff() {
		return none, repair.ErrSide.With("role", string(by.Role), "kind", string(cmd.Kind))
	}
	var parcel repair.UnclaimedParcel
	var warnings []wire.Warning
	var err error
	if cmd.Kind == repair.CmdRecordUnclaimed {
		if parcel, err = repair.NewUnclaimed(by.Person, cmd, env); err != nil {
			return none, err
		}
		if warnings, err = ownersOf(ctx, tx, parcel); err != nil {
			return none, err
		}
		_, found, err := tx.Load(ctx, wire.RowUnclaimed, string(parcel.ID))
		if err != nil {
			return none, err
		}
		if found {
			return none, refuse(repair.Conflict, wire.CodeIDReused)
		}
	} else if parcel, err = c.decideUnclaimed(ctx, tx, by, cmd, env); err != nil {
		return none, err
	}
	rev, err := c.commit(ctx, tx, Own, by.signed(string(cmd.ID), string(cmd.Kind)), func(w *writer) error {
		parcel.Rev = w.rev
		return w.save(ctx, Row{T: wire.RowUnclaimed, ID: string(parcel.ID)}, parcel)
	})
	return wire.OpResult{ID: cmd.ID, Rev: rev, At: tx.place(Own), Result: wire.OpOutcome{WorkOrder: parcel.WorkOrder, Warnings: warnings}}, err
}

func (c *Centre) decideUnclaimed(ctx context.Context, tx Tx, by Caller, cmd repair.Command, env repair.Env) (repair.UnclaimedParcel, error) {
	var parcel repair.UnclaimedParcel
	if cmd.Unclaimed == nil {
		return repair.DecideUnclaimed(parcel, by.Person, cmd, env) // says what is missing
	}
	row, found, err := tx.Load(ctx, wire.RowUnclaimed, string(cmd.Unclaimed.ID))
	if err != nil {
		return parcel, err
	}
	if !found {
		return parcel, repair.ErrUnclaimedUnknown
	}
	if err := decode(row, &parcel); err != nil {
		return parcel, err
	}
	if parcel, err = repair.DecideUnclaimed(parcel, by.Person, cmd, env); err != nil {
		return parcel, err
	}
	if parcel.WorkOrder != "" {
		_, err = loadCase(ctx, tx, by, parcel.WorkOrder)
	}
	return parcel, err
}

// ownersOf warns when an open work order has announced the parcel's waybill: it
// may not be unclaimed at all.
func ownersOf(ctx context.Context, tx Tx, parcel repair.UnclaimedParcel) ([]wire.Warning, error) {
	if parcel.WaybillNumber == "" {
		return nil, nil
	}
	rows, err := tx.Lookup(ctx, Own, wire.RowParcel, string(parcel.WaybillNumber))
	if err != nil {
		return nil, err
	}
	var warnings []wire.Warning
	for _, row := range rows {
		number, err := numberOf(ctx, tx, row.WorkOrder)
		if err != nil {
			return nil, err
		}
		warnings = append(warnings, wire.Warning{Code: wire.CodeWaybillKnown,
			Args: map[string]string{"number": number, "work_order": string(row.WorkOrder)}})
	}
	return warnings, nil
}
