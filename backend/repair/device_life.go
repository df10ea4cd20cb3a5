package repair

// Actions of a device's life.
const (
	actPack             Action = "pack"
	actUnpack           Action = "unpack"
	actDispatch         Action = "dispatch"
	actReceive          Action = "receive"
	actMiss             Action = "miss"
	actRefuse           Action = "refuse"
	actInspect          Action = "inspect"
	actQuote            Action = "quote"
	actAccept           Action = "accept"
	actDecline          Action = "decline"
	actStartRepair      Action = "start_repair"
	actFinishRepair     Action = "finish_repair"
	actPassTest         Action = "pass_test"
	actFailTest         Action = "fail_test"
	actReturnUnrepaired Action = "return_unrepaired"
	actShip             Action = "ship"
	actDeliver          Action = "deliver"
	actComeBack         Action = "come_back"
	actForfeit          Action = "forfeit"
)

type deviceGuard = guard[*Device]

// deviceLife is the whole life of a device.
var deviceLife = life[DeviceStatus, *Device]{name: "device", notNow: ErrDeviceNotNow, rows: []row[DeviceStatus, *Device]{
	{Listed, actPack, Customer, Packed, []deviceGuard{hasSerial}, ""},
	{Packed, actUnpack, Customer, Listed, nil, ""},
	{Packed, actDispatch, Customer, Dispatched, nil, ""},
	{Missing, actPack, Customer, Packed, []deviceGuard{hasSerial}, ""},

	{Packed, actReceive, Centre, Received, nil, "R22"}, // the customer forgot to say that it left
	{Dispatched, actReceive, Centre, Received, nil, "R22"},
	{Listed, actReceive, Centre, Received, nil, "R22"}, // in a box that was not said to hold it
	{Missing, actReceive, Centre, Received, nil, "R22"},
	{Packed, actMiss, Centre, Missing, nil, "R16"},
	{Dispatched, actMiss, Centre, Missing, nil, "R16"},
	{Packed, actRefuse, Centre, Listed, nil, ""},
	{Dispatched, actRefuse, Centre, Listed, nil, ""},
	{Received, actRefuse, Centre, Listed, nil, ""},
	{Missing, actRefuse, Centre, Listed, nil, ""},
	{Unexpected, actRefuse, Centre, Listed, nil, ""}, // it goes back with the box; the customer may send it as a line

	{Received, actInspect, Centre, Inspected, nil, "R05"},
	{Unexpected, actInspect, Centre, Inspected, nil, "R05"},
	{Inspected, actInspect, Centre, Inspected, nil, ""},
	{Quoted, actInspect, Centre, Inspected, nil, ""},
	{Accepted, actInspect, Centre, Inspected, []deviceGuard{notPaid}, ""},
	{Repairing, actInspect, Centre, Inspected, []deviceGuard{notPaid}, ""}, // the repair brought more to light

	{Inspected, actQuote, Centre, Quoted, []deviceGuard{costsMoney}, "R26"},
	{Quoted, actQuote, Centre, Quoted, nil, ""},
	{Accepted, actQuote, Centre, Quoted, []deviceGuard{notPaid}, ""},
	{Quoted, actAccept, Customer, Accepted, nil, "R28"},
	{Quoted, actDecline, Customer, Declined, []deviceGuard{mayDecline}, "R31"},

	{Inspected, actStartRepair, Centre, Repairing, []deviceGuard{isRepairable, isFree}, "R47"},
	{Accepted, actStartRepair, Centre, Repairing, []deviceGuard{isPaid}, ""},
	{Repairing, actFinishRepair, Centre, Testing, nil, ""},
	{Testing, actPassTest, Centre, Repaired, nil, ""},
	{Testing, actFailTest, Centre, Repairing, nil, ""},

	{Inspected, actReturnUnrepaired, Centre, Unrepaired, []deviceGuard{mayGoUnrepaired}, "R27"},
	{Declined, actReturnUnrepaired, Centre, Unrepaired, nil, "R31"},
	{Unexpected, actReturnUnrepaired, Centre, Unrepaired, nil, ""},

	{Repaired, actShip, Centre, Shipped, []deviceGuard{nothingDue}, "R42"},
	{Unrepaired, actShip, Centre, Shipped, []deviceGuard{nothingDue}, "R42"},
	{PackedReturn, actShip, Centre, Shipped, []deviceGuard{nothingDue, officeResends}, ""},
	{Shipped, actDeliver, Centre, Delivered, nil, ""},
	{Shipped, actDeliver, Customer, Delivered, nil, ""},
	{Shipped, actComeBack, Centre, PackedReturn, nil, ""},
	{Delivered, actTakenBack, Centre, Shipped, nil, ""}, // the carrier did not bring it after all

	{Quoted, actForfeit, Centre, Forfeited, []deviceGuard{mayForfeit}, "R35"},
	{Accepted, actForfeit, Centre, Forfeited, []deviceGuard{mayForfeit}, "R35"},
	{PackedReturn, actForfeit, Centre, Forfeited, []deviceGuard{mayForfeit}, "R36"},
}}

