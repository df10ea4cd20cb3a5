package desk

import (
	"context"
	"slices"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// bench is a work order at the packing bench: what the rules let be packed, and
// the boxes as they stand on this PC.
type bench struct {
	*view
	scope    localdb.Scope
	env      repair.Env
	open     bool
	packable map[repair.DeviceID]bool
	boxes    []box
	filed    int // how many boxes there will be on paper
	ticks    []string
}

// box is a box of this PC, a parcel of the centre, or both.
type box struct {
	localdb.Box
	parcel *repair.Parcel // as the centre knows it, or will once what is on its way arrives
	own    bool           // this PC keeps it
	number int            // on paper: as it will be filed, which is without the empty ones (R16)
}

// locked reports whether the box has left: its waybill is fixed (Q8).
func (b box) locked() bool { return b.parcel != nil && b.parcel.Status != repair.ParcelPlanned }

// empty reports whether nothing lies in the box yet: so it cannot be filed (R16).
func (b box) empty() bool { return !b.locked() && len(b.Plan.Devices) == 0 }

// over reports whether the box is history: its devices may be packed again.
func (b box) over() bool {
	return b.parcel != nil && (b.parcel.Status == repair.ParcelRejected || b.parcel.Status == repair.ParcelLost)
}

func (d *Desk) bench(ctx context.Context, order string) (*bench, error) {
	session, err := d.session()
	if err != nil {
		return nil, err
	}
	v, err := d.view(ctx, repair.WorkOrderID(order))
	if err != nil {
		return nil, err
	}
	env, err := d.env(ctx)
	if err != nil {
		return nil, err
	}
	b := &bench{view: v, scope: session.Scope, env: env, packable: map[repair.DeviceID]bool{}}
	offer, open := v.ahead.Offered(session.Role, repair.CmdSetParcels, env)
	b.open = open
	for _, id := range offer.Devices {
		b.packable[id] = true
	}
	return b, d.DB.View(ctx, func(t localdb.VaultTx) error { return b.load(ctx, t) })
}

// load reads the boxes of this PC and puts them beside the centre's parcels.
func (b *bench) load(ctx context.Context, t localdb.VaultTx) error {
	order := b.told.Order.ID
	own, err := t.Boxes(ctx, b.scope, order)
	if err != nil {
		return err
	}
	if b.ticks, err = t.Ticks(ctx, b.scope, order); err != nil {
		return err
	}
	b.boxes = nil
	known := map[repair.ParcelID]bool{}
	for _, o := range own {
		known[o.Plan.ID] = true
		b.boxes = append(b.boxes, box{Box: o, parcel: b.ahead.Parcel(o.Plan.ID), own: true})
	}
	for i := range b.ahead.Parcels {
		p := &b.ahead.Parcels[i]
		if !known[p.ID] {
			b.boxes = append(b.boxes, box{Box: localdb.Box{Seq: p.Seq, Plan: planOf(p)}, parcel: p})
		}
	}
	b.settle()
	return nil
}

// settle lets what has left stand as the centre knows it, keeps in the other
// boxes only what may be packed, and numbers the boxes as the centre will. Who packs
// sees empty boxes counted, so that no number changes under the scanner; paper does
// not count them, because they cannot be filed.
func (b *bench) settle() {
	next := 1
	for i := range b.boxes {
		bx := &b.boxes[i]
		if bx.locked() {
			bx.Plan, bx.Seq = planOf(bx.parcel), bx.parcel.Seq
			if !bx.over() {
				next = max(next, bx.Seq+1)
			}
			continue
		}
		bx.Plan.Devices = slices.DeleteFunc(slices.Clone(bx.Plan.Devices), func(id repair.DeviceID) bool { return !b.packable[id] })
	}
	slices.SortStableFunc(b.boxes, func(x, y box) int {
		if x.locked() != y.locked() {
			if x.locked() {
				return -1
			}
			return 1
		}
		return x.Seq - y.Seq
	})
	for i := range b.boxes {
		if !b.boxes[i].locked() {
			b.boxes[i].Seq = next
			next++
		}
	}
	empty := 0
	for i := range b.boxes {
		bx := &b.boxes[i]
		bx.number = bx.Seq - empty
		if bx.empty() {
			empty, bx.number = empty+1, 0
		}
	}
	b.filed = b.of() - empty
}

func planOf(p *repair.Parcel) repair.ParcelPlan {
	plan := repair.ParcelPlan{ID: p.ID, Carrier: p.Carrier, WaybillNumber: p.WaybillNumber, FreightTerms: p.FreightTerms,
		DeliveryMode: p.DeliveryMode, SenderPhone: p.SenderPhone, WeightGrams: p.WeightGrams, Devices: p.Devices, Photos: p.Photos,
		ShippedOn: p.ShippedOn, Replaces: p.Replaces}
	if p.WaybillNumber != "" { // the centre took it, so it was proven
		plan.WaybillCheckedBy, plan.WaybillOverride = "double_entry", true
	}
	return plan
}

// find gives a box that may still change, by its number; 0 means the last one.
func (b *bench) find(seq int) (*box, error) {
	for i := len(b.boxes) - 1; i >= 0; i-- {
		bx := &b.boxes[i]
		if bx.over() || seq != 0 && bx.Seq != seq {
			continue
		}
		if bx.locked() && seq == 0 {
			continue
		}
		if bx.locked() {
			return nil, ErrBoxGone.With("box", itoa(seq))
		}
		return bx, nil
	}
	return nil, ErrBoxUnknown.With("box", itoa(seq))
}

// labelled gives the box whose label says a number; nil when there is none.
func (b *bench) labelled(number int) *box {
	for i := range b.boxes {
		if bx := &b.boxes[i]; bx.number == number && number > 0 && !bx.over() {
			return bx
		}
	}
	return nil
}

// in gives the box a device lies in; nil when it is still to be packed.
func (b *bench) in(id repair.DeviceID) *box {
	for i := range b.boxes {
		if !b.boxes[i].over() && slices.Contains(b.boxes[i].Plan.Devices, id) {
			return &b.boxes[i]
		}
	}
	return nil
}

// plans is what set_parcels files: every box that may still change.
func (b *bench) plans() []repair.ParcelPlan {
	out := []repair.ParcelPlan{}
	for _, bx := range b.boxes {
		if !bx.locked() {
			out = append(out, bx.Plan)
		}
	}
	return out
}

// unpacked lists what is still to be packed, by line.
func (b *bench) unpacked() []repair.Device {
	inBox := map[repair.DeviceID]bool{}
	for _, bx := range b.boxes {
		if !bx.over() {
			for _, id := range bx.Plan.Devices {
				inBox[id] = true
			}
		}
	}
	var out []repair.Device
	for _, dev := range b.ahead.Devices {
		if b.packable[dev.ID] && !inBox[dev.ID] {
			out = append(out, dev)
		}
	}
	return out
}

// pack changes the boxes of a work order whose return is confirmed, in one
// transaction, and shows the bench.
func (d *Desk) pack(ctx context.Context, order string, f func(t localdb.VaultTx, b *bench) error) (PackView, error) {
	b, err := d.bench(ctx, order)
	if err != nil {
		return PackView{}, err
	}
	if !b.open {
		return PackView{}, ErrPackingClosed.With("stage", string(b.ahead.Order.Stage))
	}
	if err := d.DB.Update(ctx, func(t localdb.VaultTx) error {
		if err := b.load(ctx, t); err != nil {
			return err
		}
		if err := b.adopt(ctx, t); err != nil {
			return err
		}
		return f(t, b)
	}); err != nil {
		return PackView{}, err
	}
	d.Emit("packing:"+order, "order:"+order)
	return d.Packing(ctx, order)
}

// adopt takes boxes that another PC planned into this PC's keeping.
func (b *bench) adopt(ctx context.Context, t localdb.VaultTx) error {
	for i := range b.boxes {
		bx := &b.boxes[i]
		if bx.own || bx.locked() {
			continue
		}
		bx.own, bx.Filed = true, string(bx.Plan.ID)
		if err := b.save(ctx, t, bx); err != nil {
			return err
		}
		for _, id := range bx.Plan.Devices {
			if err := b.put(ctx, t, bx, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) save(ctx context.Context, t localdb.VaultTx, bx *box) error {
	return t.SaveBox(ctx, b.scope, b.told.Order.ID, bx.Box)
}

// put puts a device into a box. One that this PC still remembers in a box that
// came back is taken out of there.
func (b *bench) put(ctx context.Context, t localdb.VaultTx, bx *box, id repair.DeviceID) error {
	packed, err := t.PackDevice(ctx, b.scope, b.told.Order.ID, id, bx.Plan.ID)
	if err != nil || packed {
		return err
	}
	if err := t.UnpackDevice(ctx, b.scope, b.told.Order.ID, id); err != nil {
		return err
	}
	_, err = t.PackDevice(ctx, b.scope, b.told.Order.ID, id, bx.Plan.ID)
	return err
}
