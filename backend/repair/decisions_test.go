package repair_test

import (
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func TestWarranty(t *testing.T) {
	set := repair.DefaultSettings()
	strict := set
	strict.WarrantyInclusive = false
	tests := []struct {
		name           string
		ship, received repair.Date
		voids          []string
		set            repair.Settings
		want           repair.Warranty
		rule, age      string
	}{
		{"R23 on day 180 it is in warranty", "2026-01-01", "2026-06-30", nil, set, repair.WarrantyIn, "R23", "180"},
		{"R23 on day 181 it is out", "2026-01-01", "2026-07-01", nil, set, repair.WarrantyOut, "R23", "181"},
		{"R23 a centre may leave day 180 out", "2026-01-01", "2026-06-30", nil, strict, repair.WarrantyOut, "R23", "180"},
		{"R23 then day 179 is the last", "2026-01-01", "2026-06-29", nil, strict, repair.WarrantyIn, "R23", "179"},
		{"R25 without a ship date it is unknown", "", "2026-01-01", nil, set, repair.WarrantyUnknown, "R25", ""},
		{"R25 before the receipt it is unknown", "2026-01-01", "", nil, set, repair.WarrantyUnknown, "R25", ""},
		{"R25 a ship date after the receipt decides nothing", "2026-05-01", "2026-04-01", nil, set, repair.WarrantyUnknown, "R25", "-30"},
		{"R29 any reason voids it", "2026-01-01", "2026-01-02", []string{"V02"}, set, repair.WarrantyVoid, "R29", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, why := repair.WarrantyOf(tt.ship, tt.received, tt.voids, tt.set)
			if got != tt.want || why.Rule != tt.rule || why.Inputs["age_days"] != tt.age {
				t.Errorf("%s by %s at age %q; want %s by %s at %q", got, why.Rule, why.Inputs["age_days"], tt.want, tt.rule, tt.age)
			}
			if why.Code == "" || why.Inputs["warranty_days"] != "180" {
				t.Errorf("R50: it does not say why: %+v", why)
			}
		})
	}
	t.Run("R24 the estimate counts the days on the road", func(t *testing.T) {
		env := rt.Env(rt.Start) // 2 March; expected on 9 March
		in, why := repair.EstimateWarranty("2025-09-10", env)
		out, _ := repair.EstimateWarranty("2025-09-09", env)
		if in != repair.WarrantyIn || out != repair.WarrantyOut || !why.Estimate || why.Inputs["transit_days"] != "7" {
			t.Errorf("%s, %s, %+v", in, out, why)
		}
	})
}

