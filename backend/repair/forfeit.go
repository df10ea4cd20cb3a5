package repair

// forfeitRow is one of the guide's grounds on which a device may be kept. The
// rules say from which day a person at the centre may decide so; they never
// decide it themselves.
type forfeitRow struct {
	rule  string
	since func(r *run, d *Device) (Date, bool) // the day before the first eligible one
	why   string
}

var forfeitTable = []forfeitRow{
	{"R36", (*run).refusedReturn, "why.forfeit_refused"},
	{"R35", (*run).unpaidSince, "why.forfeit_unpaid"},
}

// forfeitFrom is the first day on which a device may be forfeited, and the rule.
func (r *run) forfeitFrom(d *Device) (from Date, rule string, ok bool) {
	for _, ground := range forfeitTable {
		if last, holds := ground.since(r, d); holds {
			return last.AddDays(1), ground.rule, true
		}
	}
	return "", "", false
}

// refusedReturn: the customer refused the parcel home (R36).
func (r *run) refusedReturn(d *Device) (Date, bool) {
	at := r.refusedAt(d)
	if d.Status != PackedReturn || !at.IsSet() {
		return "", false
	}
	return r.env.DateOf(at), true
}

// unpaidSince: the fee stayed unpaid for the forfeit days, where the centre
// counts them for fees at all (Q4). Any word of the customer starts them anew,
// and money on its way stops them.
func (r *run) unpaidSince(d *Device) (Date, bool) {
	q := r.quoteOf(d)
	if !r.env.Settings.ForfeitUnpaid || q == nil || (q.Status != QuoteIssued && q.Status != QuoteAccepted) {
		return "", false
	}
	if p := r.livePayment(q.ID); p != nil && (p.ToDecide() || p.Status == PaymentSeen) {
		return "", false
	}
	start := q.IssuedAt
	if r.c.Order.LastContactAt > start {
		start = r.c.Order.LastContactAt
	}
	return lastSafeDay(start, r.env), true
}

// lastSafeDay is the last day on which nothing is forfeited: the day of the last
// contact and the forfeit days after it. "More than 90 days" is from day 91 (R34).
func lastSafeDay(since Instant, env Env) Date {
	return env.DateOf(since).AddDays(env.Settings.ForfeitDays)
}

// refusedAt is when the customer refused the shipment that brought the device;
// not set when it was not refused.
func (r *run) refusedAt(d *Device) Instant {
	s := r.c.Shipment(d.Shipment)
	if s == nil || s.RefusedReason == "" {
		return ""
	}
	for _, e := range s.Events {
		if ShipmentStatus(e.Status) == ShipmentRefused {
			return e.At
		}
	}
	return ""
}

// Reminders are the days on which to remind before a forfeiture (R37).
func Reminders(since Date, set Settings) []Date {
	if !since.valid() {
		return nil
	}
	days := make([]Date, 0, len(set.ReminderDays))
	for _, n := range set.ReminderDays {
		days = append(days, since.AddDays(n))
	}
	return days
}
