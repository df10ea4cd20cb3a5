package repair_test

import (
	"testing"

	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
)

// step is one line of the rule book for a quote, a parcel, a payment, a shipment
// or a correction.
type step struct {
	name   string
	from   string
	by     repair.Role
	action repair.Action
	want   string
	code   string
	given  []func(*repairtest.Story)
}

type try func(*repair.Case, repair.Role, repair.Action, repair.Env) (string, error)

func tellLife(t *testing.T, life string, put func(*repairtest.Story, string), do try, rules []step) {
	t.Helper()
	told := map[repair.StepKey]bool{}
	for _, tt := range rules {
		if tt.code == "" {
			told[repair.StepKey{From: tt.from, To: tt.want, Action: tt.action, By: tt.by.Actor()}] = true
		}
		t.Run(tt.name, func(t *testing.T) {
			s := repairtest.Filed(1)
			put(s, tt.from)
			for _, change := range tt.given {
				change(s)
			}
			got, err := do(s.Case, tt.by, tt.action, s.Env)
			want := tt.want
			if tt.code != "" {
				want = tt.from
			}
			checkStep(t, got, want, err, tt.code)
		})
	}
	t.Run("there is no other way", func(t *testing.T) { noOtherWay(t, life, told) })
}

func given(f ...func(*repairtest.Story)) []func(*repairtest.Story) { return f }

func TestQuoteLife(t *testing.T) {
	put := func(s *repairtest.Story, status string) { quoted(repair.Normal, repair.QuoteStatus(status))(s) }
	as := func(c repair.Class) func(*repairtest.Story) {
		return func(s *repairtest.Story) { s.Case.Quotes[0].Class = c }
	}
	validUntil := func(d repair.Date) func(*repairtest.Story) {
		return func(s *repairtest.Story) { s.Case.Quotes[0].ValidUntil = d }
	}
	inPayment := func(status repair.PaymentStatus) func(*repairtest.Story) {
		return func(s *repairtest.Story) {
			s.Case.Payments = []repair.Payment{{ID: repairtest.PaymentID(1), Quotes: repairtest.Quotes(1), Status: status}}
		}
	}
	tellLife(t, "quote", put, repair.TryQuote, []step{
		{"R28 an issued quote is accepted", "issued", customer, "accept", "accepted", "", nil},
		{"R28 on its last day too", "issued", customer, "accept", "accepted", "", given(validUntil("2026-03-02"))},
		{"R28 after its last day it is not", "issued", customer, "accept", "", "quote.expired", given(validUntil("2026-03-01"))},
		{"accepting twice is no mistake", "accepted", customer, "accept", "accepted", "", nil},
		{"R31 scrap may be declined", "issued", customer, "decline", "declined", "", given(as(repair.Scrap))},
		{"R31 mixed boards may be declined", "issued", customer, "decline", "declined", "", given(as(repair.Mixed))},
		{"R32 a normal quote may not be declined", "issued", customer, "decline", "", "quote.not_declinable", nil},
		{"R32 nor may one for no fault found", "issued", customer, "decline", "", "quote.not_declinable", given(as(repair.NoFaultFound))},
		{"R31 a paid quote is not declined any more", "settled", customer, "decline", "", "quote.not_now", given(as(repair.Scrap))},
		{"an issued quote is superseded by a new one", "issued", technician, "supersede", "superseded", "", nil},
		{"an accepted one too", "accepted", technician, "supersede", "superseded", "", nil},
		{"also when only the method of payment is chosen", "accepted", technician, "supersede", "superseded", "", given(inPayment(repair.PaymentChosen))},
		{"not while money is on its way", "accepted", technician, "supersede", "", "quote.in_another_payment", given(inPayment(repair.PaymentVoucherSent))},
		{"an issued quote lapses by the centre", "issued", office, "lapse", "lapsed", "", nil},
		{"an accepted one too: the device was forfeited", "accepted", office, "lapse", "lapsed", "", nil},
		{"the customer lets no quote lapse", "issued", customer, "lapse", "", "quote.not_now", nil},
		{"an accepted quote is settled by its payment", "accepted", office, "settle", "settled", "", nil},
		{"R35 an issued quote is not settled", "issued", office, "settle", "", "quote.not_now", nil},
		{"money given back opens it again", "settled", office, "unsettle", "accepted", "", nil},
	})
}

