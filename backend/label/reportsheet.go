package label

// Report says on paper what the centre found at a device, or why its parcel was
// refused, A4.
type Report struct {
	Language  string
	Host      string
	WorkOrder string
	Customer  string
	Date      string // as to be printed
	Serial    string // as shown
	SerialKey string // normalised, as the code says it; "" uses Serial
	Model     string
	Complaint string
	Refusal   string // why the parcel was refused; "" for an inspection
	Waybill   string // of that parcel
	Findings  []ReportFinding
	Found     string // in the bench's own words
	Verdict   string
	Warranty  string
}

// ReportFinding is one finding that has a code.
type ReportFinding struct{ Code, Kind, Text string }

// Report lays out the report of one device. Its code is that of the device label.
func (e *Engine) Report(r Report, out Backend) error {
	if err := final(false, r.WorkOrder); err != nil {
		return err
	}
	t, err := e.Templates().Template(ReportTemplate)
	if err != nil {
		return err
	}
	code, err := codeOf(DeviceLabel{Host: r.Host, WorkOrder: r.WorkOrder, Serial: r.Serial, SerialKey: r.SerialKey}.Payload())
	if err != nil {
		return err
	}
	record := Record{Lists: map[string][]Record{}, Text: map[string]string{
		"work_order": r.WorkOrder, "customer": r.Customer, "date": r.Date, "serial": r.Serial, "model": r.Model, "complaint": r.Complaint,
		"refusal": r.Refusal, "waybill": r.Waybill, "found": r.Found, "verdict": r.Verdict, "warranty": r.Warranty, "host": r.Host, "payload": code,
	}}
	for _, f := range r.Findings {
		record.Text["coded"] = itoa(len(r.Findings))
		record.Lists["findings"] = append(record.Lists["findings"], Record{Text: map[string]string{"code": f.Code, "kind": f.Kind, "finding": f.Text}})
	}
	return e.Document(t, record, Print{Language: r.Language}, out)
}
