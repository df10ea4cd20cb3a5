package repair_test

import (
	"slices"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func TestInspection(t *testing.T) {
	t.Run("R05 R50 an inspection decides the warranty and says why", func(t *testing.T) {
		found := inspectedStory().Device(1).Inspection
		if found.Warranty != repair.WarrantyVoid || found.WarrantyWhy.Rule != "R29" || found.By != rt.Technician.Name || found.At == "" {
			t.Errorf("%+v", found)
		}
	})
	t.Run("R06 the bearer follows from the cause of the damage", func(t *testing.T) {
		for cause, bearer := range map[string]repair.Bearer{"logistics": repair.BearerUser, "user": repair.BearerUser, "centre": repair.BearerAfterSales, "": ""} {
			s := received().Must(rt.Technician, finding(func(f *repair.InspectionGiven) { f.Damage = cause }))
			if got := s.Device(1).Inspection.DamageBearer; got != bearer {
				t.Errorf("damage by %q is borne by %q", cause, got)
			}
		}
	})
	t.Run("R25 a ship date found at the bench decides", func(t *testing.T) {
		s := rt.Submission(1)
		s.Devices[0].ShipDate = ""
		story := rt.FiledAs(s).Arrive().Must(rt.Technician, rt.Find(1, repair.Normal))
		if got := story.Device(1).Inspection.Warranty; got != repair.WarrantyUnknown {
			t.Errorf("without one it is %s", got)
		}
		story.Must(rt.Technician, finding(func(f *repair.InspectionGiven) { f.ShipDateFound = "2026-01-05" }))
		if d := story.Device(1); d.Inspection.Warranty != repair.WarrantyIn || d.ShipDate != "2026-01-05" {
			t.Errorf("%+v", d.Inspection)
		}
	})
	t.Run("a new finding ends the price of the old one", func(t *testing.T) {
		s := quotedStory().Must(rt.Technician, rt.Find(1, repair.Normal))
		if s.Case.Quotes[0].Status != repair.QuoteSuperseded || s.Device(1).Quote != "" {
			t.Errorf("%+v", s.Case.Quotes[0])
		}
	})
}

func TestQuotes(t *testing.T) {
	t.Run("R33 each device is decided for itself", func(t *testing.T) {
		s := quotedStory().Must(rt.Farmer, rt.Decline(1)).Must(rt.Farmer, rt.Accept(2))
		if s.Device(1).Status != repair.Declined || s.Device(2).Status != repair.Accepted {
			t.Errorf("%s and %s", s.Device(1).Status, s.Device(2).Status)
		}
	})
	t.Run("R32 a normal quote is not among those that may be declined", func(t *testing.T) {
		s := quotedStory()
		offer, _ := s.Case.Offered(repair.RoleCustomer, repair.CmdDeclineQuotes, s.Env)
		if !slices.Equal(offer.Quotes, rt.Quotes(1)) {
			t.Errorf("offered to decline %v", offer.Quotes)
		}
	})
	t.Run("a new price is a new version and the old one is kept", func(t *testing.T) {
		s := quotedStory().Must(rt.Technician, rt.SendQuotes(rt.Price(3, 1, rt.USD(500))))
		if old, now := s.Case.Quotes[0], s.Case.Quotes[2]; old.Status != repair.QuoteSuperseded || now.Version != 2 || s.Device(1).Quote != now.ID {
			t.Errorf("%+v, %+v", old, now)
		}
		_, err := s.Do(rt.Farmer, rt.Accept(1))
		checkCode(t, err, "quote.not_now")
	})
	t.Run("R44 what is due is summed per currency", func(t *testing.T) {
		s := twoCurrencies()
		if due := s.Case.Due(); len(due) != 2 || due[0] != rt.USD(12000) {
			t.Errorf("%v", due)
		}
	})
	t.Run("R44 an open choice is not due, a normal price is", func(t *testing.T) {
		if due := quotedStory().Case.Due(); len(due) != 1 || due[0] != rt.USD(12000) {
			t.Errorf("%v", due)
		}
	})
	t.Run("accepting twice changes nothing", func(t *testing.T) {
		s := quotedStory().Must(rt.Farmer, rt.Accept(2))
		when := s.Case.Quotes[1].DecidedAt
		s.Must(rt.Farmer, rt.Accept(2))
		if s.Case.Quotes[1].DecidedAt != when {
			t.Error("the moment moved")
		}
	})
	t.Run("two hundred quotes are accepted at once or not at all", func(t *testing.T) {
		s := rt.Filed(200).Quote(slices.Repeat([]repair.Class{repair.Normal}, 200)...)
		if _, err := s.Do(rt.Farmer, rt.Accept(append(rt.Lines(199), 999)...)); err == nil || s.Device(1).Status != repair.Quoted {
			t.Errorf("%v, device %s", err, s.Device(1).Status)
		}
		touched, err := s.Do(rt.Farmer, rt.Accept(rt.Lines(200)...))
		if err != nil || len(touched.Quotes) != 200 || len(touched.Devices) != 200 {
			t.Errorf("%v, %d quotes", err, len(touched.Quotes))
		}
	})
}

func TestPayments(t *testing.T) {
	t.Run("a chosen method gives the reference before any voucher", func(t *testing.T) {
		s := accepted().Must(rt.Farmer, chosen(1, 1, 2))
		p := s.Case.Payments[0]
		if p.Reference != "JM-260302-0001-P1" || p.VoucherSentAt != "" || p.Status != repair.PaymentChosen {
			t.Errorf("%+v", p)
		}
		s.Must(rt.Farmer, rt.Voucher(1, 1, 2))
		if p := s.Case.Payments[0]; p.VoucherSentAt == "" || len(s.Case.Payments) != 1 {
			t.Errorf("%+v", p)
		}
	})
	t.Run("R39 the voucher's moment is kept apart from the confirmation's", func(t *testing.T) {
		p := paidInStory().Days(2).Must(rt.Office, rt.Decide(1, repair.PaymentConfirmed, repair.Money{})).Case.Payments[0]
		if p.VoucherSentAt >= p.ConfirmedAt || p.Received != p.Amount || p.ReceiptNumber == "" || p.ConfirmedBy != rt.Office.Name {
			t.Errorf("%+v", p)
		}
	})
	t.Run("R35 too little leaves the quotes unpaid until the rest comes", func(t *testing.T) {
		s := underpaid()
		if s.Case.Quotes[0].Status != repair.QuoteAccepted {
			t.Errorf("%s", s.Case.Quotes[0].Status)
		}
		s.Must(rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(24000)))
		if s.Case.Quotes[0].Status != repair.QuoteSettled {
			t.Errorf("%s", s.Case.Quotes[0].Status)
		}
	})
	t.Run("the centre lets too little be, and says what there is", func(t *testing.T) {
		p := underpaid().Must(rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(20000))).Case.Payments[0]
		if p.Status != repair.PaymentConfirmed || p.Received != rt.USD(20000) || p.Kept() != rt.USD(20000) {
			t.Errorf("%+v", p)
		}
	})
	t.Run("too much is paid, and the excess may be given back", func(t *testing.T) {
		s := paidInStory().Must(rt.Office, rt.Decide(1, repair.PaymentOverpaid, rt.USD(25000)))
		if s.Case.Quotes[0].Status != repair.QuoteSettled || s.Case.Payments[0].Received != rt.USD(25000) {
			t.Errorf("%+v", s.Case.Payments[0])
		}
		if excess := s.Case.Payments[0].Excess(); excess != rt.USD(1000) {
			t.Errorf("too much by %s", excess)
		}
		s.Must(rt.Office, rt.GiveBack(1, rt.USD(1000)))
		p := s.Case.Payments[0]
		if p.Status != repair.PaymentConfirmed || p.Kept() != rt.USD(24000) || p.Received != rt.USD(25000) || s.Case.Quotes[0].Status != repair.QuoteSettled {
			t.Errorf("%+v", p)
		}
		if r := p.Refunds[0]; r.Amount != rt.USD(1000) || r.Reason == "" || len(r.Proof) != 1 || r.By != rt.Office.Name || r.At == "" {
			t.Errorf("%+v", r)
		}
	})
	t.Run("the excess may be given back while the repair goes on", func(t *testing.T) {
		s := paidInStory().Must(rt.Office, rt.Decide(1, repair.PaymentOverpaid, rt.USD(25000)))
		s.Must(rt.Technician, rt.OnDevices(repair.CmdStartRepair, 1)).Must(rt.Office, rt.GiveBack(1, rt.USD(1000)))
	})
	t.Run("what may go back is the excess, and all of it before the repair begins", func(t *testing.T) {
		s := paidInStory()
		offered := func(want ...repair.Refundable) {
			t.Helper()
			if got := s.Case.Refundable(rt.Office.Role, s.Env); !slices.Equal(got, want) {
				t.Errorf("may go back: %+v, want %+v", got, want)
			}
		}
		offered()
		s.Must(rt.Office, rt.Decide(1, repair.PaymentOverpaid, rt.USD(25000)))
		id := s.Case.Payments[0].ID
		offered(repair.Refundable{Payment: id, Excess: rt.USD(1000), All: rt.USD(25000)})
		if got := s.Case.Refundable(rt.Technician.Role, s.Env); len(got) != 0 {
			t.Errorf("a technician may give back %+v", got)
		}
		s.Must(rt.Technician, rt.OnDevices(repair.CmdStartRepair, 1))
		offered(repair.Refundable{Payment: id, Excess: rt.USD(1000), All: rt.USD(0)})
		s.Must(rt.Office, rt.GiveBack(1, rt.USD(1000)))
		offered()
	})
	t.Run("money given back makes the quotes payable again", func(t *testing.T) {
		s := paidStory().Must(rt.Office, rt.GiveBack(1, rt.USD(24000)))
		p := s.Case.Payments[0]
		if p.Status != repair.PaymentRefunded || s.Case.Quotes[0].Status != repair.QuoteAccepted || p.Kept().Amount != 0 || p.Received != rt.USD(24000) {
			t.Errorf("%+v", p)
		}
		if due := s.Case.Due(); len(due) != 1 || due[0] != rt.USD(24000) {
			t.Errorf("due %v", due)
		}
		s.Must(rt.Farmer, rt.Voucher(2, 1, 2))
	})
	t.Run("R35 R44 what has arrived of too little is not asked for again", func(t *testing.T) {
		s := underpaid()
		p := &s.Case.Payments[0]
		if due := s.Case.Due(); len(due) != 1 || due[0] != rt.USD(4000) || p.Missing() != rt.USD(4000) {
			t.Errorf("due %v, missing %s", due, p.Missing())
		}
		s.Must(rt.Farmer, rt.Voucher(1, 1, 2))
		s.Must(rt.Office, rt.Decide(1, repair.PaymentUnderpaid, rt.USD(22000)))
		if due := s.Case.Due(); due[0] != rt.USD(2000) {
			t.Errorf("due %v", due)
		}
		s.Must(rt.Office, rt.Decide(1, repair.PaymentConfirmed, rt.USD(24000)))
		if due := s.Case.Due(); len(due) != 0 {
			t.Errorf("due %v", due)
		}
	})
}

