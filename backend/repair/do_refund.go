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
