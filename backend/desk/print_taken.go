package desk

import (
	"context"
	"encoding/json"

	"hashmend/backend/localdb"
)

// settlePrint says which labels of a job are copies: those that went to paper, and
// those that another job is about to bring there. A job of fresh labels leaves them
// out instead, and those in a PDF too. self is the job, when it is known already.
func (d *Desk) settlePrint(ctx context.Context, t localdb.VaultTx, self string, o *PrintOrder) error {
	o.Before, o.Again = nil, 0
	if len(o.Items) == 0 { // a draft's box has no labels to count
		return nil
	}
	known, err := t.PrintedOf(ctx, d.scope(), o.Request.Order, o.Kind)
	if err != nil {
		return err
	}
	taken, err := d.takenBy(ctx, t, self, o.Request.Order, o.Kind)
	if err != nil {
		return err
	}
	var items []string
	before := map[string]int{}
	for _, id := range o.Items {
		if o.Request.Fresh && (taken[id] > 0 || known[id] != localdb.Printed{}) {
			continue
		}
		items = append(items, id)
		if n := known[id].Prints + taken[id]; n > 0 {
			before[id] = n
		}
	}
	if len(items) == 0 {
		return ErrAllPrinted
	}
	o.Items, o.Before, o.Again = items, before, len(before)
	return nil
}

// takenBy counts the jobs, but for one, that wait or are on their way with each label.
func (d *Desk) takenBy(ctx context.Context, t localdb.VaultTx, but, order, kind string) (map[string]int, error) {
	jobs, err := t.PrintsOnTheirWay(ctx, d.scope(), order)
	if err != nil {
		return nil, err
	}
	taken := map[string]int{}
	for _, j := range jobs {
		var o PrintOrder
		if err := json.Unmarshal(j.Job, &o); err != nil {
			return nil, err
		}
		if j.ID == but || o.Kind != kind {
			continue
		}
		for _, item := range o.Items {
			taken[item]++
		}
	}
	return taken, nil
}