func TestReturns(t *testing.T) {
	t.Run("R42 devices go home together", func(t *testing.T) {
		s := rt.At(repair.StageShipped)
		if len(s.Case.Shipments) != 1 || len(s.Case.Shipments[0].Devices) != 2 {
			t.Errorf("%+v", s.Case.Shipments)
		}
	})
	t.Run("R43 or in several shipments", func(t *testing.T) {
		s := rt.At(repair.StagePartiallyShipped).Must(rt.Technician, rt.Ship(2, 2))
		if len(s.Case.Shipments) != 2 || s.Case.Shipments[1].Seq != 2 || s.Case.Order.Stage != repair.StageShipped {
			t.Errorf("%s, %+v", s.Case.Order.Stage, s.Case.Shipments)
		}
	})
	t.Run("R31 what was declined goes home unrepaired", func(t *testing.T) {
		s := quotedStory().Must(rt.Farmer, rt.Decline(1)).Must(rt.Technician, rt.OnDevices(repair.CmdReturnUnrepaired, 1)).Must(rt.Technician, rt.Ship(1, 1))
		if s.Device(1).Status != repair.Shipped {
			t.Errorf("%s", s.Device(1).Status)
		}
	})
	t.Run("R09 the freight home is the centre's in warranty, asked otherwise", func(t *testing.T) {
		free := rt.Filed(1).Arrive().Must(rt.Technician, rt.Find(1, repair.Normal)).Repair(1).Must(rt.Technician, rt.Ship(1, 1))
		if got := free.Case.Shipments[0].FreightPayer; got != repair.BearerAfterSales {
			t.Errorf("in warranty: %s", got)
		}
		if got := shipped().Case.Shipments[0].FreightPayer; got != repair.BearerAsk {
			t.Errorf("void: %s", got)
		}
		mixed := received().Must(rt.Technician, rt.Find(1, repair.Normal)).Must(rt.Technician, rt.Find(2, repair.NoRepairValue, "V02"))
		mixed.Env.Settings.ReturnFreightOut = repair.BearerUser
		mixed.Repair(1).Must(rt.Technician, rt.OnDevices(repair.CmdReturnUnrepaired, 2)).Must(rt.Technician, rt.Ship(1, 1, 2))
		if got := mixed.Case.Shipments[0].FreightPayer; got != repair.BearerAsk {
			t.Errorf("both in one: %s", got)
		}
	})
	t.Run("a late word of the carrier does not turn the clock back", func(t *testing.T) {
		s := shipped().Days(2).Must(rt.Technician, rt.Track(1, repair.ShipmentOutForDelivery, ""))
		s.Must(rt.Technician, tracked(rt.Track(1, repair.ShipmentInTransit, ""), func(g *repair.TrackGiven) { g.Event.At = repair.At(rt.Start.AddDate(0, 0, 3)) }))
		if got := s.Case.Shipments[0]; got.Status != repair.ShipmentOutForDelivery || len(got.Events) != 3 || got.Events[2].Status != "out_for_delivery" {
			t.Errorf("%+v", got)
		}
	})
	t.Run("a delivery delivers its devices", func(t *testing.T) {
		s := shipped().Must(rt.Farmer, repair.Command{Kind: repair.CmdConfirmDelivery, Shipment: rt.ShipmentID(1)})
		if s.Device(2).Status != repair.Delivered || s.Case.Shipments[0].DeliveredAt == "" {
			t.Errorf("%s", s.Device(2).Status)
		}
		s.Must(rt.Farmer, repair.Command{Kind: repair.CmdConfirmDelivery, Shipment: rt.ShipmentID(1)})
	})
	t.Run("R36 a refused return may be sent again by the office's decision", func(t *testing.T) {
		s := rt.Filed(2).Refused()
		s.Must(rt.Office, rt.Ship(2, 1, 2))
		if s.Case.Order.Stage != repair.StageShipped || len(s.Case.Shipments[0].Devices) != 0 || s.Device(1).Shipment != rt.ShipmentID(2) {
			t.Errorf("%s, %+v", s.Case.Order.Stage, s.Case.Shipments)
		}
	})
	t.Run("R34 R36 what is kept ends with its open price", func(t *testing.T) {
		s := rt.Filed(1).Accepted().With(func(s *repair.Settings) { s.ForfeitUnpaid = true }).Days(91)
		s.Must(rt.Office, worded(rt.OnDevices(repair.CmdForfeit, 1), "never paid"))
		if s.Case.Quotes[0].Status != repair.QuoteLapsed || s.Case.Order.Stage != repair.StageForfeited || s.Case.Deadlines(s.Env) != nil {
			t.Errorf("%s, %s", s.Case.Quotes[0].Status, s.Case.Order.Stage)
		}
	})
}

