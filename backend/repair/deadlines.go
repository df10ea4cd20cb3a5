package repair

import (
	"cmp"
	"slices"
)

// Kinds of deadlines.
const (
	DeadlineDispatch    = "dispatch"     // the centre sends home (R38, R39, R41)
	DeadlineWarrantyEnd = "warranty_end" // the last day of receipt in warranty (R24)
	DeadlineQuoteValid  = "quote_valid"  // the price holds until
	DeadlineForfeit     = "forfeit"      // eligible from (R34–R36)
	DeadlineReminder    = "reminder"     // R37
)

// Consequences of a deadline: translation keys.
const (
	ConsequenceNone         = "deadline.none"
	ConsequenceSentHome     = "deadline.sent_home"
	ConsequenceOutOfWarrant = "deadline.out_of_warranty"
	ConsequenceQuoteLapses  = "deadline.quote_lapses"
	ConsequenceMayForfeit   = "deadline.may_be_forfeited"
)

// Deadline is a day that matters and why. Final is a day that the centre itself
// has set; all others are worked out and may move.
type Deadline struct {
	Kind        string     `json:"kind"`
	Device      DeviceID   `json:"device,omitempty"`  // when it concerns one device only
	Devices     []DeviceID `json:"devices,omitempty"` // all that it concerns
	Payment     PaymentID  `json:"payment,omitempty"`
	Date        Date       `json:"date"`
	DaysLeft    int        `json:"days_left"` // below zero: it has passed
	Estimate    bool       `json:"estimate"`
	Final       bool       `json:"final"`
	Why         Why        `json:"why"`
	Consequence string     `json:"consequence"`
}

// Deadlines lists the days that matter, the nearest first. Devices with the same
// day and reason share a line.
func (c *Case) Deadlines(env Env) []Deadline {
	if c.Order.CancelledAt.IsSet() || c.Order.ClosedAt.IsSet() || c.Order.ForfeitedAt.IsSet() {
		return nil
	}
	r := newRun(c, Person{}, Command{}, env)
	var all deadlines
	for i := range c.Devices {
		d := &c.Devices[i]
		for _, source := range deadlineTable {
			if deadline, ok := source.of(r, d); ok {
				all.add(d.ID, deadline)
			}
		}
	}
	today := env.Today()
	for i := range all.list {
		line := &all.list[i]
		line.DaysLeft = line.Date.DaysSince(today)
		if len(line.Devices) == 1 {
			line.Device = line.Devices[0]
		}
	}
	slices.SortStableFunc(all.list, func(a, b Deadline) int { return cmp.Compare(a.Date, b.Date) })
	return all.list
}

// deadlineRow is one source of days, asked for each device.
type deadlineRow struct {
	name string
	rule string
	of   func(r *run, d *Device) (Deadline, bool)
}

var deadlineTable = []deadlineRow{
	{"warranty_end", "R24", (*run).warrantyEnd},
	{"dispatch_free", "R38", (*run).dispatchFree},
	{"dispatch_paid", "R39", (*run).dispatchPaid},
	{"quote_valid", "R28", (*run).quoteValid},
	{"forfeit", "R34", (*run).forfeitDay},
	{"reminder", "R37", (*run).nextReminder},
}

// warrantyEnd: until the device arrives, its warranty runs on (R24).
func (r *run) warrantyEnd(d *Device) (Deadline, bool) {
	switch d.Status {
	case Listed, Packed, Dispatched, Missing:
	default:
		return Deadline{}, false
	}
	if !d.ShipDate.valid() || !has([]Warranty{WarrantyIn}, r.warrantyToday(d)) {
		return Deadline{}, false
	}
	last := lastWarrantyDay(d.ShipDate, r.env.Settings)
	return Deadline{
		Kind: DeadlineWarrantyEnd, Date: last, Estimate: true, Consequence: ConsequenceOutOfWarrant,
		Why: Why{Rule: "R24", Code: "why.warranty_end", Estimate: true, Inputs: map[string]string{
			"ship_date": string(d.ShipDate), "warranty_days": itoa(r.env.Settings.WarrantyDays), "transit_days": itoa(r.env.Settings.TransitDays)}},
	}, true
}

