package desk

import (
	"context"
	"strings"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// Outcomes of a scan at the packing bench.
const (
	scanPacked     = "packed"
	scanAlready    = "already_packed"
	scanNotInOrder = "not_in_order" // R16: the red one
	scanWaybill    = "waybill_set"
	scanBox        = "box"
	scanNotOpen    = "not_open"
	scanUnknown    = "unknown"
)

// PackByScan puts the scanned device into a box; box 0 is the last one, and the
// first is opened by the first scan. Only serial numbers of the work order are
// taken, each into one box (R16). A waybill of the box's carrier sets its number
// (R17); one of our own labels counts for what it stands on.
func (d *Desk) PackByScan(ctx context.Context, order string, seq int, code string) (out PackScan, err error) {
	b, err := d.bench(ctx, order)
	if err != nil {
		return out, err
	}
	if !b.open {
		out.Outcome, out.Serial = scanNotOpen, code
		return d.scanned(ctx, order, out)
	}
	code = opened(code)
	out.Serial = code
	if label, ok := d.ParseLabel(code); ok {
		if label.Number != b.told.Order.Number {
			out.Outcome = scanNotInOrder
			return d.scanned(ctx, order, out)
		}
		if label.Kind != "device" {
			out.Outcome, out.Box = scanBox, label.Box
			if bx := b.labelled(label.Box); bx != nil {
				out.Box = bx.Seq
			}
			if label.Kind == "box" {
				if out.Check, err = d.checkPacked(ctx, b, label); err != nil {
					return out, err
				}
			}
			return d.scanned(ctx, order, out)
		}
		code, out.Serial = label.Serial, label.Serial
	}
	dev := b.ahead.DeviceBySerial(repair.SerialNumber(code))
	switch {
	case repair.SerialNumber(code).Key() == "":
		out.Outcome = scanUnknown
	case dev == nil:
		err = d.scanWaybill(ctx, order, b, seq, code, &out)
	case b.in(dev.ID) != nil:
		out.Outcome, out.Box = scanAlready, b.in(dev.ID).Seq
	case !b.packable[dev.ID]:
		out.Outcome = scanNotOpen
	default:
		err = d.scanDevice(ctx, order, seq, *dev, &out)
	}
	if err != nil {
		return out, err
	}
	return d.scanned(ctx, order, out)
}

// scanned shows the bench after a scan.
func (d *Desk) scanned(ctx context.Context, order string, out PackScan) (PackScan, error) {
	view, err := d.Packing(ctx, order)
	out.View, out.Left = view, view.Left
	return out, err
}

func (d *Desk) scanDevice(ctx context.Context, order string, seq int, dev repair.Device, out *PackScan) error {
	_, err := d.pack(ctx, order, func(t localdb.VaultTx, b *bench) error {
		bx, err := b.findOrAdd(ctx, t, seq)
		if err != nil {
			return err
		}
		out.Outcome, out.Box, out.Serial = scanPacked, bx.Seq, string(dev.Serial)
		return b.put(ctx, t, bx, dev.ID)
	})
	return err
}

// scanWaybill takes the code for the box's waybill when its carrier writes such
// numbers; otherwise it is a device of somebody else.
func (d *Desk) scanWaybill(ctx context.Context, order string, b *bench, seq int, code string, out *PackScan) error {
	bx, err := b.find(seq)
	carrier := repair.Carrier("")
	if err == nil {
		carrier = waybillOf(bx.Plan.Carrier, code)
	}
	if carrier == "" {
		out.Outcome = scanNotInOrder
		if strings.Contains(code, "://") {
			out.Outcome = scanUnknown
		}
		return nil
	}
	out.Outcome, out.Box = scanWaybill, bx.Seq
	_, err = d.pack(ctx, order, func(t localdb.VaultTx, b *bench) error {
		bx, err := b.find(seq)
		if err != nil {
			return err
		}
		bx.Plan.Carrier, bx.Plan.WaybillNumber = carrier, repair.NormalWaybill(repair.WaybillNumber(code))
		bx.Plan.WaybillCheckedBy, bx.Plan.WaybillOverride = "scan", false
		return b.save(ctx, t, bx)
	})
	return err
}

// waybillOf says whose waybill a code is: of the carrier chosen, or, before one
// is chosen, of the only one that writes such numbers. Parcels count before heavy
// freight, which often shares its numbers; "" is nobody's.
func waybillOf(chosen repair.Carrier, code string) repair.Carrier {
	fits := func(c repair.Carrier) bool {
		check := repair.CheckWaybill(c, repair.WaybillNumber(code))
		return check.Format == repair.FormatOK && check.CheckDigit != repair.CheckWrong
	}
	if chosen != "" {
		if fits(chosen) {
			return chosen
		}
		return ""
	}
	byUse := map[bool][]repair.Carrier{}
	for _, row := range repair.Carriers() {
		if fits(row.Code) {
			heavy := row.Use == "heavy"
			byUse[heavy] = append(byUse[heavy], row.Code)
		}
	}
	for _, heavy := range []bool{false, true} {
		if len(byUse[heavy]) == 1 {
			return byUse[heavy][0]
		}
		if len(byUse[heavy]) > 1 {
			return ""
		}
	}
	return ""
}

// checkPacked checks the label of a box against the box as it is packed now.
func (d *Desk) checkPacked(ctx context.Context, b *bench, label Label) (out LabelCheck, err error) {
	now := packed{account: b.told.Order.Account}
	if bx := b.labelled(label.Box); bx != nil {
		for _, id := range bx.Plan.Devices {
			if dev := b.ahead.Device(id); dev != nil {
				now.keys = append(now.keys, dev.Serial.Key())
			}
		}
	}
	return out, d.DB.Cached(ctx, b.scope, func(t localdb.CacheTx) error {
		out, err = d.checkBox(ctx, t, label, now)
		return err
	})
}