func TestWhoPays(t *testing.T) {
	set := repair.DefaultSettings()
	fee := set
	fee.NoFaultFee = rt.USD(3000)
	tests := []struct {
		name     string
		warranty repair.Warranty
		class    repair.Class
		hasVoid  bool
		set      repair.Settings
		row      string
		fee      repair.Fee
		decline  bool
		outcome  string
	}{
		{"R47 D1 in warranty and without a reason the repair is free", repair.WarrantyIn, repair.Normal, false, set, "D1", repair.FeeNone, false, repair.OutcomeFreeRepair},
		{"R47 D2 in warranty with a reason it costs", repair.WarrantyIn, repair.Normal, true, set, "D2", repair.FeeQuote, false, repair.OutcomePaidRepair},
		{"R29 D2 a void warranty costs", repair.WarrantyVoid, repair.Normal, false, set, "D2", repair.FeeQuote, false, repair.OutcomePaidRepair},
		{"R26 D3 out of warranty costs", repair.WarrantyOut, repair.Normal, false, set, "D3", repair.FeeQuote, false, repair.OutcomePaidRepair},
		{"R30 D4 scrap may cost, and may be declined", repair.WarrantyIn, repair.Scrap, false, set, "D4", repair.FeeNoneOrQuote, true, repair.OutcomeAcceptOrReturn},
		{"R31 D5 mixed boards cost, and may be declined", repair.WarrantyIn, repair.Mixed, true, set, "D5", repair.FeeQuote, true, repair.OutcomeAcceptOrReturn},
		{"R27 D6 without repair value it goes home", repair.WarrantyOut, repair.NoRepairValue, false, set, "D6", repair.FeeNone, false, repair.OutcomeReturnUnrepaired},
		{"R25 D7 an unknown warranty is for after-sales to say", repair.WarrantyUnknown, repair.Normal, false, set, "D7", repair.FeeQuote, false, repair.OutcomeAskAfterSales},
		{"D8 no fault found is free by default", repair.WarrantyOut, repair.NoFaultFound, false, set, "D8", repair.FeeNone, false, repair.OutcomeNothingToRepair},
		{"D8 a centre may charge for looking", repair.WarrantyOut, repair.NoFaultFound, false, fee, "D8", repair.FeeNoneOrQuote, false, repair.OutcomeInspectionFee},
		{"what is not in the table is for the centre to say", repair.WarrantyIn, "odd", false, set, "", repair.FeeServer, false, repair.OutcomeAskAfterSales},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := repair.WhoPays(tt.warranty, tt.class, tt.hasVoid, tt.set)
			if got.Row != tt.row || got.Fee != tt.fee || got.DeclineAllowed != tt.decline || got.Outcome != tt.outcome {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestLiability(t *testing.T) {
	set := repair.DefaultSettings()
	paying := set
	paying.ReturnFreightOut = repair.BearerUser
	tests := []struct {
		name     string
		event    string
		warranty repair.Warranty
		set      repair.Settings
		bearer   repair.Bearer
		rule     string
	}{
		{"R06 damage on the road is the user's", repair.EventTransitDamage, repair.WarrantyIn, set, repair.BearerUser, "R06"},
		{"R06 damage by the user is the user's", repair.EventUserDamage, repair.WarrantyIn, set, repair.BearerUser, "R06"},
		{"R06 damage at the centre is the centre's", repair.EventCentreDamage, repair.WarrantyOut, set, repair.BearerAfterSales, "R06"},
		{"R19 all losses of a refused parcel are the user's", repair.EventParcelRejected, repair.WarrantyIn, set, repair.BearerUser, "R19"},
		{"R30 scrap is the user's loss", repair.EventScrapFound, repair.WarrantyIn, set, repair.BearerUser, "R30"},
		{"R09 the way in is the customer's", repair.EventInboundFreight, repair.WarrantyIn, set, repair.BearerUser, "R09"},
		{"R09 the way home in warranty is the centre's", repair.EventReturnFreight, repair.WarrantyIn, set, repair.BearerAfterSales, "R09"},
		{"R09 the way home out of warranty is asked", repair.EventReturnFreight, repair.WarrantyOut, set, repair.BearerAsk, "R09"},
		{"R09 unless the centre has said", repair.EventReturnFreight, repair.WarrantyVoid, paying, repair.BearerUser, "R09"},
		{"R36 a refused return is the user's", repair.EventReturnRefused, repair.WarrantyIn, set, repair.BearerUser, "R36"},
		{"what the guide does not say is asked", "meteor", repair.WarrantyIn, set, repair.BearerAsk, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bearer, rule := repair.Liability(tt.event, tt.warranty, tt.set)
			if bearer != tt.bearer || rule != tt.rule {
				t.Errorf("%s by %q; want %s by %q", bearer, rule, tt.bearer, tt.rule)
			}
		})
	}
}

func TestUnclaimedParcels(t *testing.T) {
	arrived := repair.UnclaimedParcel{ID: rt.UnclaimedID(1), Carrier: "sf", WaybillNumber: "sf 3297600239259",
		Serials: []repair.SerialNumber{"JXT2612345Q"}, ArrivedAt: repair.At(rt.Start)}
	record := repair.Command{ID: rt.CommandID(1), Kind: repair.CmdRecordUnclaimed, Unclaimed: &arrived}
	decide := func(status string, order repair.WorkOrderID) repair.Command {
		return repair.Command{ID: rt.CommandID(2), Kind: repair.CmdDecideUnclaimed,
			Unclaimed: &repair.UnclaimedParcel{ID: rt.UnclaimedID(1), Status: status, WorkOrder: order}}
	}
	day := func(n int) repair.Env { return rt.Env(rt.Start.AddDate(0, 0, n)) }
	held, err := repair.NewUnclaimed(rt.Technician, record, day(0))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("R15 what comes without a work order is nobody's device", func(t *testing.T) {
		if held.Status != repair.UnclaimedHeld || held.WorkOrder != "" || held.WaybillNumber != "SF3297600239259" {
			t.Errorf("%+v", held)
		}
	})
	t.Run("R34 it may be kept from day 91", func(t *testing.T) {
		if held.EligibleFrom != "2026-06-01" { // 2 March and 91 days
			t.Errorf("from %s", held.EligibleFrom)
		}
	})
	tests := []struct {
		name   string
		by     repair.Person
		cmd    repair.Command
		env    repair.Env
		status string
		code   string
	}{
		{"R34 on day 90 it is not kept", rt.Office, decide(repair.UnclaimedForfeited, ""), day(90), "", "unclaimed.not_now"},
		{"R34 on day 91 a person may decide so", rt.Office, decide(repair.UnclaimedForfeited, ""), day(91), repair.UnclaimedForfeited, ""},
		{"R34 the bench does not decide", rt.Technician, decide(repair.UnclaimedForfeited, ""), day(91), "", "person.role_not_allowed"},
		{"R34 the customer does not decide", rt.Farmer, decide(repair.UnclaimedForfeited, ""), day(91), "", "person.wrong_side"},
		{"R15 it is sent back", rt.Office, decide(repair.UnclaimedReturned, ""), day(1), repair.UnclaimedReturned, ""},
		{"R15 it is linked to a work order", rt.Office, decide(repair.UnclaimedLinked, rt.OrderID), day(1), repair.UnclaimedLinked, ""},
		{"R15 a link needs a work order", rt.Office, decide(repair.UnclaimedLinked, ""), day(1), "", "unclaimed.work_order_required"},
		{"another word is none", rt.Office, decide("burnt", ""), day(1), "", "command.value_invalid"},
		{"another parcel is not this one", rt.Office, with(decide(repair.UnclaimedReturned, ""), func(c *repair.Command) { c.Unclaimed.ID = rt.UnclaimedID(2) }), day(1), "", "unclaimed.not_found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := repair.DecideUnclaimed(held, tt.by, tt.cmd, tt.env)
			if tt.code != "" {
				checkCode(t, err, tt.code)
				if got.Status != repair.UnclaimedHeld {
					t.Errorf("stands in %s", got.Status)
				}
				return
			}
			if err != nil || got.Status != tt.status || got.DecidedBy != tt.by.Name {
				t.Errorf("%+v, %v", got, err)
			}
			if _, err := repair.DecideUnclaimed(got, rt.Office, decide(repair.UnclaimedReturned, ""), tt.env); err == nil {
				t.Error("it was decided twice")
			}
		})
	}
	t.Run("R34 a word of the sender starts the days anew", func(t *testing.T) {
		got, err := repair.DecideUnclaimed(held, rt.Office, decide(repair.UnclaimedHeld, ""), day(60))
		if err != nil || got.Status != repair.UnclaimedHeld || got.EligibleFrom != "2026-07-31" {
			t.Errorf("from %s, %v", got.EligibleFrom, err)
		}
	})
	t.Run("R34 the days of the vector", func(t *testing.T) {
		env := repair.Env{Settings: repair.DefaultSettings()}
		if from := repair.UnclaimedEligibleFrom(repair.UnclaimedParcel{ArrivedAt: "2026-01-01T04:00:00Z"}, env); from != "2026-04-02" {
			t.Errorf("from %s", from)
		}
	})
	t.Run("R15 an arrival is in the past", func(t *testing.T) {
		later := arrived
		later.ArrivedAt = "2099-01-01T00:00:00Z"
		_, err := repair.NewUnclaimed(rt.Technician, with(record, func(c *repair.Command) { c.Unclaimed = &later }), day(0))
		checkCode(t, err, "unclaimed.arrival_invalid")
		later.ArrivedAt, later.LastContactAt = arrived.ArrivedAt, "yesterday"
		_, err = repair.NewUnclaimed(rt.Technician, with(record, func(c *repair.Command) { c.Unclaimed = &later }), day(0))
		checkCode(t, err, "unclaimed.arrival_invalid")
	})
	t.Run("R15 the customer records none", func(t *testing.T) {
		_, err := repair.NewUnclaimed(rt.Farmer, record, day(0))
		checkCode(t, err, "person.wrong_side")
	})
}

func TestTaxonomies(t *testing.T) {
	lists := map[string][]repair.Reason{"V": repair.VoidReasons(), "S": repair.ScrapReasons(), "F": repair.Faults(), "": repair.RejectionReasons()}
	sizes := map[string]int{"V": 14, "S": 6, "F": 22, "": 7}
	for prefix, list := range lists {
		seen := map[string]bool{}
		for _, r := range list {
			if seen[r.Code] || r.En == "" || r.Zh == "" || r.Code[:len(prefix)] != prefix {
				t.Errorf("%q: %+v", prefix, r)
			}
			seen[r.Code] = true
		}
		if len(list) != sizes[prefix] {
			t.Errorf("%q has %d reasons, want %d", prefix, len(list), sizes[prefix])
		}
	}
}
