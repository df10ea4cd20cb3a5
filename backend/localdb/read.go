package localdb

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// entity reads one thing of a type.
func entity[T any](ctx context.Context, t CacheTx, kind, id string) (v T, found bool, err error) {
	var rev int64
	var order string
	var body []byte
	found, err = t.tx.Row(ctx, "entity_one", sqlkit.P{"scope": t.scope, "t": kind, "id": id}, &rev, &order, &body)
	if err != nil || !found {
		return v, found, err
	}
	return v, true, json.Unmarshal(body, &v)
}

// entities reads everything of a type, in the order of ids.
func entities[T any](ctx context.Context, t CacheTx, name string, p sqlkit.P) (out []T, err error) {
	p["scope"] = t.scope
	err = t.tx.Each(ctx, name, p, func(scan func(...any) error) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		var v T
		err := json.Unmarshal(body, &v)
		out = append(out, v)
		return err
	})
	return out, err
}

// Order gives a work order without what belongs to it.
func (t CacheTx) Order(ctx context.Context, id repair.WorkOrderID) (repair.WorkOrder, error) {
	w, found, err := entity[repair.WorkOrder](ctx, t, "work_order", string(id))
	if err == nil && !found {
		return w, notFound("order.not_found", string(id))
	}
	return w, err
}

// Parcel gives one parcel.
func (t CacheTx) Parcel(ctx context.Context, id string) (repair.Parcel, bool, error) {
	return entity[repair.Parcel](ctx, t, "parcel", id)
}

// Centre gives what the centre says about itself; found is false before the first pull.
func (t CacheTx) Centre(ctx context.Context) (c repair.CentreInfo, found bool, err error) {
	all, err := entities[repair.CentreInfo](ctx, t, "entities_of_type", sqlkit.P{"t": "centre"})
	if err != nil || len(all) == 0 {
		return c, false, err
	}
	return all[len(all)-1], true, nil
}

// Unclaimed gives the parcels that came without a work order.
func (t CacheTx) Unclaimed(ctx context.Context) ([]repair.UnclaimedParcel, error) {
	return entities[repair.UnclaimedParcel](ctx, t, "entities_of_type", sqlkit.P{"t": "unclaimed"})
}

// Signers gives whose the keys are that sign boxes, as far as the centre tells.
func (t CacheTx) Signers(ctx context.Context) ([]repair.Signer, error) {
	return entities[repair.Signer](ctx, t, "entities_of_type", sqlkit.P{"t": "signer"})
}

// Mailboxes gives where accounts are written to: one's own, staff get all.
func (t CacheTx) Mailboxes(ctx context.Context) ([]repair.Mailbox, error) {
	return entities[repair.Mailbox](ctx, t, "entities_of_type", sqlkit.P{"t": "mailbox"})
}

// Parcels gives the parcels of every work order in these stages.
func (t CacheTx) Parcels(ctx context.Context, stages []repair.Stage) ([]repair.Parcel, error) {
	return entities[repair.Parcel](ctx, t, "entities_open", sqlkit.P{"t": "parcel", "stages": list(stages)})
}

// Shipments gives the shipments of every work order in these stages.
func (t CacheTx) Shipments(ctx context.Context, stages []repair.Stage) ([]repair.Shipment, error) {
	return entities[repair.Shipment](ctx, t, "entities_open", sqlkit.P{"t": "shipment", "stages": list(stages)})
}

// Case gives a work order with everything that belongs to it.
func (t CacheTx) Case(ctx context.Context, id repair.WorkOrderID) (*repair.Case, error) {
	return t.load(ctx, "entities_of_order", id)
}

// CaseWithoutDevices is Case for a page that shows devices by page.
func (t CacheTx) CaseWithoutDevices(ctx context.Context, id repair.WorkOrderID) (*repair.Case, error) {
	return t.load(ctx, "entities_of_order_but_devices", id)
}

func (t CacheTx) load(ctx context.Context, name string, id repair.WorkOrderID) (*repair.Case, error) {
	c := &repair.Case{}
	found := false
	err := t.tx.Each(ctx, name, sqlkit.P{"scope": t.scope, "work_order": string(id)}, func(scan func(...any) error) error {
		var kind string
		var body []byte
		if err := scan(&kind, &body); err != nil {
			return err
		}
		found = found || kind == "work_order"
		return add(c, kind, body)
	})
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, notFound("order.not_found", string(id))
	}
	order(c)
	return c, nil
}

func add(c *repair.Case, kind string, body []byte) error {
	switch kind {
	case "work_order":
		return json.Unmarshal(body, &c.Order)
	case "device":
		return grow(&c.Devices, body)
	case "parcel":
		return grow(&c.Parcels, body)
	case "shipment":
		return grow(&c.Shipments, body)
	case "quote":
		return grow(&c.Quotes, body)
	case "payment":
		return grow(&c.Payments, body)
	case "message":
		return grow(&c.Messages, body)
	case "correction":
		return grow(&c.Corrections, body)
	}
	return nil
}

func grow[T any](list *[]T, body []byte) error {
	var v T
	err := json.Unmarshal(body, &v)
	*list = append(*list, v)
	return err
}

// order sorts a case as the centre tells it: devices by line, boxes by number,
// all else by time. Ids break ties, for they grow with time.
func order(c *repair.Case) {
	slices.SortFunc(c.Devices, byLine)
	slices.SortFunc(c.Parcels, bySeq)
	slices.SortFunc(c.Shipments, byShipment)
	slices.SortFunc(c.Quotes, byIssue)
	slices.SortFunc(c.Payments, byPayment)
	slices.SortFunc(c.Messages, byMoment)
	slices.SortFunc(c.Corrections, byRequest)
}

func byLine(a, b repair.Device) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.ID, b.ID))
}

func bySeq(a, b repair.Parcel) int {
	return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID))
}

func byShipment(a, b repair.Shipment) int {
	return cmp.Or(cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID))
}

func byIssue(a, b repair.Quote) int {
	return cmp.Or(cmp.Compare(a.IssuedAt, b.IssuedAt), cmp.Compare(a.ID, b.ID))
}

func byPayment(a, b repair.Payment) int { return cmp.Compare(a.ID, b.ID) }

func byMoment(a, b repair.Message) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID))
}

func byRequest(a, b repair.Correction) int {
	return cmp.Or(cmp.Compare(a.RequestedAt, b.RequestedAt), cmp.Compare(a.ID, b.ID))
}

// OrderVersion changes whenever anything of a work order does.
type OrderVersion struct {
	Rev  int64
	copy int64 // revisions count only as long as the same copy of the centre is read
}

// Before reports whether a later version holds the same rows and newer ones.
func (v OrderVersion) Before(later OrderVersion) bool {
	return v.copy == later.copy && v.Rev < later.Rev
}

// OrderVersion gives the version of a work order, for keeping what was computed from it.
func (t CacheTx) OrderVersion(ctx context.Context, id repair.WorkOrderID) (v OrderVersion, err error) {
	v.copy = t.scope
	_, err = t.tx.Row(ctx, "order_version", sqlkit.P{"scope": t.scope, "work_order": string(id)}, &v.Rev)
	return v, err
}
