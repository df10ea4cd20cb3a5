package repair

// Offer is one command that would succeed now, and on what. The screen draws
// its buttons from it: a normal quote is simply not among those that may be
// declined (R32).
type Offer struct {
	Kind        CommandKind    `json:"kind"`
	Devices     []DeviceID     `json:"devices,omitempty"`
	Quotes      []QuoteID      `json:"quotes,omitempty"`
	Parcels     []ParcelID     `json:"parcels,omitempty"`
	Shipments   []ShipmentID   `json:"shipments,omitempty"`
	Payments    []PaymentID    `json:"payments,omitempty"`
	Corrections []CorrectionID `json:"corrections,omitempty"`
}

// Offers lists what a role may do now with the case, in the order of its life.
func (c *Case) Offers(role Role, env Env) []Offer {
	r := newRun(c, Person{Role: role}, Command{}, env)
	var list []Offer
	for i := range deeds {
		d := &deeds[i]
		if !has(d.roles, role) || !r.factsHold(d) {
			continue
		}
		offer := Offer{Kind: d.kind}
		if d.offer == nil || d.offer(r, &offer) {
			list = append(list, offer)
		}
	}
	return list
}

// Offered reports whether a role may give such a command now.
func (c *Case) Offered(role Role, kind CommandKind, env Env) (Offer, bool) {
	for _, offer := range c.Offers(role, env) {
		if offer.Kind == kind {
			return offer, true
		}
	}
	return Offer{}, false
}

func (r *run) factsHold(d *deed) bool {
	for _, g := range d.when {
		if g.check(r, &r.c.Order) != nil {
			return false
		}
	}
	return true
}

