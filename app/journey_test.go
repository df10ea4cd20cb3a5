package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// A farm's table becomes a work order, and its devices come home in two
// shipments: everything through the bound structs and over HTTP, with the network
// cut twice. At the end desk and centre agree on every device, and the work order
// exists once.
func TestTheWholeJourney(t *testing.T) {
	t.Parallel()
	j := begin(t)
	j.draft()
	j.send()
	j.diagnose()
	j.pack()
	j.receiveAndInspect()
	j.answerQuotes()
	j.pay()
	j.repairAndShip()
	j.agree()
}

// journey is the story and what it has learnt so far.
type journey struct {
	t   *testing.T
	app *App
	way *cuttable
	now *clock

	start   *Start
	orders  *Orders
	drafts  *Drafts
	packing *Packing
	quotes  *Quotes
	sync    *Sync

	draftID string
	order   string
	devices []repair.Device
}

// clock is the wall clock of the story: waiting for a hold costs nothing.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// cuttable is a network that can be cut, before a request arrives or after it
// was answered.
type cuttable struct {
	mu     sync.Mutex
	cut    string // "", "before", "after"
	losses int
}

func (c *cuttable) set(cut string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = cut
}

func (c *cuttable) lost() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.losses
}

func (c *cuttable) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	cut := c.cut
	write := r.Method == http.MethodPut
	if cut == "before" || cut == "after" && write {
		c.losses++
	}
	c.mu.Unlock()
	if cut == "before" {
		return nil, errors.New("the cable is out")
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && cut == "after" && write {
		_ = response.Body.Close()
		return nil, errors.New("the cable came out while the answer was on its way")
	}
	return response, err
}

func begin(t *testing.T) *journey {
	t.Helper()
	j := &journey{t: t, way: &cuttable{}, now: &clock{}}
	j.app = opened(t, func(c *Config) { c.Now, c.HTTP = j.now.Now, j.way })
	j.start, j.orders, j.drafts = &Start{j.app}, &Orders{j.app}, &Drafts{j.app}
	j.packing, j.quotes, j.sync = &Packing{j.app}, &Quotes{j.app}, &Sync{j.app}
	must[desk.Session](t)(j.start.Practise())
	j.settled()
	return j
}

// settled waits until everything has gone and come.
func (j *journey) settled() {
	j.t.Helper()
	eventually(j.t, j.app, "everything is sent and fetched", func() bool {
		s := must[desk.SyncStatus](j.t)(j.sync.Now())
		if s.Refused > 0 {
			rows := must[[]desk.OutboxRow](j.t)(j.sync.Outbox())
			j.t.Fatalf("the centre refused %+v: %v", rows, rows[0].Reason)
		}
		return s.State == "up_to_date"
	})
}

func (j *journey) as(role repair.Role) {
	j.t.Helper()
	must[desk.Session](j.t)(j.start.SwitchRole(role))
	j.settled()
	if j.order != "" {
		j.look()
	}
}

// do decides something about the work order and waits for the centre.
func (j *journey) do(c repair.Command) {
	j.t.Helper()
	c.WorkOrder = repair.WorkOrderID(j.order)
	must[desk.OutboxRow](j.t)(j.orders.Do(c))
	j.settled()
	j.look()
}

// look reads the devices as the desk shows them now.
func (j *journey) look() {
	j.t.Helper()
	page := must[desk.DevicePage](j.t)(j.orders.Devices(desk.DeviceQuery{Order: j.order, Limit: 200}))
	j.devices = nil
	for _, row := range page.Rows {
		j.devices = append(j.devices, row.Device)
	}
}

func (j *journey) ids() (ids []repair.DeviceID) {
	for _, d := range j.devices {
		ids = append(ids, d.ID)
	}
	return ids
}

func (j *journey) stage(want repair.Stage) {
	j.t.Helper()
	if got := must[desk.OrderView](j.t)(j.orders.Get(j.order)).Order.Stage; got != want {
		j.t.Fatalf("the work order is %s, want %s", got, want)
	}
}

