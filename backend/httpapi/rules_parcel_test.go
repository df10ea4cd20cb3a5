package httpapi_test

import (
	"slices"
	"time"

	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
)

// plan is a box with both devices, changed.
func plan(change func(*repair.ParcelPlan)) repair.Command {
	p := Plan(1, 1, 2)
	change(&p)
	return SetParcels(p)
}

// rulesOfTheParcel: packing, the road to the centre and the receipt.
var rulesOfTheParcel = []httpRule{
	{"R07 the packing checklist is acknowledged first", func(c *court) {
		c.tells(Filed(2).Confirm())
		unread := SetParcels(Plan(1, 1, 2))
		unread.ChecklistAcked = false
		c.refused(Farmer, unread, "parcel.checklist_not_acked", "R07")
		c.does(Farmer, SetParcels(Plan(1, 1, 2)))
		if !c.whole().Order.ChecklistAckedAt.IsSet() {
			c.t.Error("it is not noted")
		}
	}},
	{"R08 a parcel is sent to the door", func(c *court) {
		c.tells(Filed(2).Confirm())
		c.refused(Farmer, plan(func(p *repair.ParcelPlan) { p.DeliveryMode = repair.DeliverySelfPickup }), "parcel.self_pickup", "R08")
		c.refused(Farmer, plan(func(p *repair.ParcelPlan) { p.DeliveryMode = "" }), "parcel.delivery_mode_missing", "R08")
		c.does(Farmer, SetParcels(Plan(1, 1, 2)))
		c.does(Farmer, HandOver(1))
		c.does(Office, TrackParcel(1, repair.ParcelHeld))
		if flags := c.whole().Order.Flags; !slices.Contains(flags, repair.FlagParcelHeld) {
			c.t.Errorf("nobody is told that it lies at a depot: %v", flags)
		}
		c.does(Technician, Reject(1, repair.RejectSelfPickup))
	}},
	{"R10 the sender pays the carrier at once", func(c *court) {
		c.tells(Filed(2).Confirm())
		for _, terms := range []repair.FreightTerms{repair.FreightCollect, repair.FreightCOD} {
			c.refused(Farmer, plan(func(p *repair.ParcelPlan) { p.FreightTerms = terms }), "parcel.freight_collect", "R10")
		}
		c.refused(Farmer, plan(func(p *repair.ParcelPlan) { p.FreightTerms = "" }), "parcel.freight_terms_missing", "R10")
		c.does(Farmer, SetParcels(Plan(1, 1, 2)))
		is(c, "who pays", c.whole().Parcels[0].FreightTerms, repair.FreightPrepaid)
		c.does(Technician, Reject(1, repair.RejectFreightCollect)) // it came collect all the same
	}},
	{"R14 carrier and waybill are filled in before a box leaves", func(c *court) {
		c.tells(Filed(2).Confirm())
		c.refused(Farmer, plan(func(p *repair.ParcelPlan) { p.Carrier = "" }), "parcel.carrier_missing", "R14")
		c.does(Farmer, plan(func(p *repair.ParcelPlan) { p.WaybillNumber = "" }))
		c.refused(Farmer, HandOver(1), "parcel.waybill_required", "R14")
		c.does(Farmer, SetParcels(Plan(1, 1, 2)))
		c.does(Farmer, HandOver(1))
		c.stands(repair.StageAwaitingParcel)
	}},
	{"R16 what is in the boxes is what the work order says", func(c *court) {
		c.tells(Filed(2).Confirm())
		c.refused(Farmer, SetParcels(Plan(1, 1), Plan(2, 1, 2)), "parcel.device_twice", "R16")
		c.refused(Farmer, SetParcels(Plan(1, 1, 2, 7)), "parcel.device_unknown", "R16")
		c.refused(Farmer, SetParcels(Plan(1)), "parcel.empty", "R16")
		c.does(Farmer, SetParcels(Plan(1, 1, 2)))
		c.does(Farmer, HandOver(1))
		c.refused(Technician, Receive(1, 1), "parcel.content_mismatch", "R16")
		c.refused(Technician, Receive(1, 1, 2, 77), "parcel.content_mismatch", "R16")
		knowingly := Receive(1, 1, 77)
		knowingly.Receipt.AcceptMismatch = true
		c.does(Technician, knowingly)
		whole := c.whole()
		is(c, "the one that is missing", whole.Devices[1].Status, repair.Missing)
		is(c, "the one that nobody listed", whole.Devices[2].Status, repair.Unexpected)
		c.does(Technician, Reject(1, repair.RejectMismatch))
		c.stands(repair.StageParcelRejected)
	}},
	{"R17 a waybill number is checked and made sure of", func(c *court) {
		c.tells(Filed(2).Confirm())
		dhl := func(number repair.WaybillNumber, by string) repair.Command {
			return plan(func(p *repair.ParcelPlan) { p.Carrier, p.WaybillNumber, p.WaybillCheckedBy = "dhl", number, by })
		}
		c.refused(Farmer, dhl("3318810010", "scan"), "waybill.check_digit", "R17")
		c.refused(Farmer, dhl("3318810025", "typed once"), "parcel.waybill_unproven", "R17")
		c.refused(Farmer, plan(func(p *repair.ParcelPlan) { p.WaybillNumber = "SF12345" }), "waybill.length", "R17")
		c.does(Farmer, dhl("3318810025", "double_entry"))
		sure := dhl("3318810010", "scan")
		sure.Parcels[0].WaybillOverride = true // the label says so
		c.does(Farmer, sure)
		c.does(Technician, Reject(1, repair.RejectWrongWaybill))
	}},
	{"R18 a parcel with incomplete repair information may be refused", func(c *court) {
		c.tells(Filed(2).Send())
		c.refused(Farmer, Reject(1, repair.RejectIncomplete), "person.wrong_side", "")
		c.does(Technician, Reject(1, repair.RejectIncomplete))
		c.stands(repair.StageParcelRejected)
		is(c, "the reason", c.whole().Parcels[0].Rejection.Reason, repair.RejectIncomplete)
		again := Plan(2, 1, 2)
		again.Replaces = ParcelID(1)
		c.does(Farmer, SetParcels(again)) // mended, it may be sent again
	}},
	{"R19 what comes of a refused parcel is the user's", func(c *court) {
		c.tells(Filed(2).Send())
		c.refused(Technician, Reject(1, "ugly"), "parcel.rejection_reason_unknown", "R19")
		silent := Reject(1, repair.RejectOther)
		silent.Rejection.Note = " "
		c.refused(Technician, silent, "parcel.rejection_note_required", "R19")
		c.does(Technician, Reject(1, repair.RejectMismatch))
		is(c, "who bears it", c.whole().Parcels[0].Rejection.Bearer, repair.BearerUser)
		if flags := c.whole().Order.Flags; !slices.Contains(flags, repair.FlagParcelRejected) {
			c.t.Errorf("the customer is told %v", flags)
		}
	}},
	{"R04 a parcel is signed as usual, which says nothing of its contents", func(c *court) {
		c.tells(Filed(2).Send())
		c.refused(Farmer, Receive(1, 1, 2), "person.wrong_side", "")
		c.does(Technician, Receive(1, 1, 2))
		whole := c.whole()
		is(c, "the parcel", whole.Parcels[0].Status, repair.ParcelSigned)
		if d := whole.Devices[0]; d.Inspection != nil || whole.Parcels[0].Rejection != nil {
			c.t.Errorf("the signature has judged: %+v", d)
		}
	}},
	{"R22 a receipt has its moments and its count", func(c *court) {
		c.tells(Filed(2).Send())
		signed := func(at time.Time) repair.Command {
			cmd := Receive(1, 1, 2)
			cmd.Receipt.SignedAt = repair.At(at)
			return cmd
		}
		c.refused(Technician, signed(c.now.AddDate(0, 0, 1)), "command.value_invalid", "")
		yesterday := c.now.AddDate(0, 0, -1)
		c.does(Technician, signed(yesterday))
		p := c.whole().Parcels[0]
		is(c, "the signature", p.SignedAt, repair.At(yesterday))
		is(c, "the system's word", p.SystemReceivedAt, repair.At(c.now)) // the centre's clock, nobody else's
		is(c, "the count", p.CountedDevices, 2)
		c.refused(Technician, Receive(1, 1, 2), "parcel.not_now", "")
		c.stands(repair.StageReceived)
	}},
}
