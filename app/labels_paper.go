package app

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"maps"
	"net/url"
	"slices"
	"strings"

	"hashmend/backend/desk"
	"hashmend/backend/label"
	"hashmend/backend/repair"
)

// Documents that may be asked for.
const (
	documentBox      = "box"
	documentDevice   = "device"
	documentSheet    = "sheet"
	documentManifest = "manifest"
	documentGuidance = "guidance"
	documentMarks    = "marks"
	documentReport   = "report"
	documentQuote    = "quote"
	documentReceipt  = "receipt"
)

// usualStock is the sheet of small labels when none was chosen: plain paper.
const usualStock = "a4_small_18"

// stockOf names the paper of a request: what a printer is calibrated for.
func stockOf(request desk.LabelRequest) string {
	switch request.Document {
	case documentBox:
		return "large"
	case documentDevice:
		return "small"
	case documentSheet:
		return cmp.Or(request.Stock, usualStock)
	case documentTest:
		return request.Stock
	}
	return "a4"
}

// useSheet remembers where a sheet has ended, to go on there.
func (h *house) useSheet(ctx context.Context, order desk.PrintOrder) {
	stock, known := label.StockByID(stockOf(order.Request))
	if !known {
		return
	}
	count := len(order.Items) * clampCopies(order.Request.Copies)
	if err := h.deeds.UseSheet(ctx, stock.ID, order.Request.Start, count, stock.Cells()); err != nil {
		log.Printf("sheet: %v", err)
	}
}

// draftHost stands in the code of a draft of a centre not yet known. No receiver
// takes such a code.
const draftHost = "DRAFT.INVALID"

// mostCopies bounds what one request may lay out.
const mostCopies = 20

// compose lays out a document once; preview, file and paper are drawn from the
// same pages.
func (h *house) compose(ctx context.Context, request desk.LabelRequest, data desk.LabelData) (printJob, error) {
	engine, err := h.prints.fonts()
	if err != nil {
		return printJob{}, err
	}
	job := printJob{engine: engine, title: title(request, data), name: title(request, data) + ".pdf",
		stock: stockOf(request), kind: data.Kind, items: data.Items, says: data.Says, findings: []repair.Finding{}}
	if request.Document == documentBox && !data.Draft && h.sealer() == nil {
		job.findings = append(job.findings, repair.Finding{Severity: repair.Warning, Code: codeNotSigned})
	}
	err = h.lay(ctx, request, data, &job.pages)
	if err == nil && len(job.pages) == 0 {
		err = data.Nothing()
	}
	return job, err
}

