package desk

import (
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// papers says which of the centre's papers can be printed, and holds that a
// request for one of the others is refused with the reason.
func (h *hand) papers(want ...string) CentrePapers {
	h.t.Helper()
	list, err := h.LabelPapers(h.ctx(), theOrder)
	h.ok(err)
	var got []string
	var facts CentrePapers
	for _, paper := range list {
		data, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder, Document: paper.Document})
		if paper.Why != "" {
			h.refused(err, paper.Why)
			continue
		}
		h.ok(err)
		if data.Draft || data.Order.Number == "" {
			h.t.Errorf("%s is a draft: %+v", paper.Document, data.Order)
		}
		got, facts = append(got, paper.Document), data.Papers
	}
	if len(got) != len(want) {
		h.t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			h.t.Errorf("got %v, want %v", got, want)
		}
	}
	return facts
}

func TestAReportNeedsAnInspection(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Arrive()
	h.tell(s.Case)
	h.papers()
	h.tell(s.Inspect(repair.Scrap, repair.Normal).Case)
	if facts := h.papers("report"); len(facts.Inspected) != 2 || len(facts.Refused) != 0 {
		t.Errorf("%+v", facts)
	}
}

func TestAReportNeedsARefusal(t *testing.T) {
	h := at(t)
	s := rt.Filed(1).Send()
	h.tell(s.Case)
	h.papers()
	h.tell(s.Must(rt.Office, rt.Reject(1, repair.RejectMismatch)).Case)
	facts := h.papers("report")
	if len(facts.Refused) != 1 || facts.Refused[0].Rejection.Reason != repair.RejectMismatch {
		t.Errorf("%+v", facts)
	}
}

func TestAQuoteOnPaperIsOneToAnswerOrToPay(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Arrive().Inspect(repair.Scrap, repair.Normal)
	h.tell(s.Case)
	h.papers("report")
	s.Must(rt.Office, rt.SendQuotes(rt.Price(2, 2, rt.USD(9000)), rt.Price(1, 1, rt.USD(12000))))
	h.tell(s.Case)
	if facts := h.papers("report", "quote"); len(facts.Offered) != 2 || facts.Devices[facts.Offered[0].Device].Line != 1 {
		t.Errorf("device by device: %+v", facts.Offered)
	}
	h.tell(s.Must(rt.Farmer, rt.Decline(1)).Must(rt.Farmer, rt.Accept(2)).Case)
	if facts := h.papers("report", "quote"); len(facts.Offered) != 1 || facts.Offered[0].ID != rt.QuoteID(2) {
		t.Errorf("a declined quote is offered: %+v", facts.Offered)
	}
}

func TestAReceiptNeedsAConfirmedPayment(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Accepted().Must(rt.Farmer, rt.Voucher(1, 1, 2))
	h.tell(s.Case)
	h.papers("report", "quote")
	h.tell(s.Must(rt.Office, rt.Decide(1, repair.PaymentConfirmed, repair.Money{})).Case)
	if facts := h.papers("report", "receipt"); len(facts.Receipts) != 1 || facts.Receipts[0].ReceiptNumber != "JM-260302-0001-P1-R" {
		t.Errorf("%+v", facts.Receipts)
	}
}

func TestADraftHasNoPaperOfTheCentre(t *testing.T) {
	h := at(t)
	list, err := h.LabelPapers(h.ctx(), h.draft(2))
	h.ok(err)
	for _, paper := range list {
		if paper.Why == "" {
			t.Errorf("%+v", paper)
		}
	}
}