// local asks for something under /local/, as the page does.
func (j *journey) local(method, path string, body io.Reader, into any) []byte {
	j.t.Helper()
	w := httptest.NewRecorder()
	j.app.Local().ServeHTTP(w, httptest.NewRequest(method, path, body))
	if w.Code != http.StatusOK {
		j.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	if into != nil {
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			j.t.Fatal(err)
		}
	}
	return w.Body.Bytes()
}

// table is what a farm sends: a title, a duplicate, and a total.
const table = "Farm North — machines to repair,,,\n" +
	"SN;Model;Problem;Shipped\n" +
	"JX26016P3YD25TS;X16-Q;no hash;2024-01-05\n" +
	"SL6091E3R3E28JS;X4;noisy fan;2024-02-05\n" +
	"SL4821CP643DXTL;X4;one board missing;2024-02-05\n" +
	"JX26016P3YD25TS;X16-Q;no hash;2024-01-05\n" +
	"JX43235KZXMUJ47;X16-Q;does not start;2024-03-05\n" +
	"Total;4;;\n"

func (j *journey) draft() {
	d := must[desk.DraftView](j.t)(j.drafts.Create(""))
	j.draftID = d.ID
	must[desk.DraftView](j.t)(j.drafts.SetHeader(d.ID, desk.DraftHeader{
		Contact: repair.Contact{Company: "North Ridge — 北岭", Name: "Айгерим 🐎 שלום", Phone: "+7 701 000 00 00", Email: "a@example.com", Language: "ru"},
		ReturnAddress: repair.Address{
			Country: "KZ", Province: "Pavlodar", City: "Ekibastuz", Street: "1 Test street", Postcode: "141200",
			Recipient: "Айгерим", Phone: "+7 701 000 00 00",
		},
		Reference: "journey-1",
	}))
	var job desk.ImportView
	j.local("POST", "/local/import?draft="+d.ID+"&name=farm.csv", strings.NewReader(table), &job)
	eventually(j.t, j.app, "the table is read", func() bool {
		job = must[desk.ImportView](j.t)(j.drafts.Import(job.Job))
		return job.State != "reading"
	})
	if job.State != "done" || job.Added != 5 {
		j.t.Fatalf("import %+v", job)
	}
	if d = must[desk.DraftView](j.t)(j.drafts.RemoveDuplicates(d.ID)); d.RowCount != 4 || d.Blocking != 0 {
		j.t.Fatalf("%d rows, %+v", d.RowCount, d.Findings)
	}
}

// send files the draft. The network is cut while the answer is on its way: the
// centre has the work order and the desk does not know.
func (j *journey) send() {
	j.way.set("after")
	d := must[desk.DraftView](j.t)(j.drafts.Send(j.draftID))
	if d.State != desk.MarkHolding {
		j.t.Fatalf("the draft is %s", d.State)
	}
	j.now.pass(10 * time.Second)
	eventually(j.t, j.app, "the answer was lost", func() bool {
		must[desk.SyncStatus](j.t)(j.sync.Now())
		return j.way.lost() >= 2
	})
	rows := must[[]desk.OutboxRow](j.t)(j.sync.Outbox())
	if len(rows) != 1 || rows[0].Mark == desk.MarkRefused || rows[0].Mark == desk.MarkSent {
		j.t.Fatalf("not known is shown as %+v", rows)
	}
	j.order = rows[0].ID
	if s := must[desk.SyncStatus](j.t)(j.sync.Status()); s.Waiting != 1 {
		j.t.Errorf("status %+v", s)
	}
	j.way.set("")
	j.settled()
	j.look()
	if len(j.devices) != 4 {
		j.t.Fatalf("%d devices", len(j.devices))
	}
	j.stage(repair.StageSubmitted)
	j.labels(true)
}

