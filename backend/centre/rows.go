package centre

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// loadCase reads a case. To a caller who may not see it there is none.
func loadCase(ctx context.Context, tx Tx, by Caller, id repair.WorkOrderID) (*repair.Case, error) {
	rows, err := tx.OfWorkOrder(ctx, id)
	if err != nil {
		return nil, err
	}
	c := emptyCase()
	for _, row := range rows {
		if row.Deleted {
			continue
		}
		if !by.isStaff() && row.Scope != by.scope() {
			return nil, refuse(repair.NotFound, wire.CodeOrderNotFound)
		}
		if err := addRow(c, row); err != nil {
			return nil, err
		}
	}
	if c.Order.ID == "" {
		return nil, refuse(repair.NotFound, wire.CodeOrderNotFound)
	}
	return c, nil
}

// emptyCase has lists that are written as [] and not as null.
func emptyCase() *repair.Case {
	return &repair.Case{
		Devices: []repair.Device{}, Parcels: []repair.Parcel{}, Shipments: []repair.Shipment{},
		Quotes: []repair.Quote{}, Payments: []repair.Payment{}, Messages: []repair.Message{},
		Corrections: []repair.Correction{},
	}
}

func addRow(c *repair.Case, row Row) error {
	switch row.T {
	case wire.RowWorkOrder:
		return decode(row, &c.Order)
	case wire.RowDevice:
		return appendTo(&c.Devices, row)
	case wire.RowParcel:
		return appendTo(&c.Parcels, row)
	case wire.RowShipment:
		return appendTo(&c.Shipments, row)
	case wire.RowQuote:
		return appendTo(&c.Quotes, row)
	case wire.RowPayment:
		return appendTo(&c.Payments, row)
	case wire.RowMessage:
		return appendTo(&c.Messages, row)
	case wire.RowCorrection:
		return appendTo(&c.Corrections, row)
	}
	return fmt.Errorf("a %s is no part of a case", row.T)
}

func appendTo[T any](list *[]T, row Row) error {
	var v T
	if err := decode(row, &v); err != nil {
		return err
	}
	*list = append(*list, v)
	return nil
}

// errDamaged means that a row cannot be read. What concerns one case then waits for a
// person; the others go on.
var errDamaged = errors.New("damaged")

func decode(row Row, v any) error {
	if err := json.Unmarshal(row.Body, v); err != nil {
		return fmt.Errorf("%s %s: %w: %w", row.T, row.ID, errDamaged, err)
	}
	return nil
}

// saveTouched writes what a command has changed. The work order goes along each
// time: its rev is the rev of the whole case.
func (w *writer) saveTouched(ctx context.Context, c *repair.Case, t repair.Touched) error {
	base := Row{WorkOrder: c.Order.ID}
	c.Order.Rev = w.rev
	order := base
	order.T, order.ID, order.Open = wire.RowWorkOrder, string(c.Order.ID), isOpen(c.Order.Stage)
	if err := w.save(ctx, order, c.Order); err != nil {
		return err
	}
	for _, id := range t.Devices {
		d := c.Device(id)
		if d == nil {
			return missing(wire.RowDevice, id)
		}
		d.Rev = w.rev
		if err := w.saveKeyed(ctx, base, wire.RowDevice, id, d.Serial.Key(), d); err != nil {
			return err
		}
	}
	for _, id := range t.Parcels {
		p := c.Parcel(id)
		if p == nil {
			return missing(wire.RowParcel, id)
		}
		p.Rev = w.rev
		key := string(repair.NormalWaybill(p.WaybillNumber))
		if err := w.saveKeyed(ctx, base, wire.RowParcel, id, key, p); err != nil {
			return err
		}
	}
	for _, id := range t.RemovedParcels {
		gone := base
		gone.T, gone.ID, gone.Deleted = wire.RowParcel, string(id), true
		if err := w.save(ctx, gone, nil); err != nil {
			return err
		}
	}
	if err := w.saveRest(ctx, base, c, t); err != nil {
		return err
	}
	if err := w.watch(ctx, c, t); err != nil {
		return err
	}
	return w.follow(ctx, c, t)
}

func (w *writer) saveRest(ctx context.Context, base Row, c *repair.Case, t repair.Touched) error {
	for _, id := range t.Shipments {
		s := c.Shipment(id)
		if s == nil {
			return missing(wire.RowShipment, id)
		}
		s.Rev = w.rev
		if err := w.saveKeyed(ctx, base, wire.RowShipment, id, "", s); err != nil {
			return err
		}
	}
	for _, id := range t.Quotes {
		q := c.Quote(id)
		if q == nil {
			return missing(wire.RowQuote, id)
		}
		q.Rev = w.rev
		if err := w.saveKeyed(ctx, base, wire.RowQuote, id, "", q); err != nil {
			return err
		}
	}
	for _, id := range t.Payments {
		p := c.Payment(id)
		if p == nil {
			return missing(wire.RowPayment, id)
		}
		p.Rev = w.rev
		if err := w.saveKeyed(ctx, base, wire.RowPayment, id, "", p); err != nil {
			return err
		}
	}
	for _, id := range t.Messages {
		m := c.Message(id)
		if m == nil {
			return missing(wire.RowMessage, id)
		}
		m.Rev = w.rev
		if err := w.saveKeyed(ctx, base, wire.RowMessage, id, "", m); err != nil {
			return err
		}
	}
	for _, id := range t.Corrections {
		k := c.Correction(id)
		if k == nil {
			return missing(wire.RowCorrection, id)
		}
		k.Rev = w.rev
		if err := w.saveKeyed(ctx, base, wire.RowCorrection, id, "", k); err != nil {
			return err
		}
	}
	return nil
}

func missing[ID ~string](t RowType, id ID) error {
	return fmt.Errorf("the %s %s was touched and is not in the case", t, string(id))
}

func (w *writer) saveKeyed(ctx context.Context, base Row, t RowType, id any, key string, v any) error {
	base.T, base.ID, base.Key = t, fmt.Sprint(id), key
	return w.save(ctx, base, v)
}

// isOpen reports whether a work order has not come to its end: only among those
// does a second one for the same device deserve a word.
func isOpen(s repair.Stage) bool {
	return s != repair.StageClosed && s != repair.StageCancelled && s != repair.StageForfeited
}
