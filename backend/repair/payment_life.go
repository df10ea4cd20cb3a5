package repair

// Actions of a payment's life.
const (
	actChoose      Action = "choose"
	actSendVoucher Action = "send_voucher"
	actReview      Action = "review"
	actConfirm     Action = "confirm"
	actReject      Action = "reject"
	actUnderpaid   Action = "underpaid"
	actOverpaid    Action = "overpaid"
	actRefund      Action = "refund"
	actGiveExcess  Action = "give_excess" // back

	// What the payment server says. No command brings these about.
	actInvoiced  Action = "invoiced"
	actSeen      Action = "seen"
	actPaid      Action = "paid"
	actPaidOver  Action = "paid_over"
	actPaidShort Action = "paid_short"
	actPaidLate  Action = "paid_late"
	actExpired   Action = "expired"
	actDoubtful  Action = "doubtful"
)

// paymentNone is a payment that nobody has begun.
const paymentNone PaymentStatus = ""

type paymentGuard = guard[*Payment]

// paymentLife is the whole life of a payment. The clock of R39 starts when the
// voucher is sent, so that instant is kept apart from the confirmation.
var paymentLife = life[PaymentStatus, *Payment]{name: "payment", notNow: ErrPaymentNotNow, rows: []row[PaymentStatus, *Payment]{
	{paymentNone, actChoose, Customer, PaymentChosen, nil, ""},
	{PaymentChosen, actChoose, Customer, PaymentChosen, nil, ""},
	{paymentNone, actSendVoucher, Customer, PaymentVoucherSent, nil, "R39"},
	{PaymentChosen, actSendVoucher, Customer, PaymentVoucherSent, nil, "R39"},
	{PaymentVoucherSent, actSendVoucher, Customer, PaymentVoucherSent, nil, ""},
	{PaymentRejected, actSendVoucher, Customer, PaymentVoucherSent, nil, "R39"},
	{PaymentUnderpaid, actSendVoucher, Customer, PaymentVoucherSent, nil, "R39"},

	{PaymentVoucherSent, actReview, Centre, PaymentUnderReview, nil, ""},
	{PaymentVoucherSent, actConfirm, Centre, PaymentConfirmed, nil, ""},
	{PaymentVoucherSent, actReject, Centre, PaymentRejected, []paymentGuard{nothingArrived}, ""},
	{PaymentVoucherSent, actUnderpaid, Centre, PaymentUnderpaid, nil, ""},
	{PaymentVoucherSent, actOverpaid, Centre, PaymentOverpaid, nil, ""},
	{PaymentUnderReview, actConfirm, Centre, PaymentConfirmed, nil, ""},
	{PaymentUnderReview, actReject, Centre, PaymentRejected, []paymentGuard{nothingArrived}, ""},
	{PaymentUnderReview, actUnderpaid, Centre, PaymentUnderpaid, nil, ""},
	{PaymentUnderReview, actOverpaid, Centre, PaymentOverpaid, nil, ""},
	{PaymentUnderpaid, actConfirm, Centre, PaymentConfirmed, nil, ""}, // the rest came, or the centre lets it be
	{PaymentUnderpaid, actUnderpaid, Centre, PaymentUnderpaid, nil, ""},
	{PaymentUnderpaid, actOverpaid, Centre, PaymentOverpaid, nil, ""},

	{PaymentConfirmed, actRefund, Centre, PaymentRefunded, []paymentGuard{notWorkedOn}, ""},
	{PaymentOverpaid, actRefund, Centre, PaymentRefunded, []paymentGuard{notWorkedOn}, ""},
	{PaymentUnderpaid, actRefund, Centre, PaymentRefunded, nil, ""},
	{PaymentOverpaid, actGiveExcess, Centre, PaymentConfirmed, nil, ""},

	{PaymentExpired, actChoose, Customer, PaymentChosen, nil, ""},
	{PaymentExpired, actSendVoucher, Customer, PaymentVoucherSent, nil, "R39"},
	{PaymentChosen, actInvoiced, Centre, PaymentWaiting, nil, ""},
	{PaymentWaiting, actSeen, Centre, PaymentSeen, nil, ""},
	{PaymentWaiting, actPaid, Centre, PaymentConfirmed, nil, ""},
	{PaymentWaiting, actPaidOver, Centre, PaymentOverpaid, nil, ""},
	{PaymentWaiting, actPaidShort, Centre, PaymentUnderpaid, nil, ""},
	{PaymentWaiting, actPaidLate, Centre, PaymentLate, nil, ""},
	{PaymentWaiting, actExpired, Centre, PaymentExpired, nil, ""},
	{PaymentWaiting, actDoubtful, Centre, PaymentUnderReview, nil, ""},
	{PaymentSeen, actPaid, Centre, PaymentConfirmed, nil, ""},
	{PaymentSeen, actPaidOver, Centre, PaymentOverpaid, nil, ""},
	{PaymentSeen, actPaidShort, Centre, PaymentUnderpaid, nil, ""},
	{PaymentSeen, actPaidLate, Centre, PaymentLate, nil, ""},
	{PaymentSeen, actExpired, Centre, PaymentExpired, nil, ""},
	{PaymentSeen, actDoubtful, Centre, PaymentUnderReview, nil, ""},
	{PaymentExpired, actPaid, Centre, PaymentConfirmed, nil, ""},
	{PaymentExpired, actPaidOver, Centre, PaymentOverpaid, nil, ""},
	{PaymentExpired, actPaidShort, Centre, PaymentUnderpaid, nil, ""},
	{PaymentExpired, actPaidLate, Centre, PaymentLate, nil, ""},
	{PaymentExpired, actDoubtful, Centre, PaymentUnderReview, nil, ""},

	// Somebody at the payment server has marked it as paid, or the rest came there.
	{PaymentUnderpaid, actPaid, Centre, PaymentConfirmed, nil, ""},
	{PaymentUnderpaid, actPaidOver, Centre, PaymentOverpaid, nil, ""},
	{PaymentUnderpaid, actPaidLate, Centre, PaymentLate, nil, ""},
	{PaymentLate, actPaid, Centre, PaymentConfirmed, nil, ""},
	{PaymentLate, actPaidOver, Centre, PaymentOverpaid, nil, ""},
	{PaymentUnderReview, actPaid, Centre, PaymentConfirmed, nil, ""},
	{PaymentUnderReview, actPaidOver, Centre, PaymentOverpaid, nil, ""},

	// Money for an invoice of before.
	{PaymentChosen, actPaidLate, Centre, PaymentLate, nil, ""},
	{PaymentRejected, actPaidLate, Centre, PaymentLate, nil, ""},
	{PaymentRefunded, actPaidLate, Centre, PaymentLate, nil, ""},
	{PaymentConfirmed, actPaidLate, Centre, PaymentOverpaid, nil, ""},

	// What came late is decided by a person.
	{PaymentLate, actConfirm, Centre, PaymentConfirmed, nil, ""},
	{PaymentLate, actUnderpaid, Centre, PaymentUnderpaid, nil, ""},
	{PaymentLate, actOverpaid, Centre, PaymentOverpaid, nil, ""},
	{PaymentLate, actRefund, Centre, PaymentRefunded, nil, ""},
}}

