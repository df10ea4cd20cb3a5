package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// OpenPayments lists the work orders with money owed or under review.
func (d *Desk) OpenPayments(ctx context.Context) ([]OrderRow, error) {
	return d.those(ctx, func(r localdb.OrderRow, s *summary) bool {
		return len(s.due) > 0 || slices.Contains(r.Flags, repair.FlagVoucherReview)
	})
}

// PaySheet says what is owed, to whom, and what the transfer must carry. The
// payee only ever comes from the authenticated centre; when it is not the one
// this PC trusted, the person must stop and ask.
func (d *Desk) PaySheet(ctx context.Context, order string) (out PaySheet, err error) {
	session, err := d.session()
	if err != nil {
		return out, err
	}
	v, err := d.view(ctx, repair.WorkOrderID(order))
	if err != nil {
		return out, err
	}
	env, err := d.env(ctx)
	if err != nil {
		return out, err
	}
	info, _, err := d.centre(ctx)
	if err != nil {
		return out, err
	}
	c := v.ahead
	out = PaySheet{Order: v.told.Order, Due: []PayDue{}, Payments: nonNil(c.Payments), Hold: []repair.Deadline{},
		Checkout: slices.Contains(env.Settings.Methods, repair.PayCryptoCheckout)}
	offer, _ := c.Offered(repair.RoleCustomer, repair.CmdSendVoucher, env)
	out.Due = append(rests(c, offer.Payments, info.Payees), dues(c, offer.Quotes, info.Payees)...)
	for _, dl := range v.told.Deadlines(env) {
		if dl.Kind == repair.DeadlineForfeit || dl.Kind == repair.DeadlineQuoteValid || dl.Payment != "" {
			out.Hold = append(out.Hold, dl)
		}
	}
	out.PayeeChanged, err = d.payeeChanged(ctx, session.Scope, out.Due)
	return out, err
}

// dues groups accepted, unpaid quotes by currency: a payment has one.
func dues(c *repair.Case, quotes []repair.QuoteID, payees []repair.Payee) []PayDue {
	byCurrency := map[string]*PayDue{}
	var order []string
	offered := quoteSet(quotes)
	for _, q := range c.Quotes {
		if !offered[q.ID] {
			continue
		}
		due := byCurrency[q.Total.Currency]
		if due == nil {
			due = &PayDue{Amount: repair.Money{Currency: q.Total.Currency}}
			byCurrency[q.Total.Currency] = due
			order = append(order, q.Total.Currency)
		}
		due.Amount.Amount += q.Total.Amount
		due.Quotes = append(due.Quotes, q.ID)
	}
	out := make([]PayDue, 0, len(order))
	for i, currency := range order {
		due := byCurrency[currency]
		due.Reference = referenceOf(c, due.Quotes, i)
		due.Whole, due.Arrived = due.Amount, repair.Money{Currency: currency}
		due.Payees = payeesFor(payees, currency)
		out = append(out, *due)
	}
	return out
}

// rests are the payments of which too little has arrived: the rest is sent for the
// same payment, so that the two find each other.
func rests(c *repair.Case, payable []repair.PaymentID, payees []repair.Payee) []PayDue {
	out := []PayDue{}
	for _, id := range payable {
		p := c.Payment(id)
		if p == nil || p.Kept().Amount <= 0 {
			continue
		}
		out = append(out, PayDue{Amount: p.Missing(), Whole: p.Amount, Arrived: p.Kept(), Payment: p.ID, Quotes: p.Quotes,
			Reference: p.Reference, Payees: payeesFor(payees, p.Amount.Currency)})
	}
	return out
}

func payeesFor(payees []repair.Payee, currency string) []repair.Payee {
	out := []repair.Payee{}
	for _, p := range payees {
		if p.Currency == currency {
			out = append(out, p)
		}
	}
	return out
}

// referenceOf is what the transfer must carry: that of the payment whose method
// was chosen for these quotes, or whose page has expired, else the one the next payment will get.
func referenceOf(c *repair.Case, quotes []repair.QuoteID, nth int) string {
	for _, p := range c.Payments {
		if (p.Status == repair.PaymentChosen || p.Status == repair.PaymentExpired) && slices.Contains(p.Quotes, quotes[0]) {
			return p.Reference
		}
	}
	return c.Order.Number + "-P" + itoa(len(c.Payments)+1+nth)
}

// payeeDigest stands for where the money of one method and currency goes.
func payeeDigest(payees []repair.Payee) (string, error) {
	b, err := json.Marshal(payees)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// ways groups payees by method and currency.
func ways(payees []repair.Payee) map[[2]string][]repair.Payee {
	out := map[[2]string][]repair.Payee{}
	for _, p := range payees {
		key := [2]string{string(p.Method), p.Currency}
		out[key] = append(out[key], p)
	}
	return out
}

// payeeChanged compares with what this PC trusted before; the first payee of a
// method and currency is news, not a change.
func (d *Desk) payeeChanged(ctx context.Context, scope localdb.Scope, due []PayDue) (changed bool, err error) {
	return changed, d.DB.View(ctx, func(t localdb.VaultTx) error {
		for _, one := range due {
			for way, payees := range ways(one.Payees) {
				trusted, err := t.TrustedPayee(ctx, scope, repair.PayMethod(way[0]), way[1])
				if err != nil {
					return err
				}
				digest, err := payeeDigest(payees)
				if err != nil {
					return err
				}
				changed = changed || trusted != "" && trusted != digest
			}
		}
		return nil
	})
}

// TrustPayee accepts the payees of a work order after the person has checked them.
func (d *Desk) TrustPayee(ctx context.Context, order string) (out PaySheet, err error) {
	session, err := d.session()
	if err != nil {
		return out, err
	}
	sheet, err := d.PaySheet(ctx, order)
	if err != nil {
		return out, err
	}
	if err := d.DB.Update(ctx, func(t localdb.VaultTx) error {
		for _, due := range sheet.Due {
			for way, payees := range ways(due.Payees) {
				if err := d.trust(ctx, t, session.Scope, way, payees); err != nil {
					return err
				}
			}
		}
		return nil
	}); err != nil {
		return out, err
	}
	d.Emit("order:"+order, "orders")
	return d.PaySheet(ctx, order)
}

func (d *Desk) trust(ctx context.Context, t localdb.VaultTx, scope localdb.Scope, way [2]string, payees []repair.Payee) error {
	digest, err := payeeDigest(payees)
	if err != nil {
		return err
	}
	return t.TrustPayee(ctx, scope, repair.PayMethod(way[0]), way[1], digest, d.now())
}

// trustFirst remembers the payee that was paid for the first time, so that a
// later change is seen. A payee that changed is trusted only by TrustPayee.
func (d *Desk) trustFirst(ctx context.Context, t localdb.VaultTx, scope localdb.Scope, info repair.CentreInfo, paid *repair.VoucherSent) error {
	way := [2]string{string(paid.Method), paid.Amount.Currency}
	payees := ways(info.Payees)[way]
	trusted, err := t.TrustedPayee(ctx, scope, paid.Method, way[1])
	if err != nil || trusted != "" || len(payees) == 0 {
		return err
	}
	return d.trust(ctx, t, scope, way, payees)
}