func TestCorrections(t *testing.T) {
	t.Run("R20 an applied correction is a new revision, and the old value is kept", func(t *testing.T) {
		s := askedCorrection().Must(rt.Office, rt.DecideCorrection(1, true))
		k, d := s.Case.Corrections[0], s.Device(1)
		if d.Serial != "JXT2688888Q" || d.Revision != 2 || k.From != string(rt.Serial(1)) || k.Revision != 2 || k.DecidedBy != rt.Office.Name {
			t.Errorf("%+v, %+v", d, k)
		}
	})
	t.Run("a refused correction changes nothing", func(t *testing.T) {
		s := askedCorrection().Must(rt.Office, rt.DecideCorrection(1, false))
		if s.Device(1).Revision != 1 || s.Case.Corrections[0].Status != repair.CorrectionRefused || s.Case.Corrections[0].Answer == "" {
			t.Errorf("%+v", s.Case.Corrections[0])
		}
	})
	t.Run("R17 a wrong waybill number and a wrong carrier are mended", func(t *testing.T) {
		s := onTheRoad()
		for n, field := range []string{"waybill_number", "carrier", "model"} {
			to := map[string]string{"waybill_number": "ky 4001060565538", "carrier": "kye", "model": "X4-Q"}[field]
			s.Must(rt.Farmer, correct(func(k *repair.CorrectionAsk) {
				k.ID, k.Field, k.To, k.Parcel = rt.CorrectionID(n+1), field, to, rt.ParcelID(1)
			}))
			s.Must(rt.Office, rt.DecideCorrection(n+1, true))
		}
		if p := s.Case.Parcels[0]; p.Carrier != "kye" || p.WaybillNumber != "KY4001060565538" || p.Revision != 3 || s.Device(1).Model != "X4-Q" {
			t.Errorf("%+v", p)
		}
	})
	t.Run("R12 two corrections do not make one serial number of two", func(t *testing.T) {
		s := askedCorrection().Must(rt.Farmer, rt.Correction(2, 2, "JXT2688888Q")).Must(rt.Office, rt.DecideCorrection(1, true))
		_, err := s.Do(rt.Office, rt.DecideCorrection(2, true))
		checkCode(t, err, "correction.duplicate_serial")
	})
	t.Run("R20 nothing in the life of a case changes the address", func(t *testing.T) {
		for _, stage := range repair.Stages()[2:] {
			if got := rt.At(stage).Case.Order.ReturnAddress; got != rt.Submission(1).ReturnAddress {
				t.Errorf("%s: %+v", stage, got)
			}
		}
	})
}
