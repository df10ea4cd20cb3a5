package repair

import (
	"slices"
	"strings"
	"time"
)

// TrackStatus is what a carrier says of a parcel or shipment: one vocabulary for
// every service that is asked. What follows from it for us is in carrierWords.
type TrackStatus string

// The vocabulary. Some words are also those of ParcelStatus or ShipmentStatus,
// and then mean the same.
const (
	TrackUnknown        TrackStatus = "unknown"
	TrackInfoReceived   TrackStatus = "info_received"
	TrackPickedUp       TrackStatus = "picked_up"
	TrackInTransit      TrackStatus = "in_transit"
	TrackCustoms        TrackStatus = "customs"
	TrackOutForDelivery TrackStatus = "out_for_delivery"
	TrackAvailable      TrackStatus = "available_for_pickup"
	TrackDelivered      TrackStatus = "delivered"
	TrackAttemptFailed  TrackStatus = "attempt_failed"
	TrackException      TrackStatus = "exception"
	TrackRefused        TrackStatus = "refused"
	TrackReturning      TrackStatus = "returning"
	TrackReturned       TrackStatus = "returned"
	TrackLost           TrackStatus = "lost"
	TrackExpired        TrackStatus = "expired"
)

// carrierWord is what a carrier's word does to an inbound parcel and to a return
// shipment; an empty action leaves it as it stands.
type carrierWord struct {
	status   TrackStatus
	parcel   Action
	shipment Action
	rule     string
}

// carrierWords: no word of a carrier does what needs a person. A delivered parcel
// is received when the centre scans it (R22); a refused, lost or returned one is
// decided by the office, which sees that it is held up (R36).
var carrierWords = []carrierWord{
	{TrackUnknown, "", "", ""},
	{TrackInfoReceived, "", "", ""},
	{TrackPickedUp, actMoving, actMoving, ""},
	{TrackInTransit, actMoving, actMoving, ""},
	{TrackCustoms, actMoving, actMoving, ""},
	{TrackOutForDelivery, actMoving, actOutForDelivery, ""},
	{TrackAvailable, actHeld, actOutForDelivery, "R08"},
	{TrackDelivered, actMoving, actDeliver, "R22"},
	{TrackAttemptFailed, actMoving, actTrouble, ""},
	{TrackException, actMoving, actTrouble, ""},
	{TrackRefused, actMoving, actTrouble, "R36"},
	{TrackReturning, actMoving, actTrouble, ""},
	{TrackReturned, actMoving, actTrouble, ""},
	{TrackLost, actMoving, actTrouble, ""},
	{TrackExpired, "", "", ""},
}

// TrackStatuses lists the vocabulary.
func TrackStatuses() []TrackStatus {
	return listed(carrierWords, func(w carrierWord) TrackStatus { return w.status })
}

// TrackTrouble is why a tracking service tells nothing of a number. It is cleared
// by the next answer.
type TrackTrouble struct {
	Code   string  `json:"code"`
	Source string  `json:"source"`
	At     Instant `json:"at"`
}

// TrackingService is a service that the centre asks by itself, and what is wrong
// with it as a whole: its code is that of an error.
type TrackingService struct {
	Name    string  `json:"name"`
	Trouble string  `json:"trouble,omitempty"`
	Since   Instant `json:"since,omitempty"`
}

// TrackNews is what a service has told about one number.
type TrackNews struct {
	Source  string
	Events  []TrackEvent // with a TrackStatus each; those of one moment as they came to pass
	Trouble string       // a code, "" for none
}

// Followed is a parcel or a shipment that is on the road with a number to ask by.
type Followed struct {
	Parcel   ParcelID   // one of the two
	Shipment ShipmentID // is set
	Carrier  Carrier
	Number   WaybillNumber
	Phones   []string // by which a carrier shows it, the most likely first
	Done     bool     // the carrier says that it is delivered: nobody asks any more, but may be told
}

