package desk

import (
	"context"
	"slices"
	"strings"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// ScanBack is the check of labels that were stuck on: each was to be scanned
// once.
type ScanBack struct {
	Expected []ScanBackLabel `json:"expected"`
	Found    int             `json:"found"`
	Missing  int             `json:"missing"`
	Double   int             `json:"double"`
	Foreign  []string        `json:"foreign"` // codes of other labels, or of none
	Done     bool            `json:"done"`    // each once, and nothing else
	Last     string          `json:"last"`    // of the last code: found, double, foreign
}

// ScanBackLabel is a label that was to be stuck on.
type ScanBackLabel struct {
	ID    string `json:"id"`
	Name  string `json:"name"`  // serial number, or box n / of
	Scans int    `json:"scans"` // how often it was scanned
}

// ScanBackCheck holds the codes that were scanned against the labels that a
// request prints, as they are printed now. A serial number that is no label of ours does not count: it is
// on the machine anyway.
func (d *Desk) ScanBackCheck(ctx context.Context, request LabelRequest, codes []string) (out ScanBack, err error) {
	request.Fresh = false
	data, err := d.LabelData(ctx, request)
	if err != nil {
		return out, err
	}
	out = ScanBack{Expected: []ScanBackLabel{}, Foreign: []string{}}
	at := map[string]int{} // by what the label says
	add := func(key, id, name string) {
		at[key] = len(out.Expected)
		out.Expected = append(out.Expected, ScanBackLabel{ID: id, Name: name})
	}
	if data.Kind == "box" {
		for _, b := range data.Boxes {
			add(boxKey(b.Seq), b.ID, itoa(b.Seq)+" / "+itoa(max(b.Of, b.Seq)))
		}
	} else {
		for _, dev := range data.Devices {
			add(deviceKey(string(dev.Serial)), string(dev.ID), string(dev.Serial))
		}
	}
	for _, code := range codes {
		code = strings.TrimSpace(code)
		label, ok := d.ParseLabel(code)
		i, expected := at[labelKey(label)]
		ok = ok && label.Draft == data.Draft && label.Number == data.Order.Number && expected
		if ok && data.Kind == "box" {
			if ok, err = d.asPrinted(ctx, label, data.Boxes[i]); err != nil {
				return out, err
			}
		}
		if !ok {
			out.Last = "foreign"
			if !slices.Contains(out.Foreign, code) {
				out.Foreign = append(out.Foreign, code)
			}
			continue
		}
		out.Expected[i].Scans++
		out.Last = "found"
		if out.Expected[i].Scans > 1 {
			out.Last = "double"
		}
	}
	for _, e := range out.Expected {
		switch {
		case e.Scans == 0:
			out.Missing++
		case e.Scans == 1:
			out.Found++
		default:
			out.Found++
			out.Double++
		}
	}
	out.Done = out.Missing == 0 && out.Double == 0 && len(out.Foreign) == 0 && len(out.Expected) > 0
	return out, nil
}

// asPrinted reports whether the label of a box says what is printed on it now: not
// so one of other contents, of another number of boxes, or with a signature that
// its key did not give. A key that nobody here has heard of yet proves nothing.
func (d *Desk) asPrinted(ctx context.Context, label Label, b BoxView) (same bool, err error) {
	serials := make([]string, len(b.Devices))
	for i, dev := range b.Devices {
		serials[i] = dev.Serial
	}
	if label.Of != max(b.Of, b.Seq) || label.Holds != nil && !label.Holds(serialKeys(serials)) {
		return false, nil
	}
	if label.Key == "" {
		return true, nil
	}
	err = d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		_, known, right, err := whoSigned(ctx, t, label)
		same = right || !known
		return err
	})
	return same, err
}

func boxKey(seq int) string          { return "box " + itoa(seq) }
func deviceKey(serial string) string { return "device " + repair.SerialNumber(serial).Key() }

func labelKey(l Label) string {
	if l.Kind == "box" {
		return boxKey(l.Box)
	}
	return deviceKey(l.Serial)
}
