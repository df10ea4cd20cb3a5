package repair

import (
	"slices"
	"strings"
)

// refusal makes one of the errors of this package. They stand below, all of
// them, so that a code is declared once and can be listed.
func refusal(kind Kind, code, rule string) *Error {
	e := &Error{Kind: kind, Code: code, Rule: rule}
	refusals = append(refusals, e)
	return e
}

// refusals is complete once the package is initialised and never changes after.
var refusals []*Error

// Errors of shape: the command or the text is wrong in itself.
var (
	ErrCommandKind  = refusal(Invalid, "command.kind_unknown", "")
	ErrCommandID    = refusal(Invalid, "command.id_invalid", "")
	ErrCommandPart  = refusal(Invalid, "command.part_missing", "")
	ErrCommandValue = refusal(Invalid, "command.value_invalid", "")
	ErrCommandTwice = refusal(Invalid, "command.item_twice", "")
	ErrTextTooLong  = refusal(Invalid, "command.text_too_long", "")

	ErrMoneyCurrency   = refusal(Invalid, "money.currency_unknown", "")
	ErrMoneyNotANumber = refusal(Invalid, "money.not_a_number", "")
	ErrMoneyDecimals   = refusal(Invalid, "money.too_many_decimals", "")
	ErrMoneyTooLarge   = refusal(Invalid, "money.too_large", "")
	ErrMoneyNegative   = refusal(Invalid, "money.negative", "")
	ErrMoneyMixed      = refusal(Invalid, "money.currencies_mixed", "")
)

// Errors about the person and the work order.
var (
	ErrNotFound          = refusal(NotFound, "order.not_found", "")
	ErrRole              = refusal(Forbidden, "person.role_not_allowed", "")
	ErrSide              = refusal(Forbidden, "person.wrong_side", "")
	ErrOrderChanged      = refusal(Conflict, "order.changed", "")
	ErrOrderEnded        = refusal(Conflict, "order.ended", "")
	ErrNotEnded          = refusal(Conflict, "order.not_finished", "")
	ErrAddressLocked     = refusal(Conflict, "order.address_locked", "R20")
	ErrNotCancellable    = refusal(Conflict, "order.not_cancellable", "")
	ErrNoQuestion        = refusal(Conflict, "order.no_question_open", "R02")
	ErrNotResolved       = refusal(Conflict, "order.not_resolved", "")
	ErrDiagnosisDone     = refusal(Conflict, "order.diagnosis_done", "R02")
	ErrReturnUnconfirmed = refusal(Conflict, "order.return_not_confirmed", "R03")
	ErrNotReceived       = refusal(Conflict, "order.not_received", "R40")
	ErrCarrierTooLate    = refusal(Conflict, "order.carrier_question_too_late", "R46")
	ErrExtendedPast      = refusal(Invalid, "order.extension_in_past", "R41")
)

// Errors about devices.
var (
	ErrDeviceUnknown      = refusal(NotFound, "device.not_found", "")
	ErrDeviceNotNow       = refusal(Conflict, "device.not_now", "")
	ErrSerialRequired     = refusal(Invalid, "device.serial_number_required", "R12")
	ErrQuoteRequired      = refusal(Conflict, "device.quote_required", "")
	ErrNotRepairable      = refusal(Conflict, "device.not_repairable", "R27")
	ErrNothingToPay       = refusal(Conflict, "device.nothing_to_pay", "R47")
	ErrPaymentDue         = refusal(Conflict, "device.payment_due", "R35")
	ErrAlreadyPaid        = refusal(Conflict, "device.already_paid", "")
	ErrMustBeRepaired     = refusal(Conflict, "device.must_be_repaired", "R32")
	ErrForfeitNotYet      = refusal(Conflict, "device.forfeit_not_eligible", "R34")
	ErrResendByOffice     = refusal(Forbidden, "device.resend_by_office", "R36")
	ErrInspectionClass    = refusal(Invalid, "inspection.class_unknown", "")
	ErrInspectionCode     = refusal(Invalid, "inspection.code_unknown", "")
	ErrScrapNeedsReason   = refusal(Invalid, "inspection.scrap_reason_required", "R30")
	ErrScrapReasonNoScrap = refusal(Invalid, "inspection.class_must_be_scrap", "R30")
	ErrDamageCause        = refusal(Invalid, "inspection.damage_cause_unknown", "R06")
	ErrShipAfterReceipt   = refusal(Invalid, "inspection.ship_date_after_receipt", "R23")
)

