package localdb

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// OutboxState is where a thing on its way stands.
type OutboxState string

// States of an outbox row. Sending and a crash make Queued again.
const (
	Holding   OutboxState = "holding" // may still be taken back by undo
	Queued    OutboxState = "queued"
	Sending   OutboxState = "sending"
	Accepted  OutboxState = "accepted"
	Refused   OutboxState = "refused"   // the person must decide
	Dismissed OutboxState = "dismissed" // refused, and the person has seen it
)

// KindSubmit is the kind of a submission; every other kind is a repair.CommandKind.
const KindSubmit = "submit"

// OutboxItem is one thing on its way to the centre. Body is not read with it:
// see OutboxBody.
type OutboxItem struct {
	N           int64
	ID          string // UUIDv7: of the work order for a submission, else of the command
	Scope       Scope
	Kind        string
	WorkOrder   repair.WorkOrderID
	Draft       string
	Title       string
	Fingerprint string // SHA-256 of the body, lower-case hex
	SeenRev     int64
	State       OutboxState
	Attempts    int
	NextAt      repair.Instant
	HoldUntil   repair.Instant
	Rev         int64
	Answer      json.RawMessage
	Reason      *repair.Error
	CreatedAt   repair.Instant
	UpdatedAt   repair.Instant
	Again       Again           // of what a restored centre is offered again
	Was         json.RawMessage // its answer before it was restored
	Refusals    int             // by the centre, since it was offered again
}

// Queue freezes the bytes. The item needs ID, Scope, Kind and CreatedAt; State
// is Holding when HoldUntil is set, else Queued.
func (t VaultTx) Queue(ctx context.Context, item OutboxItem, body []byte) error {
	state := Queued
	if item.HoldUntil.IsSet() {
		state = Holding
	}
	sum := sha256.Sum256(body)
	_, err := t.tx.Exec(ctx, "outbox_add", sqlkit.P{
		"id": item.ID, "scope": string(item.Scope), "kind": item.Kind, "work_order": string(item.WorkOrder),
		"draft": item.Draft, "title": item.Title, "body": body, "fingerprint": hex.EncodeToString(sum[:]),
		"seen_rev": item.SeenRev, "state": string(state), "hold_until": string(item.HoldUntil), "at": string(item.CreatedAt),
	})
	return err
}

// OutboxItem gives one item.
func (t VaultTx) OutboxItem(ctx context.Context, id string) (OutboxItem, error) {
	items, err := t.items(ctx, "outbox_one", sqlkit.P{"id": id})
	if err != nil {
		return OutboxItem{}, err
	}
	if len(items) == 0 {
		return OutboxItem{}, notFound("outbox.not_found", id)
	}
	return items[0], nil
}

// OutboxBody gives the frozen bytes.
func (t VaultTx) OutboxBody(ctx context.Context, id string) (body []byte, err error) {
	found, err := t.tx.Row(ctx, "outbox_body", sqlkit.P{"id": id}, &body)
	if err == nil && !found {
		return nil, notFound("outbox.not_found", id)
	}
	return body, err
}

// OpenOutbox lists what is not confirmed yet or was refused, oldest first.
func (t VaultTx) OpenOutbox(ctx context.Context, scope Scope) ([]OutboxItem, error) {
	return t.items(ctx, "outbox_open", sqlkit.P{"scope": string(scope)})
}

// OrderOutbox lists the items of one work order in one state, oldest first.
func (t VaultTx) OrderOutbox(ctx context.Context, scope Scope, order repair.WorkOrderID, state OutboxState) ([]OutboxItem, error) {
	return t.items(ctx, "outbox_of_order", sqlkit.P{"scope": string(scope), "work_order": string(order), "state": string(state)})
}

// OutboxCounts counts what is on its way, by state.
func (t VaultTx) OutboxCounts(ctx context.Context, scope Scope) (map[OutboxState]int, error) {
	out := map[OutboxState]int{}
	err := t.tx.Each(ctx, "outbox_counts", sqlkit.P{"scope": string(scope)}, func(scan func(...any) error) error {
		var state OutboxState
		var n int
		err := scan(&state, &n)
		out[state] = n
		return err
	})
	return out, err
}

// TakeBack removes an item that was never sent; taken is false when it may
// already be with the centre.
func (t VaultTx) TakeBack(ctx context.Context, id string) (taken bool, err error) {
	n, err := t.tx.Exec(ctx, "outbox_take_back", sqlkit.P{"id": id})
	return n == 1, err
}

// Dismiss marks a refused item as seen.
func (t VaultTx) Dismiss(ctx context.Context, id string, now repair.Instant) (done bool, err error) {
	n, err := t.tx.Exec(ctx, "outbox_dismiss", sqlkit.P{"id": id, "now": string(now)})
	return n == 1, err
}

func (t VaultTx) items(ctx context.Context, name string, p sqlkit.P) ([]OutboxItem, error) {
	var out []OutboxItem
	err := t.tx.Each(ctx, name, p, func(scan func(...any) error) error {
		var o OutboxItem
		var answer, reason, was string
		if err := scan(&o.N, &o.ID, &o.Scope, &o.Kind, &o.WorkOrder, &o.Draft, &o.Title, &o.Fingerprint, &o.SeenRev,
			&o.State, &o.Attempts, &o.NextAt, &o.HoldUntil, &o.Rev, &answer, &reason, &o.CreatedAt, &o.UpdatedAt, &o.Again, &was, &o.Refusals); err != nil {
			return err
		}
		if answer != "" {
			o.Answer = json.RawMessage(answer)
		}
		if was != "" {
			o.Was = json.RawMessage(was)
		}
		if reason != "" {
			o.Reason = &repair.Error{}
			if err := json.Unmarshal([]byte(reason), o.Reason); err != nil {
				return err
			}
		}
		out = append(out, o)
		return nil
	})
	return out, err
}

// ErrLeft is why a command that an earlier person of the centre left on this PC
// is not sent by itself.
var ErrLeft = &repair.Error{Kind: repair.Conflict, Code: "outbox.left"}

// AdoptLeft shows a person of the centre what was left unsent on this PC under
// earlier names there: joining again makes a new one. It never goes by itself, for
// it would be said in another's name.
func (t VaultTx) AdoptLeft(ctx context.Context, s Session, now repair.Instant) error {
	reason, err := json.Marshal(ErrLeft)
	if err != nil {
		return err
	}
	staff := s.ServerID + "/~"
	_, err = t.tx.Exec(ctx, "outbox_left", sqlkit.P{"scope": string(s.Scope), "first": staff, "last": s.ServerID + "/\x7f",
		"reason": string(reason), "now": string(now)})
	return err
}
