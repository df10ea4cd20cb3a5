package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// codeLabelOutdated warns that a label on paper does not say what its box is now.
const codeLabelOutdated = "packing.label_outdated"

// says gives what the label of each box says that is packed here, by the parcel it
// becomes: its place, and a digest of what lies in it. A box that has left keeps
// the label it has.
func (b *bench) says() map[string]string {
	out := map[string]string{}
	for _, bx := range b.boxes {
		if bx.locked() || bx.empty() {
			continue
		}
		var keys []string
		for _, id := range bx.Plan.Devices {
			if dev := b.ahead.Device(id); dev != nil {
				keys = append(keys, dev.Serial.Key())
			}
		}
		slices.Sort(keys)
		digest := sha256.Sum256([]byte(strings.Join(keys, "\n")))
		out[string(bx.Plan.ID)] = itoa(bx.number) + "/" + itoa(max(b.filed, bx.number)) + " " + hex.EncodeToString(digest[:])
	}
	return out
}

// saysNow gives what the labels of a job would say now, nil where that is not kept.
func (d *Desk) saysNow(ctx context.Context, o PrintOrder) (map[string]string, error) {
	if o.Kind != "box" || len(o.Items) == 0 {
		return nil, nil
	}
	b, err := d.bench(ctx, o.Request.Order)
	if err != nil {
		return nil, err
	}
	return b.says(), nil
}

// outdated reports that a label said something else than it says now. Where one of
// the two is not known it counts as the same.
func outdated(said, now string) bool { return said != "" && now != "" && said != now }

// outdatedLabels warns of labels on paper that belong off their boxes: a box was
// packed again, emptied, or is one of another number of boxes by now.
func (d *Desk) outdatedLabels(ctx context.Context, b *bench) (out []repair.Finding, err error) {
	var known map[string]localdb.Printed
	err = d.DB.View(ctx, func(t localdb.VaultTx) (err error) {
		known, err = t.PrintedOf(ctx, b.scope, string(b.told.Order.ID), "box")
		return err
	})
	if err != nil {
		return nil, err
	}
	now, row := b.says(), 0
	for _, bx := range b.boxes {
		if bx.locked() {
			continue
		}
		row++
		said := known[string(bx.Plan.ID)].Says
		if said == "" || said == now[string(bx.Plan.ID)] {
			continue
		}
		was, _, _ := strings.Cut(said, " ")
		out = append(out, repair.Finding{Code: codeLabelOutdated, Severity: repair.Warning, Row: row,
			Args: map[string]string{"box": itoa(bx.Seq), "was": was}})
	}
	return out, nil
}