// Errors about parcels.
var (
	ErrParcelUnknown    = refusal(NotFound, "parcel.not_found", "")
	ErrParcelNotNow     = refusal(Conflict, "parcel.not_now", "")
	ErrWaybillFixed     = refusal(Conflict, "parcel.waybill_fixed", "")
	ErrWaybillMissing   = refusal(Conflict, "parcel.waybill_required", "R14")
	ErrParcelReplaces   = refusal(Conflict, "parcel.replaces_not_rejected", "")
	ErrContentMismatch  = refusal(Conflict, "parcel.content_mismatch", "R16")
	ErrAlreadyInspected = refusal(Conflict, "parcel.already_inspected", "")
	ErrRejectReason     = refusal(Invalid, "parcel.rejection_reason_unknown", "R19")
	ErrNotesRequired    = refusal(Invalid, "parcel.rejection_note_required", "R19")
)

// Errors about quotes and payments.
var (
	ErrQuoteUnknown       = refusal(NotFound, "quote.not_found", "")
	ErrQuoteNotNow        = refusal(Conflict, "quote.not_now", "")
	ErrNotDeclinable      = refusal(Conflict, "quote.not_declinable", "R32")
	ErrQuoteTaken         = refusal(Conflict, "quote.id_taken", "")
	ErrQuoteEmpty         = refusal(Invalid, "quote.amount_required", "R26")
	ErrQuoteExpired       = refusal(Conflict, "quote.expired", "")
	ErrQuoteInPayment     = refusal(Conflict, "quote.in_another_payment", "")
	ErrQuoteNotAccepted   = refusal(Conflict, "quote.not_accepted", "")
	ErrPaymentUnknown     = refusal(NotFound, "payment.not_found", "")
	ErrPaymentNotNow      = refusal(Conflict, "payment.not_now", "")
	ErrVoucherRequired    = refusal(Invalid, "payment.voucher_required", "R39")
	ErrPaymentAmount      = refusal(Invalid, "payment.amount_differs", "")
	ErrPaymentMethod      = refusal(Invalid, "payment.method_not_taken", "")
	ErrPaymentCurrency    = refusal(Invalid, "payment.currency_not_taken", "")
	ErrPaymentReceived    = refusal(Invalid, "payment.received_contradicts", "")
	ErrRefundAmount       = refusal(Invalid, "payment.refund_amount", "")
	ErrRefundProof        = refusal(Invalid, "payment.refund_proof_required", "")
	ErrMoneyArrived       = refusal(Conflict, "payment.money_arrived", "")
	ErrRefundTooLate      = refusal(Conflict, "payment.refund_too_late", "")
	ErrCheckoutVoucher    = refusal(Invalid, "payment.checkout_needs_no_voucher", "")
	ErrPaymentQuotesFixed = refusal(Conflict, "payment.quotes_fixed", "")
)

// Errors about shipments, corrections and unclaimed parcels.
var (
	ErrShipmentUnknown   = refusal(NotFound, "shipment.not_found", "")
	ErrShipmentNotNow    = refusal(Conflict, "shipment.not_now", "")
	ErrShipmentTaken     = refusal(Conflict, "shipment.id_taken", "")
	ErrReturnCarrier     = refusal(Invalid, "shipment.carrier_not_offered", "R45")
	ErrShipmentWaybill   = refusal(Invalid, "shipment.waybill_required", "")
	ErrTrackStatus       = refusal(Invalid, "shipment.status_unknown", "")
	ErrTrackOld          = refusal(Conflict, "tracking.other_parcel", "R17")
	ErrRefusalReason     = refusal(Invalid, "shipment.refusal_reason_required", "R36")
	ErrCorrectionUnknown = refusal(NotFound, "correction.not_found", "")
	ErrCorrectionNotNow  = refusal(Conflict, "correction.not_now", "")
	ErrCorrectionTaken   = refusal(Conflict, "correction.id_taken", "")
	ErrCorrectionField   = refusal(Invalid, "correction.field_unknown", "")
	ErrCorrectionSame    = refusal(Invalid, "correction.nothing_changes", "")
	ErrCorrectionSerial  = refusal(Conflict, "correction.duplicate_serial", "R12")
	ErrCorrectionLate    = refusal(Conflict, "correction.too_late", "")
	ErrUnclaimedUnknown  = refusal(NotFound, "unclaimed.not_found", "")
	ErrUnclaimedNotNow   = refusal(Conflict, "unclaimed.not_now", "R34")
	ErrUnclaimedLink     = refusal(Invalid, "unclaimed.work_order_required", "")
	ErrUnclaimedArrival  = refusal(Invalid, "unclaimed.arrival_invalid", "")
)

// Errors about where an account is written to.
var (
	ErrMailAddress  = refusal(Invalid, "account.email_invalid", "")
	ErrMailLanguage = refusal(Invalid, "account.language_unknown", "")
)

// Codes lists every error and finding code of this package that may reach a
// person, in order: the translations are compared with it.
func Codes() []string {
	codes := make([]string, 0, len(refusals)+len(findingTable))
	for _, e := range refusals {
		codes = append(codes, e.Code)
	}
	for _, f := range findingTable {
		codes = append(codes, f.code)
	}
	slices.SortFunc(codes, strings.Compare)
	return slices.Compact(codes)
}
