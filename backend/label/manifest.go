package label

import "fmt"

// Manifest is the sheet inside the boxes: every serial number, box by box.
type Manifest struct {
	Draft             bool
	Language          string // beside Chinese: en, ru, es or ar
	Host              string
	WorkOrder         string
	CustomerReference string
	Sender            string
	CentreName        string
	Date              string // as to be printed
	Boxes             []ManifestBox
}

// ManifestBox is one box and what is in it.
type ManifestBox struct {
	N       int
	Waybill string // with the carrier's name; "" when not booked yet
	Devices []ManifestDevice
}

// ManifestDevice is one line.
type ManifestDevice struct {
	Serial    string // as shown
	SerialKey string // normalised, for the digest; "" uses Serial
	Model     string
	Complaint string
}

// Payload is what the manifest's code says: the digest covers the serial
// numbers of all boxes.
func (m Manifest) Payload() Payload {
	var serials []string
	for _, box := range m.Boxes {
		for _, d := range box.Devices {
			if d.SerialKey == "" {
				d.SerialKey = d.Serial
			}
			serials = append(serials, d.SerialKey)
		}
	}
	return Payload{Draft: m.Draft, Host: m.Host, Kind: ManifestCode, WorkOrder: m.WorkOrder, ID: DigestSerials(serials), Of: len(m.Boxes)}
}

// Manifest lays the table over as many A4 pages as it takes.
func (e *Engine) Manifest(m Manifest, out Backend) error {
	if err := final(m.Draft, m.WorkOrder); err != nil {
		return err
	}
	code, err := codeOf(m.Payload())
	if err != nil {
		return err
	}
	t, err := e.Templates().Template(ManifestTemplate)
	if err != nil {
		return err
	}
	boxes, devices := m.boxes()
	r := Record{Lists: map[string][]Record{"boxes": boxes}, Text: map[string]string{
		"work_order": m.WorkOrder, "sender": m.Sender, "centre_name": m.CentreName, "host": m.Host,
		"customer_reference": joined(m.CustomerReference, prefixed("· ", m.Date)),
		"total":              fmt.Sprintf("%d 箱 boxes · %d 台 devices", len(m.Boxes), devices),
		"boxes_total":        itoa(len(m.Boxes)), "devices_total": itoa(devices),
		"payload": code, "check": checkOf(m.Payload()),
	}}
	return e.Document(t, r, Print{Language: m.Language, Draft: m.Draft}, out)
}

func (m Manifest) boxes() (records []Record, devices int) {
	for _, box := range m.Boxes {
		r := Record{Text: map[string]string{"n": itoa(box.N), "of": itoa(len(m.Boxes)), "count": itoa(len(box.Devices)), "waybill": box.Waybill}}
		var rows []Record
		for _, d := range box.Devices {
			rows = append(rows, Record{Text: map[string]string{"serial": d.Serial, "model": d.Model, "complaint": d.Complaint}})
		}
		r.Lists = map[string][]Record{"devices": rows}
		records, devices = append(records, r), devices+len(box.Devices)
	}
	return records, devices
}