func TestParcelLife(t *testing.T) {
	put := func(s *repairtest.Story, status string) {
		s.Case.Parcels = []repair.Parcel{{ID: repairtest.ParcelID(1), Status: repair.ParcelStatus(status), WaybillNumber: "SF3297600239259", Devices: repairtest.Devices(1)}}
		s.Case.Devices[0].Parcel = repairtest.ParcelID(1)
	}
	noWaybill := func(s *repairtest.Story) { s.Case.Parcels[0].WaybillNumber = "" }
	fixed := func(s *repairtest.Story) { s.Env.Settings.WaybillUntilPickup = false }
	inspected := func(s *repairtest.Story) { s.Case.Devices[0].Inspection = &repair.Inspection{} }
	rules := []step{
		{"R14 a box is planned", "", customer, "plan", "planned", "", nil},
		{"a planned box may change until the carrier has it", "planned", customer, "plan", "planned", "", nil},
		{"unless the centre fixes waybills at once", "planned", customer, "plan", "", "parcel.waybill_fixed", given(fixed)},
		{"a fixed box without a number may change still", "planned", customer, "plan", "planned", "", given(fixed, noWaybill)},
		{"a planned box may be dropped", "planned", customer, "withdraw", "", "", nil},
		{"but not where waybills are fixed", "planned", customer, "withdraw", "", "parcel.waybill_fixed", given(fixed)},
		{"a box that has left does not change", "handed_over", customer, "plan", "", "parcel.not_now", nil},
		{"R14 a box is handed over with its waybill", "planned", customer, "hand_over", "handed_over", "", nil},
		{"R14 not without one", "planned", customer, "hand_over", "", "parcel.waybill_required", given(noWaybill)},
		{"R04 the customer does not sign at the centre", "handed_over", customer, "receive", "", "parcel.not_now", nil},
		{"R08 held for pickup is not signed for yet", "signed", technician, "held_for_pickup", "", "parcel.not_now", nil},
		{"R04 what was lost may turn up", "lost", technician, "receive", "signed", "", nil},
		{"R16 a signed box may be refused at the unpacking", "signed", technician, "reject", "rejected", "", nil},
		{"R16 not after an inspection", "signed", technician, "reject", "", "parcel.already_inspected", given(inspected)},
		{"R19 a refused box stays refused", "rejected", technician, "receive", "", "parcel.not_now", nil},
		{"held and then moving again", "held_for_pickup", technician, "in_transit", "in_transit", "", nil},
		{"moving and moving on", "in_transit", technician, "in_transit", "in_transit", "", nil},
		{"handed over and moving", "handed_over", technician, "in_transit", "in_transit", "", nil},
	}
	for from, name := range map[string]string{
		"handed_over": "R08 a box just handed over may be held for pickup",
		"in_transit":  "R08 a box on the road may be held for pickup",
	} {
		rules = append(rules, step{name, from, technician, "held_for_pickup", "held_for_pickup", "", nil})
	}
	for _, from := range []string{"handed_over", "in_transit", "held_for_pickup"} {
		rules = append(rules, step{from + " and then lost", from, technician, "lost", "lost", "", nil})
	}
	for from, name := range map[string]string{
		"planned":         "R04 a box that nobody said had left is signed normally",
		"handed_over":     "R04 a box just handed over is signed normally",
		"in_transit":      "R04 a box from the road is signed normally",
		"held_for_pickup": "R04 a box that was held is signed normally",
	} {
		rules = append(rules, step{name, from, technician, "receive", "signed", "", nil})
	}
	for from, name := range map[string]string{
		"planned":         "R16 a box that nobody said had left may be refused",
		"handed_over":     "R16 a box just handed over may be refused",
		"in_transit":      "R16 a box from the road may be refused",
		"held_for_pickup": "R08 a box held for pickup may be refused",
	} {
		rules = append(rules, step{name, from, technician, "reject", "rejected", "", nil})
	}
	tellLife(t, "parcel", put, repair.TryParcel, rules)
}

