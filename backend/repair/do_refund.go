package repair

import "slices"

// refundSound: money goes back whole, or the excess of what is too much, with a
// proof that it went.
var refundSound = orderGuard{"refundSound", "", func(r *run, _ *WorkOrder) *Error {
	given := r.cmd.PaymentDecision
	p := r.c.Payment(given.Payment)
	if p == nil || given.Status != PaymentRefunded {
		return nil
	}
	if len(given.Proof) == 0 && blank(given.TxID) {
		return ErrRefundProof
	}
	kept, excess := p.Kept(), p.Excess()
	if given.Refund.Amount <= 0 || (given.Refund != kept && given.Refund != excess) {
		return ErrRefundAmount.With("received", kept.String(), "excess", excess.String(), "given", given.Refund.String())
	}
	return nil
}}

// refund notes what a person has given back. The excess leaves the payment
// confirmed; all of it makes the quotes payable again.
func (r *run) refund(p *Payment) *Error {
	given := r.cmd.PaymentDecision
	act := actRefund
	if given.Refund == p.Excess() {
		act = actGiveExcess
	}
	if err := r.movePayment(p, act); err != nil {
		return err
	}
	p.Reason = given.Reason
	p.Refunds = append(slices.Clone(p.Refunds), Refund{Amount: given.Refund, Reason: given.Reason, Proof: given.Proof, TxID: given.TxID, At: r.env.Now, By: r.by.Name})
	if act == actGiveExcess {
		return nil
	}
	return r.eachQuote(p, QuoteSettled, actUnsettle)
}

// Refundable is what may go back of a payment now; an amount of nothing may not.
type Refundable struct {
	Payment PaymentID `json:"payment"`
	Excess  Money     `json:"excess"`
	All     Money     `json:"all"`
}

// Refundable lists the payments of which a role may give something back now. It
// offers what decide_payment takes, and nothing else.
func (c *Case) Refundable(role Role, env Env) (list []Refundable) {
	if !has(officeRoles, role) {
		return nil
	}
	r := newRun(c, Person{Role: role}, Command{}, env)
	for i := range r.c.Payments {
		p := &r.c.Payments[i]
		nothing := Money{Currency: p.Amount.Currency}
		back := Refundable{Payment: p.ID, Excess: nothing, All: nothing}
		if excess := p.Excess(); excess.Amount > 0 && paymentLife.may(r, p.Status, actGiveExcess, p) {
			back.Excess = excess
		}
		if kept := p.Kept(); kept.Amount > 0 && paymentLife.may(r, p.Status, actRefund, p) {
			back.All = kept
		}
		if back.Excess.Amount > 0 || back.All.Amount > 0 {
			list = append(list, back)
		}
	}
	return list
}
