package desk

import (
	"context"
	"encoding/json"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// shownPrints is how many jobs the history shows.
const shownPrints = 100

// Errors of print jobs.
var (
	ErrPrintNothing  = &repair.Error{Kind: repair.Invalid, Code: "labels.nothing_to_print"}
	ErrAllPrinted    = &repair.Error{Kind: repair.Conflict, Code: "print.all_printed"} // or on its way
	ErrPrintUnknown  = &repair.Error{Kind: repair.NotFound, Code: "print.not_found"}
	ErrPrintOver     = &repair.Error{Kind: repair.Conflict, Code: "print.over"}        // it has ended already
	ErrPrintWhy      = &repair.Error{Kind: repair.Invalid, Code: "print.why_required"} // args: count
	ErrPrintBroken   = &repair.Error{Kind: repair.Unavailable, Code: "print.interrupted"}
	ErrPrintWaited   = &repair.Error{Kind: repair.Unavailable, Code: "print.not_begun"}
	ErrPrintAgainNot = &repair.Error{Kind: repair.Conflict, Code: "print.not_failed"}
)

// PrintOrder is what a job prints, kept as it was asked for.
type PrintOrder struct {
	Request LabelRequest `json:"request"`
	Printer string       `json:"printer"` // id
	Name    string       `json:"name"`    // of the printer, for the history
	Title   string       `json:"title"`
	Kind    string       `json:"kind"` // box, device, "" papers that are not counted
	Items   []string     `json:"items"`
	Raw     bool         `json:"raw"` // a page to measure: drawn without calibration

	Before map[string]int `json:"before"` // how often each item printed before had gone to paper
	Again  int            `json:"again"`  // how many such items there are
	Broke  int            `json:"broke"`  // how often it broke halfway before it was tried again

	Says map[string]string `json:"says,omitempty"` // what the labels of boxes said as they were drawn
}

// BeginPrint keeps a job before anything is sent. Labels that were printed before,
// or that another job is about to print, need a reason: two labels of one box are
// worth a word. A job of fresh labels takes those alone that no other job has taken.
func (d *Desk) BeginPrint(ctx context.Context, o PrintOrder) (PrintJob, error) {
	id, err := newID()
	if err != nil {
		return PrintJob{}, err
	}
	now, err := d.saysNow(ctx, o)
	if err != nil {
		return PrintJob{}, err
	}
	err = d.DB.Update(ctx, func(t localdb.VaultTx) error {
		if err := d.settlePrint(ctx, t, "", now, &o); err != nil {
			return err
		}
		if o.Again > 0 && o.Request.Why == "" {
			return ErrPrintWhy.With("count", itoa(o.Again))
		}
		body, err := json.Marshal(o)
		if err != nil {
			return err
		}
		return t.AddPrint(ctx, d.scope(), localdb.PrintJob{ID: id, Order: o.Request.Order, Job: body}, d.now())
	})
	if err != nil {
		return PrintJob{}, err
	}
	d.Emit("prints")
	return d.printJob(ctx, id)
}

// PrintBegins takes a queued job for sending; ok is false when it was cancelled.
func (d *Desk) PrintBegins(ctx context.Context, id string) (o PrintOrder, ok bool, err error) {
	err = d.DB.Update(ctx, func(t localdb.VaultTx) error {
		if ok, err = t.MovePrint(ctx, id, []localdb.PrintState{localdb.PrintQueued}, localdb.PrintSending, 0, nil, d.now()); err != nil || !ok {
			return err
		}
		j, _, err := t.Print(ctx, id)
		if err != nil {
			return err
		}
		return json.Unmarshal(j.Job, &o)
	})
	d.Emit("prints")
	return o, ok, err
}

// PrintEnds records how a job ended, and counts what is on paper now.
func (d *Desk) PrintEnds(ctx context.Context, id string, state localdb.PrintState, bytes int64, reason *repair.Error) error {
	var o PrintOrder
	err := d.DB.Update(ctx, func(t localdb.VaultTx) error {
		moved, err := t.MovePrint(ctx, id, []localdb.PrintState{localdb.PrintSending}, state, bytes, reason, d.now())
		if err != nil || !moved || state != localdb.PrintSent {
			return err
		}
		j, _, err := t.Print(ctx, id)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(j.Job, &o); err != nil || o.Kind == "" {
			return err
		}
		return d.count(ctx, t, o.Request.Order, o.Kind, o.Items, localdb.Printed{Prints: 1 + o.Broke}, o.Says) // what may have come out before stays counted
	})
	d.Emit("prints")
	if o.Kind != "" { // previews say what was printed before
		d.Emit("packing:"+o.Request.Order, "orders")
	}
	return err
}

// count counts labels that went to paper, boxes for the packing bench as well.
func (d *Desk) count(ctx context.Context, t localdb.VaultTx, order, kind string, items []string, more localdb.Printed, says map[string]string) error {
	if err := t.AddPrinted(ctx, d.scope(), order, kind, items, more, says); err != nil || kind != "box" {
		return err
	}
	ids := make([]repair.ParcelID, len(items))
	for i, item := range items {
		ids[i] = repair.ParcelID(item)
	}
	return t.CountLabels(ctx, ids)
}

// LabelsFiled counts labels that went into a PDF, which somebody may print. says is
// what those of boxes say.
func (d *Desk) LabelsFiled(ctx context.Context, order, kind string, items []string, says map[string]string) error {
	if kind == "" || len(items) == 0 {
		return nil
	}
	err := d.DB.Update(ctx, func(t localdb.VaultTx) error {
		return d.count(ctx, t, order, kind, items, localdb.Printed{Files: 1}, says)
	})
	if err == nil {
		d.Emit("packing:"+order, "orders")
	}
	return err
}

// CancelPrint cancels a job that waits. One that is on its way ends when whoever
// sends it stops, which is the caller's to bring about.
func (d *Desk) CancelPrint(ctx context.Context, id string) error {
	err := d.DB.Update(ctx, func(t localdb.VaultTx) error {
		j, found, err := t.Print(ctx, id)
		switch {
		case err != nil:
			return err
		case !found:
			return ErrPrintUnknown
		case j.State == localdb.PrintSending:
			return nil
		case j.State != localdb.PrintQueued:
			return ErrPrintOver
		}
		_, err = t.MovePrint(ctx, id, []localdb.PrintState{localdb.PrintQueued}, localdb.PrintCancelled, 0, nil, d.now())
		return err
	})
	d.Emit("prints")
	return err
}

// RetryPrint queues a job again that has failed or was cancelled. Of fresh labels
// it prints those that are still fresh; others that were printed meanwhile, or may
// have come out before it broke, say that they are copies.
func (d *Desk) RetryPrint(ctx context.Context, id string) (PrintJob, error) {
	asked, err := d.PrintOrderOf(ctx, id)
	if err != nil {
		return PrintJob{}, err
	}
	now, err := d.saysNow(ctx, asked)
	if err != nil {
		return PrintJob{}, err
	}
	err = d.DB.Update(ctx, func(t localdb.VaultTx) error {
		j, found, err := t.Print(ctx, id) // as it ended
		if err != nil {
			return err
		}
		moved, err := t.MovePrint(ctx, id, []localdb.PrintState{localdb.PrintFailed, localdb.PrintCancelled}, localdb.PrintQueued, 0, nil, d.now())
		if err == nil && (!found || !moved) {
			err = ErrPrintAgainNot
		}
		if err != nil {
			return err
		}
		var o PrintOrder
		if err := json.Unmarshal(j.Job, &o); err != nil {
			return err
		}
		if brokeHalfway(j) {
			o.Broke++
		}
		if err := d.settlePrint(ctx, t, id, now, &o); err != nil {
			return err
		}
		body, err := json.Marshal(o)
		if err != nil {
			return err
		}
		return t.ChangePrint(ctx, id, body)
	})
	if err != nil {
		return PrintJob{}, err
	}
	d.Emit("prints")
	return d.printJob(ctx, id)
}

// RecoverPrints fails what was on its way when the program ended: nobody knows
// what came out. Of what waited nothing did.
func (d *Desk) RecoverPrints(ctx context.Context) error {
	return d.DB.Update(ctx, func(t localdb.VaultTx) error {
		return t.InterruptPrints(ctx, ErrPrintBroken, ErrPrintWaited, d.now())
	})
}

// PrintJobs gives the history, the newest first.
func (d *Desk) PrintJobs(ctx context.Context) (out []PrintJob, err error) {
	out = []PrintJob{}
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		all, err := t.Prints(ctx, d.scope(), shownPrints)
		if err != nil {
			return err
		}
		for _, j := range all {
			view, err := printView(j)
			if err != nil {
				return err
			}
			out = append(out, view)
		}
		return nil
	})
	return out, err
}

// PrintOrderOf gives what a job prints.
func (d *Desk) PrintOrderOf(ctx context.Context, id string) (o PrintOrder, err error) {
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		j, found, err := t.Print(ctx, id)
		if err == nil && !found {
			err = ErrPrintUnknown
		}
		if err != nil {
			return err
		}
		return json.Unmarshal(j.Job, &o)
	})
	return o, err
}

func (d *Desk) printJob(ctx context.Context, id string) (out PrintJob, err error) {
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		j, found, err := t.Print(ctx, id)
		if err == nil && !found {
			err = ErrPrintUnknown
		}
		if err != nil {
			return err
		}
		out, err = printView(j)
		return err
	})
	return out, err
}

func printView(j localdb.PrintJob) (PrintJob, error) {
	var o PrintOrder
	if err := json.Unmarshal(j.Job, &o); err != nil {
		return PrintJob{}, err
	}
	return PrintJob{ID: j.ID, Order: j.Order, Title: o.Title, Printer: o.Name, Document: o.Request.Document, Labels: len(o.Items),
		Again: o.Again, Why: o.Request.Why, State: string(j.State), Bytes: j.Bytes, Reason: j.Reason, Created: j.Created, Updated: j.Updated}, nil
}