// labels checks the paper: a draft until the return is confirmed (R03, R15).
func (j *journey) labels(draft bool) {
	j.t.Helper()
	labels := &Labels{j.app}
	for _, document := range []string{"box", "device", "sheet", "marks", "manifest", "guidance"} {
		p := must[desk.LabelPreview](j.t)(labels.Preview(desk.LabelRequest{Order: j.order, Document: document, Language: "en"}))
		if p.Draft != draft || p.Pages == 0 || draft != (p.DraftWhy != "") {
			j.t.Errorf("%s: %+v, want draft %v", document, p, draft)
		}
		if svg := j.local("GET", strings.Replace(p.PageURL, "{n}", "1", 1), nil, nil); !bytes.Contains(svg, []byte("<svg")) {
			j.t.Errorf("%s: not a picture: %.80s", document, svg)
		}
		if pdf := j.local("GET", p.PDFURL, nil, nil); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			j.t.Errorf("%s: not a PDF: %.80s", document, pdf)
		}
	}
	saved := must[desk.SavedFile](j.t)(labels.Save(desk.LabelRequest{Order: j.order, Document: "box"}))
	if u, err := url.Parse(saved.URL); err != nil || !bytes.HasPrefix(j.local("GET", u.EscapedPath(), nil, nil), []byte("%PDF-")) {
		j.t.Errorf("saved %+v, %v", saved, err)
	}
}

func (j *journey) diagnose() {
	j.as(repair.RoleTechnician)
	j.do(repair.Command{Kind: repair.CmdDiagnose, Diagnosis: &repair.DiagnosisGiven{Result: repair.ReturnRecommended, Note: "send all"}})
}

// waybills of the two boxes.
var waybills = []string{"SF3297600000011", "SF3297600000012"}

func (j *journey) pack() {
	j.as(repair.RoleCustomer)
	view := must[desk.PackView](j.t)(j.packing.Get(j.order))
	for len(view.Boxes) < 2 {
		view = must[desk.PackView](j.t)(j.packing.AddBox(j.order))
	}
	for i, d := range j.devices {
		scan := must[desk.PackScan](j.t)(j.packing.Scan(j.order, view.Boxes[i/2].Seq, string(d.Serial)))
		if scan.Outcome != "packed" {
			j.t.Fatalf("scan %+v", scan)
		}
	}
	for i, box := range view.Boxes {
		must[desk.PackView](j.t)(j.packing.SetBox(j.order, box.Seq, desk.BoxInput{
			Carrier: "sf", Waybill: waybills[i], WaybillAgain: waybills[i],
			FreightTerms: repair.FreightPrepaid, DeliveryMode: repair.DeliveryDoor, SenderPhone: "13800138000", WeightGrams: 12000,
		}))
	}
	var steps []string
	for _, s := range view.Checklist {
		steps = append(steps, s.ID)
	}
	view = must[desk.PackView](j.t)(j.packing.Tick(j.order, steps))
	if view.Blocking != 0 {
		j.t.Fatalf("packing is blocked: %+v", view.Findings)
	}
	j.labels(false)
	j.papers()
	codes := j.boxCodes()
	for i, code := range codes {
		if scan := must[desk.PackScan](j.t)(j.packing.Scan(j.order, 0, code)); scan.Outcome != "box" || scan.Box != i+1 || scan.Check.Outcome != desk.CheckVerified {
			j.t.Errorf("the label of box %d: %s, %+v", i+1, scan.Outcome, scan.Check)
		}
	}
	must[desk.PackView](j.t)(j.packing.Confirm(j.order))
	j.settled()
	j.vouch(codes)
	must[desk.PackView](j.t)(j.packing.HandOver(j.order, []int{view.Boxes[0].Seq, view.Boxes[1].Seq}))
	j.settled()
}

// papers lays out those papers of the centre whose facts exist, in every
// language, and is told of the others why not yet.
func (j *journey) papers(exist ...string) {
	j.t.Helper()
	labels := &Labels{j.app}
	for _, paper := range must[[]desk.LabelPaper](j.t)(labels.Papers(j.order)) {
		if (paper.Why == "") != slices.Contains(exist, paper.Document) {
			j.t.Errorf("of %v: %+v", exist, paper)
		}
		for _, language := range []string{"en", "zh-CN", "ru", "es", "ar"} {
			p, err := labels.Preview(desk.LabelRequest{Order: j.order, Document: paper.Document, Language: language})
			if paper.Why != codeOf(err) || err == nil && (p.Draft || p.Pages == 0) {
				j.t.Errorf("%s in %s: %+v, %v", paper.Document, language, p, err)
			}
		}
	}
}

