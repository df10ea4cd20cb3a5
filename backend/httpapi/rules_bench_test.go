package httpapi_test

import (
	"slices"

	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
)

// finding is an inspection of the first device, changed.
func finding(change func(*repair.InspectionGiven)) repair.Command {
	cmd := Find(1, repair.Normal)
	change(cmd.Inspection)
	return cmd
}

// shippedOn files two devices that left the factory on a day, and has them arrive.
func (c *court) shippedOn(day repair.Date) *court {
	c.t.Helper()
	s := Submission(2)
	s.Devices[0].ShipDate, s.Devices[1].ShipDate = day, day
	return c.tells(FiledAs(s).Arrive())
}

func (c *court) inspected(line int) *repair.Inspection {
	c.t.Helper()
	found := c.whole().Devices[line-1].Inspection
	if found == nil {
		c.t.Fatalf("device %d was not inspected", line)
	}
	return found
}

// rulesOfTheBench: the unpacking, the warranty and who bears what.
var rulesOfTheBench = []httpRule{
	{"R05 every device is checked at the unpacking", func(c *court) {
		c.tells(Filed(2).Send())
		c.refused(Technician, Find(1, repair.Normal), "device.not_now", "") // it is still on the road
		c.does(Technician, Receive(1, 1, 2))
		c.refused(Farmer, Find(1, repair.Normal), "person.wrong_side", "")
		c.does(Technician, Find(1, repair.Normal))
		c.stands(repair.StageInspecting) // the other one waits
		is(c, "what was found", c.inspected(1).Findings, "seen")
		c.does(Technician, Find(2, repair.Mixed))
		is(c, "the class", c.inspected(2).Class, repair.Mixed)
	}},
	{"R06 damage on the road or by the user is the user's", func(c *court) {
		c.tells(Filed(2).Arrive())
		c.refused(Technician, finding(func(f *repair.InspectionGiven) { f.Damage = "fate" }), "inspection.damage_cause_unknown", "R06")
		for cause, bearer := range map[string]repair.Bearer{
			"logistics": repair.BearerUser, "user": repair.BearerUser, "centre": repair.BearerAfterSales,
		} {
			c.does(Technician, finding(func(f *repair.InspectionGiven) { f.Damage = cause }))
			is(c, "who bears "+cause, c.inspected(1).DamageBearer, bearer)
		}
	}},
	{"R23 the warranty counts from the factory's door to the repair point's", func(c *court) {
		never := Submission(1)
		never.Devices[0].ShipDate = "2026-02-31"
		c.doesNotFile(never, "intake.ship_date_invalid", "R23")
		// Received on 4 March 2026: the 180th day after the first date, the 181st after the other.
		for day, want := range map[repair.Date]repair.Warranty{"2025-09-05": repair.WarrantyIn, "2025-09-04": repair.WarrantyOut} {
			other := newCourt(c.t, c.open)
			other.shippedOn(day)
			other.refused(Technician, finding(func(f *repair.InspectionGiven) { f.ShipDateFound = "2026-03-05" }), "inspection.ship_date_after_receipt", "R23")
			other.does(Technician, Find(1, repair.Normal))
			found := other.inspected(1)
			is(other, "the warranty from "+string(day), found.Warranty, want)
			is(other, "its rule", found.WarrantyWhy.Rule, "R23")
		}
	}},
	{"R25 without a ship date the warranty is unknown, which is never in", func(c *court) {
		c.shippedOn("")
		c.does(Technician, Find(1, repair.Normal))
		is(c, "the warranty", c.inspected(1).Warranty, repair.WarrantyUnknown)
		is(c, "its rule", c.inspected(1).WarrantyWhy.Rule, "R25")
		c.refused(Technician, OnDevices(repair.CmdStartRepair, 1), "device.quote_required", "") // nothing is free
		c.does(Technician, finding(func(f *repair.InspectionGiven) { f.ShipDateFound = "2026-01-05" }))
		c.does(Technician, OnDevices(repair.CmdStartRepair, 1))
	}},
	{"R27 what cannot be repaired goes home as it came", func(c *court) {
		c.tells(Filed(2).Arrive())
		c.does(Technician, Find(1, repair.NoRepairValue))
		c.refused(Technician, OnDevices(repair.CmdStartRepair, 1), "device.not_repairable", "R27")
		c.does(Technician, OnDevices(repair.CmdReturnUnrepaired, 1))
		is(c, "the device", c.whole().Devices[0].Status, repair.Unrepaired)
	}},
	{"R29 any reason of the list voids the warranty of that device", func(c *court) {
		c.tells(Filed(2).Arrive())
		c.refused(Technician, Find(1, repair.Normal, "V77"), "inspection.code_unknown", "")
		c.does(Technician, Find(1, repair.Normal, "V08"))
		c.does(Technician, Find(2, repair.Normal))
		is(c, "its warranty", c.inspected(1).Warranty, repair.WarrantyVoid)
		is(c, "its rule", c.inspected(1).WarrantyWhy.Rule, "R29")
		is(c, "the other's", c.inspected(2).Warranty, repair.WarrantyIn)
		c.refused(Technician, OnDevices(repair.CmdStartRepair, 1), "device.quote_required", "") // it may still be paid for
		c.does(Technician, SendQuotes(Price(1, 1, USD(100))))
	}},
	{"R30 a device with a scrap reason is scrap", func(c *court) {
		c.tells(Filed(2).Arrive())
		c.refused(Technician, finding(func(f *repair.InspectionGiven) { f.Class = repair.Scrap }), "inspection.scrap_reason_required", "R30")
		c.refused(Technician, finding(func(f *repair.InspectionGiven) { f.ScrapCodes = []string{"S02"} }), "inspection.class_must_be_scrap", "R30")
		c.does(Technician, Find(1, repair.Scrap))
		c.refused(Technician, OnDevices(repair.CmdStartRepair, 1), "device.quote_required", "")
		c.does(Technician, OnDevices(repair.CmdReturnUnrepaired, 1))
	}},
	{"R47 in warranty and without a reason a repair is free", func(c *court) {
		c.tells(Filed(2).Arrive())
		c.does(Technician, Find(1, repair.Normal))
		c.does(Technician, Find(2, repair.Normal, "V01"))
		c.refused(Technician, SendQuotes(Price(1, 1, USD(100))), "device.nothing_to_pay", "R47")
		c.does(Technician, OnDevices(repair.CmdStartRepair, 1))
		c.refused(Technician, OnDevices(repair.CmdStartRepair, 2), "device.quote_required", "")
		c.does(Technician, SendQuotes(Price(1, 2, USD(100))))
	}},
	{"R50 what was worked out names its rule and its inputs", func(c *court) {
		c.tells(Filed(2).Arrive())
		c.does(Technician, Find(1, repair.Normal))
		why := c.inspected(1).WarrantyWhy
		is(c, "the rule", why.Rule, "R23")
		is(c, "the ship date", why.Inputs["ship_date"], "2026-01-05")
		is(c, "the receipt", why.Inputs["received_on"], "2026-03-04")
		is(c, "the days", why.Inputs["warranty_days"], "180")
		for _, d := range c.deadlines(repair.DeadlineDispatch) {
			if d.Why.Rule == "" || len(d.Why.Inputs) == 0 || d.Why.Calendar == "" {
				c.t.Errorf("%s stands there without its why: %+v", d.Date, d.Why)
			}
		}
	}},
	{"R09 each side pays for the parcel that it sends", func(c *court) {
		c.tells(Filed(2).Arrive())
		c.does(Technician, Find(1, repair.Normal))
		c.does(Technician, Find(2, repair.NoRepairValue, "V01"))
		c.does(Technician, OnDevices(repair.CmdStartRepair, 1))
		c.does(Technician, OnDevices(repair.CmdFinishRepair, 1))
		c.does(Technician, Tested(true, 1))
		c.does(Technician, OnDevices(repair.CmdReturnUnrepaired, 2))
		c.does(Technician, Ship(1, 1))
		c.does(Technician, Ship(2, 2))
		whole := c.whole()
		is(c, "who pays in warranty", whole.Shipments[0].FreightPayer, repair.BearerAfterSales)
		is(c, "who pays out of warranty", whole.Shipments[1].FreightPayer, repair.BearerAsk)
		is(c, "who pays the way in", whole.Parcels[0].FreightTerms, repair.FreightPrepaid)
	}},
	{"R37 the customer is reminded before anything is forfeited", func(c *court) {
		c.set(func(s *repair.Settings) { s.ForfeitUnpaid = true })
		c.tells(Filed(1).Quote(repair.Normal))
		risk := func() bool { return slices.Contains(c.whole().Order.Flags, repair.FlagForfeitRisk) }
		issued := c.now
		for _, day := range []int{30, 60, 75, 85, 89} {
			next := c.deadlines(repair.DeadlineReminder)
			if len(next) != 1 || next[0].Why.Rule != "R37" {
				c.t.Fatalf("reminders: %+v", next)
			}
			is(c, "the next reminder", next[0].Date, Env(issued.AddDate(0, 0, day)).Today())
			c.now = issued.AddDate(0, 0, day)
			c.does(Technician, text(repair.CmdMessage, "still here")) // of the centre: no contact of the customer's
			if !risk() {
				c.t.Errorf("day %d: the work order shows no risk", day)
			}
			c.days(1)
		}
		c.does(Farmer, text(repair.CmdMessage, "I am here")) // and the days begin anew
		if risk() {
			c.t.Error("the customer has answered, and the risk is still shown")
		}
	}},
}
