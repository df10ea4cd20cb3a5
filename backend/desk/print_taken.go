package desk

import (
	"context"
	"encoding/json"

	"hashmend/backend/localdb"
)

// settlePrint says which labels of a job are copies: those that went to paper,
// those that another job is about to bring there, and those of a job that broke
// halfway: nobody knows what came out. A job of fresh labels leaves them out
// instead, and those in a PDF too. self is the job, when it is known already: its
// own labels are copies once it broke, but it is not left out for itself.
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
		if n := known[id].Prints + taken[id] + o.Broke; n > 0 {
			before[id] = n
		}
	}
	if len(items) == 0 {
		return ErrAllPrinted
	}
	o.Items, o.Before, o.Again = items, before, len(before)
	return nil
}

// takenBy counts the jobs, but for one, that wait, are on their way or broke
// halfway with each label.
func (d *Desk) takenBy(ctx context.Context, t localdb.VaultTx, but, order, kind string) (map[string]int, error) {
	jobs, err := t.PrintsNotSent(ctx, d.scope(), order)
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
		n := o.Broke
		if j.State == localdb.PrintQueued || j.State == localdb.PrintSending || brokeHalfway(j) {
			n++
		}
		for _, item := range o.Items {
			if n > 0 {
				taken[item] += n
			}
		}
	}
	return taken, nil
}

// brokeHalfway says that some of a job may have come out: it ended after its
// printer took something, or with the program.
func brokeHalfway(j localdb.PrintJob) bool {
	if j.State != localdb.PrintFailed && j.State != localdb.PrintCancelled {
		return false
	}
	return j.Bytes > 0 || j.Reason != nil && j.Reason.Code == ErrPrintBroken.Code
}