func (j *journey) receiveAndInspect() {
	j.as(repair.RoleTechnician)
	bench := &Bench{j.app}
	for _, w := range waybills {
		found := must[desk.ParcelFound](j.t)(bench.FindParcel(w))
		if found.Outcome != "expected" {
			j.t.Fatalf("at the door: %+v", found)
		}
		receipt := repair.GoodsReceipt{Parcel: found.Parcel.ID}
		for _, d := range found.Expected {
			receipt.Scanned = append(receipt.Scanned, repair.SerialNumber(d.Serial))
		}
		j.do(repair.Command{Kind: repair.CmdReceiveParcel, Receipt: &receipt})
	}
	var offers []repair.QuoteOffer
	for i, d := range j.devices {
		given := repair.InspectionGiven{Device: d.ID, Class: repair.Normal, VoidCodes: []string{"V01"}, Findings: "seen"}
		if i == 2 {
			given = repair.InspectionGiven{Device: d.ID, Class: repair.Scrap, ScrapCodes: []string{"S01"}, Findings: "burnt"}
		}
		j.do(repair.Command{Kind: repair.CmdInspect, Inspection: &given})
		offers = append(offers, repair.QuoteOffer{Device: d.ID, Lines: []repair.QuoteLine{{Code: "F05", Text: "hash board", Amount: repair.Money{Amount: 12000, Currency: "USD"}}}})
	}
	j.do(repair.Command{Kind: repair.CmdSendQuotes, Offers: offers})
	j.papers("report", "quote")
}

// answerQuotes declines the scrap device and accepts the others, with the network
// cut while that is decided. A normal device cannot be declined (R32).
func (j *journey) answerQuotes() {
	j.as(repair.RoleCustomer)
	review := must[desk.QuoteReview](j.t)(j.quotes.Review(j.order))
	choice := desk.QuoteChoice{Order: j.order, Accept: []string{}, Decline: []string{}}
	for _, row := range review.Rows {
		if row.Declinable {
			choice.Decline = append(choice.Decline, string(row.Quote.ID))
			continue
		}
		choice.Accept = append(choice.Accept, string(row.Quote.ID))
	}
	if len(choice.Accept) != 3 || len(choice.Decline) != 1 {
		j.t.Fatalf("choice %+v", choice)
	}
	_, err := j.orders.Do(repair.Command{Kind: repair.CmdDeclineQuotes, WorkOrder: repair.WorkOrderID(j.order), Quotes: []repair.QuoteID{repair.QuoteID(choice.Accept[0])}})
	if e := visible(err); err == nil || e.Rule != "R32" {
		j.t.Errorf("a normal device was declined: %v", err)
	}
	j.way.set("before")
	lost := j.way.lost()
	must[desk.QuoteReview](j.t)(j.quotes.Decide(choice))
	eventually(j.t, j.app, "the decision waits", func() bool {
		s := must[desk.SyncStatus](j.t)(j.sync.Now())
		return j.way.lost() > lost && s.State == "offline" && s.Waiting > 0 && s.Reason != nil
	})
	j.way.set("")
	j.settled()
	j.look()
}

