package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"

	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// with changes a copy of a command.
func with(cmd repair.Command, change func(*repair.Command)) repair.Command {
	change(&cmd)
	return cmd
}

func text(kind repair.CommandKind, words string) repair.Command {
	return repair.Command{Kind: kind, Text: words}
}

// rulesOfTheWayIn: from the submission to the word that a return is needed.
var rulesOfTheWayIn = []httpRule{
	{"R02 a diagnosis ends in one of three words", func(c *court) {
		c.files(Submission(2))
		c.refused(Farmer, text(repair.CmdAnswer, "the newest"), "order.no_question_open", "R02")
		c.refused(Technician, Diagnose("shrug", ""), "command.value_invalid", "")
		c.does(Technician, Diagnose(repair.NeedInfo, "which firmware?"))
		c.stands(repair.StageNeedInfo)
		c.does(Farmer, text(repair.CmdAnswer, "the newest"))
		c.does(Technician, Diagnose(repair.ResolvedRemote, "the pool address was wrong"))
		c.stands(repair.StageResolvedRemote)
		c.does(Farmer, text(repair.CmdReopen, "it fails again"))
		c.does(Technician, Diagnose(repair.ReturnRecommended, ""))
		c.stands(repair.StageReturnConfirmed)
		c.does(Farmer, SetParcels(Plan(1, 1, 2)))
		c.does(Farmer, HandOver(1))
		c.refused(Technician, Diagnose(repair.ResolvedRemote, "too late"), "order.diagnosis_done", "R02")
	}},
	{"R03 only a confirmed return unlocks sending", func(c *court) {
		c.files(Submission(2))
		c.refused(Farmer, SetParcels(Plan(1, 1, 2)), "order.return_not_confirmed", "R03")
		c.refused(Farmer, HandOver(1), "order.return_not_confirmed", "R03")
		c.does(Technician, Diagnose(repair.ReturnRecommended, ""))
		c.does(Farmer, SetParcels(Plan(1, 1, 2)))
		c.does(Farmer, HandOver(1))
		c.stands(repair.StageAwaitingParcel)
	}},
	{"R11 a work order has the customer's data and a device", func(c *court) {
		none := Submission(1)
		none.Devices = nil
		c.doesNotFile(none, "submission.no_devices", "R11")
		c.files(Submission(1))
		is(c, "the count", c.whole().Order.DeviceCount, 1)
		is(c, "the contact", c.whole().Order.Contact, Submission(1).Contact)
	}},
	{"R12 the least that must be there is there", func(c *court) {
		for code, spoil := range map[string]func(*repair.Submission){
			"submission.contact_name_missing":  func(s *repair.Submission) { s.Contact.Name = " " },
			"submission.contact_phone_missing": func(s *repair.Submission) { s.Contact.Phone = "" },
			"intake.missing_serial":            func(s *repair.Submission) { s.Devices[1].Serial = "" },
			"intake.missing_model":             func(s *repair.Submission) { s.Devices[1].Model = "" },
			"intake.missing_complaint":         func(s *repair.Submission) { s.Devices[1].Complaint = "" },
			"intake.duplicate_serial":          func(s *repair.Submission) { s.Devices[1].Serial = "jxt26-00001 q" },
		} {
			s := Submission(2)
			spoil(&s)
			c.doesNotFile(s, code, "R12")
		}
		c.files(Submission(2))
		c.refused(Farmer, Correction(1, 1, "--"), "device.serial_number_required", "R12")
		c.refused(Farmer, Correction(1, 1, string(Serial(2))), "correction.duplicate_serial", "R12")
	}},
	{"R13 the centre confirms whether a return is needed", func(c *court) {
		c.files(Submission(1))
		c.stands(repair.StageSubmitted)
		c.refused(Farmer, Diagnose(repair.ReturnRecommended, ""), "person.wrong_side", "")
		c.does(Technician, Diagnose(repair.ReturnRecommended, "send it, please"))
		c.stands(repair.StageReturnConfirmed)
		said := c.whole().Messages
		if len(said) != 1 || said[0].Code != "message.return_confirmed" || said[0].Actor != repair.Centre {
			c.t.Errorf("the customer is told %+v", said)
		}
	}},
	{"R20 the address is whole at the submission and locked after it", func(c *court) {
		for code, spoil := range map[string]func(*repair.Address){
			"submission.country_missing":  func(a *repair.Address) { a.Country = "" },
			"submission.province_missing": func(a *repair.Address) { a.Province = "" },
			"submission.city_missing":     func(a *repair.Address) { a.City = "" },
			"submission.street_missing":   func(a *repair.Address) { a.Street = "" },
		} {
			s := Submission(2)
			spoil(&s.ReturnAddress)
			c.doesNotFile(s, code, "R20")
		}
		c.files(Submission(2))
		other := Submission(2)
		other.ReturnAddress.Street = "2 Another Road"
		c.doesNotFile(other, wire.CodeIDReused, "")
		for _, by := range []repair.Person{Farmer, Office} {
			cmd := Correction(1, 1, "2 Another Road")
			cmd.Correction.Field = "return_address"
			code, rule := "order.address_locked", "R20"
			if by == Office {
				code, rule = "person.wrong_side", ""
			}
			c.refused(by, cmd, code, rule)
		}
		is(c, "the address", c.whole().Order.ReturnAddress, Submission(2).ReturnAddress)
		c.does(Farmer, Correction(1, 1, "JXT2688888Q")) // paper data is mended, with its history
		c.does(Office, DecideCorrection(1, true))
		is(c, "the serial number", c.whole().Devices[0].Serial, "JXT2688888Q")
		is(c, "what stood before", c.whole().Corrections[0].From, string(Serial(1)))
	}},
	{"R21 the customer finds the status in the service record", func(c *court) {
		c.tells(Filed(2).Confirm())
		c.stands(repair.StageReturnConfirmed)
		r, p := c.do("GET", wire.PathWorkOrders+string(OrderID), c.as(Stranger), nil)
		c.isRefused("read", r, p, wire.CodeOrderNotFound, "")
		var told repair.WorkOrder
		rows := c.feed(Farmer, wire.RowWorkOrder)
		if len(rows) != 1 || json.Unmarshal(rows[0].D, &told) != nil {
			c.t.Fatalf("the feed tells %+v", rows)
		}
		is(c, "the stage in the feed", told.Stage, repair.StageReturnConfirmed)
		r, _ = c.do("GET", wire.PathMeta, "", nil)
		is(c, "what is known without a token", r.StatusCode, http.StatusOK)
	}},
	{"R48 an unreadable serial number is for the centre to decide", func(c *court) {
		lost := Submission(2)
		lost.Devices[0].Serial = "2.02508E+14" // a spreadsheet has left nothing of it
		c.doesNotFile(lost, "intake.spreadsheet_damage", "R48")
		odd := Submission(2)
		odd.Devices[0].Serial = "?" + Serial(1)[1:]
		c.files(odd) // a real machine is not refused because its label looks odd
		c.does(Technician, Diagnose(repair.ReturnRecommended, ""))
		c.does(Farmer, SetParcels(Plan(1, 1, 2)))
		c.does(Farmer, HandOver(1))
		received := Receive(1, 1, 2)
		received.Receipt.Scanned[0] = odd.Devices[0].Serial
		c.does(Technician, received)
		c.does(Technician, Find(1, repair.Normal, "V09"))
		is(c, "the warranty", c.whole().Devices[0].Inspection.Warranty, repair.WarrantyVoid)
	}},
	{"R15 a parcel without a work order is nobody's device", func(c *court) {
		c.files(Submission(1))
		before := c.text()
		cmd := repair.Command{Kind: repair.CmdRecordUnclaimed, Unclaimed: &repair.UnclaimedParcel{
			ID: UnclaimedID(1), Carrier: "sf", WaybillNumber: Waybill(9), Serials: []repair.SerialNumber{Serial(1)}, ArrivedAt: repair.At(c.now)}}
		c.refused(Farmer, cmd, "person.wrong_side", "")
		c.does(Technician, cmd)
		if c.text() != before {
			c.t.Error("it was put into somebody's work order")
		}
		if rows := c.feed(Farmer, wire.RowUnclaimed); len(rows) != 0 {
			c.t.Errorf("a customer is told of %+v", rows)
		}
		rows := c.feed(Office, wire.RowUnclaimed)
		if len(rows) != 1 || !strings.Contains(string(rows[0].D), `"status":"held"`) {
			c.t.Errorf("the office is told %+v", rows)
		}
		elsewhere := Receive(1, 1)
		elsewhere.WorkOrder = "00000000-0000-7000-8001-000000000099"
		c.refused(Technician, elsewhere, wire.CodeOrderNotFound, "")
		c.does(Technician, Diagnose(repair.ReturnRecommended, ""))
		c.does(Farmer, SetParcels(Plan(1, 1)))
		c.does(Technician, Reject(1, repair.RejectNoWorkOrder)) // and may be refused as such
	}},
}
