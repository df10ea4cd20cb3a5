package desk

import (
	"context"
	"slices"
	"strings"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// AddBox opens another box. The first ones after a rejection send the refused
// parcels again.
func (d *Desk) AddBox(ctx context.Context, order string) (PackView, error) {
	return d.pack(ctx, order, func(t localdb.VaultTx, b *bench) error {
		_, err := b.add(ctx, t)
		return err
	})
}

func (b *bench) add(ctx context.Context, t localdb.VaultTx) (*box, error) {
	id, err := newID()
	if err != nil {
		return nil, err
	}
	seq := 1
	for _, bx := range b.boxes {
		if !bx.over() {
			seq = max(seq, bx.Seq+1)
		}
	}
	bx := box{own: true, Box: localdb.Box{Seq: seq, Plan: repair.ParcelPlan{
		ID: repair.ParcelID(id), FreightTerms: repair.FreightPrepaid, DeliveryMode: repair.DeliveryDoor,
		SenderPhone: b.told.Order.Contact.Phone, Replaces: b.refused(),
	}}}
	if last, err := b.find(0); err == nil { // a farm ships its boxes with one carrier
		bx.Plan.Carrier, bx.Plan.SenderPhone = last.Plan.Carrier, last.Plan.SenderPhone
	}
	if err := b.save(ctx, t, &bx); err != nil {
		return nil, err
	}
	b.boxes = append(b.boxes, bx)
	return &b.boxes[len(b.boxes)-1], nil
}

// refused gives a parcel that came back and that no box sends again yet.
func (b *bench) refused() repair.ParcelID {
	for _, bx := range b.boxes {
		if bx.over() && !slices.ContainsFunc(b.boxes, func(other box) bool { return other.Plan.Replaces == bx.Plan.ID }) {
			return bx.Plan.ID
		}
	}
	return ""
}

// RemoveBox unpacks and removes a box.
func (d *Desk) RemoveBox(ctx context.Context, order string, seq int) (PackView, error) {
	return d.pack(ctx, order, func(t localdb.VaultTx, b *bench) error {
		bx, err := b.find(seq)
		if err != nil {
			return err
		}
		return t.RemoveBox(ctx, bx.Plan.ID)
	})
}

// PackRest puts the next count unpacked devices into a box, all of them when
// count is 0; their labels are still to be scanned against it.
func (d *Desk) PackRest(ctx context.Context, order string, seq, count int) (PackView, error) {
	return d.pack(ctx, order, func(t localdb.VaultTx, b *bench) error {
		bx, err := b.findOrAdd(ctx, t, seq)
		if err != nil {
			return err
		}
		rest := b.unpacked()
		if count > 0 {
			rest = rest[:min(count, len(rest))]
		}
		for _, dev := range rest {
			if err := b.put(ctx, t, bx, dev.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// findOrAdd opens the first box when there is none to pack into.
func (b *bench) findOrAdd(ctx context.Context, t localdb.VaultTx, seq int) (*box, error) {
	bx, err := b.find(seq)
	if err != nil && seq <= 1 && len(b.plans()) == 0 {
		return b.add(ctx, t)
	}
	return bx, err
}

// Unpack takes a device out of its box.
func (d *Desk) Unpack(ctx context.Context, order, device string) (PackView, error) {
	return d.pack(ctx, order, func(t localdb.VaultTx, b *bench) error {
		if bx := b.in(repair.DeviceID(device)); bx != nil && bx.locked() {
			return ErrBoxGone.With("box", itoa(bx.Seq))
		}
		return t.UnpackDevice(ctx, b.scope, b.told.Order.ID, repair.DeviceID(device))
	})
}

// SetBox sets carrier, waybill and freight of a box. A number typed twice must be
// the same both times (R17); typed once it is kept, and preflight asks for the
// second time.
func (d *Desk) SetBox(ctx context.Context, order string, seq int, input BoxInput) (PackView, error) {
	number := repair.NormalWaybill(repair.WaybillNumber(input.Waybill))
	again := repair.NormalWaybill(repair.WaybillNumber(input.WaybillAgain))
	if !input.Scanned && again != "" && again != number {
		return PackView{}, ErrWaybillDiffers.With("first", string(number), "second", string(again))
	}
	return d.pack(ctx, order, func(t localdb.VaultTx, b *bench) error {
		bx, err := b.find(seq)
		if err != nil {
			return err
		}
		plan := &bx.Plan
		if number != plan.WaybillNumber || input.Scanned || again != "" {
			plan.WaybillCheckedBy = checkedBy(number, again, input.Scanned)
		}
		plan.Carrier, plan.WaybillNumber, plan.WaybillOverride = input.Carrier, number, input.Override
		plan.FreightTerms, plan.DeliveryMode = input.FreightTerms, input.DeliveryMode
		plan.SenderPhone, plan.WeightGrams, plan.Photos = strings.TrimSpace(input.SenderPhone), max(input.WeightGrams, 0), input.Photos
		return b.save(ctx, t, bx)
	})
}

func checkedBy(number, again repair.WaybillNumber, scanned bool) string {
	switch {
	case number == "":
		return ""
	case scanned:
		return "scan"
	case again == number:
		return "double_entry"
	}
	return ""
}

// TickChecklist ticks the steps of the packing guidance that were done (R07).
func (d *Desk) TickChecklist(ctx context.Context, order string, steps []string) (PackView, error) {
	return d.pack(ctx, order, func(t localdb.VaultTx, b *bench) error {
		return t.SetTicks(ctx, b.scope, b.told.Order.ID, steps)
	})
}

// ConfirmPacking files boxes and waybills with the centre (R14).
func (d *Desk) ConfirmPacking(ctx context.Context, order string) (PackView, error) {
	b, err := d.bench(ctx, order)
	if err != nil {
		return PackView{}, err
	}
	if !b.open {
		return PackView{}, ErrPackingClosed.With("stage", string(b.ahead.Order.Stage))
	}
	cmd := repair.Command{Kind: repair.CmdSetParcels, WorkOrder: b.told.Order.ID, Parcels: b.plans(), ChecklistAcked: d.acked(b)}
	_, err = d.do(ctx, cmd, func(t localdb.VaultTx, cmd repair.Command) error {
		if err := b.adopt(ctx, t); err != nil {
			return err
		}
		for i := range b.boxes {
			bx := &b.boxes[i]
			if bx.locked() {
				continue
			}
			bx.Filed = string(cmd.ID)
			if err := b.save(ctx, t, bx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return PackView{}, err
	}
	return d.Packing(ctx, order)
}

// HandOver says that the carrier has the boxes: their waybills are fixed from now
// on. What was changed since it was filed must be filed first.
func (d *Desk) HandOver(ctx context.Context, order string, boxes []int) (PackView, error) {
	b, err := d.bench(ctx, order)
	if err != nil {
		return PackView{}, err
	}
	cmd := repair.Command{Kind: repair.CmdHandOver, WorkOrder: b.told.Order.ID}
	for _, seq := range boxes {
		bx, err := b.find(seq)
		if err != nil {
			return PackView{}, err
		}
		if bx.parcel == nil || !bx.asFiled() {
			return PackView{}, ErrBoxNotFiled.With("box", itoa(seq))
		}
		cmd.ParcelIDs = append(cmd.ParcelIDs, bx.Plan.ID)
	}
	if _, err := d.Do(ctx, cmd); err != nil {
		return PackView{}, err
	}
	return d.Packing(ctx, order)
}

// asFiled reports whether the box is what the centre knows of it.
func (b box) asFiled() bool {
	p := b.parcel
	return p != nil && p.Carrier == b.Plan.Carrier && p.WaybillNumber == repair.NormalWaybill(b.Plan.WaybillNumber) &&
		p.FreightTerms == b.Plan.FreightTerms && p.DeliveryMode == b.Plan.DeliveryMode && sameDevices(p.Devices, b.Plan.Devices)
}

func sameDevices(a, b []repair.DeviceID) bool {
	x, y := slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(x, y)
}

// CheckWaybill checks a waybill number as it is typed.
func (d *Desk) CheckWaybill(_ context.Context, carrier repair.Carrier, number string) (repair.WaybillCheck, error) {
	check := repair.CheckWaybill(carrier, repair.WaybillNumber(number))
	check.Codes = nonNil(check.Codes)
	return check, nil
}
