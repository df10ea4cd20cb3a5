package desk

import (
	"slices"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

var centre = repair.CentreInfo{ServerID: server, Name: "Jasmine Care", Settings: repair.DefaultSettings(), Payees: []repair.Payee{
	{Method: repair.PayBankTransfer, Currency: "USD", Name: "Jasmine Care Ltd", Account: "CN12 3456"},
}}

func TestQuotesAreAnsweredDeviceByDevice(t *testing.T) {
	h := at(t)
	s := rt.Filed(3).Quote(repair.Scrap, repair.Normal, repair.Mixed)
	h.tell(s.Case)
	review, err := h.ReviewQuotes(h.ctx(), theOrder)
	h.ok(err)
	if review.Open != 3 || len(review.TotalAll) != 1 || review.TotalAll[0] != rt.USD(36000) {
		t.Errorf("got %d open, %v", review.Open, review.TotalAll)
	}
	normal := review.Rows[1]
	if normal.Declinable || normal.Rule != "R32" || normal.Consequence != CodeMustBePaid || !normal.Acceptable || normal.Why.Rule != "R29" {
		t.Errorf("R32: %+v", normal)
	}
	choice := QuoteChoice{Order: theOrder, Accept: []string{string(rt.QuoteID(3))}, Decline: []string{string(rt.QuoteID(2))}}
	weighed, err := h.WeighQuotes(h.ctx(), choice)
	h.ok(err)
	if len(weighed.Findings) != 1 || weighed.Findings[0].Code != "quote.not_declinable" || weighed.Findings[0].Rule != "R32" {
		t.Errorf("got %+v", weighed.Findings)
	}
	_, err = h.DecideQuotes(h.ctx(), choice)
	h.refused(err, "quote.not_declinable")
	choice.Decline = []string{string(rt.QuoteID(1))}
	weighed, err = h.WeighQuotes(h.ctx(), choice)
	h.ok(err)
	if len(weighed.Findings) != 0 || weighed.Undecided != 1 || weighed.Accepting[0] != rt.USD(12000) || weighed.Declined != 1 {
		t.Errorf("got %+v", weighed)
	}
	review, err = h.DecideQuotes(h.ctx(), choice)
	h.ok(err)
	if review.Open != 1 || review.Rows[0].Pending != "decline_quotes" || review.Rows[2].Pending != "accept_quotes" || review.Rows[1].Pending != "" {
		t.Errorf("got %+v", review)
	}
	h.deliver(s)
	if s.Device(1).Status != repair.Declined && s.Device(1).Status != repair.Unrepaired || s.Device(3).Status != repair.Accepted {
		t.Errorf("the centre has %s and %s", s.Device(1).Status, s.Device(3).Status)
	}
	open, err := h.OpenQuotes(h.ctx())
	h.ok(err)
	if len(open) != 1 || open[0].Number != "JM-260302-0001" {
		t.Errorf("one is still to be answered: %+v", open)
	}
}

func TestThePaySheetSaysWhatIsOwedAndToWhom(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Quote(repair.Normal, repair.Normal)
	h.tell(s.Case)
	h.tellCentre(centre)
	_, err := h.DecideQuotes(h.ctx(), QuoteChoice{Order: theOrder, Accept: []string{string(rt.QuoteID(1)), string(rt.QuoteID(2))}})
	h.ok(err)
	sheet, err := h.PaySheet(h.ctx(), theOrder) // offline, with the decision on its way
	h.ok(err)
	if len(sheet.Due) != 1 || sheet.Due[0].Amount != rt.USD(24000) || sheet.Due[0].Reference != "JM-260302-0001-P1" ||
		len(sheet.Due[0].Payees) != 1 || sheet.PayeeChanged {
		t.Fatalf("got %+v", sheet)
	}
	voucher := repair.Command{Kind: repair.CmdSendVoucher, WorkOrder: rt.OrderID, Payment: &repair.VoucherSent{
		Quotes: sheet.Due[0].Quotes, Amount: sheet.Due[0].Amount, Method: repair.PayBankTransfer, Vouchers: []repair.FileRef{rt.Photo}}}
	_, err = h.Do(h.ctx(), voucher)
	h.ok(err)
	h.deliver(s)
	if len(s.Case.Payments) != 1 || s.Case.Payments[0].Reference != sheet.Due[0].Reference {
		t.Errorf("the centre has %+v", s.Case.Payments)
	}
	if sheet, err = h.PaySheet(h.ctx(), theOrder); err != nil || len(sheet.Due) != 0 || sheet.Payments[0].Status != repair.PaymentVoucherSent {
		t.Errorf("got %+v %v", sheet, err)
	}
}

func TestWhatIsMissingIsPaidForTheSamePayment(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Accepted().Must(rt.Farmer, rt.Voucher(1, 1, 2)).Must(rt.Office, rt.Decide(1, repair.PaymentUnderpaid, rt.USD(20000)))
	h.tell(s.Case)
	h.tellCentre(centre)
	sheet, err := h.PaySheet(h.ctx(), theOrder)
	h.ok(err)
	if len(sheet.Due) != 1 {
		t.Fatalf("%+v", sheet.Due)
	}
	due := sheet.Due[0]
	if due.Amount != rt.USD(4000) || due.Whole != rt.USD(24000) || due.Arrived != rt.USD(20000) || due.Payment != rt.PaymentID(1) ||
		due.Reference != s.Case.Payments[0].Reference || len(due.Payees) != 1 {
		t.Errorf("%+v", due)
	}
	needs, err := h.Needs(h.ctx())
	h.ok(err)
	if len(needs) == 0 || needs[0].Kind != "payment_due" || needs[0].Money[0] != rt.USD(4000) {
		t.Errorf("%+v", needs)
	}
	_, err = h.Do(h.ctx(), repair.Command{Kind: repair.CmdSendVoucher, WorkOrder: rt.OrderID, Payment: &repair.VoucherSent{
		ID: due.Payment, Quotes: due.Quotes, Amount: due.Whole, Method: repair.PayBankTransfer, Vouchers: []repair.FileRef{rt.Photo}}})
	h.ok(err)
	h.deliver(s)
	if s.Case.Payments[0].Status != repair.PaymentVoucherSent || len(s.Case.Payments) != 1 {
		t.Errorf("%+v", s.Case.Payments)
	}
}

func TestAPaymentPageIsAskedForAndAskedForAgain(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Accepted()
	taking := centre
	taking.Settings.Methods = append(slices.Clone(taking.Settings.Methods), repair.PayCryptoCheckout)
	s.With(func(set *repair.Settings) { set.Methods = taking.Settings.Methods })
	h.tell(s.Case)
	h.tellCentre(centre)
	if sheet, err := h.PaySheet(h.ctx(), theOrder); err != nil || sheet.Checkout {
		t.Fatalf("a page where the centre has none: %v", err)
	}
	h.tellCentre(taking)
	sheet, err := h.PaySheet(h.ctx(), theOrder)
	h.ok(err)
	if !sheet.Checkout {
		t.Fatal("no page is offered")
	}
	choose := repair.Command{Kind: repair.CmdChoosePayment, WorkOrder: rt.OrderID, Payment: &repair.VoucherSent{
		Quotes: sheet.Due[0].Quotes, Amount: sheet.Due[0].Whole, Method: repair.PayCryptoCheckout}}
	_, err = h.Do(h.ctx(), choose)
	h.ok(err)
	h.deliver(s)
	says := func(status repair.CheckoutStatus) {
		s.Case.NoteCheckout(s.Case.Payments[0].ID, repair.CheckoutNews{Checkout: repair.Checkout{Invoice: "a", Link: "https://pay.example/i/a",
			Amount: rt.USD(24000), ExpiresAt: s.Env.Now, Watched: s.Env.Now, Status: status}}, s.Env)
		h.tell(s.Case)
	}
	says(repair.CheckoutOpen)
	sheet, err = h.PaySheet(h.ctx(), theOrder)
	h.ok(err)
	if len(sheet.Due) != 0 || sheet.Payments[0].Checkout.Link != "https://pay.example/i/a" {
		t.Errorf("%+v", sheet)
	}
	needs, err := h.Needs(h.ctx())
	h.ok(err)
	if len(needs) == 0 || needs[0].Kind != "payment_due" || needs[0].Money[0] != rt.USD(24000) {
		t.Errorf("%+v", needs)
	}
	says(repair.CheckoutExpired)
	sheet, err = h.PaySheet(h.ctx(), theOrder)
	h.ok(err)
	if len(sheet.Due) != 1 || sheet.Due[0].Reference != s.Case.Payments[0].Reference {
		t.Fatalf("%+v", sheet.Due)
	}
	choose.ID, choose.Payment.ID = "", s.Case.Payments[0].ID
	_, err = h.Do(h.ctx(), choose)
	h.ok(err)
	h.deliver(s)
	if p := s.Case.Payments; len(p) != 1 || p[0].Status != repair.PaymentChosen || len(p[0].Earlier) != 1 {
		t.Errorf("%+v", p)
	}
}

func TestAChangedPayeeStopsThePerson(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Accepted()
	h.tell(s.Case)
	h.tellCentre(centre)
	sheet, err := h.TrustPayee(h.ctx(), theOrder)
	h.ok(err)
	if len(sheet.Due) == 0 || sheet.PayeeChanged {
		t.Fatalf("got %+v", sheet)
	}
	other := centre
	other.Payees = []repair.Payee{{Method: repair.PayBankTransfer, Currency: "USD", Name: "Jasmine Care Ltd", Account: "XX99 0000"}}
	h.tellCentre(other)
	if sheet, err = h.PaySheet(h.ctx(), theOrder); err != nil || !sheet.PayeeChanged {
		t.Errorf("the change is not seen: %v", err)
	}
	if sheet, err = h.TrustPayee(h.ctx(), theOrder); err != nil || sheet.PayeeChanged {
		t.Errorf("after the person has checked it: %v", err)
	}
}

func TestNeedsNameOneThingAndOneAction(t *testing.T) {
	for stage, want := range map[repair.Stage]string{
		repair.StageNeedInfo:         "question",
		repair.StageReturnConfirmed:  "ready_to_pack",
		repair.StageParcelRejected:   "parcel_rejected",
		repair.StageAwaitingDecision: "quotes_to_answer",
		repair.StageAwaitingPayment:  "payment_due",
	} {
		h := at(t)
		h.tell(rt.At(stage).Case)
		needs, err := h.Needs(h.ctx())
		h.ok(err)
		found := false
		for _, n := range needs {
			found = found || n.Kind == want && n.Count > 0 && n.Route != "" && n.Number == "JM-260302-0001"
		}
		if !found {
			t.Errorf("%s: %+v, want %s", stage, needs, want)
		}
	}
}

func TestTheBenchSeesWhatWaitsAtEachStage(t *testing.T) {
	for _, c := range []struct {
		story *rt.Story
		want  string
	}{
		{rt.Filed(2), "diagnose"},
		{rt.Filed(2).Send(), "receive"},
		{rt.Filed(2).Arrive(), "inspect"},
		{rt.Filed(2).Inspect(repair.Normal, repair.Normal), "quote"},
		{rt.Filed(2).Accepted().Must(rt.Farmer, rt.Voucher(1, 1, 2)), "payments"},
		{rt.Filed(2).Paid(), "repair"},
		{rt.Filed(2).Paid().Repair(1, 2), "ship"},
		{rt.Filed(2).Must(rt.Farmer, rt.Correction(1, 1, "JXT2600099Q")), "corrections"},
		{rt.Filed(2).Accepted(), ""},
	} {
		h := at(t)
		h.who = rt.Office
		h.tell(c.story.Case)
		for _, name := range benchStages {
			page, err := h.Bench(h.ctx(), name, "")
			h.ok(err)
			if name == c.want && (page.Total != 1 || page.Counts[name] == 0) {
				t.Errorf("nothing to %s: %v", name, page.Counts)
			}
			if c.want == "" && page.Total != 0 {
				t.Errorf("nothing waits, but there is something to %s", name)
			}
		}
		needs, err := h.Needs(h.ctx())
		h.ok(err)
		if (len(needs) > 0) != (c.want != "") {
			t.Errorf("%s: %+v", c.want, needs)
		}
	}
}

func TestAWaybillAtTheDoorSaysWhoseParcelItIs(t *testing.T) {
	h := at(t)
	h.who = rt.Technician
	s := rt.Filed(2).Send()
	for _, c := range []struct{ tell, want string }{{"sent", "expected"}, {"received", "already_received"}} {
		if c.tell == "received" {
			s.Must(rt.Technician, rt.Receive(1, 1, 2))
		}
		h.tell(s.Case)
		for _, code := range []string{string(rt.Waybill(1)), "LABEL:JM-260302-0001::1"} {
			got, err := h.FindParcel(h.ctx(), code)
			h.ok(err)
			if got.Outcome != c.want || got.Order.ID != rt.OrderID || len(got.Expected) != 2 {
				t.Errorf("%s: %+v", code, got)
			}
		}
	}
	if got, err := h.FindParcel(h.ctx(), "SF9999999999999"); err != nil || got.Outcome != "unknown" {
		t.Errorf("got %+v %v", got, err)
	}
}

func TestDeadlinesAndTracksAreListed(t *testing.T) {
	h := at(t)
	told := rt.At(repair.StagePartiallyShipped).Case
	told.Shipments[0].Trouble = &repair.TrackTrouble{Code: "tracking.phone_needed", Source: "sf", At: told.Shipments[0].ShippedAt}
	h.tell(told)
	rows, err := h.Tracking(h.ctx(), "")
	h.ok(err)
	if len(rows) != 1 || rows[0].Direction != "home" || rows[0].Page == "" || rows[0].Trouble == nil || rows[0].Trouble.Source != "sf" {
		t.Errorf("got %+v", rows)
	}
	if rows, err = h.Tracking(h.ctx(), theOrder); err != nil || len(rows) != 2 {
		t.Errorf("of one work order: %+v %v", rows, err)
	}
	h2 := at(t)
	h2.tell(rt.Filed(2).Arrive().Case)
	deadlines, err := h2.Deadlines(h2.ctx())
	h2.ok(err)
	for _, dl := range deadlines {
		if dl.Deadline.Why.Rule == "" {
			t.Errorf("R50 a day without its why: %+v", dl)
		}
	}
}

func TestPreferencesAreKeptAndChecked(t *testing.T) {
	h := at(t)
	p, err := h.Preferences(h.ctx())
	h.ok(err)
	p.Language, p.Profile = "zh-CN", repair.Contact{Name: "Aigerim", Phone: "1234567"}
	_, err = h.SetPreferences(h.ctx(), p)
	h.ok(err)
	if got, _ := h.Preferences(h.ctx()); got.Language != "zh-CN" {
		t.Errorf("got %+v", got)
	}
	if v, err := h.CreateDraft(h.ctx(), ""); err != nil || v.Contact.Name != "Aigerim" {
		t.Errorf("the first draft takes the profile: %+v %v", v.Contact, err)
	}
	p.Theme = "purple"
	_, err = h.SetPreferences(h.ctx(), p)
	h.refused(err, "settings.value_invalid")
	c, err := h.Catalog(h.ctx())
	h.ok(err)
	if len(c.Models) == 0 || len(c.Carriers) == 0 || len(c.Countries) != 249 {
		t.Errorf("%d models, %d countries", len(c.Models), len(c.Countries))
	}
}
