package desk

import (
	"context"
	"encoding/json"
	"maps"

	"hashmend/backend/localdb"
)

// settlePrint says which labels of a job are copies: those that went to paper,
// those that another job is about to bring there, and those of a job that broke
// halfway: nobody knows what came out. A job of fresh labels leaves them out
// instead, and those in a PDF too. self is the job, when it is known already: its
// own labels are copies once it broke, but it is not left out for itself. now is
// what the labels of boxes say: one that said something else is no copy.
func (d *Desk) settlePrint(ctx context.Context, t localdb.VaultTx, self string, now map[string]string, o *PrintOrder) error {
	o.Before, o.Again = nil, 0
	if len(o.Items) == 0 { // a draft's box has no labels to count
		return nil
	}
	known, taken, err := d.onPaper(ctx, t, self, o.Request.Order, o.Kind, now)
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
		n := known[id].Prints + taken[id]
		if !outdated(o.Says[id], now[id]) {
			n += o.Broke
		}
		if n > 0 {
			before[id] = n
		}
	}
	if len(items) == 0 {
		return ErrAllPrinted
	}
	o.Items, o.Before, o.Again = items, before, len(before)
	return nil
}

// onPaper gives what was counted of the labels of a work order, and in how many
// jobs but for one each is taken. Labels of boxes that said something else than
// now are left out of both.
func (d *Desk) onPaper(ctx context.Context, t localdb.VaultTx, but, order, kind string, now map[string]string) (known map[string]localdb.Printed, taken map[string]int, err error) {
	if known, err = t.PrintedOf(ctx, d.scope(), order, kind); err != nil {
		return nil, nil, err
	}
	maps.DeleteFunc(known, func(id string, p localdb.Printed) bool { return outdated(p.Says, now[id]) })
	taken, err = d.takenBy(ctx, t, but, order, kind, now)
	return known, taken, err
}

// takenBy counts the jobs, but for one, that wait, are on their way or broke
// halfway with each label as it is now.
func (d *Desk) takenBy(ctx context.Context, t localdb.VaultTx, but, order, kind string, now map[string]string) (map[string]int, error) {
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
			if n > 0 && !outdated(o.Says[item], now[item]) {
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
