package localdb

import (
	"context"
	"encoding/json"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// Box is a box being packed. Plan.ID names it, and the parcel it becomes.
type Box struct {
	Seq          int
	Plan         repair.ParcelPlan // Devices in the order of packing
	LabelPrinted int
	Filed        string // the set_parcels command that filed it, "" before
}

// SaveBox keeps a box; its devices are kept apart.
func (t VaultTx) SaveBox(ctx context.Context, scope Scope, order repair.WorkOrderID, b Box) error {
	b.Plan.Devices = nil
	plan, err := json.Marshal(b.Plan)
	if err != nil {
		return err
	}
	_, err = t.tx.Exec(ctx, "box_put", sqlkit.P{
		"id": string(b.Plan.ID), "scope": string(scope), "work_order": string(order), "seq": b.Seq, "plan": string(plan),
		"label_printed": b.LabelPrinted, "filed": b.Filed,
	})
	return err
}

// Boxes gives the boxes of a work order with what lies in them.
func (t VaultTx) Boxes(ctx context.Context, scope Scope, order repair.WorkOrderID) ([]Box, error) {
	var out []Box
	at := map[repair.ParcelID]int{}
	p := sqlkit.P{"scope": string(scope), "work_order": string(order)}
	err := t.tx.Each(ctx, "boxes_of_order", p, func(scan func(...any) error) error {
		var b Box
		var id, plan string
		if err := scan(&id, &b.Seq, &plan, &b.LabelPrinted, &b.Filed); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(plan), &b.Plan); err != nil {
			return err
		}
		at[b.Plan.ID] = len(out)
		out = append(out, b)
		return nil
	})
	if err != nil || len(out) == 0 {
		return out, err
	}
	return out, t.tx.Each(ctx, "box_devices", p, func(scan func(...any) error) error {
		var device repair.DeviceID
		var box repair.ParcelID
		if err := scan(&device, &box); err != nil {
			return err
		}
		if i, ok := at[box]; ok {
			out[i].Plan.Devices = append(out[i].Plan.Devices, device)
		}
		return nil
	})
}

// RemoveBox removes a box; what lay in it is unpacked.
func (t VaultTx) RemoveBox(ctx context.Context, id repair.ParcelID) error {
	_, err := t.tx.Exec(ctx, "box_remove", sqlkit.P{"id": string(id)})
	return err
}

// PackDevice puts a device into a box; packed is false when it lies in one already.
func (t VaultTx) PackDevice(ctx context.Context, scope Scope, order repair.WorkOrderID, device repair.DeviceID, box repair.ParcelID) (packed bool, err error) {
	n, err := t.tx.Exec(ctx, "box_device_put", sqlkit.P{
		"scope": string(scope), "work_order": string(order), "device": string(device), "box": string(box),
	})
	return n == 1, err
}

// UnpackDevice takes a device out of its box.
func (t VaultTx) UnpackDevice(ctx context.Context, scope Scope, order repair.WorkOrderID, device repair.DeviceID) error {
	_, err := t.tx.Exec(ctx, "box_device_remove", sqlkit.P{"scope": string(scope), "work_order": string(order), "device": string(device)})
	return err
}

// CountLabels records that the labels of these boxes were printed once more.
func (t VaultTx) CountLabels(ctx context.Context, boxes []repair.ParcelID) error {
	_, err := t.tx.Exec(ctx, "box_label_printed", sqlkit.P{"ids": list(boxes)})
	return err
}

// SetTicks replaces the ticked steps of the packing guidance.
func (t VaultTx) SetTicks(ctx context.Context, scope Scope, order repair.WorkOrderID, steps []string) error {
	p := sqlkit.P{"scope": string(scope), "work_order": string(order)}
	if _, err := t.tx.Exec(ctx, "tick_clear", p); err != nil {
		return err
	}
	for _, step := range steps {
		if _, err := t.tx.Exec(ctx, "tick_add", sqlkit.P{"scope": string(scope), "work_order": string(order), "step": step}); err != nil {
			return err
		}
	}
	return nil
}

// Ticks gives the ticked steps.
func (t VaultTx) Ticks(ctx context.Context, scope Scope, order repair.WorkOrderID) ([]string, error) {
	var out []string
	err := t.tx.Each(ctx, "ticks", sqlkit.P{"scope": string(scope), "work_order": string(order)}, func(scan func(...any) error) error {
		var step string
		err := scan(&step)
		out = append(out, step)
		return err
	})
	return out, err
}
