package repair

// Actions of a quote's life, besides accept and decline.
const (
	actSupersede Action = "supersede"
	actLapse     Action = "lapse"
	actSettle    Action = "settle"
	actUnsettle  Action = "unsettle"
)

type quoteGuard = guard[*Quote]

// quoteLife is the whole life of a quote.
var quoteLife = life[QuoteStatus, *Quote]{name: "quote", notNow: ErrQuoteNotNow, rows: []row[QuoteStatus, *Quote]{
	{QuoteIssued, actAccept, Customer, QuoteAccepted, []quoteGuard{stillValid}, "R28"},
	{QuoteAccepted, actAccept, Customer, QuoteAccepted, nil, ""}, // pressing twice is no mistake
	{QuoteIssued, actDecline, Customer, QuoteDeclined, []quoteGuard{classDeclinable}, "R31"},
	{QuoteIssued, actSupersede, Centre, QuoteSuperseded, nil, ""},
	{QuoteAccepted, actSupersede, Centre, QuoteSuperseded, []quoteGuard{notInPayment}, ""},
	{QuoteIssued, actLapse, Centre, QuoteLapsed, nil, ""},
	{QuoteAccepted, actLapse, Centre, QuoteLapsed, nil, ""},
	{QuoteAccepted, actSettle, Centre, QuoteSettled, nil, ""},
	{QuoteSettled, actUnsettle, Centre, QuoteAccepted, nil, ""},
}}

var (
	stillValid = quoteGuard{"stillValid", "", func(r *run, q *Quote) *Error {
		if q.ValidUntil.IsSet() && r.env.Today() > q.ValidUntil {
			return ErrQuoteExpired.With("valid_until", string(q.ValidUntil))
		}
		return nil
	}}
	classDeclinable = quoteGuard{"classDeclinable", "R32", func(_ *run, q *Quote) *Error {
		if !declinable(q.Class) {
			return ErrNotDeclinable.With("class", string(q.Class))
		}
		return nil
	}}
	// notInPayment: a price does not change while money for it is on its way.
	notInPayment = quoteGuard{"notInPayment", "", func(r *run, q *Quote) *Error {
		if p := r.livePayment(q.ID); p != nil && !p.mayBeginAnew() {
			return ErrQuoteInPayment.With("payment", string(p.ID), "reference", p.Reference)
		}
		return nil
	}}
)

// mayBeginAnew: no money is known to be on its way for the payment.
func (p *Payment) mayBeginAnew() bool {
	return p.Status == PaymentChosen || p.Status == PaymentExpired
}

// livePayment is the payment that a quote stands in, unless it was refused or
// given back.
func (r *run) livePayment(id QuoteID) *Payment {
	for i := range r.c.Payments {
		p := &r.c.Payments[i]
		if p.Status != PaymentRejected && p.Status != PaymentRefunded && has(p.Quotes, id) {
			return p
		}
	}
	return nil
}
