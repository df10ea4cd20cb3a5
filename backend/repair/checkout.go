package repair

import "slices"

// Checkout is one invoice at the centre's payment server: the customer pays it on
// a page of that server, which says by itself what has arrived.
type Checkout struct {
	Invoice   string         `json:"invoice"`
	Link      string         `json:"link"` // the page where it is paid
	Amount    Money          `json:"amount"`
	ExpiresAt Instant        `json:"expires_at"`
	Watched   Instant        `json:"watched_until"` // the server looks for money until then
	Status    CheckoutStatus `json:"status"`
	Arrived   Money          `json:"arrived"`
}

// CheckoutStatus is what the payment server says of an invoice.
type CheckoutStatus string

// Statuses of a checkout.
const (
	CheckoutOpen      CheckoutStatus = "open"
	CheckoutSeen      CheckoutStatus = "seen"
	CheckoutExpired   CheckoutStatus = "expired"
	CheckoutUnderpaid CheckoutStatus = "underpaid"
	CheckoutLate      CheckoutStatus = "late"
	CheckoutDoubtful  CheckoutStatus = "doubtful" // seen, and never confirmed
	CheckoutPaid      CheckoutStatus = "paid"
	CheckoutOverpaid  CheckoutStatus = "overpaid"
)

// checkoutWord is what the payment server's word does to a payment.
type checkoutWord struct {
	status CheckoutStatus
	action Action
}

// checkoutWords stand in the order in which an invoice goes through them: an older
// word never undoes a newer one.
var checkoutWords = []checkoutWord{
	{CheckoutOpen, ""},
	{CheckoutSeen, actSeen},
	{CheckoutExpired, actExpired},
	{CheckoutUnderpaid, actPaidShort},
	{CheckoutLate, actPaidLate},
	{CheckoutDoubtful, actDoubtful},
	{CheckoutPaid, actPaid},
	{CheckoutOverpaid, actPaidOver},
}

func (s CheckoutStatus) rank() int {
	return slices.IndexFunc(checkoutWords, func(w checkoutWord) bool { return w.status == s })
}

// settled: nothing more is to be learnt.
func (s CheckoutStatus) settled() bool { return s == CheckoutPaid || s == CheckoutOverpaid }

// CheckoutNews is what the payment server has told of one invoice, or why it tells
// nothing.
type CheckoutNews struct {
	Source   string
	Checkout Checkout // without an invoice: none
	Trouble  string   // a code, "" for none
}

// AwaitsInvoice reports that the customer has chosen the payment page, and that
// there is none yet for what is owed.
func (c *Case) AwaitsInvoice(id PaymentID) bool {
	p := c.Payment(id)
	if p == nil || p.Method != PayCryptoCheckout || p.Status != PaymentChosen {
		return false
	}
	sum := Money{Currency: p.Amount.Currency}
	for _, id := range p.Quotes {
		q := c.Quote(id)
		if q == nil || q.Status != QuoteAccepted {
			return false
		}
		sum.Amount += q.Total.Amount
	}
	return sum == p.Amount
}

// Checkouts are all the invoices that the payment has had, the present one first.
func (p *Payment) Checkouts() []Checkout {
	var list []Checkout
	if p.Checkout != nil {
		list = append(list, *p.Checkout)
	}
	return append(list, p.Earlier...)
}

// Unsettled are the invoices on which money may still come.
func (p *Payment) Unsettled() []Checkout {
	return slices.DeleteFunc(p.Checkouts(), func(k Checkout) bool { return k.Status.settled() })
}

// ToDecide reports that a person of the office has to look at the payment.
func (p *Payment) ToDecide() bool {
	switch p.Status {
	case PaymentVoucherSent, PaymentUnderReview, PaymentLate:
		return true
	case PaymentUnderpaid:
		return p.Checkout != nil // nobody else writes to the customer
	}
	return false
}

