package desk

import (
	"context"
	"strings"

	"hashmend/backend/intake"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// looked is what a search text came to.
type looked struct {
	text    string   // for names and numbers, in small letters; "" when only ids count
	orders  []string // found by serial or waybill; nil when nothing was asked
	drafts  []string
	asked   int // serial numbers of a pasted list
	found   int
	unknown []string
}

const (
	// maxHits bounds what one search by a part of a serial number gives.
	maxHits = 200
	// maxAsked bounds a pasted list of serial numbers.
	maxAsked = 20_000
)

// look understands a search: a pasted list of serial numbers, or words that may
// be a name, a number, a serial or a waybill.
func (d *Desk) look(ctx context.Context, text string) (out looked, err error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return out, nil
	}
	if list := serialList(text); list != nil {
		return d.lookList(ctx, list)
	}
	out.text = strings.ToLower(text)
	out.orders, out.drafts = []string{}, []string{}
	hits, err := d.FindDevices(ctx, text)
	if err != nil {
		return out, err
	}
	for _, h := range hits {
		if h.Draft {
			out.drafts = append(out.drafts, h.Order)
		} else {
			out.orders = append(out.orders, h.Order)
		}
	}
	if len(localdb.WaybillKey(text)) < minWaybill {
		return out, nil
	}
	return out, d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		parcels, err := t.WaybillsFrom(ctx, text, maxHits)
		for _, h := range parcels {
			out.orders = append(out.orders, string(h.Order))
		}
		return err
	})
}

// minWaybill is how much of a waybill number must be given.
const minWaybill = 4

// serialList tells a pasted list from a search: several lines, tabs or commas
// apart, each a serial number's length without a space in it.
func serialList(text string) []string {
	parts := intake.Burst(strings.NewReplacer(",", "\n", ";", "\n").Replace(text))
	if len(parts) < 2 {
		return nil
	}
	if len(parts) > maxAsked {
		parts = parts[:maxAsked]
	}
	return parts
}

func (d *Desk) lookList(ctx context.Context, list []string) (out looked, err error) {
	keys := map[string]bool{}
	var ask []string
	for _, typed := range list {
		key := repair.SerialNumber(typed).Key()
		if key != "" && !keys[key] {
			keys[key] = true
			ask = append(ask, key)
		}
	}
	out.orders, out.drafts, out.asked = []string{}, []string{}, len(ask)
	scope := d.scope()
	has := map[string]bool{}
	if err := d.DB.Cached(ctx, scope, func(t localdb.CacheTx) error {
		known, err := t.KnownSerials(ctx, ask)
		for _, k := range known {
			has[k.Key] = true
			out.orders = append(out.orders, string(k.Order))
		}
		return err
	}); err != nil {
		return out, err
	}
	if err := d.DB.View(ctx, func(t localdb.VaultTx) error {
		hits, err := t.SerialsElsewhere(ctx, scope, "", localdb.DraftOpen, ask)
		for _, h := range hits {
			has[h.Key] = true
			out.drafts = append(out.drafts, h.Draft)
		}
		return err
	}); err != nil {
		return out, err
	}
	for _, key := range ask {
		if has[key] {
			out.found++
		} else {
			out.unknown = append(out.unknown, key)
		}
	}
	return out, nil
}

// FindDevices finds devices by serial number across all work orders and drafts:
// whole, then by its beginning, then by any three characters; or a pasted list.
func (d *Desk) FindDevices(ctx context.Context, text string) ([]DeviceHit, error) {
	if list := serialList(text); list != nil {
		return d.findList(ctx, list)
	}
	key := repair.SerialNumber(text).Key()
	out := []DeviceHit{}
	if key == "" {
		return out, nil
	}
	scope := d.scope()
	seen := map[string]bool{}
	if err := d.DB.View(ctx, func(t localdb.VaultTx) error {
		for _, find := range []func(context.Context, localdb.Scope, string, int) ([]localdb.SerialHit, error){t.SerialsFrom, t.SerialsWithin} {
			hits, err := find(ctx, scope, key, maxHits)
			if err != nil {
				return err
			}
			out = addDraftHits(out, hits, seen)
			if len([]rune(key)) < 3 {
				break
			}
		}
		return nil
	}); err != nil {
		return nil, err
	}
	return out, d.DB.Cached(ctx, scope, func(t localdb.CacheTx) error {
		for _, find := range []func(context.Context, string, int) ([]localdb.DeviceHit, error){t.DevicesFrom, t.DevicesWithin} {
			hits, err := find(ctx, key, maxHits)
			if err != nil {
				return err
			}
			out = addHits(out, hits, seen)
			if len(out) >= maxHits {
				return nil
			}
		}
		return nil
	})
}

func (d *Desk) findList(ctx context.Context, list []string) ([]DeviceHit, error) {
	keys := make([]string, 0, len(list))
	for _, typed := range list {
		keys = append(keys, repair.SerialNumber(typed).Key())
	}
	out := []DeviceHit{}
	seen := map[string]bool{}
	if err := d.DB.View(ctx, func(t localdb.VaultTx) error {
		hits, err := t.SerialsElsewhere(ctx, d.scope(), "", localdb.DraftOpen, keys)
		out = addDraftHits(out, hits, seen)
		return err
	}); err != nil {
		return nil, err
	}
	return out, d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		hits, err := t.DevicesBySerials(ctx, keys)
		out = addHits(out, hits, seen)
		return err
	})
}

func addDraftHits(out []DeviceHit, hits []localdb.SerialHit, seen map[string]bool) []DeviceHit {
	for _, h := range hits {
		if !seen[h.Row] {
			seen[h.Row] = true
			out = append(out, DeviceHit{Order: h.Draft, Number: h.Reference, Draft: true, Device: h.Row, Serial: h.Serial,
				Model: h.Model, Stage: repair.StageDraft, At: h.UpdatedAt})
		}
	}
	return out
}

func addHits(out []DeviceHit, hits []localdb.DeviceHit, seen map[string]bool) []DeviceHit {
	for _, h := range hits {
		if !seen[string(h.ID)] {
			seen[string(h.ID)] = true
			out = append(out, DeviceHit{Order: string(h.Order), Number: h.Number, Device: string(h.ID), Serial: string(h.Device.Serial),
				Model: h.Device.Model, Status: h.Status, Stage: h.Stage, At: h.Updated})
		}
	}
	return out
}