// lay lays out a document page by page, with its copies, and leaves out open.
func (h *house) lay(_ context.Context, request desk.LabelRequest, data desk.LabelData, out label.Backend) error {
	engine, err := h.prints.fonts()
	if err != nil {
		return err
	}
	p := paper{engine: engine, request: request, data: data, reached: h.reached()}
	if request.Document == documentBox && !data.Draft {
		p.seal = h.sealer()
	}
	if request.Document == documentSheet {
		return p.sheet(out) // copies go side by side on one sheet
	}
	for range clampCopies(request.Copies) {
		switch request.Document {
		case documentBox:
			err = p.boxes(out)
		case documentDevice:
			err = p.devices(out)
		case documentMarks:
			err = p.marks(out)
		case documentManifest:
			err = engine.Manifest(p.manifest(), out)
		case documentReport:
			err = p.reports(out)
		case documentQuote:
			err = p.quote(out)
		case documentReceipt:
			err = p.receipts(out)
		case documentGuidance:
			err = engine.Guidance(label.Guidance{Draft: data.Draft, Lang: request.Language, WorkOrder: data.Order.Number}, out)
		default:
			err = errDocument.With("document", request.Document)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// paper turns the facts of a work order into what labels say.
type paper struct {
	engine  *label.Engine
	request desk.LabelRequest
	data    desk.LabelData
	reached string // host at which the centre is reached
	seal    func(label.Payload) label.Payload
}

// title names the document for a printer's list and as a file.
func title(request desk.LabelRequest, data desk.LabelData) string {
	return cmp.Or(data.Order.Number, "draft") + "-" + request.Document
}

// again is which copy of a label this is, 0 of the first: a second one says so.
func (p paper) again(id string) int {
	if p.request.Why == "" && !p.data.Begun || p.data.Printed[id] == 0 {
		return 0
	}
	return p.data.Printed[id] + 1
}

// host is what a code begins with: what the centre wants there, else where it is.
func (p paper) host() string {
	host := cmp.Or(p.data.Centre.LabelHost, p.reached)
	if host == "" && p.data.Draft {
		return draftHost
	}
	return strings.ToUpper(host)
}

// reached is the host of the centre's address, "" without a centre.
func (h *house) reached() string {
	s, _ := h.whom()
	u, err := url.Parse(s.URL)
	if err != nil {
		return ""
	}
	return u.Host
}

func (p paper) sender() string {
	return cmp.Or(p.data.Order.Contact.Company, p.data.Order.Contact.Name)
}

func (p paper) centreName() string { return cmp.Or(p.data.Centre.NameZh, p.data.Centre.Name) }

// address gives the centre's address in a language, on one line.
func (p paper) address(language string) (text, phone string) {
	for _, a := range p.data.Centre.Address {
		if strings.HasPrefix(a.Language, language) {
			return strings.Join(append(slices.Clone(a.Lines), a.Name), " "), a.Phone
		}
	}
	return "", ""
}

// packed gives the boxes. A draft that nobody could pack yet is shown as one box.
func (p paper) packed() []desk.BoxView {
	if len(p.data.Boxes) > 0 || !p.data.Draft {
		return p.data.Boxes
	}
	box := desk.BoxView{Seq: 1, Of: 1}
	for _, d := range p.data.Devices {
		box.Devices = append(box.Devices, desk.PackDevice{ID: string(d.ID), Line: d.Line, Serial: string(d.Serial), Model: d.Model})
	}
	return []desk.BoxView{box}
}

func (p paper) boxes(out label.Backend) error {
	zh, phone := p.address("zh")
	en, phoneEn := p.address("en")
	for _, b := range p.packed() {
		page, err := p.engine.BoxLabel(label.BoxLabel{
			Draft: p.data.Draft, Language: p.request.Language, Host: p.host(), WorkOrder: p.data.Order.Number, N: b.Seq, Of: max(b.Of, b.Seq),
			Serials: keys(b.Devices), Models: models(b.Devices), Sender: p.sender(),
			CentreName: p.centreName(), CentreAddressZH: zh, CentreAddressEN: en, CentrePhone: cmp.Or(phone, phoneEn),
			Carrier: carrierName(b.Carrier), Waybill: b.Waybill, Seal: p.seal, Copy: p.again(b.ID),
		})
		if err != nil {
			return err
		}
		if err := out.Page(page); err != nil {
			return err
		}
	}
	return nil
}

// marks draws the sheet of handling marks of each box. A weight that nobody has
// given is left to be written.
func (p paper) marks(out label.Backend) error {
	for _, b := range p.packed() {
		m := label.MarksSheet{Draft: p.data.Draft, Language: p.request.Language, WorkOrder: p.data.Order.Number, N: b.Seq, Of: max(b.Of, b.Seq), Grams: b.WeightGrams}
		page, err := p.engine.MarksSheet(m)
		if err != nil {
			return err
		}
		if err := out.Page(page); err != nil {
			return err
		}
	}
	return nil
}

// devices draws one small label for each device.
func (p paper) devices(out label.Backend) error {
	for _, d := range p.data.Devices {
		box := p.boxOf(d.ID)
		page, err := p.engine.DeviceLabel(label.DeviceLabel{
			Draft: p.data.Draft, Language: p.request.Language, Host: p.host(), WorkOrder: p.data.Order.Number,
			Serial: string(d.Serial), SerialKey: d.Serial.Key(), Model: d.Model, Complaint: d.Complaint,
			N: box.Seq, Of: max(box.Of, box.Seq), Sender: p.sender(), Copy: p.again(string(d.ID)),
		})
		if err != nil {
			return err
		}
		if err := out.Page(page); err != nil {
			return err
		}
	}
	return nil
}

// sheet draws the device labels on sheets of paper.
func (p paper) sheet(out label.Backend) error {
	stock, known := label.StockByID(stockOf(p.request))
	if !known {
		return label.ErrSheet.With("stock", p.request.Stock)
	}
	sheet, err := label.NewSheet(stock, max(p.request.Start, 1), open{out})
	if err != nil {
		return err
	}
	for range clampCopies(p.request.Copies) {
		if err := p.devices(sheet); err != nil {
			return err
		}
	}
	return sheet.Close()
}

// open is a back end that stays open when a sheet ends.
type open struct{ label.Backend }

// Close leaves it open.
func (open) Close() error { return nil }

func (p paper) manifest() label.Manifest {
	m := label.Manifest{
		Draft: p.data.Draft, Language: p.request.Language, Host: p.host(), WorkOrder: p.data.Order.Number, CustomerReference: p.data.Order.Reference,
		Sender: p.sender(), CentreName: p.centreName(), Date: p.day(p.data.Order.SubmittedAt),
	}
	complaints := map[string]string{}
	for _, d := range p.data.Devices {
		complaints[string(d.ID)] = d.Complaint
	}
	for _, b := range p.packed() {
		box := label.ManifestBox{N: b.Seq, Waybill: strings.TrimSpace(carrierName(b.Carrier) + " " + b.Waybill)}
		for _, d := range b.Devices {
			box.Devices = append(box.Devices, label.ManifestDevice{
				Serial: d.Serial, SerialKey: repair.SerialNumber(d.Serial).Key(), Model: d.Model, Complaint: complaints[d.ID],
			})
		}
		m.Boxes = append(m.Boxes, box)
	}
	return m
}

func (p paper) boxOf(device repair.DeviceID) desk.BoxView {
	for _, b := range p.data.Boxes {
		if slices.ContainsFunc(b.Devices, func(d desk.PackDevice) bool { return d.ID == string(device) }) {
			return b
		}
	}
	return desk.BoxView{}
}

func keys(devices []desk.PackDevice) []string {
	out := make([]string, len(devices))
	for i, d := range devices {
		out[i] = repair.SerialNumber(d.Serial).Key()
	}
	return out
}

// models sums up what is in a box: the most frequent model first.
func models(devices []desk.PackDevice) string {
	count := map[string]int{}
	for _, d := range devices {
		count[cmp.Or(d.Model, "?")]++
	}
	names := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%s ×%d", name, count[name])
	}
	return strings.Join(names, ", ")
}

func carrierName(code repair.Carrier) string {
	for _, c := range repair.Carriers() {
		if c.Code == code {
			return c.Zh + " " + c.En
		}
	}
	return string(code)
}