// Following lists what is to be followed: not what was received or is decided.
func (c *Case) Following() []Followed {
	if !c.underWay() {
		return nil
	}
	var list []Followed
	for i := range c.Parcels {
		p := &c.Parcels[i]
		if has([]ParcelStatus{ParcelHandedOver, ParcelInTransit, ParcelHeld}, p.Status) && p.WaybillNumber != "" {
			list = append(list, Followed{Parcel: p.ID, Carrier: p.Carrier, Number: NormalWaybill(p.WaybillNumber),
				Phones: phones(p.SenderPhone, c.Order.Contact.Phone), Done: arrived(p.Events)})
		}
	}
	for i := range c.Shipments {
		s := &c.Shipments[i]
		if has([]ShipmentStatus{ShipmentShipped, ShipmentInTransit, ShipmentOutForDelivery, ShipmentException, ShipmentDelivered}, s.Status) && s.WaybillNumber != "" {
			list = append(list, Followed{Shipment: s.ID, Carrier: s.Carrier, Number: NormalWaybill(s.WaybillNumber),
				Phones: phones(c.Order.ReturnAddress.Phone, c.Order.Contact.Phone), Done: s.Status == ShipmentDelivered})
		}
	}
	return list
}

func (c *Case) underWay() bool {
	return !c.Order.ClosedAt.IsSet() && !c.Order.CancelledAt.IsSet() && !c.Order.ForfeitedAt.IsSet()
}

// arrived: the carrier has nothing more to tell; what is left is the scan.
func arrived(events []TrackEvent) bool {
	return len(events) > 0 && events[len(events)-1].Status == string(TrackDelivered)
}

// phones leaves out those that end alike: carriers ask for the last four digits.
func phones(list ...string) (out []string) {
	for _, phone := range list {
		tail := PhoneTail(phone)
		if tail != "" && !slices.ContainsFunc(out, func(one string) bool { return PhoneTail(one) == tail }) {
			out = append(out, phone)
		}
	}
	return out
}

// Track notes what a service has told about a parcel or shipment, and moves it as
// far as a carrier's word may. What is known already is not noted again, and an
// older word never undoes a newer one. It touches nothing when nothing is new.
func (c *Case) Track(f Followed, news TrackNews, env Env) Touched {
	next := c.clone()
	r := newRun(next, Person{Role: RoleTechnician, Name: news.Source}, Command{}, env)
	changed := false
	if p := r.parcel(f.Parcel); p != nil {
		t := timeline{&p.Events, &p.Trouble, next.Order.SubmittedAt}
		changed = r.hear(t, news, func(w carrierWord, _ TrackEvent) { r.parcelHears(p, w) })
		if changed {
			r.touchParcel(p)
		}
	}
	if s := next.Shipment(f.Shipment); s != nil {
		t := timeline{&s.Events, &s.Trouble, s.ShippedAt}
		changed = r.hear(t, news, func(w carrierWord, e TrackEvent) { r.shipmentHears(s, w, e) })
		if changed {
			r.touched.Shipments = addOnce(r.touched.Shipments, s.ID)
		}
	}
	if !changed {
		return Touched{}
	}
	next.Derive(env)
	r.touched.Order = true
	*c = *next
	return r.touched
}

// mostEvents is how much one timeline keeps of what services tell.
const mostEvents = 300

// numberBefore is how much older than the parcel its first word may be: the box is
// with the carrier before somebody writes it down. What is older still is told of
// another parcel, which had the number before or has it in truth (R17).
const numberBefore = 72 * time.Hour

// timeline is what is known of one parcel or shipment.
type timeline struct {
	events  *[]TrackEvent
	trouble **TrackTrouble
	begins  Instant
}

