package localdb

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
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

// reading is a row with what was read of it, or why it could not be.
type reading struct {
	Change
	projection
	err error
}

func readingOf(row Change) reading {
	r := reading{Change: row}
	switch {
	case !row.Del:
		r.projection, r.err = project(row)
	case row.T == "work_order":
		r.order = repair.WorkOrderID(row.ID)
	default:
		r.order = row.WorkOrder
	}
	return r
}

// aheadStep is how many rows are handed on at once.
const aheadStep = 100

// readAhead reads rows while those before them are written. Nobody need take them
// all.
func readAhead(rows []Change) <-chan []reading {
	out := make(chan []reading, len(rows)/aheadStep+1)
	go func() {
		defer close(out)
		for part := range slices.Chunk(rows, aheadStep) {
			read := make([]reading, len(part))
			for i, row := range part {
				read[i] = readingOf(row)
			}
			out <- read
		}
	}()
	return out
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
	"mailbox": func(r Change) (projection, error) {
		_, err := decode[repair.Mailbox](r)
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
func (a *applier) write(ctx context.Context, n int64, row reading, added bool) error {
	switch {
	case row.work != nil:
		return a.writeOrder(ctx, row.ID, row.projection)
	case row.device != nil:
		return a.writeDevice(ctx, n, row.ID, row.device, added)
	case row.carries:
		_, err := a.tx.Exec(ctx, "waybill_put", sqlkit.P{
			"scope": a.scope, "id": row.ID, "t": row.T, "waybill": WaybillKey(row.waybill), "work_order": string(row.order),
		})
		return err
	}
	return nil
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

// writeDevice leaves alone what says the same already: most news of a device are
// not for its lists.
func (a *applier) writeDevice(ctx context.Context, n int64, id string, d *repair.Device, added bool) error {
	row := deviceRow{string(d.WorkOrder), d.Line, d.Serial.Key(), string(d.Status)}
	var old deviceRow
	known := false
	if !added {
		found, err := a.deviceOne.Run(n)
		if err != nil {
			return err
		}
		if known = found != nil; known {
			old = deviceRow{found[0].(string), int(found[1].(int64)), found[2].(string), found[3].(string)}
		}
		if known && old == row {
			return nil
		}
	}
	if _, err := a.devicePut.Run(n, a.scope, id, row.order, int64(row.line), row.key, row.status); err != nil {
		return err
	}
	if !a.inText(n) || known && old.key == row.key {
		return nil
	}
	if known {
		if _, err := a.tx.Exec(ctx, "device_text_remove", sqlkit.P{"n": n}); err != nil {
			return err
		}
	}
	_, err := a.tx.Exec(ctx, "device_text_put", sqlkit.P{"n": n, "serial_key": row.key})
	return err
}

type deviceRow struct {
	order  string
	line   int
	key    string
	status string
}

// inText reports whether the index of parts has come so far that this entity is
// kept in it. The others are IndexText's.
func (a *applier) inText(n int64) bool { return n <= a.text }

// unproject takes a deleted row out of lists and search.
func (a *applier) unproject(ctx context.Context, n int64, row Change) error {
	names := map[string][]string{
		"work_order": {"order_row_remove"},
		"device":     {"device_row_remove", "device_text_remove"},
		"parcel":     {"waybill_remove"},
		"shipment":   {"waybill_remove"},
	}[row.T]
	for _, name := range names {
		if name == "device_text_remove" && !a.inText(n) {
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
