package desk

import (
	"context"
	"strings"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// Scan says what a scanned code is and where it leads: one of our labels, a
// serial number, a waybill, or something else. What is unknown is not guessed.
func (d *Desk) Scan(ctx context.Context, code string) (out ScanTarget, err error) {
	code = opened(code)
	out = ScanTarget{Kind: "unknown", Code: code}
	if label, ok := d.ParseLabel(code); ok {
		return out, d.scanLabel(ctx, label, &out)
	}
	key := repair.SerialNumber(code).Key()
	err = d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		hits, err := t.DevicesBySerials(ctx, []string{key})
		if err != nil {
			return err
		}
		if len(hits) > 0 {
			h := newest(hits)
			out.Kind, out.Order, out.Number, out.Device = "serial", string(h.Order), h.Number, string(h.ID)
			return nil
		}
		if len(localdb.WaybillKey(code)) < minWaybill {
			return nil
		}
		parcels, err := t.ByWaybill(ctx, string(repair.NormalWaybill(repair.WaybillNumber(code))))
		if err != nil || len(parcels) == 0 {
			return err
		}
		out.Kind, out.Order, out.Parcel = "waybill", string(parcels[0].Order), parcels[0].ID
		row, _, err := t.OrderRow(ctx, parcels[0].Order)
		out.Number = row.Number
		return err
	})
	if err != nil || out.Kind != "unknown" {
		return out, err
	}
	if strings.Contains(code, "://") {
		out.Kind = "url"
	}
	return out, nil
}

// newest prefers an open work order: a device may have been here before.
func newest(hits []localdb.DeviceHit) localdb.DeviceHit {
	best := hits[0]
	for _, h := range hits[1:] {
		if h.Updated > best.Updated {
			best = h
		}
	}
	return best
}

func (d *Desk) scanLabel(ctx context.Context, label Label, out *ScanTarget) error {
	out.Valid, out.Number, out.Kind = true, label.Number, "order_label"
	return d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		id, found, err := t.OrderByNumber(ctx, label.Number)
		if err != nil || !found {
			return err
		}
		out.Order = string(id)
		if label.Kind != "device" {
			return nil
		}
		out.Kind = "device_label"
		dev, found, err := t.DeviceInOrder(ctx, id, repair.SerialNumber(label.Serial).Key())
		if found {
			out.Device = string(dev.ID)
		}
		return err
	})
}