var (
	hasSerial = deviceGuard{"hasSerial", "R12", func(_ *run, d *Device) *Error {
		if d.Serial.Key() == "" {
			return ErrSerialRequired
		}
		return nil
	}}
	notPaid = deviceGuard{"notPaid", "", func(r *run, d *Device) *Error {
		if q := r.quoteOf(d); q != nil && q.Status == QuoteSettled {
			return ErrAlreadyPaid
		}
		return nil
	}}
	costsMoney = deviceGuard{"costsMoney", "R47", func(r *run, d *Device) *Error {
		if r.payRule(d).Fee == FeeNone {
			return ErrNothingToPay
		}
		return nil
	}}
	mayDecline = deviceGuard{"mayDecline", "R32", func(r *run, d *Device) *Error {
		if q := r.quoteOf(d); q != nil && !declinable(q.Class) {
			return ErrNotDeclinable
		}
		return nil
	}}
	isRepairable = deviceGuard{"isRepairable", "R27", func(_ *run, d *Device) *Error {
		if d.Inspection != nil && d.Inspection.Class == NoRepairValue {
			return ErrNotRepairable
		}
		return nil
	}}
	isFree = deviceGuard{"isFree", "R25", func(r *run, d *Device) *Error {
		if r.payRule(d).Fee != FeeNone {
			return ErrQuoteRequired
		}
		return nil
	}}
	isPaid = deviceGuard{"isPaid", "R35", func(r *run, d *Device) *Error {
		if q := r.quoteOf(d); q == nil || q.Status != QuoteSettled {
			return ErrPaymentDue
		}
		return nil
	}}
	// mayGoUnrepaired: what can be repaired is repaired; a normal device does
	// not go home as it came (R32).
	mayGoUnrepaired = deviceGuard{"mayGoUnrepaired", "R32", func(_ *run, d *Device) *Error {
		if d.Inspection != nil && (d.Inspection.Class == Normal || d.Inspection.Class == Mixed) {
			return ErrMustBeRepaired
		}
		return nil
	}}
	// nothingDue stands at the door a second time: whatever the way to it, an
	// unpaid device does not leave (R35).
	nothingDue = deviceGuard{"nothingDue", "R35", func(r *run, d *Device) *Error {
		if q := r.quoteOf(d); q != nil && (q.Status == QuoteIssued || q.Status == QuoteAccepted) {
			return ErrPaymentDue.With("amount", q.Total.String())
		}
		return nil
	}}
	officeResends = deviceGuard{"officeResends", "R36", func(r *run, d *Device) *Error {
		if r.refusedAt(d).IsSet() && !has(officeRoles, r.by.Role) {
			return ErrResendByOffice
		}
		return nil
	}}
	mayForfeit = deviceGuard{"mayForfeit", "R34", func(r *run, d *Device) *Error {
		from, rule, ok := r.forfeitFrom(d)
		if !ok {
			return ErrForfeitNotYet
		}
		if r.env.Today() < from {
			e := ErrForfeitNotYet.With("eligible_from", string(from))
			e.Rule = rule
			return e
		}
		return nil
	}}
)

// payRule is the line of the table of who pays for an inspected device; a device
// that was not inspected yet is for the centre to say.
func (r *run) payRule(d *Device) PayRule {
	if d.Inspection == nil {
		return PayRule{Fee: FeeServer, Outcome: OutcomeAskAfterSales}
	}
	return WhoPays(d.Inspection.Warranty, d.Inspection.Class, len(d.Inspection.VoidCodes) > 0, r.env.Settings)
}

// declinable: only scrap and mixed boards leave the customer a choice (R31, R32).
func declinable(class Class) bool { return class == Scrap || class == Mixed }

// Actions lists what a side may do with the device now, in the order of its life.
func (c *Case) Actions(id DeviceID, by Role, env Env) []Action {
	d := c.Device(id)
	if d == nil {
		return nil
	}
	r := newRun(c, Person{Role: by}, Command{}, env)
	var list []Action
	for _, line := range deviceLife.rows {
		if line.from == d.Status && line.by == by.Actor() && deviceLife.may(r, d.Status, line.action, d) {
			list = append(list, line.action)
		}
	}
	return list
}
