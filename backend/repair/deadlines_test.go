package repair_test

import (
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// deadline finds the first line of a kind.
func deadline(s *rt.Story, kind string) *repair.Deadline {
	for _, d := range s.Case.Deadlines(s.Env) {
		if d.Kind == kind {
			return &d
		}
	}
	return nil
}

func TestDeadlines(t *testing.T) {
	sentVoucher := func() *rt.Story { return paidInStory().Days(3) }
	tests := []struct {
		name     string
		story    func() *rt.Story
		kind     string
		want     repair.Date // "" when there must be none
		rule     string
		estimate bool
		final    bool
		devices  int
	}{
		{"R24 until it arrives the warranty runs on", at(repair.StageReturnConfirmed), repair.DeadlineWarrantyEnd, "2026-07-04", "R24", true, false, 2},
		{"R24 once it has arrived that day matters no more", received, repair.DeadlineWarrantyEnd, "", "", false, false, 0},
		// received on Wednesday 4 March
		{"R38 in warranty it goes home five working days after the system-confirmed receipt", received, repair.DeadlineDispatch, "2026-03-11", "R38", true, false, 2},
		{"R38 free after the inspection too", func() *rt.Story { return received().Must(rt.Technician, rt.Find(1, repair.Normal)) }, repair.DeadlineDispatch, "2026-03-11", "R38", true, false, 2},
		{"R38 what is not received has no such day", onTheRoad, repair.DeadlineDispatch, "", "", false, false, 0},
		{"R39 an unpaid device has no such day", accepted, repair.DeadlineDispatch, "", "", false, false, 0},
		{"R39 the voucher starts the clock when it is sent", paidInStory, repair.DeadlineDispatch, "2026-03-11", "R39", true, false, 2},
		{"R39 its confirmation does not move it", func() *rt.Story {
			return sentVoucher().Must(rt.Office, rt.Decide(1, repair.PaymentConfirmed, repair.Money{}))
		}, repair.DeadlineDispatch, "2026-03-11", "R39", true, false, 2},
		{"R39 another page of the voucher does not move it", func() *rt.Story { return sentVoucher().Must(rt.Farmer, rt.Voucher(1, 1, 2)) }, repair.DeadlineDispatch, "2026-03-11", "R39", true, false, 2},
		{"R39 a refused voucher starts no clock", func() *rt.Story {
			return sentVoucher().Must(rt.Office, rt.Decide(1, repair.PaymentRejected, repair.Money{}))
		}, repair.DeadlineDispatch, "", "", false, false, 0},
		{"R39 the voucher after it starts it anew", func() *rt.Story {
			return sentVoucher().Must(rt.Office, rt.Decide(1, repair.PaymentRejected, repair.Money{})).Days(2).Must(rt.Farmer, rt.Voucher(1, 1, 2))
		}, repair.DeadlineDispatch, "2026-03-16", "R39", true, false, 2},
		{"R39 too little money starts no clock", underpaid, repair.DeadlineDispatch, "", "", false, false, 0},
		{"R40 while a correction is open no clock runs", func() *rt.Story {
			return rt.Filed(1).Arrive().Must(rt.Farmer, rt.Correction(1, 1, "JXT2688888Q"))
		}, repair.DeadlineDispatch, "", "", false, false, 0},
		{"R40 it runs on for the other devices", func() *rt.Story { return received().Must(rt.Farmer, rt.Correction(1, 1, "JXT2688888Q")) }, repair.DeadlineDispatch, "2026-03-11", "R38", true, false, 1},
		{"R41 the day that the centre has set stands", func() *rt.Story { return received().Must(rt.Office, extend("2026-04-01", "many")) }, repair.DeadlineDispatch, "2026-04-01", "R41", false, true, 2},
		{"R41 a large order is marked where the centre says what is large", func() *rt.Story {
			return received().With(func(s *repair.Settings) { s.LargeOrderThreshold = 2 })
		}, repair.DeadlineDispatch, "2026-03-11", "R41", true, false, 2},
		{"R41 by default no order is large", received, repair.DeadlineDispatch, "2026-03-11", "R38", true, false, 2},
		{"R28 a quote holds until its last day", func() *rt.Story {
			return inspectedStory().Must(rt.Technician, price(func(o *repair.QuoteOffer) { o.ValidUntil = "2026-03-20" }))
		}, repair.DeadlineQuoteValid, "2026-03-20", "R28", false, true, 1},
		{"R35 by default an unpaid fee has no forfeiture", accepted, repair.DeadlineForfeit, "", "", false, false, 0},
		{"R34 R35 where fees are counted it may be decided from day 91", func() *rt.Story {
			return accepted().With(func(s *repair.Settings) { s.ForfeitUnpaid = true })
		}, repair.DeadlineForfeit, "2026-06-03", "R35", false, false, 2},
		{"R35 money on its way stops it", func() *rt.Story {
			return paidInStory().With(func(s *repair.Settings) { s.ForfeitUnpaid = true })
		}, repair.DeadlineForfeit, "", "", false, false, 0},
		{"R34 R35 a word of the customer starts the days anew", func() *rt.Story {
			s := accepted().With(func(s *repair.Settings) { s.ForfeitUnpaid = true })
			return s.Days(10).Must(rt.Farmer, text(repair.CmdMessage, "soon"))
		}, repair.DeadlineForfeit, "2026-06-13", "R35", false, false, 2},
		{"R34 R36 what was refused may be kept from the next day", refusedStory, repair.DeadlineForfeit, "2026-03-06", "R36", false, false, 1},
		{"R37 the first reminder comes on day 30", func() *rt.Story {
			return accepted().With(func(s *repair.Settings) { s.ForfeitUnpaid = true })
		}, repair.DeadlineReminder, "2026-04-03", "R37", false, false, 2},
		{"R37 the next one on day 60", func() *rt.Story {
			return accepted().With(func(s *repair.Settings) { s.ForfeitUnpaid = true }).Days(31)
		}, repair.DeadlineReminder, "2026-05-03", "R37", false, false, 2},
		{"R37 after the last one none", func() *rt.Story {
			return accepted().With(func(s *repair.Settings) { s.ForfeitUnpaid = true }).Days(90)
		}, repair.DeadlineReminder, "", "", false, false, 0},
		{"a closed work order has no days", at(repair.StageClosed), repair.DeadlineDispatch, "", "", false, false, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story()
			got := deadline(s, tt.kind)
			if tt.want == "" {
				if got != nil {
					t.Fatalf("there is one: %+v", *got)
				}
				return
			}
			if got == nil {
				t.Fatalf("there is none among %+v", s.Case.Deadlines(s.Env))
			}
			if got.Date != tt.want || got.Why.Rule != tt.rule || got.Estimate != tt.estimate || got.Final != tt.final || len(got.Devices) != tt.devices {
				t.Errorf("%+v", *got)
			}
			if got.Why.Code == "" || len(got.Why.Inputs) == 0 || got.Consequence == "" {
				t.Errorf("R50: it does not say why: %+v", *got)
			}
			if (tt.devices == 1) != (got.Device != "") {
				t.Errorf("device %q of %d", got.Device, tt.devices)
			}
			if got.DaysLeft != got.Date.DaysSince(s.Env.Today()) {
				t.Errorf("%d days left", got.DaysLeft)
			}
		})
	}
	t.Run("R50 a counted day names its calendar", func(t *testing.T) {
		if got := deadline(received(), repair.DeadlineDispatch); got.Why.Calendar == "" || got.Why.Estimate {
			t.Errorf("%+v", got.Why)
		}
	})
	t.Run("R50 a day past the calendar says that it is a guess", func(t *testing.T) {
		late := rt.Submission(1)
		late.Devices[0].ShipDate = "2026-03-01"
		s := rt.FiledAs(late).Days(299)
		s.Case.Devices[0].ShipDate = "2026-10-01"
		s.Arrive()
		if got := deadline(s, repair.DeadlineDispatch); got == nil || !got.Why.Estimate {
			t.Errorf("%+v", got)
		}
	})
	t.Run("R49 without a calendar every counted day is a guess", func(t *testing.T) {
		s := received()
		s.Env.Days = nil
		if got := deadline(s, repair.DeadlineDispatch); !got.Why.Estimate || got.Why.Calendar != "" || got.Final {
			t.Errorf("%+v", got)
		}
	})
}