func (r *run) warrantyToday(d *Device) Warranty {
	w, _ := WarrantyOf(d.ShipDate, r.env.Today(), nil, r.env.Settings)
	return w
}

// dispatchFree: a device that costs nothing goes home some working days after
// the system-confirmed receipt of its parcel (R38).
func (r *run) dispatchFree(d *Device) (Deadline, bool) {
	if !r.waitsForDispatch(d) || d.Inspection != nil && r.payRule(d).Fee != FeeNone {
		return Deadline{}, false
	}
	if d.Inspection == nil && r.warrantyAt(d) != WarrantyIn {
		return Deadline{}, false
	}
	p := r.parcel(d.Parcel)
	if p == nil || !p.SystemReceivedAt.IsSet() {
		return Deadline{}, false
	}
	return r.dispatchDue("R38", "why.due_receipt", "received_on", r.env.DateOf(p.SystemReceivedAt)), true
}

// dispatchPaid: a device that costs money goes home some working days after the
// payment voucher was sent, whenever it is confirmed (R39).
func (r *run) dispatchPaid(d *Device) (Deadline, bool) {
	q := r.quoteOf(d)
	if !r.waitsForDispatch(d) || q == nil {
		return Deadline{}, false
	}
	p := r.livePayment(q.ID)
	if p == nil || !p.VoucherSentAt.IsSet() || p.Status == PaymentUnderpaid {
		return Deadline{}, false
	}
	line := r.dispatchDue("R39", "why.due_voucher", "voucher_sent_on", r.env.DateOf(p.VoucherSentAt))
	line.Payment = p.ID
	return line, true
}

// waitsForDispatch: it is at the centre, and its papers are in order (R40).
func (r *run) waitsForDispatch(d *Device) bool {
	switch d.Status {
	case Received, Inspected, Accepted, Repairing, Testing, Repaired:
		return !r.paperOpen(d)
	}
	return false
}

// paperOpen: while a correction is open, or the centre waits for an answer, no
// clock of the centre runs (R40).
func (r *run) paperOpen(d *Device) bool {
	if r.c.Order.questionOpen() {
		return true
	}
	return find(r.c.Corrections, func(k *Correction) bool {
		return k.Status == CorrectionRequested && (k.Device == d.ID || (k.Parcel != "" && k.Parcel == d.Parcel))
	}) != nil
}

func (r *run) warrantyAt(d *Device) Warranty {
	w, _ := WarrantyOf(d.ShipDate, r.env.DateOf(d.ReceivedAt), nil, r.env.Settings)
	return w
}

// dispatchDue counts the working days, or shows the day that the centre has set
// instead (R41).
func (r *run) dispatchDue(rule, code, input string, start Date) Deadline {
	set := r.env.Settings
	inputs := map[string]string{input: string(start), "working_days": itoa(set.DispatchDays)}
	if to := r.c.Order.ExtendedTo; to.IsSet() {
		inputs["extended_to"], inputs["reason"] = string(to), r.c.Order.ExtendedReason
		return Deadline{Kind: DeadlineDispatch, Date: to, Final: true, Consequence: ConsequenceSentHome,
			Why: Why{Rule: "R41", Code: "why.due_extended", Inputs: inputs}}
	}
	due, past := r.env.workingDays(start, set.DispatchDays)
	if set.LargeOrderThreshold > 0 && len(r.c.Devices) >= set.LargeOrderThreshold {
		inputs["large_from"] = itoa(set.LargeOrderThreshold)
		rule, code = "R41", "why.due_large_order"
	}
	return Deadline{Kind: DeadlineDispatch, Date: due, Estimate: true, Consequence: ConsequenceSentHome,
		Why: Why{Rule: rule, Code: code, Inputs: inputs, Calendar: r.env.calendarVersion(), Estimate: past}}
}