func (j *journey) pay() {
	sheet := must[desk.PaySheet](j.t)((&Payments{j.app}).Sheet(j.order))
	if len(sheet.Due) != 1 || sheet.Due[0].Amount != (repair.Money{Amount: 36000, Currency: "USD"}) {
		j.t.Fatalf("due %+v", sheet.Due)
	}
	var voucher repair.FileRef
	j.local("POST", "/local/attach?name=transfer.png&type=image/png", strings.NewReader("\x89PNG\r\n\x1a\nproof"), &voucher)
	j.do(repair.Command{Kind: repair.CmdSendVoucher, Payment: &repair.VoucherSent{
		Quotes: sheet.Due[0].Quotes, Amount: sheet.Due[0].Amount, Method: repair.PayBankTransfer, Vouchers: []repair.FileRef{voucher},
	}})
	j.as(repair.RoleOffice)
	order := must[desk.OrderView](j.t)(j.orders.Get(j.order))
	if len(order.Payments) != 1 {
		j.t.Fatalf("payments %+v", order.Payments)
	}
	if got := j.local("GET", "/local/file/"+voucher.SHA256, nil, nil); !bytes.HasSuffix(got, []byte("proof")) {
		j.t.Errorf("the office sees %q", got)
	}
	j.do(repair.Command{Kind: repair.CmdDecidePayment, PaymentDecision: &repair.PaymentDecision{
		Payment: order.Payments[0].ID, Status: repair.PaymentConfirmed, Received: order.Payments[0].Amount,
	}})
	j.papers("report", "receipt") // what is paid is no longer offered
}

func (j *journey) repairAndShip() {
	j.as(repair.RoleTechnician)
	ids := j.ids()
	mended := slices.Delete(slices.Clone(ids), 2, 3) // not the scrap
	j.do(repair.Command{Kind: repair.CmdStartRepair, Devices: mended})
	j.do(repair.Command{Kind: repair.CmdFinishRepair, Devices: mended, Text: "new board"})
	j.do(repair.Command{Kind: repair.CmdTestResult, Devices: mended, Approve: true})
	j.do(repair.Command{Kind: repair.CmdReturnUnrepaired, Devices: ids[2:3], Text: "as it came"})
	for i, cargo := range [][]repair.DeviceID{ids[:2], ids[2:]} {
		j.do(repair.Command{Kind: repair.CmdShip, Ship: &repair.ShipmentPlan{
			Carrier: "sf", WaybillNumber: repair.WaybillNumber([]string{"SF3297600000511", "SF3297600000512"}[i]), Devices: cargo,
		}})
	}
	j.stage(repair.StageShipped)
	for _, s := range must[desk.OrderView](j.t)(j.orders.Get(j.order)).Shipments {
		j.do(repair.Command{Kind: repair.CmdTrackShipment, Track: &repair.TrackGiven{
			Shipment: s.ID, Event: repair.TrackEvent{Status: string(repair.ShipmentDelivered)},
		}})
	}
	j.as(repair.RoleCustomer)
}

// agree compares every device with the centre's own word.
func (j *journey) agree() {
	centre, is := j.app.inside.Load().now().centre.(interface {
		WorkOrder(ctx context.Context, id repair.WorkOrderID) (repair.Case, error)
	})
	if !is {
		j.t.Fatal("the centre cannot be asked for a work order")
	}
	theirs := must[repair.Case](j.t)(centre.WorkOrder(context.Background(), repair.WorkOrderID(j.order)))
	byLine := func(a, b repair.Device) int { return cmp.Compare(a.Line, b.Line) }
	slices.SortFunc(theirs.Devices, byLine)
	slices.SortFunc(j.devices, byLine)
	if len(theirs.Devices) != len(j.devices) {
		j.t.Fatalf("%d devices here, %d at the centre", len(j.devices), len(theirs.Devices))
	}
	for i, d := range theirs.Devices {
		mine, _ := json.Marshal(j.devices[i])
		other, _ := json.Marshal(d)
		if !bytes.Equal(mine, other) {
			j.t.Errorf("device %d here:\n%s\nat the centre:\n%s", d.Line, mine, other)
		}
		if d.Status != repair.Delivered {
			j.t.Errorf("device %d is %s", d.Line, d.Status)
		}
	}
	if len(theirs.Shipments) != 2 {
		j.t.Errorf("%d shipments, want 2", len(theirs.Shipments))
	}
	page := must[desk.OrderPage](j.t)(j.orders.List(desk.OrderQuery{Text: "journey-1", Limit: 10}))
	if page.Total != 1 {
		j.t.Errorf("the work order exists %d times", page.Total)
	}
}
