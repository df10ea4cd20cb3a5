package app

import (
	"slices"
	"strings"
	"testing"

	"hashmend/backend/desk"
	"hashmend/backend/label"
	"hashmend/backend/repair"
)

// said lays out one of the centre's papers and gives its lines of text.
func said(t *testing.T, document, language string, papers desk.CentrePapers) (pages int, lines []string) {
	t.Helper()
	var h house
	var out label.Pages
	data := desk.LabelData{Order: repair.WorkOrder{Number: "JM-260302-0001", Reference: "PO-7", Contact: repair.Contact{Company: "Farm"}},
		Centre: repair.CentreInfo{LabelHost: "RMA.EXAMPLE"}, Papers: papers}
	engine, err := h.prints.fonts()
	if err != nil {
		t.Fatal(err)
	}
	p := paper{engine: engine, request: desk.LabelRequest{Document: document, Language: language}, data: data}
	draw := map[string]func(label.Backend) error{documentReport: p.reports, documentQuote: p.quote, documentReceipt: p.receipts}[document]
	if err := draw(&out); err != nil {
		t.Fatal(err)
	}
	for _, page := range out {
		for _, item := range page.Items {
			if text, is := item.(label.Text); is {
				lines = append(lines, text.Line.Text)
			}
		}
	}
	return len(out), lines
}

func says(t *testing.T, lines []string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, w) }) {
			t.Errorf("nothing says %q:\n%s", w, strings.Join(lines, "\n"))
		}
	}
}

func usd(cents int64) repair.Money { return repair.Money{Amount: cents, Currency: "USD"} }

var first = repair.Device{ID: "d1", Line: 1, Serial: "JXT2600001Q", Model: "X16-Q", Complaint: "dead after a storm", Inspection: &repair.Inspection{
	Class: repair.Scrap, Warranty: repair.WarrantyVoid, WarrantyWhy: repair.Why{Rule: "R29"}, Faults: []string{"F06"}, VoidCodes: []string{"V11"},
	ScrapCodes: []string{"S01"}, Findings: "board 2 is black", Damage: "logistics", At: "2026-03-05T08:00:00Z",
}}

func TestAReportSaysWhatWasFound(t *testing.T) {
	t.Parallel()
	pages, lines := said(t, documentReport, "en", desk.CentrePapers{Inspected: []repair.Device{first}})
	says(t, lines, "Inspection report", "JM-260302-0001", "Farm", "2026-03-05", "JXT2600001Q", "X16-Q", "dead after a storm", "F06", "Chips missing",
		"V11", "S01", "Burnt", "board 2 is black", "Beyond repair · Damaged on the way", "Warranty void (R29)")
	if pages != 1 {
		t.Errorf("%d pages", pages)
	}
	_, lines = said(t, documentReport, "zh-CN", desk.CentrePapers{Inspected: []repair.Device{first}})
	says(t, lines, "检测报告", "掉芯片", "报废，无法维修 · 运输途中损坏", "保修失效 (R29)")
}

// Half past midnight in Shenzhen is another day than in Greenwich; deadlines count
// from the day that the paper says.
func TestPaperSaysTheDayOfTheGuide(t *testing.T) {
	t.Parallel()
	late := first
	found := *first.Inspection
	found.At = "2026-03-05T16:30:00Z"
	late.Inspection = &found
	_, lines := said(t, documentReport, "en", desk.CentrePapers{Inspected: []repair.Device{late}})
	says(t, lines, "2026-03-06")
	p := paper{data: desk.LabelData{Zone: "Europe/Berlin", Order: repair.WorkOrder{SubmittedAt: "2026-03-05T23:30:00Z"}}}
	if got := p.manifest().Date; got != "2026-03-06" {
		t.Errorf("the packing list of a centre in Berlin says %s", got)
	}
	if got := p.day("2026-03-05T16:30:00Z"); got != "2026-03-05" {
		t.Errorf("half past five in Berlin is on %s", got)
	}
	if got := p.day(""); got != "" {
		t.Errorf("no day is %q", got)
	}
}