// notWorkedOn: money for a repair that has begun is not given back here.
var notWorkedOn = paymentGuard{"notWorkedOn", "R35", func(r *run, p *Payment) *Error {
	for _, id := range p.Quotes {
		q := r.quote(id)
		if q == nil {
			continue
		}
		if d := r.device(q.Device); d != nil && d.Status != Accepted {
			return ErrRefundTooLate.With("line", itoa(d.Line), "serial", clip(string(d.Serial)))
		}
	}
	return nil
}}

// nothingArrived: where money lies already, the voucher of the rest may be wrong,
// but the payment is not nothing: it stays too little.
var nothingArrived = paymentGuard{"nothingArrived", "", func(_ *run, p *Payment) *Error {
	if p.Received.Amount > 0 {
		return ErrMoneyArrived.With("received", p.Received.String(), "reference", p.Reference)
	}
	return nil
}}

// paymentActions maps what the office says of a payment to what happens to it.
var paymentActions = map[PaymentStatus]Action{
	PaymentUnderReview: actReview, PaymentConfirmed: actConfirm, PaymentRejected: actReject,
	PaymentUnderpaid: actUnderpaid, PaymentOverpaid: actOverpaid, PaymentRefunded: actRefund,
}

// byOffice: the action follows from a decision, not from the payment server's word.
func byOffice(a Action) bool {
	for _, decided := range paymentActions {
		if a == decided {
			return true
		}
	}
	return a == actGiveExcess
}

// paid: the money is there.
func (s PaymentStatus) paid() bool { return s == PaymentConfirmed || s == PaymentOverpaid }

// Kept is what has arrived and was not given back.
func (p *Payment) Kept() Money {
	kept := Money{Amount: p.Received.Amount, Currency: p.Amount.Currency}
	for _, r := range p.Refunds {
		kept.Amount -= r.Amount.Amount
	}
	return kept
}

// Missing is what has still to arrive; nothing once the centre is content.
func (p *Payment) Missing() Money {
	if p.Status.paid() || p.Status == PaymentRefunded {
		return Money{Currency: p.Amount.Currency}
	}
	return Money{Amount: max(0, p.Amount.Amount-p.Kept().Amount), Currency: p.Amount.Currency}
}

// Excess is what has arrived beyond the sum.
func (p *Payment) Excess() Money {
	return Money{Amount: max(0, p.Kept().Amount-p.Amount.Amount), Currency: p.Amount.Currency}
}
