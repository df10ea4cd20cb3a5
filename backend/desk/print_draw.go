package desk

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"hashmend/backend/localdb"
)

// DrawPrint gathers what a job draws, and keeps that these are its labels and what
// those of boxes say: a box that was emptied while the job waited has none, so it
// is not counted as printed.
func (d *Desk) DrawPrint(ctx context.Context, id string, o *PrintOrder) (LabelData, error) {
	data, err := d.DataOf(ctx, *o)
	if err != nil || len(data.Items) == len(o.Items) && len(data.Says) == 0 {
		return data, err
	}
	o.Items, o.Says = data.Items, maps.Clone(data.Says)
	maps.DeleteFunc(o.Says, func(item, _ string) bool { return !slices.Contains(o.Items, item) })
	maps.DeleteFunc(o.Before, func(item string, _ int) bool { return !slices.Contains(o.Items, item) })
	o.Again = len(o.Before)
	body, err := json.Marshal(*o)
	if err != nil {
		return data, err
	}
	return data, d.DB.Update(ctx, func(t localdb.VaultTx) error { return t.ChangePrint(ctx, id, body) })
}