func TestARefusalSaysWhy(t *testing.T) {
	t.Parallel()
	refused := desk.CentrePapers{Devices: map[repair.DeviceID]repair.Device{"d1": first}, Refused: []repair.Parcel{{
		Carrier: "sf", WaybillNumber: "SF3297600000511", Devices: []repair.DeviceID{"d1"},
		Rejection: &repair.Rejection{Reason: repair.RejectMismatch, Note: "one too many", At: "2026-03-04T08:00:00Z"},
	}}}
	_, lines := said(t, documentReport, "en", refused)
	says(t, lines, "Refusal report", "Parcel refused: what is in it is not what the work order says (R16)", "one too many", "2026-03-04", "SF3297600000511", "JXT2600001Q")
	for _, line := range lines {
		if strings.Contains(line, "Beyond repair") || line == "Finding" {
			t.Errorf("a refusal tells of an inspection: %s", line)
		}
	}
	_, lines = said(t, documentReport, "zh-CN", refused)
	says(t, lines, "拒收报告", "拒收：实物与工单不符 (R16)")
}

// Every reason that a centre may give has its words in every language of the paper.
func TestEveryReasonHasItsWordsOnPaper(t *testing.T) {
	t.Parallel()
	codes := []string{"class.normal", "class.mixed", "class.scrap", "class.no_repair_value", "class.no_fault_found",
		"warranty.in", "warranty.out", "warranty.void", "warranty.unknown", "damage.logistics", "damage.user", "damage.centre", "method.bank_transfer", "method.usdt_trc20"}
	for _, r := range repair.RejectionReasons() {
		codes = append(codes, "refusal."+r.Code)
	}
	for _, code := range codes {
		for _, language := range []string{"en", "zh-CN", "ru", "es", "ar"} {
			if label.PaperWord(code, language) == code {
				t.Errorf("%s has no words in %s", code, language)
			}
		}
	}
}

func quoted() desk.CentrePapers {
	one := repair.Quote{ID: "q1", Device: "d1", Lines: []repair.QuoteLine{{Code: "F05", Text: "hash board", Amount: usd(12000)}}, Total: usd(12000),
		Note: "with a new fan", IssuedAt: "2026-03-05T08:00:00Z", ValidUntil: "2026-03-12"}
	two := repair.Quote{ID: "q2", Device: "d2", Lines: []repair.QuoteLine{{Text: "cleaning", Amount: usd(3050)}}, Total: usd(3050),
		IssuedAt: "2026-03-06T08:00:00Z", ValidUntil: "2026-03-13"}
	return desk.CentrePapers{
		Devices: map[repair.DeviceID]repair.Device{"d1": first, "d2": {ID: "d2", Serial: "JXT2600002Q"}},
		Quotes:  map[repair.QuoteID]repair.Quote{"q1": one, "q2": two}, Offered: []repair.Quote{one, two},
	}
}

func TestAQuoteSaysWhatIsAskedForAndNamesNoAccount(t *testing.T) {
	t.Parallel()
	papers := quoted()
	pages, lines := said(t, documentQuote, "en", papers)
	says(t, lines, "Quote", "JM-260302-0001", "PO-7", "2026-03-06", "2026-03-12", "JXT2600001Q", "F05 hash board", "120.00", "with a new fan",
		"JXT2600002Q", "30.50", "150.50 USD", "Only to the account that the program shows")
	if pages != 1 {
		t.Errorf("%d pages", pages)
	}
	papers.Offered[1].Total.Currency = "CNY"
	if pages, lines = said(t, documentQuote, "zh-CN", papers); pages != 2 {
		t.Errorf("currencies share a page: %v", lines)
	}
	says(t, lines, "报价单", "120.00 USD", "30.50 CNY")
}

func TestAReceiptSaysWhatHasArrivedAndWhatWentBack(t *testing.T) {
	t.Parallel()
	papers := quoted()
	papers.Receipts = []repair.Payment{{Quotes: []repair.QuoteID{"q1", "q2"}, Amount: usd(15050), Received: usd(16000), Method: repair.PayBankTransfer,
		ReceiptNumber: "JM-260302-0001-P1-R", ConfirmedAt: "2026-03-08T08:00:00Z", Refunds: []repair.Refund{{Amount: usd(950), At: "2026-03-09T08:00:00Z"}}}}
	_, lines := said(t, documentReceipt, "en", papers)
	says(t, lines, "Payment receipt", "JM-260302-0001-P1-R", "2026-03-08", "Bank transfer", "120.00", "30.50", "160.00 USD",
		"Asked for: 150.50 USD · Given back 2026-03-09: 9.50 USD")
	_, lines = said(t, documentReceipt, "zh-CN", papers)
	says(t, lines, "收据", "银行转账", "应付金额: 150.50 USD · 已退款 2026-03-09: 9.50 USD")
}
