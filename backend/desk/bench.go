package desk

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// benchStages are the stages of the workshop, in the order of a device's way.
var benchStages = []string{"diagnose", "receive", "inspect", "quote", "payments", "repair", "ship", "corrections"}

// benchWork counts what waits at each stage of one work order. It asks the rules
// what may be done, and the facts what is still to be done.
func benchWork(c *repair.Case, offers []repair.Offer) map[string]int {
	out := map[string]int{}
	if c.Order.Stage == repair.StageSubmitted {
		out["diagnose"] = 1
	}
	status := make(map[repair.DeviceID]repair.DeviceStatus, len(c.Devices))
	for _, dev := range c.Devices {
		status[dev.ID] = dev.Status
	}
	at := func(ids []repair.DeviceID, wanted ...repair.DeviceStatus) (n int) {
		for _, id := range ids {
			if slices.Contains(wanted, status[id]) {
				n++
			}
		}
		return n
	}
	for _, o := range offers {
		switch o.Kind {
		case repair.CmdReceiveParcel:
			out["receive"] = len(o.Parcels)
		case repair.CmdInspect:
			out["inspect"] = at(o.Devices, repair.Received, repair.Unexpected)
		case repair.CmdSendQuotes:
			out["quote"] = at(o.Devices, repair.Inspected)
		case repair.CmdStartRepair, repair.CmdFinishRepair, repair.CmdTestResult:
			out["repair"] += len(o.Devices)
		case repair.CmdShip:
			out["ship"] = len(o.Devices)
		case repair.CmdDecideCorrection:
			out["corrections"] = len(o.Corrections)
		}
	}
	for _, p := range c.Payments {
		if p.ToDecide() {
			out["payments"]++
		}
	}
	return out
}

// Bench gives the work orders that wait at a stage of the workshop, the longest
// waiting first.
func (d *Desk) Bench(ctx context.Context, stage, after string) (out BenchPage, err error) {
	out = BenchPage{Stage: stage, Rows: []OrderRow{}, Counts: map[string]int{}}
	var all []OrderRow
	if err := d.open(ctx, func(r localdb.OrderRow, s *summary) error {
		for name, n := range s.bench {
			out.Counts[name] += n
		}
		if s.bench[stage] > 0 {
			all = append(all, orderRow(r))
		}
		return nil
	}); err != nil {
		return out, err
	}
	slices.SortFunc(all, func(a, b OrderRow) int { return cmp.Or(cmp.Compare(a.Updated, b.Updated), cmp.Compare(a.ID, b.ID)) })
	out.Total = len(all)
	from, err := strconv.Atoi(cmp.Or(after, "0"))
	if err != nil || from < 0 {
		from = 0
	}
	from = min(from, len(all))
	out.Rows = append(out.Rows, all[from:min(from+maxPage, len(all))]...)
	return out, d.fill(ctx, out.Rows)
}

// FindParcel says which parcel a waybill at the door belongs to.
func (d *Desk) FindParcel(ctx context.Context, waybill string) (out ParcelFound, err error) {
	session, err := d.session()
	if err != nil {
		return out, err
	}
	out = ParcelFound{Outcome: "unknown", Expected: []PackDevice{}}
	waybill = opened(waybill)
	number := string(repair.NormalWaybill(repair.WaybillNumber(waybill)))
	if label, ok := d.ParseLabel(waybill); ok {
		return d.findBox(ctx, session.Scope, label)
	}
	if localdb.WaybillKey(number) == "" {
		return out, nil
	}
	return out, d.DB.Cached(ctx, session.Scope, func(t localdb.CacheTx) error {
		hits, err := t.ByWaybill(ctx, number)
		if err != nil {
			return err
		}
		for _, h := range hits {
			if h.T != "parcel" {
				continue
			}
			p, found, err := t.Parcel(ctx, h.ID)
			if err != nil {
				return err
			}
			// The same number may have been refused before and sent again.
			if found && (out.Outcome == "unknown" || p.Status != repair.ParcelRejected) {
				if err := d.found(ctx, t, p, &out); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// findBox finds the parcel by the label that the customer stuck on it.
func (d *Desk) findBox(ctx context.Context, scope localdb.Scope, label Label) (out ParcelFound, err error) {
	out = ParcelFound{Outcome: "unknown", Expected: []PackDevice{}}
	return out, d.DB.Cached(ctx, scope, func(t localdb.CacheTx) error {
		if label.Kind == "box" {
			if out.Check, err = d.checkArrived(ctx, t, label, nil); err != nil {
				return err
			}
		}
		id, found, err := t.OrderByNumber(ctx, label.Number)
		if err != nil || !found {
			return err
		}
		c, err := t.CaseWithoutDevices(ctx, id)
		if err != nil {
			return err
		}
		for _, p := range c.Parcels {
			if p.Seq == label.Box && (out.Outcome == "unknown" || p.Status != repair.ParcelRejected) {
				if err := d.found(ctx, t, p, &out); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (d *Desk) found(ctx context.Context, t localdb.CacheTx, p repair.Parcel, out *ParcelFound) (err error) {
	out.Parcel, out.Outcome, out.Expected = p, "expected", []PackDevice{}
	switch {
	case p.SystemReceivedAt.IsSet():
		out.Outcome = "already_received"
	case p.Status == repair.ParcelRejected:
		out.Outcome = "rejected"
	}
	c, err := t.Case(ctx, p.WorkOrder)
	if err != nil {
		return err
	}
	out.Order = c.Order
	for _, id := range p.Devices {
		if dev := c.Device(id); dev != nil {
			out.Expected = append(out.Expected, packDevice(*dev))
		}
	}
	return nil
}

// Unclaimed lists parcels that came without a work order (R15).
func (d *Desk) Unclaimed(ctx context.Context) (out []repair.UnclaimedParcel, err error) {
	err = d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		out, err = t.Unclaimed(ctx)
		return err
	})
	return nonNil(out), err
}