func (r *run) devicesFor(a Action) []DeviceID {
	var ids []DeviceID
	for i := range r.c.Devices {
		if d := &r.c.Devices[i]; deviceLife.may(r, d.Status, a, d) {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

func (r *run) parcelsFor(actions ...Action) []ParcelID {
	var ids []ParcelID
	for i := range r.c.Parcels {
		p := &r.c.Parcels[i]
		for _, a := range actions {
			if parcelLife.may(r, p.Status, a, p) {
				ids = append(ids, p.ID)
				break
			}
		}
	}
	return ids
}

func (r *run) shipmentsFor(actions ...Action) []ShipmentID {
	var ids []ShipmentID
	for i := range r.c.Shipments {
		s := &r.c.Shipments[i]
		for _, a := range actions {
			if shipmentLife.may(r, s.Status, a, s) {
				ids = append(ids, s.ID)
				break
			}
		}
	}
	return ids
}

// devicesThatMay offers a command on the devices to which the action may happen.
func devicesThatMay(a Action) func(*run, *Offer) bool {
	return func(r *run, o *Offer) bool {
		o.Devices = r.devicesFor(a)
		return len(o.Devices) > 0
	}
}

// offerPacking: what may be put into a box, and which boxes may still change.
func (r *run) offerPacking(o *Offer) bool {
	for i := range r.c.Devices {
		d := &r.c.Devices[i]
		if d.Status == Packed || deviceLife.may(r, d.Status, actPack, d) {
			o.Devices = append(o.Devices, d.ID)
		}
	}
	for i := range r.c.Parcels {
		p := &r.c.Parcels[i]
		if p.Status != ParcelPlanned {
			continue
		}
		if !parcelLife.may(r, p.Status, actPlan, p) {
			return false // every plan replaces all that are planned
		}
		o.Parcels = append(o.Parcels, p.ID)
	}
	return len(o.Devices) > 0
}

func (r *run) offerHandOver(o *Offer) bool {
	o.Parcels = r.parcelsFor(actHandOver)
	return len(o.Parcels) > 0
}

func (r *run) offerTrackParcel(o *Offer) bool {
	o.Parcels = r.parcelsFor(actMoving, actHeld, actLose)
	return len(o.Parcels) > 0
}

func (r *run) offerReceive(o *Offer) bool {
	o.Parcels = r.parcelsFor(actReceive)
	return len(o.Parcels) > 0
}

func (r *run) offerReject(o *Offer) bool {
	o.Parcels = r.parcelsFor(actReject)
	return len(o.Parcels) > 0
}

func (r *run) offerInspect(o *Offer) bool {
	for i := range r.c.Devices {
		d := &r.c.Devices[i]
		if !deviceLife.may(r, d.Status, actInspect, d) {
			continue
		}
		if q := r.quoteOf(d); q != nil && !r.mayBeReplaced(q) {
			continue
		}
		o.Devices = append(o.Devices, d.ID)
	}
	return len(o.Devices) > 0
}

func (r *run) offerQuoting(o *Offer) bool {
	for i := range r.c.Devices {
		d := &r.c.Devices[i]
		if !deviceLife.may(r, d.Status, actQuote, d) {
			continue
		}
		if q := r.quoteOf(d); q != nil && !r.mayBeReplaced(q) {
			continue
		}
		o.Devices = append(o.Devices, d.ID)
	}
	return len(o.Devices) > 0
}

func (r *run) mayBeReplaced(q *Quote) bool {
	if q.Status != QuoteIssued && q.Status != QuoteAccepted {
		return true
	}
	return quoteLife.may(r, q.Status, actSupersede, q)
}

func (r *run) offerAccept(o *Offer) bool { return r.offerQuoteDecision(o, actAccept) }

func (r *run) offerDecline(o *Offer) bool { return r.offerQuoteDecision(o, actDecline) }

func (r *run) offerQuoteDecision(o *Offer, a Action) bool {
	for i := range r.c.Quotes {
		q := &r.c.Quotes[i]
		d := r.device(q.Device)
		if q.Status == QuoteIssued && d != nil && quoteLife.may(r, q.Status, a, q) && deviceLife.may(r, d.Status, a, d) {
			o.Quotes = append(o.Quotes, q.ID)
		}
	}
	return len(o.Quotes) > 0
}

// unpaidQuotes are accepted and in no payment that is under way.
func (r *run) unpaidQuotes() []QuoteID {
	var ids []QuoteID
	for i := range r.c.Quotes {
		q := &r.c.Quotes[i]
		if q.Status != QuoteAccepted {
			continue
		}
		if p := r.livePayment(q.ID); p == nil || p.mayBeginAnew() {
			ids = append(ids, q.ID)
		}
	}
	return ids
}

func (r *run) offerChoose(o *Offer) bool {
	o.Quotes = r.unpaidQuotes()
	return len(o.Quotes) > 0
}

func (r *run) offerVoucher(o *Offer) bool {
	o.Quotes = r.unpaidQuotes()
	for i := range r.c.Payments {
		p := &r.c.Payments[i]
		if paymentLife.may(r, p.Status, actSendVoucher, p) && r.stillOwed(p) {
			o.Payments = append(o.Payments, p.ID)
		}
	}
	return len(o.Quotes)+len(o.Payments) > 0
}

// stillOwed: the payment's quotes wait for it and for no other payment.
func (r *run) stillOwed(p *Payment) bool {
	for _, id := range p.Quotes {
		q := r.quote(id)
		if q == nil || q.Status != QuoteAccepted {
			return false
		}
		if other := r.livePayment(id); other != nil && other.ID != p.ID {
			return false
		}
	}
	return true
}

func (r *run) offerDecidePayment(o *Offer) bool {
	for i := range r.c.Payments {
		p := &r.c.Payments[i]
		for _, line := range paymentLife.rows {
			if line.from == p.Status && byOffice(line.action) && paymentLife.may(r, p.Status, line.action, p) {
				o.Payments = append(o.Payments, p.ID)
				break
			}
		}
	}
	return len(o.Payments) > 0
}

func (r *run) offerCorrection(o *Offer) bool {
	for i := range r.c.Devices {
		d := &r.c.Devices[i]
		if _, err := r.fieldNow(d.ID, "", fieldSN); err == nil {
			o.Devices = append(o.Devices, d.ID)
		}
	}
	for i := range r.c.Parcels {
		p := &r.c.Parcels[i]
		if _, err := r.fieldNow("", p.ID, fieldWayb); err == nil {
			o.Parcels = append(o.Parcels, p.ID)
		}
	}
	return len(o.Devices)+len(o.Parcels) > 0
}

func (r *run) offerDecideCorrection(o *Offer) bool {
	for i := range r.c.Corrections {
		k := &r.c.Corrections[i]
		if correctionLife.may(r, k.Status, actDeny, k) {
			o.Corrections = append(o.Corrections, k.ID)
		}
	}
	return len(o.Corrections) > 0
}

func (r *run) offerTrackShipment(o *Offer) bool {
	o.Shipments = r.shipmentsFor(actMoving, actOutForDelivery, actDeliver, actRefused, actTrouble, actComeBack, actLose)
	return len(o.Shipments) > 0
}

func (r *run) offerConfirmDelivery(o *Offer) bool {
	for i := range r.c.Shipments {
		s := &r.c.Shipments[i]
		if s.Status != ShipmentDelivered && shipmentLife.may(r, s.Status, actDeliver, s) {
			o.Shipments = append(o.Shipments, s.ID)
		}
	}
	return len(o.Shipments) > 0
}