func TestReminders(t *testing.T) {
	t.Run("R37 reminders on days 30, 60, 75, 85 and 89", func(t *testing.T) {
		got := repair.Reminders("2026-01-01", repair.DefaultSettings())
		want := []repair.Date{"2026-01-31", "2026-03-02", "2026-03-17", "2026-03-27", "2026-03-31"}
		if len(got) != len(want) {
			t.Fatalf("%v", got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s, want %s", got[i], want[i])
			}
		}
		if repair.Reminders("", repair.DefaultSettings()) != nil {
			t.Error("reminders of nothing")
		}
	})
}

func TestGuideDatesAreChinas(t *testing.T) {
	env := repair.Env{Zone: repair.DefaultZone}
	if got := env.DateOf("2026-03-01T16:30:00Z"); got != "2026-03-02" {
		t.Errorf("half past midnight in Shanghai is %s", got)
	}
	env.Zone = "Europe/Berlin"
	if got := env.DateOf("2026-03-01T16:30:00Z"); got != "2026-03-01" {
		t.Errorf("in Berlin it is %s", got)
	}
	env.Zone = "Nowhere/Land"
	if got := env.DateOf("2026-03-01T16:30:00Z"); got != "2026-03-02" {
		t.Errorf("an unknown zone counts as China's: %s", got)
	}
}
