package repair

import "slices"

var (
	// paymentSound: accepted quotes of one currency, each paid once, the whole sum.
	paymentSound = orderGuard{"paymentSound", "", func(r *run, _ *WorkOrder) *Error {
		given := r.cmd.Payment
		if !has(r.env.Settings.Methods, given.Method) {
			return ErrPaymentMethod.With("method", clip(string(given.Method)))
		}
		if err := given.Amount.valid(); err != nil {
			return err
		}
		old := r.c.Payment(given.ID)
		if old != nil && !old.mayBeginAnew() && !sameSet(old.Quotes, given.Quotes) {
			return ErrPaymentQuotesFixed.With("reference", old.Reference)
		}
		var sum Money
		for _, id := range given.Quotes {
			q := r.quote(id)
			if q == nil {
				return ErrQuoteUnknown.With("quote", string(id))
			}
			if q.Status != QuoteAccepted {
				return ErrQuoteNotAccepted.With("quote", string(id), "status", string(q.Status))
			}
			if p := r.livePayment(id); p != nil && p.ID != given.ID {
				return ErrQuoteInPayment.With("payment", string(p.ID), "reference", p.Reference)
			}
			if sum.Currency == "" {
				sum.Currency = q.Total.Currency
			}
			if q.Total.Currency != sum.Currency {
				return ErrMoneyMixed.With("currency", sum.Currency, "other", q.Total.Currency)
			}
			sum.Amount += q.Total.Amount
		}
		if given.Amount != sum {
			return ErrPaymentAmount.With("due", sum.String(), "given", given.Amount.String())
		}
		return nil
	}}
	// byVoucher: what the payment server sees itself needs no voucher, and none is
	// weighed against its word.
	byVoucher = orderGuard{"byVoucher", "", func(r *run, _ *WorkOrder) *Error {
		if r.cmd.Payment.Method == PayCryptoCheckout {
			return ErrCheckoutVoucher
		}
		return nil
	}}
	hasVoucher = orderGuard{"hasVoucher", "R39", func(r *run, _ *WorkOrder) *Error {
		if given := r.cmd.Payment; len(given.Vouchers) == 0 && blank(given.TxID) {
			return ErrVoucherRequired
		}
		return nil
	}}
	// paymentAsSeen: nobody decides on a voucher that was replaced meanwhile.
	paymentAsSeen = orderGuard{"paymentAsSeen", "", func(r *run, _ *WorkOrder) *Error {
		p := r.c.Payment(r.cmd.PaymentDecision.Payment)
		if p != nil && r.cmd.SeenRev > 0 && p.Rev > r.cmd.SeenRev {
			return ErrOrderChanged.With("what", "payment", "reference", p.Reference)
		}
		return nil
	}}
	decisionSound = orderGuard{"decisionSound", "", func(r *run, _ *WorkOrder) *Error {
		given := r.cmd.PaymentDecision
		p := r.c.Payment(given.Payment)
		if p == nil {
			return ErrPaymentUnknown.With("payment", string(given.Payment))
		}
		if _, known := paymentActions[given.Status]; !known {
			return ErrCommandValue.With("part", "payment_decision.status", "value", clip(string(given.Status)))
		}
		if (given.Status == PaymentRejected || given.Status == PaymentRefunded) && blank(given.Reason) {
			return ErrCommandPart.With("part", "payment_decision.reason", "kind", string(r.cmd.Kind))
		}
		if got := given.Received; got != (Money{}) && (got.Currency != p.Amount.Currency || got.Amount < 0) {
			return ErrPaymentReceived.With("due", p.Amount.String(), "received", got.String())
		}
		got, due := given.Received.Amount, p.Amount.Amount
		letsBe := p.Status == PaymentUnderpaid || p.Status == PaymentLate // then it says how much there is
		contradicts := (given.Status == PaymentUnderpaid && (got <= 0 || got >= due)) ||
			(given.Status == PaymentOverpaid && got <= due) ||
			(given.Status == PaymentConfirmed && given.Received != (Money{}) && (got > due || got != due && !letsBe)) ||
			(given.Status == PaymentConfirmed && letsBe && got <= 0)
		if contradicts {
			return ErrPaymentReceived.With("due", p.Amount.String(), "received", given.Received.String())
		}
		return nil
	}}
)

// choosePayment names the method and gives the reference that the transfer must
// carry. It starts no clock.
func (r *run) choosePayment() *Error {
	p := r.payment()
	if err := r.movePayment(p, actChoose); err != nil {
		return err
	}
	r.fillPayment(p)
	return nil
}

// sendVoucher hands in the proof of payment and starts R39's clock. Another page
// of proof for a voucher that is not decided yet does not set the clock back.
func (r *run) sendVoucher() *Error {
	p := r.payment()
	running := p.Status == PaymentVoucherSent
	if err := r.movePayment(p, actSendVoucher); err != nil {
		return err
	}
	r.fillPayment(p)
	p.Vouchers, p.TxID, p.Reason = r.cmd.Payment.Vouchers, r.cmd.Payment.TxID, ""
	if !running {
		p.VoucherSentAt = r.env.Now
	}
	return nil
}

// payment is the one of the command, begun when it is not there yet.
func (r *run) payment() *Payment {
	id := r.cmd.Payment.ID
	if p := r.c.Payment(id); p != nil {
		return p
	}
	r.c.Payments = append(r.c.Payments, Payment{
		ID: id, WorkOrder: r.c.Order.ID,
		Reference: r.c.Order.Number + "-P" + itoa(len(r.c.Payments)+1),
	})
	return &r.c.Payments[len(r.c.Payments)-1]
}

func (r *run) fillPayment(p *Payment) {
	given := r.cmd.Payment
	p.putByCheckout()
	p.Quotes, p.Amount, p.Method = slices.Clone(given.Quotes), given.Amount, given.Method
}

func (r *run) decidePayment() *Error {
	given := r.cmd.PaymentDecision
	p := r.c.Payment(given.Payment)
	if given.Status == PaymentRefunded {
		return r.refund(p)
	}
	if err := r.movePayment(p, paymentActions[given.Status]); err != nil {
		return err
	}
	p.Reason = given.Reason
	if given.Received != (Money{}) {
		p.Received = given.Received
	}
	if !p.Status.paid() {
		return nil
	}
	if p.Status == PaymentConfirmed && given.Received == (Money{}) {
		p.Received = p.Amount
	}
	return r.settle(p)
}

// settle marks the quotes paid and gives the payment its receipt.
func (r *run) settle(p *Payment) *Error {
	p.ConfirmedAt, p.ConfirmedBy = r.env.Now, r.by.Name
	if !p.VoucherSentAt.IsSet() {
		p.VoucherSentAt = r.env.Now // no voucher came before the money (R39)
	}
	if p.ReceiptNumber == "" {
		p.ReceiptNumber = p.Reference + "-R"
	}
	return r.eachQuote(p, QuoteAccepted, actSettle)
}

// eachQuote lets the action happen to those of the payment's quotes that stand
// in the given status.
func (r *run) eachQuote(p *Payment, in QuoteStatus, a Action) *Error {
	for _, id := range p.Quotes {
		q := r.quote(id)
		if q == nil || q.Status != in {
			continue
		}
		if err := r.moveQuote(q, a); err != nil {
			return err
		}
	}
	return nil
}

func sameSet[T comparable](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	seen := make(map[T]bool, len(a))
	for _, x := range a {
		seen[x] = true
	}
	for _, x := range b {
		if !seen[x] {
			return false
		}
	}
	return true
}
