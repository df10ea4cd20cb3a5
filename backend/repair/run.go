package repair

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Touched names what a command changed, so that a store writes only that.
// Removed parcels were planned and are planned no more.
type Touched struct {
	Order          bool           `json:"order"`
	Devices        []DeviceID     `json:"devices,omitempty"`
	Parcels        []ParcelID     `json:"parcels,omitempty"`
	RemovedParcels []ParcelID     `json:"removed_parcels,omitempty"`
	Shipments      []ShipmentID   `json:"shipments,omitempty"`
	Quotes         []QuoteID      `json:"quotes,omitempty"`
	Payments       []PaymentID    `json:"payments,omitempty"`
	Messages       []MessageID    `json:"messages,omitempty"`
	Corrections    []CorrectionID `json:"corrections,omitempty"`
}

// run is one look at a case by one person at one moment: the case, an index over
// it, and, while a command is applied, the command and what it has touched.
type run struct {
	c   *Case
	by  Person
	cmd Command
	env Env

	devices map[DeviceID]int
	parcels map[ParcelID]int
	quotes  map[QuoteID]int

	touched  Touched
	devSeen  map[DeviceID]bool
	quoteHit map[QuoteID]bool
	versions map[DeviceID]int // made when first asked
}

func newRun(c *Case, by Person, cmd Command, env Env) *run {
	r := &run{c: c, by: by, cmd: cmd, env: env,
		devices:  make(map[DeviceID]int, len(c.Devices)),
		parcels:  make(map[ParcelID]int, len(c.Parcels)),
		quotes:   make(map[QuoteID]int, len(c.Quotes)),
		devSeen:  map[DeviceID]bool{},
		quoteHit: map[QuoteID]bool{},
	}
	for i := range c.Devices {
		r.devices[c.Devices[i].ID] = i
	}
	for i := range c.Parcels {
		r.parcels[c.Parcels[i].ID] = i
	}
	for i := range c.Quotes {
		r.quotes[c.Quotes[i].ID] = i
	}
	return r
}

func (r *run) device(id DeviceID) *Device {
	if i, ok := r.devices[id]; ok {
		return &r.c.Devices[i]
	}
	return nil
}

func (r *run) parcel(id ParcelID) *Parcel {
	if i, ok := r.parcels[id]; ok {
		return &r.c.Parcels[i]
	}
	return nil
}

func (r *run) quote(id QuoteID) *Quote {
	if i, ok := r.quotes[id]; ok {
		return &r.c.Quotes[i]
	}
	return nil
}

// quoteOf is the quote in force for a device, nil when there is none.
func (r *run) quoteOf(d *Device) *Quote {
	if d.Quote == "" {
		return nil
	}
	return r.quote(d.Quote)
}

// move lets the action happen to the device, or says why it cannot.
func (r *run) move(d *Device, a Action) *Error {
	to, err := deviceLife.next(r, d.Status, a, d)
	if err != nil {
		return err.With("device", string(d.ID), "line", itoa(d.Line), "serial", clip(string(d.Serial)))
	}
	d.Status = to
	r.touchDevice(d)
	return nil
}

func (r *run) moveQuote(q *Quote, a Action) *Error {
	to, err := quoteLife.next(r, q.Status, a, q)
	if err != nil {
		args := []string{"quote", string(q.ID)}
		if d := r.device(q.Device); d != nil {
			args = append(args, "line", itoa(d.Line), "serial", clip(string(d.Serial)))
		}
		return err.With(args...)
	}
	q.Status = to
	r.touchQuote(q)
	return nil
}

func (r *run) moveParcel(p *Parcel, a Action) *Error {
	to, err := parcelLife.next(r, p.Status, a, p)
	if err != nil {
		return err.With("parcel", string(p.ID), "box", itoa(p.Seq))
	}
	p.Status = to
	r.touchParcel(p)
	return nil
}

func (r *run) movePayment(p *Payment, a Action) *Error {
	to, err := paymentLife.next(r, p.Status, a, p)
	if err != nil {
		return err.With("payment", string(p.ID), "reference", p.Reference)
	}
	p.Status = to
	r.touched.Payments = addOnce(r.touched.Payments, p.ID)
	return nil
}

func (r *run) moveShipment(s *Shipment, a Action) *Error {
	to, err := shipmentLife.next(r, s.Status, a, s)
	if err != nil {
		return err.With("shipment", string(s.ID), "seq", itoa(s.Seq))
	}
	s.Status = to
	r.touched.Shipments = addOnce(r.touched.Shipments, s.ID)
	return nil
}

func (r *run) touchDevice(d *Device) {
	if !r.devSeen[d.ID] {
		r.devSeen[d.ID] = true
		r.touched.Devices = append(r.touched.Devices, d.ID)
	}
}

func (r *run) touchQuote(q *Quote) {
	if !r.quoteHit[q.ID] {
		r.quoteHit[q.ID] = true
		r.touched.Quotes = append(r.touched.Quotes, q.ID)
	}
}

func (r *run) touchParcel(p *Parcel) { r.touched.Parcels = addOnce(r.touched.Parcels, p.ID) }

// say adds a line to the thread. It carries the command's id, so that a replay
// cannot say it twice.
func (r *run) say(kind, code, text string) {
	id := MessageID(r.cmd.ID)
	r.c.Messages = append(r.c.Messages, Message{
		ID: id, WorkOrder: r.c.Order.ID, Actor: r.by.Role.Actor(), Author: r.by.Name,
		Kind: kind, Code: code, Text: r.cmd.Text, Files: r.cmd.Files, At: r.env.Now,
	})
	last := &r.c.Messages[len(r.c.Messages)-1]
	if text != "" {
		last.Text = text
	}
	r.touched.Messages = append(r.touched.Messages, id)
}

// derivedID makes an id for a thing that a command brings about without naming
// it. The same command always makes the same id.
func (r *run) derivedID(what string) string {
	sum := sha256.Sum256([]byte(string(r.cmd.ID) + "/" + what))
	b := sum[:16]
	b[6] = b[6]&0x0f | 0x80 // UUID version 8: made our own way
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

func addOnce[T comparable](list []T, one T) []T {
	if slices.Contains(list, one) {
		return list
	}
	return append(list, one)
}
