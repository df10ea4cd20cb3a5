package localdb

import (
	"context"
	"encoding/json"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// PrintState is where a print job stands.
type PrintState string

// States of a print job.
const (
	PrintQueued    PrintState = "queued"
	PrintSending   PrintState = "sending"
	PrintSent      PrintState = "sent" // the printer or its queue has all of it
	PrintFailed    PrintState = "failed"
	PrintCancelled PrintState = "cancelled"
)

// PrintJob is something that was given to a printer. Job is its owner's, as JSON.
type PrintJob struct {
	ID      string
	Order   string
	State   PrintState
	Job     []byte
	Bytes   int64
	Reason  *repair.Error
	Created repair.Instant
	Updated repair.Instant
}

// AddPrint keeps a job before anything of it is sent.
func (t VaultTx) AddPrint(ctx context.Context, scope Scope, j PrintJob, now repair.Instant) error {
	_, err := t.tx.Exec(ctx, "print_put", sqlkit.P{"id": j.ID, "scope": string(scope), "work_order": j.Order, "job": string(j.Job), "at": string(now)})
	return err
}

// MovePrint moves a job from one of some states to another; moved is false when
// it was in none of them.
func (t VaultTx) MovePrint(ctx context.Context, id string, from []PrintState, to PrintState, bytes int64, reason *repair.Error, now repair.Instant) (moved bool, err error) {
	text := ""
	if reason != nil {
		b, err := json.Marshal(reason)
		if err != nil {
			return false, err
		}
		text = string(b)
	}
	n, err := t.tx.Exec(ctx, "print_move", sqlkit.P{"id": id, "from": list(from), "state": string(to), "bytes": bytes, "reason": text, "at": string(now)})
	return n == 1, err
}

// Print gives one job.
func (t VaultTx) Print(ctx context.Context, id string) (j PrintJob, found bool, err error) {
	all, err := t.prints(ctx, "print_one", sqlkit.P{"id": id})
	if err != nil || len(all) == 0 {
		return j, false, err
	}
	return all[0], true, nil
}

// Prints gives the newest jobs, the newest first.
func (t VaultTx) Prints(ctx context.Context, scope Scope, limit int) ([]PrintJob, error) {
	return t.prints(ctx, "print_list", sqlkit.P{"scope": string(scope), "limit": limit})
}

// PrintsNotSent gives a work order's jobs that wait, are being sent, or ended
// before everything was sent.
func (t VaultTx) PrintsNotSent(ctx context.Context, scope Scope, order string) ([]PrintJob, error) {
	return t.prints(ctx, "print_not_sent", sqlkit.P{"scope": string(scope), "work_order": order})
}

// ChangePrint changes what a job prints.
func (t VaultTx) ChangePrint(ctx context.Context, id string, job []byte) error {
	_, err := t.tx.Exec(ctx, "print_change", sqlkit.P{"id": id, "job": string(job)})
	return err
}

func (t VaultTx) prints(ctx context.Context, name string, p sqlkit.P) (out []PrintJob, err error) {
	err = t.tx.Each(ctx, name, p, func(scan func(...any) error) error {
		var j PrintJob
		var job, reason string
		if err := scan(&j.ID, &j.Order, &j.State, &job, &j.Bytes, &reason, &j.Created, &j.Updated); err != nil {
			return err
		}
		j.Job = []byte(job)
		if reason != "" {
			j.Reason = new(repair.Error)
			if err := json.Unmarshal([]byte(reason), j.Reason); err != nil {
				return err
			}
		}
		out = append(out, j)
		return nil
	})
	return out, err
}

// InterruptPrints fails what was on its way when the program ended: a person
// looks at what came out, and decides. What still waited has another reason.
func (t VaultTx) InterruptPrints(ctx context.Context, reason, waited *repair.Error, now repair.Instant) error {
	text, err := json.Marshal(reason)
	if err != nil {
		return err
	}
	other, err := json.Marshal(waited)
	if err != nil {
		return err
	}
	_, err = t.tx.Exec(ctx, "print_interrupted", sqlkit.P{"reason": string(text), "waited": string(other), "at": string(now)})
	return err
}

// Printed says how often a label went to paper, and what it said the last time: ""
// is not known.
type Printed struct {
	Prints, Files int
	Says          string
}

// AddPrinted counts that the labels of some boxes or devices went to paper. says is
// what is on them, by box or device: once that changes they are counted anew.
func (t VaultTx) AddPrinted(ctx context.Context, scope Scope, order, kind string, items []string, more Printed, says map[string]string) error {
	text, err := json.Marshal(says)
	if err != nil {
		return err
	}
	_, err = t.tx.Exec(ctx, "printed_add", sqlkit.P{"scope": string(scope), "work_order": order, "kind": kind, "items": list(items),
		"prints": more.Prints, "files": more.Files, "says": string(text)})
	return err
}

// PrintedOf gives what was counted for a work order, by box or device.
func (t VaultTx) PrintedOf(ctx context.Context, scope Scope, order, kind string) (map[string]Printed, error) {
	out := map[string]Printed{}
	err := t.tx.Each(ctx, "printed_of", sqlkit.P{"scope": string(scope), "work_order": order, "kind": kind}, func(scan func(...any) error) error {
		var item string
		var n Printed
		err := scan(&item, &n.Prints, &n.Files, &n.Says)
		out[item] = n
		return err
	})
	return out, err
}
