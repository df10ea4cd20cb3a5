package repair

import (
	"slices"
	"strings"
)

// NewCase makes the case of an accepted submission. It is refused while a
// blocking finding remains (R12, R20). From here on the address is locked.
func NewCase(id WorkOrderID, account AccountID, number string, s Submission, env Env) (*Case, error) {
	if !validID(string(id)) {
		return nil, ErrCommandID.With("part", "work_order")
	}
	for i, d := range s.Devices {
		if !validID(string(d.ID)) {
			return nil, ErrCommandID.With("part", "device", "row", itoa(i+1))
		}
	}
	if err := blockedBy(Preflight(s, env)); err != nil {
		return nil, err
	}
	c := &Case{Order: WorkOrder{
		ID: id, Number: number, Account: account,
		Contact: s.Contact, ReturnAddress: s.ReturnAddress, Reference: s.Reference, Note: s.Note,
		SubmittedAt: env.Now, LastContactAt: env.Now,
	}}
	if blank(c.Order.ReturnAddress.Recipient) {
		c.Order.ReturnAddress.Recipient = s.Contact.Name
	}
	if blank(c.Order.ReturnAddress.Phone) {
		c.Order.ReturnAddress.Phone = s.Contact.Phone
	}
	c.Order.ReturnAddress.Country = strings.ToUpper(strings.TrimSpace(s.ReturnAddress.Country))
	for i, d := range s.Devices {
		c.Devices = append(c.Devices, Device{
			ID: d.ID, WorkOrder: id, Line: i + 1,
			Serial: d.Serial, Model: d.Model, Complaint: d.Complaint, Faults: d.Faults,
			ShipDate: d.ShipDate, Photos: d.Photos, Extra: d.Extra,
			Status: Listed, Revision: 1,
		})
	}
	c.Derive(env)
	return c, nil
}

// Warnings gives what of a submission may pass but should be read.
func Warnings(s Submission, env Env) []Finding { return warningsOf(Preflight(s, env)) }

// Device finds a device of the case; nil when it has none such. The pointer is
// good until the next Do.
func (c *Case) Device(id DeviceID) *Device {
	return find(c.Devices, func(d *Device) bool { return d.ID == id })
}

// DeviceBySerial finds a device by its serial number's key.
func (c *Case) DeviceBySerial(s SerialNumber) *Device {
	key := s.Key()
	return find(c.Devices, func(d *Device) bool { return d.Serial.Key() == key })
}

// Parcel finds a parcel of the case.
func (c *Case) Parcel(id ParcelID) *Parcel {
	return find(c.Parcels, func(p *Parcel) bool { return p.ID == id })
}

// Shipment finds a shipment of the case.
func (c *Case) Shipment(id ShipmentID) *Shipment {
	return find(c.Shipments, func(s *Shipment) bool { return s.ID == id })
}

// Quote finds a quote of the case.
func (c *Case) Quote(id QuoteID) *Quote {
	return find(c.Quotes, func(q *Quote) bool { return q.ID == id })
}

// Payment finds a payment of the case.
func (c *Case) Payment(id PaymentID) *Payment {
	return find(c.Payments, func(p *Payment) bool { return p.ID == id })
}

// Message finds a message of the case.
func (c *Case) Message(id MessageID) *Message {
	return find(c.Messages, func(m *Message) bool { return m.ID == id })
}

// Correction finds a correction of the case.
func (c *Case) Correction(id CorrectionID) *Correction {
	return find(c.Corrections, func(k *Correction) bool { return k.ID == id })
}

// Due sums what is to be paid now, per currency: quotes that are accepted, or
// that can only be accepted, and not yet paid (R44).
func (c *Case) Due() []Money {
	var amounts []Money
	for i := range c.Quotes {
		q := &c.Quotes[i]
		if q.Status == QuoteAccepted || (q.Status == QuoteIssued && !declinable(q.Class)) {
			amounts = append(amounts, q.Total)
		}
	}
	for i := range c.Payments { // what has arrived of too little is not paid again
		if p := &c.Payments[i]; p.Kept().Amount > 0 && !p.Status.paid() && p.Status != PaymentRefunded {
			amounts = append(amounts, Money{Amount: -p.Kept().Amount, Currency: p.Amount.Currency})
		}
	}
	return SumByCurrency(amounts)
}

func find[T any](list []T, match func(*T) bool) *T {
	for i := range list {
		if match(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

// clone copies the lists. What hangs below an item (its slices, maps and
// pointers) is shared, and is therefore only ever replaced, never written into.
func (c *Case) clone() *Case {
	return &Case{
		Order:       c.Order,
		Devices:     slices.Clone(c.Devices),
		Parcels:     slices.Clone(c.Parcels),
		Shipments:   slices.Clone(c.Shipments),
		Quotes:      slices.Clone(c.Quotes),
		Payments:    slices.Clone(c.Payments),
		Messages:    slices.Clone(c.Messages),
		Corrections: slices.Clone(c.Corrections),
	}
}

// validID accepts a UUID in its usual text form, lower case.
func validID(id string) bool {
	if len(id) != 36 {
		return false
	}
	for i := range len(id) {
		ch := id[i]
		switch i {
		case 8, 13, 18, 23:
			if ch != '-' {
				return false
			}
		default:
			if (ch < '0' || ch > '9') && (ch < 'a' || ch > 'f') {
				return false
			}
		}
	}
	return true
}