func TestPaymentLife(t *testing.T) {
	put := func(s *repairtest.Story, status string) {
		quoted(repair.Normal, repair.QuoteSettled)(s)
		s.Case.Devices[0].Status = repair.Accepted
		s.Case.Payments = []repair.Payment{{ID: repairtest.PaymentID(1), Quotes: repairtest.Quotes(1), Status: repair.PaymentStatus(status)}}
	}
	repairing := func(s *repairtest.Story) { s.Case.Devices[0].Status = repair.Repairing }
	some := func(s *repairtest.Story) { s.Case.Payments[0].Received = repairtest.USD(1) }
	rules := []step{
		{"a method is chosen", "", customer, "choose", "method_chosen", "", nil},
		{"and chosen again", "method_chosen", customer, "choose", "method_chosen", "", nil},
		{"a sent voucher is not taken back by choosing", "voucher_sent", customer, "choose", "", "payment.not_now", nil},
		{"R39 a voucher may be sent at once", "", customer, "send_voucher", "voucher_sent", "", nil},
		{"R39 or after the method", "method_chosen", customer, "send_voucher", "voucher_sent", "", nil},
		{"a voucher may be completed", "voucher_sent", customer, "send_voucher", "voucher_sent", "", nil},
		{"R39 after a refusal another is sent", "rejected", customer, "send_voucher", "voucher_sent", "", nil},
		{"R39 after too little another is sent", "underpaid", customer, "send_voucher", "voucher_sent", "", nil},
		{"what is confirmed needs no voucher", "confirmed", customer, "send_voucher", "", "payment.not_now", nil},
		{"a voucher is looked at", "voucher_sent", office, "review", "under_review", "", nil},
		{"R35 the customer confirms no payment", "voucher_sent", customer, "confirm", "", "payment.not_now", nil},
		{"R35 nothing is confirmed without a voucher", "method_chosen", office, "confirm", "", "payment.not_now", nil},
		{"the rest came after all", "underpaid", office, "confirm", "confirmed", "", nil},
		{"some more came, and it is still too little", "underpaid", office, "underpaid", "underpaid", "", nil},
		{"the rest came and more than that", "underpaid", office, "overpaid", "overpaid", "", nil},
		{"the excess was given back", "overpaid", office, "give_excess", "confirmed", "", nil},
		{"where money lies a voucher is not nothing", "voucher_sent", office, "reject", "", "payment.money_arrived", given(some)},
		{"nor after a look", "under_review", office, "reject", "", "payment.money_arrived", given(some)},
		{"money is given back", "confirmed", office, "refund", "refunded", "", nil},
		{"R35 not once the repair has begun", "confirmed", office, "refund", "", "payment.refund_too_late", given(repairing)},
		{"too much money is given back", "overpaid", office, "refund", "refunded", "", nil},
		{"R35 all of it not once the repair has begun", "overpaid", office, "refund", "", "payment.refund_too_late", given(repairing)},
		{"too little money is given back", "underpaid", office, "refund", "refunded", "", nil},
	}
	for action, to := range map[repair.Action]string{"confirm": "confirmed", "reject": "rejected", "underpaid": "underpaid", "overpaid": "overpaid"} {
		rules = append(rules,
			step{"a voucher is found " + to, "voucher_sent", office, action, to, "", nil},
			step{"after a look it is found " + to, "under_review", office, action, to, "", nil})
	}
	rules = append(rules,
		step{"an expired payment page may be asked for again", "expired", customer, "choose", "method_chosen", "", nil},
		step{"R39 or paid in another way", "expired", customer, "send_voucher", "voucher_sent", "", nil},
		step{"a page that is open is not chosen again", "waiting", customer, "choose", "", "payment.not_now", nil},
		step{"the payment server opens a page", "method_chosen", office, "invoiced", "waiting", "", nil},
		step{"and sees money", "waiting", office, "seen", "seen", "", nil},
		step{"R35 nobody confirms what the payment server only sees", "seen", office, "confirm", "", "payment.not_now", nil},
		step{"R35 nor what it waits for", "waiting", office, "confirm", "", "payment.not_now", nil},
		step{"R35 the customer says nothing for the payment server", "waiting", customer, "paid", "", "payment.not_now", nil},
		step{"money for a page of before, when it was confirmed", "confirmed", office, "paid_late", "overpaid", "", nil},
		step{"what came late is confirmed", "late", office, "confirm", "confirmed", "", nil},
		step{"what came late is too little", "late", office, "underpaid", "underpaid", "", nil},
		step{"what came late is too much", "late", office, "overpaid", "overpaid", "", nil},
		step{"what came late is given back", "late", office, "refund", "refunded", "", nil},
	)
	told := map[repair.Action]string{"paid": "confirmed", "paid_over": "overpaid", "paid_short": "underpaid", "paid_late": "late",
		"expired": "expired", "doubtful": "under_review"}
	for from, actions := range map[string][]repair.Action{
		"waiting":   {"paid", "paid_over", "paid_short", "paid_late", "expired", "doubtful"},
		"seen":      {"paid", "paid_over", "paid_short", "paid_late", "expired", "doubtful"},
		"expired":   {"paid", "paid_over", "paid_short", "paid_late", "doubtful"},
		"underpaid": {"paid", "paid_over", "paid_late"}, "late": {"paid", "paid_over"}, "under_review": {"paid", "paid_over"},
		"method_chosen": {"paid_late"}, "rejected": {"paid_late"}, "refunded": {"paid_late"},
	} {
		for _, action := range actions {
			rules = append(rules, step{from + ", and the payment server says " + string(action), from, office, action, told[action], "", nil})
		}
	}
	tellLife(t, "payment", put, repair.TryPayment, rules)
}

