package label

// DeviceLabel goes on one device, small or large.
type DeviceLabel struct {
	Draft     bool
	Language  string // beside Chinese: en, ru, es or ar
	Large     bool   // 100 × 150 mm, else 60 × 40 mm
	Host      string
	WorkOrder string
	Serial    string // as shown
	SerialKey string // normalised, as the code says it; "" uses Serial
	Model     string
	Complaint string
	N, Of     int // of the box it travels in; 0 when not packed
	Sender    string
	Copy      int // which one this is, from 2, when it was printed before
}

// Payload is what the label's code says.
func (d DeviceLabel) Payload() Payload {
	id := d.SerialKey
	if id == "" {
		id = d.Serial
	}
	return Payload{Draft: d.Draft, Host: d.Host, Kind: DeviceCode, WorkOrder: d.WorkOrder, ID: id, N: d.N, Of: d.Of}
}

// DeviceLabel lays out the label in its size.
func (e *Engine) DeviceLabel(d DeviceLabel) (Page, error) {
	if err := final(d.Draft, d.WorkOrder); err != nil {
		return Page{}, err
	}
	if d.Serial == "" {
		return Page{}, ErrFieldMissing.With("element", "serial")
	}
	code, err := codeOf(d.Payload())
	if err != nil {
		return Page{}, err
	}
	r := Record{Text: map[string]string{
		"work_order": d.WorkOrder, "serial": d.Serial, "model": d.Model, "complaint": d.Complaint, "place": placeText(d.N, d.Of),
		"sender": d.Sender, "payload": code, "check": checkOf(d.Payload()), "host": d.Host, "copy": again(d.Copy),
	}}
	id := DeviceTemplate
	if d.Large {
		id = LargeDeviceTemplate
	}
	return e.label(id, r, Print{Language: d.Language, Draft: d.Draft})
}
