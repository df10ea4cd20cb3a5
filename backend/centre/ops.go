package centre

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/google/uuid"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Replay is an answer that was given before.
type replay struct {
	op Op
}

// replayed finds the answer to a write that came before. The same id with other
// bytes is refused: the id says "this decision", and it can be only one.
func replayed(ctx context.Context, tx Tx, account repair.AccountID, id, kind, fingerprint string) (*replay, error) {
	op, found, err := tx.Op(ctx, account, id)
	if err != nil || !found {
		return nil, err
	}
	if op.Fingerprint != fingerprint || op.Kind != kind {
		return nil, refuse(repair.Conflict, wire.CodeIDReused)
	}
	return &replay{op}, nil
}

// into reads the answer; when it was a refusal it comes back as that error.
func (r *replay) into(v any) error {
	if r.op.Status < 300 {
		return json.Unmarshal(r.op.Body, v)
	}
	var p wire.Problem
	if err := json.Unmarshal(r.op.Body, &p); err != nil {
		return err
	}
	return p.Err()
}

func (c *Centre) saveOp(ctx context.Context, tx *deed, op Op, answer any) error {
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	op.Body, op.At = body, tx.at
	return tx.SaveOp(ctx, op)
}

// isFinal reports that a refusal will be the same for ever and is therefore an
// answer: the rules have spoken. What depends on who asks, or on another request
// that is still on its way, is not.
func isFinal(err error) (*repair.Error, bool) {
	var e *repair.Error
	if !errors.As(err, &e) {
		return nil, false
	}
	return e, e.Kind == repair.Conflict || e.Kind == repair.Invalid
}

// checkID accepts a UUIDv7 in its usual form. Other versions are refused: the
// order of ids is the order of time.
func checkID(id string) error {
	u, err := uuid.Parse(id)
	if err != nil || u.String() != id || u.Version() != 7 {
		return refuse(repair.Invalid, wire.CodeMalformed).With("why", "the id is not a UUIDv7")
	}
	return nil
}
