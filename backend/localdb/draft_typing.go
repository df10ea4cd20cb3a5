package localdb

import (
	"context"

	"hashmend/backend/sqlkit"
)

// Typing is the cell of a draft that a person is typing into.
type Typing struct {
	Row    string // "" for the empty line behind the last row
	Column string
	Value  string
	Line   int // from 1; where it stands now
}

// SetTyping keeps what is being typed, in place of what was. Typing into a draft
// that was sent, or into a row that is gone, is not kept.
func (t VaultTx) SetTyping(ctx context.Context, draft string, now Typing) error {
	_, err := t.tx.Exec(ctx, "typing_put", sqlkit.P{"draft": draft, "row": now.Row, "col": now.Column, "value": now.Value})
	return err
}

// Typing gives the edit of a draft that has not ended.
func (t VaultTx) Typing(ctx context.Context, draft string) (out Typing, found bool, err error) {
	found, err = t.tx.Row(ctx, "typing_one", sqlkit.P{"draft": draft}, &out.Row, &out.Column, &out.Value, &out.Line)
	return out, found, err
}

// EndTyping forgets what was being typed.
func (t VaultTx) EndTyping(ctx context.Context, draft string) error {
	_, err := t.tx.Exec(ctx, "typing_end", sqlkit.P{"draft": draft})
	return err
}
