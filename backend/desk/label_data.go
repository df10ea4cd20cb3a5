package desk

import (
	"context"
	"slices"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// LabelData is what paper is made of, as plain facts.
type LabelData struct {
	Order    repair.WorkOrder
	Boxes    []BoxView       // those asked for, without refused and lost ones
	Of       int             // how many boxes there are
	Devices  []repair.Device // those asked for, by line; box serials are in Boxes
	Centre   repair.CentreInfo
	Draft    bool // watermarked until the centre has confirmed the return (R03, R15)
	DraftWhy string
	Zone     string       // of the guide's calendar days
	Papers   CentrePapers // of a document that needs them

	Kind    string            // what is counted: box, device, "" nothing
	Items   []string          // ids of what is asked for, when that is counted
	Says    map[string]string // what the labels of boxes say, to know wrong ones by
	Printed map[string]int    // how often each went through a printer, or is about to
	AllOut  bool              // there are some, and all were printed or are about to be
	Begun   bool              // a job's: what was printed before is a copy, whatever the reason
}

// Nothing says why no label is left to print, and what to do next.
func (l LabelData) Nothing() error {
	if l.AllOut {
		return ErrAllPrinted
	}
	return ErrPrintNothing
}

// Again counts what was printed before.
func (l LabelData) Again() (n int) {
	for _, id := range l.Items {
		if l.Printed[id] > 0 {
			n++
		}
	}
	return n
}

// LabelData gathers what a label request needs, of a work order or of a draft.
func (d *Desk) LabelData(ctx context.Context, request LabelRequest) (out LabelData, err error) {
	if isCentrePaper(request.Document) {
		return d.paperData(ctx, request)
	}
	out.Zone = d.Zone
	if out.Centre, err = d.CentreInfo(ctx); err != nil {
		return out, err
	}
	c, draft, err := d.draftCase(ctx, request.Order)
	if err != nil {
		return out, err
	}
	if !draft {
		b, err := d.bench(ctx, request.Order)
		if err != nil {
			return out, err
		}
		c = b.ahead
		d.labelBoxes(b, request, &out)
	}
	out.Order = c.Order
	for _, dev := range c.Devices {
		if len(request.Devices) == 0 || slices.Contains(request.Devices, string(dev.ID)) {
			out.Devices = append(out.Devices, dev)
		}
	}
	if err := d.counted(ctx, request, &out); err != nil {
		return out, err
	}
	switch {
	case c.Order.Number == "":
		out.Draft, out.DraftWhy = true, CodeDraftNoNumber
	case !c.Order.ReturnConfirmedAt.IsSet():
		out.Draft, out.DraftWhy = true, CodeDraftNotConfirmed
	}
	return out, nil
}

// DataOf gathers what a print job needs: the labels it was begun with and no
// others, whatever was packed, numbered or printed since. What comes out is what
// is counted.
func (d *Desk) DataOf(ctx context.Context, o PrintOrder) (LabelData, error) {
	request := o.Request
	request.Fresh, request.Boxes, request.Devices = false, nil, nil
	if len(o.Items) == 0 { // nothing is counted
		request.Boxes, request.Devices = o.Request.Boxes, o.Request.Devices
	}
	out, err := d.LabelData(ctx, request)
	if err != nil {
		return out, err
	}
	out.Begun, out.Printed = true, o.Before // the job itself is on its way, and no copy of itself
	if o.Kind == "" || out.Draft && len(o.Items) == 0 {
		return out, nil
	}
	out.Boxes = slices.DeleteFunc(out.Boxes, func(b BoxView) bool { return o.Kind == "box" && !slices.Contains(o.Items, b.ID) })
	out.Devices = slices.DeleteFunc(out.Devices, func(dev repair.Device) bool {
		return o.Kind == "device" && !slices.Contains(o.Items, string(dev.ID))
	})
	out.Items = slices.DeleteFunc(out.Items, func(id string) bool { return !slices.Contains(o.Items, id) })
	if len(out.Items) == 0 {
		return out, ErrPrintNothing
	}
	return out, nil
}

// counted says which labels are counted, how often each was printed, and leaves
// those out that went to paper already or are on their way to it, when only fresh
// ones are asked for.
func (d *Desk) counted(ctx context.Context, request LabelRequest, out *LabelData) error {
	switch request.Document {
	case "box":
		out.Kind = "box"
	case "device", "sheet":
		out.Kind = "device"
	default:
		return nil
	}
	var known map[string]localdb.Printed
	var taken map[string]int
	err := d.DB.View(ctx, func(t localdb.VaultTx) (err error) {
		known, taken, err = d.onPaper(ctx, t, "", request.Order, out.Kind, out.Says)
		return err
	})
	if err != nil {
		return err
	}
	old := func(id string) bool { return request.Fresh && (taken[id] > 0 || known[id] != localdb.Printed{}) }
	some := len(out.Devices) > 0
	if out.Kind == "box" {
		some = len(out.Boxes) > 0
		out.Boxes = slices.DeleteFunc(out.Boxes, func(b BoxView) bool { return old(b.ID) })
		for _, b := range out.Boxes {
			out.Items = append(out.Items, b.ID)
		}
	} else {
		out.Devices = slices.DeleteFunc(out.Devices, func(dev repair.Device) bool { return old(string(dev.ID)) })
		for _, dev := range out.Devices {
			out.Items = append(out.Items, string(dev.ID))
		}
	}
	out.AllOut = some && len(out.Items) == 0
	out.Printed = map[string]int{}
	for _, id := range out.Items {
		out.Printed[id] = known[id].Prints + taken[id]
	}
	return nil
}

// labelBoxes numbers the boxes as they will be filed: an empty one is not (R16), so
// it has no label and is not counted.
func (d *Desk) labelBoxes(b *bench, request LabelRequest, out *LabelData) {
	devices := map[repair.DeviceID]PackDevice{}
	for _, dev := range b.ahead.Devices {
		devices[dev.ID] = packDevice(dev)
	}
	out.Of = b.filed
	if request.Document == "box" {
		out.Says = b.says()
	}
	for _, bx := range b.boxes {
		if bx.empty() || bx.over() || len(request.Boxes) > 0 && !slices.Contains(request.Boxes, bx.Seq) {
			continue
		}
		bx.Seq = bx.number
		out.Boxes = append(out.Boxes, boxView(bx, out.Of, devices))
	}
}

// draftCase is a draft as the work order it would be; found is false when the id
// is not a draft's.
func (d *Desk) draftCase(ctx context.Context, id string) (c *repair.Case, found bool, err error) {
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		draft, err := d.draft(ctx, t, id)
		if isNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		rows, err := t.AllRows(ctx, id)
		if err != nil {
			return err
		}
		found = true
		c = &repair.Case{Order: repair.WorkOrder{ID: repair.WorkOrderID(id), Contact: draft.Contact, ReturnAddress: draft.Address,
			Reference: draft.Reference, Note: draft.Note, DeviceCount: len(rows), Stage: repair.StageDraft}}
		for i, s := range submissionOf(draft, rows).Devices {
			c.Devices = append(c.Devices, repair.Device{ID: s.ID, WorkOrder: c.Order.ID, Line: i + 1, Serial: s.Serial, Model: s.Model,
				Complaint: s.Complaint, ShipDate: s.ShipDate, Photos: s.Photos, Extra: s.Extra, Status: repair.Listed, Revision: 1})
		}
		return nil
	})
	return c, found, err
}
