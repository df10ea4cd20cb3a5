package desk

import "hashmend/backend/repair"

// QuoteReview is the page on which quotes are answered, device by device.
type QuoteReview struct {
	Order    repair.WorkOrder `json:"order"`
	Rows     []QuoteRow       `json:"rows"`
	Open     int              `json:"open"`
	TotalAll []repair.Money   `json:"total_all"` // if every open quote is accepted
}

// QuoteRow is one quote to answer or answered.
type QuoteRow struct {
	Device      repair.Device  `json:"device"`
	Quote       repair.Quote   `json:"quote"`
	Earlier     []repair.Quote `json:"earlier"` // superseded versions
	Acceptable  bool           `json:"acceptable"`
	Declinable  bool           `json:"declinable"`
	Rule        string         `json:"rule"`        // R31 or R32
	Consequence string         `json:"consequence"` // code: what a decline means
	Pending     string         `json:"pending"`     // accept_quotes, decline_quotes or ""
	Why         repair.Why     `json:"why"`         // why it costs money
}

// QuoteChoice is a set of decisions before they are sent.
type QuoteChoice struct {
	Order   string   `json:"order"`
	Accept  []string `json:"accept"`  // quote ids
	Decline []string `json:"decline"` // quote ids
}

// ChoiceSummary names the money before a yes.
type ChoiceSummary struct {
	Accepting []repair.Money   `json:"accepting"`
	Accepted  int              `json:"accepted"`
	Declined  int              `json:"declined"` // go home unrepaired
	Undecided int              `json:"undecided"`
	Findings  []repair.Finding `json:"findings"` // blocking: a normal quote in Decline (R32), an expired price …
}

// PaySheet is what is owed and how to pay it.
type PaySheet struct {
	Order        repair.WorkOrder  `json:"order"`
	Due          []PayDue          `json:"due"`
	Payments     []repair.Payment  `json:"payments"`
	PayeeChanged bool              `json:"payee_changed"` // differs from the last one this PC paid: stop and ask
	Hold         []repair.Deadline `json:"hold"`          // R35, R44
	Checkout     bool              `json:"checkout"`      // the centre has a payment page
}

// PayDue is the sum of accepted, unpaid quotes of one currency, or what is missing
// of a payment of which some has arrived.
type PayDue struct {
	Amount    repair.Money     `json:"amount"`  // to transfer now
	Whole     repair.Money     `json:"whole"`   // of the quotes
	Arrived   repair.Money     `json:"arrived"` // of Whole, so far
	Payment   repair.PaymentID `json:"payment"` // of which some has arrived, or ""
	Quotes    []repair.QuoteID `json:"quotes"`
	Reference string           `json:"reference"` // what the transfer must carry
	Payees    []repair.Payee   `json:"payees"`
}

// Need is one line of the needs-you list: one thing, one action.
type Need struct {
	Kind   string            `json:"kind"` // quotes_to_answer, payment_due, question, parcel_rejected, ready_to_pack, deadline, refused_command, delivered, correction_answered, bench work …
	Order  string            `json:"order"`
	Number string            `json:"number"`
	Title  string            `json:"title"` // customer or reference
	Count  int               `json:"count"`
	Money  []repair.Money    `json:"money"`
	Date   repair.Date       `json:"date"`
	Days   int               `json:"days"`
	Why    repair.Why        `json:"why"`
	Args   map[string]string `json:"args"`
	Route  string            `json:"route"` // hash route of its page
	At     repair.Instant    `json:"at"`
}

// DeadlineRow is a deadline with the order it belongs to.
type DeadlineRow struct {
	Order    string          `json:"order"`
	Number   string          `json:"number"`
	Customer string          `json:"customer"`
	Deadline repair.Deadline `json:"deadline"`
}

// TrackRow is one parcel or return shipment on its way.
type TrackRow struct {
	Order     string              `json:"order"`
	Number    string              `json:"number"`
	Direction string              `json:"direction"` // to_centre, home
	Seq       int                 `json:"seq"`
	Of        int                 `json:"of"`
	ID        string              `json:"id"`
	Carrier   repair.Carrier      `json:"carrier"`
	Waybill   string              `json:"waybill"`
	Page      string              `json:"page"` // the carrier's page, "" when none
	Status    string              `json:"status"`
	Devices   int                 `json:"devices"`
	Events    []repair.TrackEvent `json:"events"`
	Stale     bool                `json:"stale"` // no news for more than five days
	At        repair.Instant      `json:"at"`
	// Trouble is why the tracking service tells nothing of it; nil when it does.
	Trouble *repair.TrackTrouble `json:"trouble"`
}
