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
