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
	{PaymentVoucherSent, actReject, Centre, PaymentRejected, nil, ""},
	{PaymentVoucherSent, actUnderpaid, Centre, PaymentUnderpaid, nil, ""},
	{PaymentVoucherSent, actOverpaid, Centre, PaymentOverpaid, nil, ""},
	{PaymentUnderReview, actConfirm, Centre, PaymentConfirmed, nil, ""},
	{PaymentUnderReview, actReject, Centre, PaymentRejected, nil, ""},
	{PaymentUnderReview, actUnderpaid, Centre, PaymentUnderpaid, nil, ""},
	{PaymentUnderReview, actOverpaid, Centre, PaymentOverpaid, nil, ""},
	{PaymentUnderpaid, actConfirm, Centre, PaymentConfirmed, nil, ""}, // the rest came, or the centre lets it be

	{PaymentConfirmed, actRefund, Centre, PaymentRefunded, []paymentGuard{notWorkedOn}, ""},
	{PaymentOverpaid, actRefund, Centre, PaymentRefunded, []paymentGuard{notWorkedOn}, ""},
	{PaymentUnderpaid, actRefund, Centre, PaymentRefunded, nil, ""},
	{PaymentOverpaid, actConfirm, Centre, PaymentConfirmed, nil, ""}, // the excess was given back
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

// paymentActions maps what the office says of a payment to what happens to it.
var paymentActions = map[PaymentStatus]Action{
	PaymentUnderReview: actReview, PaymentConfirmed: actConfirm, PaymentRejected: actReject,
	PaymentUnderpaid: actUnderpaid, PaymentOverpaid: actOverpaid, PaymentRefunded: actRefund,
}

// paid: the money is there.
func (s PaymentStatus) paid() bool { return s == PaymentConfirmed || s == PaymentOverpaid }