// hear puts the news into a timeline and calls move for what is newer than all
// that a carrier or a person has said.
func (r *run) hear(t timeline, news TrackNews, move func(carrierWord, TrackEvent)) (changed bool) {
	told := slices.Clone(news.Events)
	for i, e := range told {
		told[i] = TrackEvent{At: e.At, Status: e.Status, Place: clip(clipText(e.Place)), Text: clipText(e.Text), Source: news.Source}
	}
	slices.SortStableFunc(told, func(a, b TrackEvent) int { return strings.Compare(string(a.At), string(b.At)) })
	earliest := At(t.begins.Time().Add(-numberBefore))
	strange := len(told) > 0
	for i, e := range told {
		word := find(carrierWords, func(w *carrierWord) bool { return string(w.status) == e.Status })
		if word == nil || !e.At.valid() || e.At > r.env.Now || e.At < earliest {
			continue
		}
		strange = false
		if known(*t.events, e) || len(*t.events) >= mostEvents {
			continue
		}
		isNews := !slices.ContainsFunc(*t.events, func(old TrackEvent) bool { return old.At > e.At && old.Status != string(ShipmentShipped) })
		changed = true
		if next := follower(*t.events, told[i:]); next >= 0 {
			*t.events = slices.Insert(slices.Clone(*t.events), next, e)
			continue
		}
		*t.events = withEvent(*t.events, e)
		if isNews {
			move(*word, e)
		}
	}
	code := news.Trouble
	if code == "" && strange {
		code = ErrTrackOld.Code
	}
	return r.note(t.trouble, code, news.Source) || changed
}

// note keeps what is wrong, once.
func (r *run) note(trouble **TrackTrouble, code, source string) bool {
	was := *trouble
	switch {
	case code == "" && was == nil, code != "" && was != nil && was.Code == code && was.Source == source:
		return false
	case code == "":
		*trouble = nil
	default:
		*trouble = &TrackTrouble{Code: code, Source: source, At: r.env.Now}
	}
	return true
}

// known: a service tells the same again each time, and sometimes gives an old
// event another status. One moment with one text is one event.
func known(events []TrackEvent, e TrackEvent) bool {
	return slices.ContainsFunc(events, func(old TrackEvent) bool {
		return old.At == e.At && old.Source == e.Source && old.Text == e.Text && old.Place == e.Place
	})
}

// follower is where a timeline has what the first of told comes before though both are
// of one moment; -1 for nowhere. It is told late then, and is no news.
func follower(events, told []TrackEvent) int {
	return slices.IndexFunc(events, func(old TrackEvent) bool {
		return old.At == told[0].At && known(told[1:], old)
	})
}

func (r *run) parcelHears(p *Parcel, w carrierWord) {
	if w.parcel != "" && r.c.underWay() && parcelLife.may(r, p.Status, w.parcel, p) {
		_ = r.moveParcel(p, w.parcel) // it may
	}
}

// shipmentHears moves a return shipment. What was delivered stays so, unless the
// carrier takes it back before anybody has said that it arrived.
func (r *run) shipmentHears(s *Shipment, w carrierWord, e TrackEvent) {
	takenBack := s.Status == ShipmentDelivered && has([]TrackStatus{TrackRefused, TrackReturning, TrackReturned}, w.status)
	if takenBack {
		r.takeBack(s)
		return
	}
	if w.shipment == "" || s.Status == ShipmentDelivered || !shipmentLife.may(r, s.Status, w.shipment, s) {
		return
	}
	if w.shipment == actDeliver {
		for _, id := range s.Devices {
			if d := r.device(id); d == nil || !deviceLife.may(r, d.Status, actDeliver, d) {
				return
			}
		}
		_ = r.arrive(s, e.At) // each of them may
	}
	_ = r.moveShipment(s, w.shipment)
}

// takeBack undoes a delivery that only the carrier has told of.
func (r *run) takeBack(s *Shipment) {
	confirmed := slices.ContainsFunc(s.Events, func(e TrackEvent) bool {
		return e.Status == string(ShipmentDelivered) && has([]string{"customer", "by_hand"}, e.Source)
	})
	if confirmed || r.c.Order.ClosedAt.IsSet() || !shipmentLife.may(r, s.Status, actTakenBack, s) {
		return
	}
	for _, id := range s.Devices {
		if d := r.device(id); d == nil || !deviceLife.may(r, d.Status, actTakenBack, d) {
			return
		}
	}
	s.DeliveredAt = ""
	_ = r.eachShipped(s, actTakenBack)
	_ = r.moveShipment(s, actTakenBack)
}

// clipText keeps what a carrier writes to a length that a screen can show.
func clipText(s string) string {
	const most = 300
	s = strings.Map(func(ch rune) rune {
		if ch < ' ' || ch == 0x7f {
			return ' '
		}
		return ch
	}, strings.ToValidUTF8(s, "?"))
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return strings.TrimSpace(s)
}
