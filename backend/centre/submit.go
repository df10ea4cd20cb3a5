package centre

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

const kindSubmit = "submit"

// Submit files a submission, or replays the answer when these bytes were filed
// before. A refusal leaves no trace: the desk may mend the draft and file it
// again under the same id.
func (c *Centre) Submit(ctx context.Context, by Caller, id repair.WorkOrderID, body []byte) (accepted wire.Accepted, again bool, err error) {
	if by.isStaff() {
		return accepted, false, repair.ErrSide.With("role", string(by.Role), "kind", kindSubmit)
	}
	if err := checkID(string(id)); err != nil {
		return accepted, false, err
	}
	var s repair.Submission
	if err := wire.DecodeStrict(body, &s); err != nil {
		return accepted, false, err
	}
	fingerprint := wire.Fingerprint(body)
	err = c.update(ctx, func(tx *deed) error {
		accepted, again = wire.Accepted{}, false // it may be done again
		before, err := replayed(ctx, tx, by.Account, string(id), kindSubmit, fingerprint)
		if err != nil {
			return err
		}
		if before != nil {
			again = true
			return before.into(&accepted)
		}
		accepted, err = c.accept(ctx, tx, by, id, s, fingerprint)
		if err != nil {
			return err
		}
		return c.saveOp(ctx, tx, Op{Account: by.Account, ID: string(id), Kind: kindSubmit,
			Fingerprint: fingerprint, Status: http.StatusCreated, Rev: accepted.Rev}, accepted)
	})
	return accepted, again, taken(err)
}

func (c *Centre) accept(ctx context.Context, tx *deed, by Caller, id repair.WorkOrderID, s repair.Submission, fingerprint string) (wire.Accepted, error) {
	var none wire.Accepted
	info, err := c.info(ctx, tx)
	if err != nil {
		return none, err
	}
	env := c.env(info, tx.at)
	// The rules first, so that a refusal does not use up a number.
	filed, err := repair.NewCase(id, by.Account, "", s, env)
	if err != nil {
		return none, err
	}
	if filed.Order.Number, err = nextNumber(ctx, tx, env); err != nil {
		return none, err
	}
	warnings, err := duplicates(ctx, tx, filed)
	if err != nil {
		return none, err
	}
	all := repair.Touched{Order: true}
	for i := range filed.Devices {
		all.Devices = append(all.Devices, filed.Devices[i].ID)
	}
	rev, err := c.commit(ctx, tx, by.scope(), by.signed(string(id), kindSubmit), func(w *writer) error {
		return w.saveTouched(ctx, filed, all)
	})
	if err != nil {
		return none, err
	}
	acknowledgement := wire.Acknowledgement{ServerID: c.serverID, WorkOrder: id, Number: filed.Order.Number,
		Fingerprint: fingerprint, Rev: rev, At: env.Now}.Sign(c.key)
	return wire.Accepted{ID: id, Number: filed.Order.Number, Rev: rev,
		Acknowledgement: acknowledgement, Warnings: warnings, At: tx.place(by.scope())}, nil
}

func nextNumber(ctx context.Context, tx Tx, env repair.Env) (string, error) {
	year := env.Today().Time().Year()
	n, err := tx.NextNumber(ctx, year)
	return fmt.Sprintf("WO-%d-%06d", year, n), err
}

// duplicates warns of devices that another open work order of the account has.
// It never refuses: a refusal would strand who works offline.
func duplicates(ctx context.Context, tx Tx, filed *repair.Case) ([]wire.Warning, error) {
	warnings := []wire.Warning{}
	keys := make([]string, len(filed.Devices))
	for i, d := range filed.Devices {
		keys[i] = d.Serial.Key()
	}
	rows, err := tx.Lookup(ctx, Scope(filed.Order.Account), wire.RowDevice, keys...)
	if err != nil {
		return nil, err
	}
	for i, d := range filed.Devices {
		at := slices.IndexFunc(rows, func(r Row) bool { return r.Key == keys[i] })
		if at < 0 {
			continue
		}
		number, err := numberOf(ctx, tx, rows[at].WorkOrder)
		if err != nil {
			return nil, err
		}
		warnings = append(warnings, wire.Warning{Code: wire.CodeDuplicate, Row: d.Line, Column: "serial",
			Args: map[string]string{"serial": string(d.Serial), "number": number, "work_order": string(rows[at].WorkOrder), "row": strconv.Itoa(d.Line)}})
	}
	return warnings, nil
}

func numberOf(ctx context.Context, tx Tx, id repair.WorkOrderID) (string, error) {
	row, found, err := tx.Load(ctx, wire.RowWorkOrder, string(id))
	if err != nil || !found {
		return "", err
	}
	var order repair.WorkOrder
	err = decode(row, &order)
	return order.Number, err
}

// taken tells an id that belongs to something else as what it is: used.
func taken(err error) error {
	if errors.Is(err, ErrTaken) {
		return refuse(repair.Conflict, wire.CodeIDReused).Because(err)
	}
	return err
}