func TestShipmentLife(t *testing.T) {
	put := func(s *repairtest.Story, status string) {
		s.Case.Shipments = []repair.Shipment{{ID: repairtest.ShipmentID(1), Status: repair.ShipmentStatus(status)}}
	}
	rules := []step{
		{"R42 a shipment leaves", "", technician, "ship", "shipped", "", nil},
		{"the customer ships nothing home", "", customer, "ship", "", "shipment.not_now", nil},
		{"R36 what was refused comes back", "refused", technician, "come_back", "returned_to_centre", "", nil},
		{"a second attempt may go well", "refused", technician, "deliver", "delivered", "", nil},
		{"what was lost may turn up", "lost", technician, "in_transit", "in_transit", "", nil},
		{"the customer confirms what the carrier said", "delivered", customer, "deliver", "delivered", "", nil},
		{"the carrier takes back what it said was delivered", "delivered", technician, "taken_back", "exception", "", nil},
		{"the customer takes nothing back", "delivered", customer, "taken_back", "", "shipment.not_now", nil},
		{"what was delivered is not refused", "delivered", technician, "refused", "", "shipment.not_now", nil},
		{"what came back is not delivered", "returned_to_centre", customer, "deliver", "", "shipment.not_now", nil},
	}
	road := map[repair.Action]string{"in_transit": "in_transit", "out_for_delivery": "out_for_delivery", "exception": "exception",
		"lost": "lost", "come_back": "returned_to_centre", "deliver": "delivered"}
	for from, name := range map[string]string{
		"shipped":          "R36 a shipment just sent may be refused",
		"in_transit":       "R36 a shipment on the road may be refused",
		"out_for_delivery": "R36 a shipment at the door may be refused",
		"exception":        "R36 a shipment in trouble may be refused",
	} {
		rules = append(rules, step{name, from, technician, "refused", "refused", "", nil})
		for action, to := range road {
			rules = append(rules, step{from + " and then " + to, from, technician, action, to, "", nil})
		}
		rules = append(rules, step{from + " and confirmed by the customer", from, customer, "deliver", "delivered", "", nil})
	}
	tellLife(t, "shipment", put, repair.TryShipment, rules)
}

func TestCorrectionLife(t *testing.T) {
	put := func(s *repairtest.Story, status string) {
		s.Case.Corrections = []repair.Correction{{ID: repairtest.CorrectionID(1), Device: repairtest.DeviceID(1), Field: "serial", To: "JXT2699999Q", Status: status}}
	}
	gone := func(s *repairtest.Story) { s.Case.Devices[0].Status = repair.Shipped }
	tellLife(t, "correction", put, repair.TryCorrection, []step{
		{"R20 the customer asks", "", customer, "ask", "requested", "", nil},
		{"R20 the office applies", "requested", office, "apply", "applied", "", nil},
		{"R20 the customer applies nothing", "requested", customer, "apply", "", "correction.not_now", nil},
		{"not once the device has gone home", "requested", office, "apply", "", "correction.too_late", given(gone)},
		{"the office refuses", "requested", office, "refuse_correction", "refused", "", nil},
		{"once is enough", "applied", office, "apply", "", "correction.not_now", nil},
	})
}
