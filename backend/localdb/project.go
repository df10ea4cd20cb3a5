package localdb

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// projection is what lists and search need of a row.
type projection struct {
	order   repair.WorkOrderID
	at      repair.Instant // the last thing that happened to it
	work    *repair.WorkOrder
	device  *repair.Device
	waybill string
	carries bool // a parcel or shipment: the waybill row is kept even when it is empty
}

// project reads a row. An error sends it to quarantine.
func project(row Change) (projection, error) {
	read, known := readers[row.T]
	if !known {
		return projection{}, fmt.Errorf("type %q is not known", row.T)
	}
	if len(row.D) == 0 {
		return projection{}, errNoBody
	}
	return read(row)
}

// readers is every type of row there is.
var readers = map[string]func(Change) (projection, error){
	"work_order": func(r Change) (projection, error) {
		w, err := decode[repair.WorkOrder](r)
		return projection{order: repair.WorkOrderID(r.ID), work: w, at: latest(
			w.SubmittedAt, w.DiagnosedAt, w.InfoAskedAt, w.InfoAnsweredAt, w.ReturnConfirmedAt, w.ReceivedAt, w.ResolvedAt,
			w.CancelledAt, w.ClosedAt, w.ForfeitedAt, w.LastContactAt)}, err
	},
	"device": func(r Change) (projection, error) {
		d, err := decode[repair.Device](r)
		p := projection{order: d.WorkOrder, device: d, at: latest(d.ReceivedAt, d.RepairedAt)}
		if d.Inspection != nil {
			p.at = latest(p.at, d.Inspection.At)
		}
		return p, err
	},
	"parcel": func(r Change) (projection, error) {
		x, err := decode[repair.Parcel](r)
		p := projection{order: x.WorkOrder, waybill: string(x.WaybillNumber), carries: true, at: latest(x.SignedAt, x.SystemReceivedAt)}
		for _, e := range x.Events {
			p.at = latest(p.at, e.At)
		}
		return p, err
	},
	"shipment": func(r Change) (projection, error) {
		x, err := decode[repair.Shipment](r)
		p := projection{order: x.WorkOrder, waybill: string(x.WaybillNumber), carries: true, at: latest(x.ShippedAt, x.DeliveredAt)}
		for _, e := range x.Events {
			p.at = latest(p.at, e.At)
		}
		return p, err
	},
	"quote": func(r Change) (projection, error) {
		x, err := decode[repair.Quote](r)
		return projection{order: x.WorkOrder, at: latest(x.IssuedAt, x.DecidedAt)}, err
	},
	"payment": func(r Change) (projection, error) {
		x, err := decode[repair.Payment](r)
		return projection{order: x.WorkOrder, at: latest(x.VoucherSentAt, x.ConfirmedAt)}, err
	},
	"message": func(r Change) (projection, error) {
		x, err := decode[repair.Message](r)
		return projection{order: x.WorkOrder, at: x.At}, err
	},
	"correction": func(r Change) (projection, error) {
		x, err := decode[repair.Correction](r)
		return projection{order: x.WorkOrder, at: latest(x.RequestedAt, x.DecidedAt)}, err
	},
	"unclaimed": func(r Change) (projection, error) {
		_, err := decode[repair.UnclaimedParcel](r)
		return projection{}, err // its work order, if any, is only a link
	},
	"signer": func(r Change) (projection, error) {
		_, err := decode[repair.Signer](r)
		return projection{}, err
	},
	"centre": func(r Change) (projection, error) {
		_, err := decode[repair.CentreInfo](r)
		return projection{}, err
	},
}

// decode never gives nil, so that a projection can be written before err is asked.
func decode[T any](row Change) (*T, error) {
	v := new(T)
	return v, json.Unmarshal(row.D, v)
}

func latest(all ...repair.Instant) (at repair.Instant) {
	for _, i := range all {
		at = max(at, i)
	}
	return at
}

