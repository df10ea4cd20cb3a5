package centre

import (
	"cmp"
	"context"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// applyMailbox keeps where a customer wants to be written to. It is a row of the
// account, so that each of its PCs shows it.
func (c *Centre) applyMailbox(ctx context.Context, tx *deed, by Caller, cmd repair.Command, env repair.Env) (wire.OpResult, error) {
	box, err := repair.SetMailbox(by.Person, cmd, env)
	if err != nil {
		return wire.OpResult{}, err
	}
	rev, err := c.saveMailbox(ctx, tx, by.signed(string(cmd.ID), string(cmd.Kind)), box)
	return wire.OpResult{ID: cmd.ID, Rev: rev, At: tx.place(Scope(box.Account))}, err
}

func (c *Centre) saveMailbox(ctx context.Context, tx *deed, why Commit, box repair.Mailbox) (int64, error) {
	return c.commit(ctx, tx, Scope(box.Account), why, func(w *writer) error { return w.saveMailbox(ctx, box) })
}

func (w *writer) saveMailbox(ctx context.Context, box repair.Mailbox) error {
	box.Rev = w.rev
	return w.save(ctx, Row{T: wire.RowMailbox, ID: string(box.Account)}, box)
}

// mailboxAsked checks what an invite or a registration says of a new customer's mailbox.
func mailboxAsked(email, language string) (repair.Mailbox, error) {
	return repair.NewMailbox("", repair.MailboxGiven{Email: email, Language: cmp.Or(language, "en"), Reminders: true})
}

// giveMailbox gives an account the address that the office knows, unless it has a
// mailbox: from then on it is the customer's own.
func (c *Centre) giveMailbox(ctx context.Context, tx *deed, why Commit, account repair.AccountID, box repair.Mailbox) error {
	if box.Email == "" {
		return nil
	}
	_, has, err := tx.Load(ctx, wire.RowMailbox, string(account))
	if err != nil || has {
		return err
	}
	box.Account, box.At = account, tx.at
	_, err = c.saveMailbox(ctx, tx, why, box)
	return err
}

// mailboxOf is an account's mailbox. One that was never set wants reminders: they
// go to the contact of the work order.
func mailboxOf(ctx context.Context, tx Tx, account repair.AccountID) (repair.Mailbox, error) {
	box := repair.Mailbox{Account: account, Reminders: true}
	row, found, err := tx.Load(ctx, wire.RowMailbox, string(account))
	if err != nil || !found || row.Deleted {
		return box, err
	}
	return box, decode(row, &box)
}