// NoteCheckout notes what the payment server has told, and moves the payment as far
// as its word goes. It touches nothing when nothing is new. Money is never dropped:
// what comes late, or for an invoice of before, waits for a person.
func (c *Case) NoteCheckout(id PaymentID, news CheckoutNews, env Env) Touched {
	next := c.clone()
	r := newRun(next, Person{Role: RoleOffice, Name: news.Source}, Command{}, env)
	p := next.Payment(id)
	if p == nil || !r.hearCheckout(p, news) {
		return Touched{}
	}
	r.touched.Payments = addOnce(r.touched.Payments, p.ID)
	next.Derive(env)
	r.touched.Order = true
	*c = *next
	return r.touched
}

func (r *run) hearCheckout(p *Payment, news CheckoutNews) (changed bool) {
	if p.CheckoutTrouble != news.Trouble {
		p.CheckoutTrouble, changed = news.Trouble, true
	}
	told := news.Checkout
	if told.Invoice == "" || told.Status.rank() < 0 {
		return changed
	}
	if p.Checkout != nil && p.Checkout.Invoice == told.Invoice {
		return r.hearInvoice(p, p.Checkout, told, func(k Checkout) { p.Checkout = &k }) || changed
	}
	i := slices.IndexFunc(p.Earlier, func(k Checkout) bool { return k.Invoice == told.Invoice })
	if i >= 0 {
		return r.hearInvoice(p, &p.Earlier[i], told, func(k Checkout) {
			p.Earlier = slices.Clone(p.Earlier)
			p.Earlier[i] = k
		}) || changed
	}
	if told.Amount != p.Amount || !r.c.AwaitsInvoice(p.ID) || r.movePayment(p, actInvoiced) != nil {
		return changed // nobody has seen its page
	}
	first := told
	first.Status, first.Arrived = CheckoutOpen, Money{Currency: told.Amount.Currency}
	p.Checkout = &first
	r.hearInvoice(p, p.Checkout, told, func(k Checkout) { p.Checkout = &k })
	return true
}

// hearInvoice notes news of an invoice that the payment has. save replaces it.
func (r *run) hearInvoice(p *Payment, old *Checkout, told Checkout, save func(Checkout)) bool {
	present := p.Checkout != nil && old.Invoice == p.Checkout.Invoice
	next := *old
	if told.Status.rank() > old.Status.rank() {
		next.Status = told.Status
	}
	if told.Arrived.Currency == next.Amount.Currency && told.Arrived.Amount > next.Arrived.Amount {
		next.Arrived = told.Arrived
	}
	more := next.Arrived.Amount - old.Arrived.Amount
	if next == *old {
		return false
	}
	save(next)
	if more > 0 {
		p.Received = Money{Amount: p.Received.Amount + more, Currency: p.Amount.Currency}
	}
	act := checkoutWords[next.Status.rank()].action
	switch {
	case !present && more <= 0:
		return true
	case !present:
		act = actPaidLate
	case act == actPaid && p.Received.Amount > p.Amount.Amount:
		act = actPaidOver
	}
	if more > 0 && !paymentLife.may(r, p.Status, act, p) {
		act = actPaidLate // a person has decided meanwhile
	}
	if act == "" || !paymentLife.may(r, p.Status, act, p) {
		return true
	}
	was := p.Status
	_ = r.movePayment(p, act) // it may
	switch {
	case p.Status == PaymentSeen && !p.VoucherSentAt.IsSet():
		p.VoucherSentAt = r.env.Now // what the server sees is the voucher (R39)
	case p.Status == PaymentExpired:
		p.VoucherSentAt = "" // what was seen did not come
	}
	if p.Status.paid() && !was.paid() {
		_ = r.settle(p) // a quote that cannot be settled is left to a person, and the money is noted
	}
	return true
}

// putByCheckout moves the present invoice to those of before: another way of paying,
// or another invoice, takes its place.
func (p *Payment) putByCheckout() {
	if p.Checkout != nil {
		p.Earlier = append(slices.Clone(p.Earlier), *p.Checkout)
		p.Checkout = nil
	}
	p.CheckoutTrouble = ""
}