// write brings lists and search up to date with a new row; added says that there
// was none before.
func (a *applier) write(ctx context.Context, n int64, row Change, p projection, added bool) error {
	if p.work != nil {
		return a.writeOrder(ctx, row.ID, p)
	}
	if p.device != nil {
		if err := a.writeDevice(ctx, n, row.ID, p.device, added); err != nil {
			return err
		}
	}
	if p.carries {
		if _, err := a.tx.Exec(ctx, "waybill_put", sqlkit.P{
			"scope": a.scope, "id": row.ID, "t": row.T, "waybill": WaybillKey(p.waybill), "work_order": string(p.order),
		}); err != nil {
			return err
		}
	}
	if p.order == "" || p.at == "" {
		return nil
	}
	_, err := a.tx.Exec(ctx, "order_row_touch", sqlkit.P{"scope": a.scope, "id": string(p.order), "updated": string(p.at)})
	return err
}

func (a *applier) writeOrder(ctx context.Context, id string, p projection) error {
	w := p.work
	flags, err := json.Marshal(nonNil(w.Flags))
	if err != nil {
		return err
	}
	_, err = a.tx.Exec(ctx, "order_row_put", sqlkit.P{
		"scope": a.scope, "id": id, "number": w.Number, "reference": w.Reference, "customer": Customer(w.Contact),
		"stage": string(w.Stage), "flags": string(flags), "devices": w.DeviceCount, "updated": string(p.at),
		"search": searchText(w.Number, w.Reference, w.Contact.Company, w.Contact.Name, w.Contact.Phone, w.Note),
	})
	return err
}

// Customer is how a list calls the person behind a work order.
func Customer(c repair.Contact) string {
	if c.Company != "" {
		return c.Company
	}
	return c.Name
}

func (a *applier) writeDevice(ctx context.Context, n int64, id string, d *repair.Device, added bool) error {
	key := d.Serial.Key()
	var old string
	known := false
	if !added {
		var err error
		if known, err = a.tx.Row(ctx, "device_row_key", sqlkit.P{"n": n}, &old); err != nil {
			return err
		}
	}
	if _, err := a.tx.Exec(ctx, "device_row_put", sqlkit.P{
		"n": n, "scope": a.scope, "id": id, "work_order": string(d.WorkOrder), "line": d.Line, "serial_key": key, "status": string(d.Status),
	}); err != nil {
		return err
	}
	indexed, err := a.inText(ctx, n)
	if err != nil || !indexed || known && old == key {
		return err
	}
	if known {
		if _, err := a.tx.Exec(ctx, "device_text_remove", sqlkit.P{"n": n}); err != nil {
			return err
		}
	}
	_, err = a.tx.Exec(ctx, "device_text_put", sqlkit.P{"n": n, "serial_key": key})
	return err
}

// inText reports whether the index of parts has come so far that this entity is
// kept in it. The others are IndexText's.
func (a *applier) inText(ctx context.Context, n int64) (bool, error) {
	if !a.asked {
		upto, err := upkeep(ctx, a.tx, "text")
		if err != nil {
			return false, err
		}
		a.text, a.asked = upto, true
	}
	return n <= a.text, nil
}

// unproject takes a deleted row out of lists and search.
func (a *applier) unproject(ctx context.Context, n int64, row Change) error {
	names := map[string][]string{
		"work_order": {"order_row_remove"},
		"device":     {"device_row_remove", "device_text_remove"},
		"parcel":     {"waybill_remove"},
		"shipment":   {"waybill_remove"},
	}[row.T]
	indexed, err := a.inText(ctx, n)
	if err != nil {
		return err
	}
	for _, name := range names {
		if name == "device_text_remove" && !indexed {
			continue
		}
		if _, err := a.tx.Exec(ctx, name, sqlkit.P{"n": n, "scope": a.scope, "t": row.T, "id": row.ID}); err != nil {
			return err
		}
	}
	return nil
}

// WaybillKey is the form of a waybill number for comparing: capitals and digits.
func WaybillKey(number string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToUpper(number))
}
