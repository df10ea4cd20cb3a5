package repair_test

import (
	"strings"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// with changes a copy of a command.
func with(cmd repair.Command, change func(*repair.Command)) repair.Command {
	change(&cmd)
	return cmd
}

func plan(change func(*repair.ParcelPlan)) repair.Command {
	p := rt.Plan(1, 1, 2)
	change(&p)
	return rt.SetParcels(p)
}

func finding(change func(*repair.InspectionGiven)) repair.Command {
	cmd := rt.Find(1, repair.Normal)
	change(cmd.Inspection)
	return cmd
}

func correct(change func(*repair.CorrectionAsk)) repair.Command {
	cmd := rt.Correction(2, 1, "JXT2677777Q")
	change(cmd.Correction)
	return cmd
}

func pay(change func(*repair.VoucherSent)) repair.Command {
	cmd := rt.Voucher(1, 1, 2)
	change(cmd.Payment)
	return cmd
}

func home(change func(*repair.ShipmentPlan)) repair.Command {
	cmd := rt.Ship(1, 1, 2)
	change(cmd.Ship)
	return cmd
}

func tracked(cmd repair.Command, change func(*repair.TrackGiven)) repair.Command {
	change(cmd.Track)
	return cmd
}

func price(change func(*repair.QuoteOffer)) repair.Command {
	offer := rt.Price(9, 1, rt.USD(100))
	change(&offer)
	return rt.SendQuotes(offer)
}

func line(amount int64, currency string) repair.QuoteLine {
	return repair.QuoteLine{Amount: repair.Money{Amount: amount, Currency: currency}}
}

// seen is a story in which the centre's counter stands at 9 for what was named.
func seen(story func() *rt.Story, mark func(*repair.Case)) func() *rt.Story {
	return func() *rt.Story {
		s := story()
		mark(s.Case)
		return s
	}
}

func submitted() *rt.Story { return rt.Filed(2) }
func received() *rt.Story  { return rt.Filed(2).Arrive() }
func ready() *rt.Story     { return rt.At(repair.StageReadyToShip) }
func onTheRoad() *rt.Story { return rt.Filed(2).Send() }
func confirmed() *rt.Story { return rt.Filed(2).Confirm() }
func shipped() *rt.Story   { return rt.At(repair.StageShipped) }
func accepted() *rt.Story  { return rt.Filed(2).Accepted() }
func underpaid() *rt.Story {
	return paidInStory().Must(rt.Office, rt.Decide(1, repair.PaymentUnderpaid, rt.USD(20000)))
}

var refusalRules = []refusalRule{
	{"a stranger's work order does not exist", submitted, rt.Stranger, text(repair.CmdMessage, "hello"), "order.not_found", true},
	{"a command for another work order does not fit", submitted, rt.Farmer, with(text(repair.CmdMessage, "x"), func(c *repair.Command) { c.WorkOrder = "00000000-0000-7000-8000-0000000000ff" }), "order.not_found", true},
	{"an unknown kind", submitted, rt.Farmer, text("explode", ""), "command.kind_unknown", false},
	{"a command of no work order", submitted, rt.Technician, repair.Command{Kind: repair.CmdRecordUnclaimed, Unclaimed: &repair.UnclaimedParcel{ID: rt.UnclaimedID(1)}}, "command.kind_unknown", false},
	{"an id that is none", submitted, rt.Farmer, with(text(repair.CmdMessage, "x"), func(c *repair.Command) { c.ID = "7" }), "command.id_invalid", true},
	{"an id in capitals", submitted, rt.Farmer, with(text(repair.CmdMessage, "x"), func(c *repair.Command) { c.ID = "0000000A-0000-7000-8000-000000000001" }), "command.id_invalid", true},
	{"a thing that is named by no id", quotedStory, rt.Farmer, repair.Command{Kind: repair.CmdAcceptQuotes, Quotes: []repair.QuoteID{"all"}}, "command.id_invalid", true},
	{"a thing that is named twice", quotedStory, rt.Farmer, rt.Accept(1, 1), "command.item_twice", true},
	{"a text without end", submitted, rt.Farmer, text(repair.CmdMessage, strings.Repeat("x", 10_001)), "command.text_too_long", true},

	{"what has left is not cancelled", onTheRoad, rt.Farmer, text(repair.CmdCancel, ""), "order.not_cancellable", false},
	{"R02 nothing to answer", submitted, rt.Farmer, text(repair.CmdAnswer, "yes"), "order.no_question_open", false},
	{"R02 an answer says something", at(repair.StageNeedInfo), rt.Farmer, text(repair.CmdAnswer, " "), "command.part_missing", true},
	{"what is not resolved is not opened again", submitted, rt.Farmer, text(repair.CmdReopen, ""), "order.not_resolved", false},
	{"R28 a message says or shows something", submitted, rt.Farmer, text(repair.CmdMessage, ""), "command.part_missing", true},
	{"R46 a doubt is put in words", ready, rt.Farmer, text(repair.CmdAskCarrier, ""), "command.part_missing", true},
	{"R46 after the return it is too late", shipped, rt.Farmer, text(repair.CmdAskCarrier, "why sf?"), "order.carrier_question_too_late", false},

	{"R03 no boxes before the return is confirmed", submitted, rt.Farmer, rt.SetParcels(rt.Plan(1, 1, 2)), "order.return_not_confirmed", false},
	{"R03 nothing is handed over before the return is confirmed", seen(packedStory, func(c *repair.Case) { c.Order.ReturnConfirmedAt = "" }), rt.Farmer, rt.HandOver(1), "order.return_not_confirmed", false},
	{"R08 self-pickup is refused", confirmed, rt.Farmer, plan(func(p *repair.ParcelPlan) { p.DeliveryMode = repair.DeliverySelfPickup }), "parcel.self_pickup", true},
	{"R10 freight collect is refused", confirmed, rt.Farmer, plan(func(p *repair.ParcelPlan) { p.FreightTerms = repair.FreightCollect }), "parcel.freight_collect", true},
	{"R16 a device in two boxes", confirmed, rt.Farmer, rt.SetParcels(rt.Plan(1, 1), rt.Plan(2, 1, 2)), "parcel.device_twice", true},
	{"only what was refused or lost is sent again", onTheRoadAndOne, rt.Farmer, rt.SetParcels(func() repair.ParcelPlan { p := rt.Plan(2, 2); p.Replaces = rt.ParcelID(1); return p }()), "parcel.replaces_not_rejected", true},
	{"a plan made before the office corrected its box", seen(packedStory, func(c *repair.Case) { c.Parcels[0].Revision, c.Parcels[0].Rev = 2, 9 }), rt.Farmer,
		with(rt.SetParcels(rt.Plan(1, 1, 2)), func(c *repair.Command) { c.SeenRev = 8 }), "order.changed", true},
	{"a device on the road is in no other box", onTheRoadAndOne, rt.Farmer, rt.SetParcels(rt.Plan(2, 1)), "device.not_now", true},
	{"a box that is not there is not handed over", packedStory, rt.Farmer, rt.HandOver(9), "parcel.not_found", true},

	{"R20 the address is locked", submitted, rt.Farmer, correct(func(k *repair.CorrectionAsk) { k.Field = "return_address" }), "order.address_locked", true},
	{"R20 only paper data is corrected", submitted, rt.Farmer, correct(func(k *repair.CorrectionAsk) { k.Field = "status" }), "correction.field_unknown", true},
	{"a correction has a reason", submitted, rt.Farmer, correct(func(k *repair.CorrectionAsk) { k.Reason = "" }), "command.part_missing", true},
	{"a correction has an id of its own", askedCorrection, rt.Farmer, rt.Correction(1, 1, "JXT2666666Q"), "correction.id_taken", true},
	{"a correction changes something", submitted, rt.Farmer, rt.Correction(1, 1, string(rt.Serial(1))), "correction.nothing_changes", true},
	{"R12 a corrected serial number is nobody else's", submitted, rt.Farmer, rt.Correction(1, 1, "jxt26-00002 q"), "correction.duplicate_serial", true},
	{"R12 a corrected serial number is one", submitted, rt.Farmer, rt.Correction(1, 1, "--"), "device.serial_number_required", true},
	{"a correction of nothing", submitted, rt.Farmer, rt.Correction(1, 9, "JXT2666666Q"), "device.not_found", true},
	{"a correction of no box", submitted, rt.Farmer, correct(func(k *repair.CorrectionAsk) { k.Field, k.Device, k.Parcel = "carrier", "", rt.ParcelID(9) }), "parcel.not_found", true},
	{"a received box is past correcting", received, rt.Farmer, correct(func(k *repair.CorrectionAsk) { k.Field, k.Parcel = "waybill_number", rt.ParcelID(1) }), "correction.too_late", true},
	{"a device at home is past correcting", shipped, rt.Farmer, rt.Correction(1, 1, "JXT2666666Q"), "correction.too_late", false},
	{"a correction that was never asked for", askedCorrection, rt.Office, rt.DecideCorrection(7, true), "correction.not_found", true},

	{"R32 a normal quote may not be declined", quotedStory, rt.Farmer, rt.Decline(2), "quote.not_declinable", true},
	{"R33 one that may not be declined holds back the whole command", quotedStory, rt.Farmer, rt.Decline(1, 2), "quote.not_declinable", true},
	{"a quote that is not there", quotedStory, rt.Farmer, rt.Accept(7), "quote.not_found", true},
	{"R39 a voucher is a file or a transaction", accepted, rt.Farmer, pay(func(p *repair.VoucherSent) { p.Vouchers = nil }), "payment.voucher_required", true},
	{"the whole sum is paid", accepted, rt.Farmer, pay(func(p *repair.VoucherSent) { p.Amount.Amount-- }), "payment.amount_differs", true},
	{"also when a method is chosen", accepted, rt.Farmer, with(chosen(1, 1, 2), func(c *repair.Command) { c.Payment.Amount.Amount-- }), "payment.amount_differs", true},
	{"a payment page needs no voucher", takesCheckouts(accepted), rt.Farmer, pay(func(p *repair.VoucherSent) { p.Method = repair.PayCryptoCheckout }), "payment.checkout_needs_no_voucher", true},
	{"a payment page where the centre has none", accepted, rt.Farmer, with(chosen(1, 1, 2), func(c *repair.Command) { c.Payment.Method = repair.PayCryptoCheckout }), "payment.method_not_taken", true},
	{"a method that the centre does not take", accepted, rt.Farmer, pay(func(p *repair.VoucherSent) { p.Method = "cheque" }), "payment.method_not_taken", true},
	{"an amount of no currency", accepted, rt.Farmer, pay(func(p *repair.VoucherSent) { p.Amount.Currency = "SHELL" }), "money.currency_unknown", true},
	{"a negative amount", accepted, rt.Farmer, pay(func(p *repair.VoucherSent) { p.Amount.Amount = -1 }), "money.negative", true},
	{"only what was accepted is paid", quotedStory, rt.Farmer, rt.Voucher(1, 2), "quote.not_accepted", false},
	{"a quote that is not there is not paid", accepted, rt.Farmer, rt.Voucher(1, 7), "quote.not_found", true},
	{"a quote is paid once", paidInStory, rt.Farmer, rt.Voucher(2, 1, 2), "quote.in_another_payment", true},
	{"a voucher stays for what it was", paidInStory, rt.Farmer, rt.Voucher(1, 1), "payment.quotes_fixed", true},
	{"quotes of two currencies are two payments", twoCurrencies, rt.Farmer, rt.Voucher(1, 1, 2), "money.currencies_mixed", true},
	{"a shipment that is not there", shipped, rt.Farmer, repair.Command{Kind: repair.CmdConfirmDelivery, Shipment: rt.ShipmentID(7)}, "shipment.not_found", true},

	{"R02 a diagnosis has a known result", submitted, rt.Technician, rt.Diagnose("shrug", ""), "command.value_invalid", true},
	{"R02 a question is put in words", submitted, rt.Technician, rt.Diagnose(repair.NeedInfo, ""), "command.part_missing", true},
	{"R02 a remote remedy is put in words", submitted, rt.Technician, rt.Diagnose(repair.ResolvedRemote, " "), "command.part_missing", true},
	{"R02 what has left is inspected, not diagnosed", onTheRoad, rt.Technician, rt.Diagnose(repair.ReturnRecommended, ""), "order.diagnosis_done", false},
	{"a word that is no parcel's", onTheRoad, rt.Technician, tracked(rt.TrackParcel(1, "delivered"), func(*repair.TrackGiven) {}), "shipment.status_unknown", true},
	{"a box that is not there is not followed", onTheRoad, rt.Technician, rt.TrackParcel(9, repair.ParcelLost), "parcel.not_found", true},
	{"R16 contents that differ are refused", onTheRoad, rt.Technician, rt.Receive(1, 1), "parcel.content_mismatch", true},
	{"R16 contents that nobody listed are refused", onTheRoad, rt.Technician, rt.Receive(1, 1, 2, 77), "parcel.content_mismatch", true},
	{"R22 a box is not signed for tomorrow", onTheRoad, rt.Technician, with(rt.Receive(1, 1, 2), func(c *repair.Command) { c.Receipt.SignedAt = "2099-01-01T00:00:00Z" }), "command.value_invalid", true},
	{"a box that is not there is not received", onTheRoad, rt.Technician, rt.Receive(9, 1), "parcel.not_found", true},
	{"R19 a refusal has a reason of the list", onTheRoad, rt.Technician, rt.Reject(1, "ugly"), "parcel.rejection_reason_unknown", true},
	{"R19 another reason is put in words", onTheRoad, rt.Technician, with(rt.Reject(1, repair.RejectOther), func(c *repair.Command) { c.Rejection.Note = "" }), "parcel.rejection_note_required", true},
	{"a box that is not there is not refused", onTheRoad, rt.Technician, rt.Reject(9, repair.RejectMismatch), "parcel.not_found", true},
	{"an inspection has a class", received, rt.Technician, finding(func(f *repair.InspectionGiven) { f.Class = "odd" }), "inspection.class_unknown", true},
	{"R29 a void reason is of the list", received, rt.Technician, finding(func(f *repair.InspectionGiven) { f.VoidCodes = []string{"V77"} }), "inspection.code_unknown", true},
	{"R30 scrap has its reason", received, rt.Technician, finding(func(f *repair.InspectionGiven) { f.Class = repair.Scrap }), "inspection.scrap_reason_required", true},
	{"R30 a scrap reason makes scrap", received, rt.Technician, finding(func(f *repair.InspectionGiven) { f.ScrapCodes = []string{"S02"} }), "inspection.class_must_be_scrap", true},
	{"R06 a damage has a known cause", received, rt.Technician, finding(func(f *repair.InspectionGiven) { f.Damage = "fate" }), "inspection.damage_cause_unknown", true},
	{"R23 a machine is not shipped after it was received", received, rt.Technician, finding(func(f *repair.InspectionGiven) { f.ShipDateFound = "2027-01-01" }), "inspection.ship_date_after_receipt", true},
	{"an inspection of nothing", received, rt.Technician, rt.Find(9, repair.Normal), "device.not_found", true},
	{"R26 a quote asks for something", inspectedStory, rt.Technician, price(func(o *repair.QuoteOffer) { o.Lines = nil }), "quote.amount_required", true},
	{"R26 a quote does not ask for less than nothing", inspectedStory, rt.Technician, price(func(o *repair.QuoteOffer) { o.Lines = []repair.QuoteLine{line(-5, "USD")} }), "money.negative", true},
	{"R26 a quote is of one currency", inspectedStory, rt.Technician, price(func(o *repair.QuoteOffer) { o.Lines = []repair.QuoteLine{line(5, "USD"), line(5, "CNY")} }), "money.currencies_mixed", true},
	{"R26 a quote is in a currency that the centre takes", inspectedStory, rt.Technician, price(func(o *repair.QuoteOffer) { o.Lines = []repair.QuoteLine{line(5, "EUR")} }), "payment.currency_not_taken", true},
	{"R26 a quote is not too large to count", inspectedStory, rt.Technician, price(func(o *repair.QuoteOffer) { o.Lines = []repair.QuoteLine{line(9e14, "USD"), line(1, "USD")} }), "money.too_large", true},
	{"R26 a quote does not end yesterday", inspectedStory, rt.Technician, price(func(o *repair.QuoteOffer) { o.ValidUntil = "2026-01-01" }), "command.value_invalid", true},
	{"R26 a quote has an id of its own", quotedStory, rt.Technician, rt.SendQuotes(rt.Price(1, 2, rt.USD(1))), "quote.id_taken", true},
	{"R26 a quote is for a device", inspectedStory, rt.Technician, rt.SendQuotes(rt.Price(1, 9, rt.USD(1))), "device.not_found", true},
	{"a voucher that was replaced meanwhile", seen(paidInStory, func(c *repair.Case) { c.Payments[0].Rev = 9 }), rt.Office,
		with(rt.Decide(1, repair.PaymentConfirmed, rt.USD(24000)), func(c *repair.Command) { c.SeenRev = 8 }), "order.changed", true},
	{"a payment that is not there", paidInStory, rt.Office, rt.Decide(7, repair.PaymentConfirmed, rt.USD(24000)), "payment.not_found", true},
	{"a verdict that is none", paidInStory, rt.Office, rt.Decide(1, "perhaps", rt.USD(24000)), "command.value_invalid", true},
	{"a refused voucher has a reason", paidInStory, rt.Office, with(rt.Decide(1, repair.PaymentRejected, repair.Money{}), func(c *repair.Command) { c.PaymentDecision.Reason = "" }), "command.part_missing", true},
	{"too little is something", paidInStory, rt.Office, rt.Decide(1, repair.PaymentUnderpaid, rt.USD(0)), "payment.received_contradicts", true},
	{"a refund has a reason", paidStory, rt.Office, with(rt.GiveBack(1, rt.USD(24000)), func(c *repair.Command) { c.PaymentDecision.Reason = " " }), "command.part_missing", true},
	{"a refund has a proof", paidStory, rt.Office, with(rt.GiveBack(1, rt.USD(24000)), func(c *repair.Command) { c.PaymentDecision.Proof = nil }), "payment.refund_proof_required", true},
	{"a refund is whole", paidStory, rt.Office, rt.GiveBack(1, rt.USD(100)), "payment.refund_amount", true},
	{"a refund is something", paidStory, rt.Office, rt.GiveBack(1, rt.USD(0)), "payment.refund_amount", true},
	{"a refund is in the payment's currency", paidStory, rt.Office, rt.GiveBack(1, repair.Money{Amount: 24000, Currency: "CNY"}), "payment.refund_amount", true},
	{"too little is less", paidInStory, rt.Office, rt.Decide(1, repair.PaymentUnderpaid, rt.USD(24000)), "payment.received_contradicts", true},
	{"too much is more", paidInStory, rt.Office, rt.Decide(1, repair.PaymentOverpaid, rt.USD(24000)), "payment.received_contradicts", true},
	{"enough is the sum", paidInStory, rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(23000)), "payment.received_contradicts", true},
	{"enough is not nothing", paidInStory, rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(0)), "payment.received_contradicts", true},
	{"what is more than the rest is too much", underpaid, rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(25000)), "payment.received_contradicts", true},
	{"who lets too little be says how much it is", underpaid, rt.Office, rt.Decide(1, repair.PaymentConfirmed, repair.Money{}), "payment.received_contradicts", true},
	{"money of another currency", paidInStory, rt.Office, rt.Decide(1, repair.PaymentConfirmed, repair.Money{Amount: 24000, Currency: "CNY"}), "payment.received_contradicts", true},
	{"R35 no repair before the money is there", paidInStory, rt.Technician, rt.OnDevices(repair.CmdStartRepair, 1), "device.payment_due", false},
	{"R35 too little money starts no repair", underpaid, rt.Technician, rt.OnDevices(repair.CmdStartRepair, 1), "device.payment_due", false},
	{"one device that cannot holds back the whole command", at(repair.StageRepairing), rt.Technician, rt.OnDevices(repair.CmdFinishRepair, 1, 2), "device.not_now", true},
	{"a device that is not there", paidStory, rt.Technician, rt.OnDevices(repair.CmdStartRepair, 9), "device.not_found", true},
	{"R32 a normal device does not go home unrepaired", inspectedStory, rt.Technician, rt.OnDevices(repair.CmdReturnUnrepaired, 1), "device.must_be_repaired", false},
	{"R45 only the carriers that the centre offers", ready, rt.Technician, home(func(p *repair.ShipmentPlan) { p.Carrier = "ups" }), "shipment.carrier_not_offered", true},
	{"a shipment can be followed", ready, rt.Technician, home(func(p *repair.ShipmentPlan) { p.WaybillNumber = "" }), "shipment.waybill_required", true},
	{"a shipment has an id of its own", at(repair.StagePartiallyShipped), rt.Technician, rt.Ship(1, 2), "shipment.id_taken", true},
	{"R35 what is not repaired does not leave", accepted, rt.Technician, rt.Ship(1, 1), "device.not_now", false},
	{"a shipment of nothing", ready, rt.Technician, rt.Ship(1, 9), "device.not_found", true},
	{"a word that is no shipment's", shipped, rt.Technician, rt.Track(1, "beamed", ""), "shipment.status_unknown", true},
	{"a word from tomorrow", shipped, rt.Technician, tracked(rt.Track(1, repair.ShipmentInTransit, ""), func(g *repair.TrackGiven) { g.Event.At = "2099-01-01T00:00:00Z" }), "command.value_invalid", true},
	{"R36 a refusal has its reason", shipped, rt.Technician, rt.Track(1, repair.ShipmentRefused, ""), "shipment.refusal_reason_required", true},
	{"a shipment that is not there is not followed", shipped, rt.Technician, rt.Track(7, repair.ShipmentInTransit, ""), "shipment.not_found", true},
	{"R41 an extension has the centre's reason", received, rt.Office, extend("2026-04-01", ""), "command.part_missing", true},
	{"R41 an extension is not in the past", received, rt.Office, extend("2026-01-01", "late"), "order.extension_in_past", true},
	{"R40 what is not received has no day to extend", onTheRoad, rt.Office, extend("2026-04-01", "large"), "order.not_received", false},
	{"R34 a forfeiture has its reason", refusedStory, rt.Office, rt.OnDevices(repair.CmdForfeit, 1), "command.part_missing", true},
	{"R34 nothing is kept before its day", accepted, rt.Office, worded(rt.OnDevices(repair.CmdForfeit, 1), "unpaid"), "device.forfeit_not_eligible", false},
	{"R34 what is not there is not kept", refusedStory, rt.Office, worded(rt.OnDevices(repair.CmdForfeit, 9), "gone"), "device.not_found", true},
	{"a work order is not closed over a device at the centre", received, rt.Office, text(repair.CmdClose, ""), "order.not_finished", false},
}

// onTheRoadAndOne has the first device on its way and the second still listed.
func onTheRoadAndOne() *rt.Story {
	return rt.Filed(2).Confirm().Must(rt.Farmer, rt.SetParcels(rt.Plan(1, 1))).Must(rt.Farmer, rt.HandOver(1))
}

func twoCurrencies() *rt.Story {
	s := rt.Filed(2).Inspect(repair.Normal, repair.Normal)
	s.Must(rt.Technician, rt.SendQuotes(rt.Price(1, 1, rt.USD(12000)), rt.Price(2, 2, repair.Money{Amount: 12000, Currency: "CNY"})))
	return s.Must(rt.Farmer, rt.Accept(1, 2))
}
