package httpapi_test

import (
	"time"

	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

func extend(to repair.Date, why string) repair.Command {
	return repair.Command{Kind: repair.CmdExtendDue, Date: to, Text: why}
}

// ready has two repaired and paid devices wait for their way home.
func (c *court) ready() *court { return c.tells(At(repair.StageReadyToShip)) }

// rulesOfTheWayHome: when and how devices go home, and what happens to those that
// nobody takes.
var rulesOfTheWayHome = []httpRule{
	{"R34 a machine without contact may be kept after the days, by a person", func(c *court) {
		arrived := c.now
		unclaimed := func(kind repair.CommandKind, status string) repair.Command {
			return repair.Command{Kind: kind, Unclaimed: &repair.UnclaimedParcel{
				ID: UnclaimedID(1), Carrier: "sf", WaybillNumber: Waybill(9), ArrivedAt: repair.At(arrived), Status: status}}
		}
		c.files(Submission(1))
		c.does(Technician, unclaimed(repair.CmdRecordUnclaimed, ""))
		c.now = arrived.AddDate(0, 0, 90)
		c.refused(Office, unclaimed(repair.CmdDecideUnclaimed, repair.UnclaimedForfeited), "unclaimed.not_now", "R34")
		c.days(1)
		c.refused(Technician, unclaimed(repair.CmdDecideUnclaimed, repair.UnclaimedForfeited), "person.role_not_allowed", "")
		c.does(Office, unclaimed(repair.CmdDecideUnclaimed, repair.UnclaimedForfeited))
		is(c, "parcels of nobody", len(c.feed(Office, wire.RowUnclaimed)), 1)
	}},
	{"R34 a device with a work order is not kept before its day", func(c *court) {
		c.tells(Filed(1).Accepted())
		c.days(400)
		keep := with(OnDevices(repair.CmdForfeit, 1), func(cmd *repair.Command) { cmd.Text = "no word since" })
		c.refused(Office, keep, "device.forfeit_not_eligible", "R34") // an unpaid fee is held, unless the centre counts it too
		c.set(func(s *repair.Settings) { s.ForfeitUnpaid = true })
		c.refused(Technician, keep, "person.role_not_allowed", "")
		c.does(Office, keep)
		c.stands(repair.StageForfeited)
	}},
	{"R36 what the customer refused is not sent again by itself", func(c *court) {
		c.tells(Filed(2).Home())
		c.refused(Office, Track(1, repair.ShipmentRefused, ""), "shipment.refusal_reason_required", "R36")
		c.does(Office, Track(1, repair.ShipmentRefused, "nobody wanted it"))
		c.later(time.Hour)
		c.does(Office, Track(1, repair.ShipmentReturned, ""))
		c.stands(repair.StageReturnRefused)
		c.refused(Technician, Ship(2, 1, 2), "device.resend_by_office", "R36")
		c.does(Office, Ship(2, 1, 2))
		c.stands(repair.StageShipped)
	}},
	{"R38 in warranty the days count from the system's receipt", func(c *court) {
		c.tells(Filed(1).Send())
		c.refused(Farmer, Receive(1, 1), "person.wrong_side", "") // nobody else starts the clock
		is(c, "days before the receipt", len(c.deadlines(repair.DeadlineDispatch)), 0)
		c.does(Technician, Receive(1, 1))
		due := c.deadlines(repair.DeadlineDispatch)
		if len(due) != 1 || due[0].Why.Rule != "R38" {
			c.t.Fatalf("due %+v", due)
		}
		is(c, "the receipt", due[0].Why.Inputs["received_on"], "2026-03-04")
		is(c, "the day", due[0].Date, "2026-03-11")
	}},
	{"R40 no day runs while the papers are open", func(c *court) {
		c.tells(Filed(1).Send())
		c.refused(Office, extend("2026-04-01", "many devices"), "order.not_received", "R40")
		c.does(Technician, Receive(1, 1))
		is(c, "days after the receipt", len(c.deadlines(repair.DeadlineDispatch)), 1)
		c.does(Farmer, Correction(1, 1, "JXT2688888Q"))
		is(c, "days while a correction is open", len(c.deadlines(repair.DeadlineDispatch)), 0)
		c.does(Office, DecideCorrection(1, true))
		is(c, "days after it", len(c.deadlines(repair.DeadlineDispatch)), 1)
	}},
	{"R41 the centre extends the day and says why", func(c *court) {
		c.tells(Filed(1).Arrive())
		c.refused(Office, extend("2026-01-01", "late"), "order.extension_in_past", "R41")
		c.refused(Office, extend("2026-04-01", " "), "command.part_missing", "")
		c.refused(Technician, extend("2026-04-01", "many devices"), "person.role_not_allowed", "")
		c.does(Office, extend("2026-04-01", "many devices"))
		due := c.deadlines(repair.DeadlineDispatch)
		if len(due) != 1 || due[0].Date != "2026-04-01" || due[0].Why.Rule != "R41" || !due[0].Final {
			c.t.Errorf("due %+v", due)
		}
		is(c, "the reason", c.whole().Order.ExtendedReason, "many devices")
	}},
	{"R42 the devices of a work order go home together", func(c *court) {
		c.ready()
		c.does(Technician, Ship(1, 1, 2))
		c.stands(repair.StageShipped)
		c.refused(Technician, Ship(2, 1), "device.not_now", "") // it has left
		is(c, "shipments", len(c.whole().Shipments), 1)
	}},
	{"R43 many devices go home in several shipments", func(c *court) {
		c.ready()
		c.does(Technician, Ship(1, 1))
		c.stands(repair.StagePartiallyShipped)
		c.refused(Technician, Ship(1, 2), "shipment.id_taken", "")
		c.does(Technician, Ship(2, 2))
		c.stands(repair.StageShipped)
		is(c, "shipments", len(c.whole().Shipments), 2)
	}},
	{"R45 the way home is by a carrier that the centre offers", func(c *court) {
		c.ready()
		by := func(carrier repair.Carrier) repair.Command {
			cmd := Ship(1, 1, 2)
			cmd.Ship.Carrier = carrier
			return cmd
		}
		c.refused(Technician, by("ups"), "shipment.carrier_not_offered", "R45")
		c.refused(Technician, by(""), "shipment.carrier_not_offered", "R45")
		c.does(Technician, by("deppon"))
	}},
	{"R46 doubts about the carrier come before the return", func(c *court) {
		c.ready()
		c.does(Farmer, text(repair.CmdAskCarrier, "why not by air?"))
		c.does(Technician, Ship(1, 1, 2))
		c.refused(Farmer, text(repair.CmdAskCarrier, "why not by air?"), "order.carrier_question_too_late", "R46")
		c.does(Farmer, text(repair.CmdMessage, "a message still goes"))
	}},
}