func (r *run) quoteValid(d *Device) (Deadline, bool) {
	q := r.quoteOf(d)
	if q == nil || q.Status != QuoteIssued || !q.ValidUntil.IsSet() {
		return Deadline{}, false
	}
	return Deadline{Kind: DeadlineQuoteValid, Date: q.ValidUntil, Final: true, Consequence: ConsequenceQuoteLapses,
		Why: Why{Rule: "R28", Code: "why.quote_valid", Inputs: map[string]string{"quote_version": itoa(q.Version)}}}, true
}

// forfeitDay is the first day on which a person at the centre may decide.
func (r *run) forfeitDay(d *Device) (Deadline, bool) {
	from, why, ok := r.forfeitWhy(d)
	if !ok {
		return Deadline{}, false
	}
	return Deadline{Kind: DeadlineForfeit, Date: from, Consequence: ConsequenceMayForfeit, Why: why}, true
}

func (r *run) forfeitWhy(d *Device) (Date, Why, bool) {
	if d.Status == Forfeited {
		return "", Why{}, false
	}
	for _, ground := range forfeitTable {
		last, holds := ground.since(r, d)
		if !holds {
			continue
		}
		return last.AddDays(1), Why{Rule: ground.rule, Code: ground.why, Inputs: map[string]string{
			"last_safe_day": string(last), "forfeit_days": itoa(r.env.Settings.ForfeitDays)}}, true
	}
	return "", Why{}, false
}

// reminders counts back from the last safe day, so that each lies the guide's
// days after the event that started the clock (R37).
func (r *run) reminders(d *Device) []Date {
	from, why, ok := r.forfeitWhy(d)
	if !ok {
		return nil
	}
	last := from.AddDays(-1)
	if why.Rule == "R36" { // refused: there is nothing to wait for
		return []Date{last}
	}
	return Reminders(last.AddDays(-r.env.Settings.ForfeitDays), r.env.Settings)
}

func (r *run) firstReminder(d *Device) (Date, bool) {
	days := r.reminders(d)
	if len(days) == 0 {
		return "", false
	}
	return days[0], true
}

func (r *run) nextReminder(d *Device) (Deadline, bool) {
	from, _, ok := r.forfeitWhy(d)
	if !ok {
		return Deadline{}, false
	}
	today := r.env.Today()
	for _, day := range r.reminders(d) {
		if day >= today {
			return Deadline{Kind: DeadlineReminder, Date: day, Consequence: ConsequenceNone,
				Why: Why{Rule: "R37", Code: "why.reminder", Inputs: map[string]string{"eligible_from": string(from)}}}, true
		}
	}
	return Deadline{}, false
}

// workingDays counts with the calendar; without one, plain weekdays as a guess.
func (e Env) workingDays(start Date, n int) (Date, bool) {
	if e.Days == nil {
		return start.AddDays(n + 2*((n+4)/5)), true
	}
	return e.Days.Add(start, n)
}

func (e Env) calendarVersion() string {
	if e.Days == nil {
		return ""
	}
	return e.Days.Version()
}

// deadlines gathers, joining devices that share a day and its reason.
type deadlines struct {
	list []Deadline
	at   map[string]int
}

func (a *deadlines) add(id DeviceID, d Deadline) {
	key := d.Kind + "|" + string(d.Date) + "|" + string(d.Payment) + "|" + d.Why.Rule + "|" + d.Why.Code + "|" + d.Why.Inputs["ship_date"]
	if a.at == nil {
		a.at = map[string]int{}
	}
	i, known := a.at[key]
	if !known {
		i = len(a.list)
		a.at[key] = i
		a.list = append(a.list, d)
	}
	a.list[i].Devices = append(a.list[i].Devices, id)
}
