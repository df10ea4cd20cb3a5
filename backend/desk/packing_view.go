package desk

import (
	"context"
	"slices"

	"hashmend/backend/repair"
)

// Packing gives the boxes of a work order and what is left to pack.
func (d *Desk) Packing(ctx context.Context, order string) (PackView, error) {
	b, err := d.bench(ctx, order)
	if err != nil {
		return PackView{}, err
	}
	c := b.ahead
	out := PackView{
		Order: order, Number: c.Order.Number, Stage: b.told.Order.Stage, Open: b.open, Boxes: []BoxView{}, Unpacked: []PackDevice{},
		Total: len(c.Devices), Checklist: d.ticked(b), Acked: d.acked(b), Findings: []repair.Finding{}, Sync: b.mark(),
		Warranty: []repair.Deadline{},
	}
	devices := map[repair.DeviceID]PackDevice{}
	for _, dev := range c.Devices {
		devices[dev.ID] = packDevice(dev)
	}
	of := b.of()
	for _, bx := range b.boxes {
		out.Boxes = append(out.Boxes, boxView(bx, of, devices))
	}
	rest := b.unpacked()
	out.Left = len(rest)
	for _, dev := range rest[:min(len(rest), maxPage)] {
		out.Unpacked = append(out.Unpacked, devices[dev.ID])
	}
	if b.open {
		wrong, err := d.outdatedLabels(ctx, b)
		if err != nil {
			return out, err
		}
		out.Findings = nonNil(append(repair.PreflightParcels(c, b.plans(), out.Acked, b.env), wrong...))
		out.Blocking = findingsBlocking(out.Findings)
	}
	for _, dl := range b.told.Deadlines(b.env) {
		if dl.Kind == repair.DeadlineWarrantyEnd {
			out.Warranty = append(out.Warranty, dl)
		}
	}
	return out, nil
}

// of is the last word of "box 2 of 3": how many boxes there are, and never less
// than the number of one that follows a refused box.
func (b *bench) of() int {
	live, last := 0, 0
	for _, bx := range b.boxes {
		if !bx.over() {
			live++
			last = max(last, bx.Seq)
		}
	}
	return max(live, last)
}

func packDevice(dev repair.Device) PackDevice {
	return PackDevice{ID: string(dev.ID), Line: dev.Line, Serial: string(dev.Serial), Model: dev.Model}
}

func boxView(bx box, of int, devices map[repair.DeviceID]PackDevice) BoxView {
	p := bx.Plan
	v := BoxView{
		ID: string(p.ID), Seq: bx.Seq, Of: of, Devices: []PackDevice{}, Carrier: p.Carrier, Waybill: string(p.WaybillNumber),
		CheckedBy: p.WaybillCheckedBy, Override: p.WaybillOverride, FreightTerms: p.FreightTerms, DeliveryMode: p.DeliveryMode,
		SenderPhone: p.SenderPhone, WeightGrams: p.WeightGrams, Photos: nonNil(p.Photos), Replaces: string(p.Replaces),
		LabelPrinted: bx.LabelPrinted,
	}
	if bx.parcel != nil {
		v.Status = bx.parcel.Status
	}
	if bx.over() {
		v.Of = max(v.Of, bx.parcel.Of)
	}
	for _, id := range p.Devices {
		if dev, ok := devices[id]; ok {
			v.Devices = append(v.Devices, dev)
		}
	}
	return v
}

// ticked is the packing guidance with what was ticked.
func (d *Desk) ticked(b *bench) []ChecklistStep {
	out := slices.Clone(d.Checklist)
	for i := range out {
		out[i].Ticked = slices.Contains(b.ticks, out[i].ID)
	}
	return nonNil(out)
}

// acked reports whether every step of the guidance was ticked here, or the centre
// knows it was read (R07).
func (d *Desk) acked(b *bench) bool {
	for _, step := range d.Checklist {
		if !slices.Contains(b.ticks, step.ID) {
			return b.ahead.Order.ChecklistAckedAt.IsSet()
		}
	}
	return true
}

// mark says where the packing stands: on its way, refused, filed, or only here.
func (b *bench) mark() SyncMark {
	for _, item := range slices.Backward(b.pending) {
		if item.Kind == string(repair.CmdSetParcels) || item.Kind == string(repair.CmdHandOver) {
			return markOf(item.State)
		}
	}
	for _, bx := range b.boxes {
		if !bx.locked() && !bx.asFiled() {
			return MarkSaved
		}
	}
	return MarkSent
}
