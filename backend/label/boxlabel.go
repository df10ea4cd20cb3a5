package label

import "strconv"

// BoxLabel is what one inbound box carries outside, 100 × 150 mm. All text is
// ready to print; nothing here is looked up. The zero Draft is a final label and
// needs WorkOrder, Sender, a centre address and something inside.
type BoxLabel struct {
	Draft     bool
	Language  string // beside Chinese: en, ru, es or ar
	Host      string // of the centre, for the code
	WorkOrder string // the centre's number
	N, Of     int
	Serials   []string // of the devices inside, normalised; printed only as a digest
	Models    string   // summary, such as "X16-Q ×5, X4 ×3"
	Sender    string   // short name

	CentreName      string
	CentreAddressZH string
	CentreAddressEN string
	CentrePhone     string

	Carrier string // "" when not booked yet
	Waybill string

	// Seal signs the code of a final label; nil leaves it with a typo check alone.
	Seal func(Payload) Payload
	// Copy is which one this is, from 2, when it was printed before.
	Copy int
}

// Sizes of labels, in millimetres.
const (
	LargeW, LargeH = 100.0, 150.0
	SmallW, SmallH = 60.0, 40.0
)

// Templates of the documents that a work order prints. A shop's own template of
// the same name takes its place.
const (
	BoxTemplate         = "parcel-100x150"
	DeviceTemplate      = "device-60x40"
	LargeDeviceTemplate = "device-100x150"
	ManifestTemplate    = "manifest-a4"
	GuidanceTemplate    = "guidance-a4"
	MarksTemplate       = "marks-a5"
	ReportTemplate      = "inspection-a4"
	QuoteTemplate       = "quote-a4"
	ReceiptTemplate     = "receipt-a4"
)

// Payload is what the label's code says.
func (b BoxLabel) Payload() Payload {
	p := Payload{Draft: b.Draft, Host: b.Host, Kind: BoxCode, WorkOrder: b.WorkOrder, ID: DigestSerials(b.Serials), N: b.N, Of: b.Of}
	if b.Seal == nil {
		return p
	}
	return b.Seal(p)
}

// BoxLabel lays out the label.
func (e *Engine) BoxLabel(b BoxLabel) (Page, error) {
	if err := final(b.Draft, b.WorkOrder); err != nil {
		return Page{}, err
	}
	if !b.Draft && b.CentreAddressZH == "" && b.CentreAddressEN == "" {
		return Page{}, ErrFieldMissing.With("element", "centre_address")
	}
	if !b.Draft && len(b.Serials) == 0 {
		return Page{}, ErrFieldMissing.With("element", "devices")
	}
	p := b.Payload()
	code, err := codeOf(p)
	if err != nil {
		return Page{}, err
	}
	r := Record{Text: map[string]string{
		"work_order": b.WorkOrder, "place": placeText(b.N, b.Of), "devices": strconv.Itoa(len(b.Serials)), "models": b.Models, "sender": b.Sender,
		"centre_name": b.CentreName, "centre_address_zh": b.CentreAddressZH, "centre_address_en": b.CentreAddressEN, "centre_phone": b.CentrePhone,
		"waybill": joined(b.Carrier, b.Waybill), "payload": code, "check": checkOf(p), "host": b.Host, "copy": again(b.Copy),
	}}
	return e.label(BoxTemplate, r, Print{Language: b.Language, Draft: b.Draft})
}

// label draws one record on the template of a name.
func (e *Engine) label(id string, r Record, p Print) (Page, error) {
	t, err := e.Templates().Template(id)
	if err != nil {
		return Page{}, err
	}
	return e.Label(t, r, p)
}
