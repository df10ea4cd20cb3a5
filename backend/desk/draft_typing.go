package desk

import (
	"context"

	"hashmend/backend/localdb"
)

// TypeDraft keeps what stands in a cell while it is being typed, key by key, so
// that nothing typed is lost with the program. It is no step to undo: EditDraft
// makes one when the edit ends. Row "" is the empty line behind the last row.
func (d *Desk) TypeDraft(ctx context.Context, id, row, column, value string) error {
	if !knownColumn(column) {
		return ErrColumnUnknown.With("column", column)
	}
	return d.DB.Update(ctx, func(t localdb.VaultTx) error {
		return t.SetTyping(ctx, id, localdb.Typing{Row: row, Column: column, Value: value})
	})
}

// StopTypingDraft forgets it: the person gave the cell back as it was.
func (d *Desk) StopTypingDraft(ctx context.Context, id string) error {
	return d.DB.Update(ctx, func(t localdb.VaultTx) error { return t.EndTyping(ctx, id) })
}

// typed forgets what was being typed when it is among what was saved now.
func typed(ctx context.Context, t localdb.VaultTx, id string, saved []CellEdit) error {
	now, found, err := t.Typing(ctx, id)
	if err != nil || !found {
		return err
	}
	for _, e := range saved {
		if e.Row == now.Row && e.Column == now.Column {
			return t.EndTyping(ctx, id)
		}
	}
	return nil
}

// typingOf gives the edit that had not ended when the draft was last seen; nil
// for none, and for a draft that is open no more.
func typingOf(ctx context.Context, t localdb.VaultTx, draft localdb.Draft) (*DraftTyping, error) {
	if draft.State != localdb.DraftOpen {
		return nil, nil
	}
	now, found, err := t.Typing(ctx, draft.ID)
	if err != nil || !found {
		return nil, err
	}
	return &DraftTyping{Line: now.Line, Column: now.Column, Value: now.Value}, nil
}
