package desk

import (
	"cmp"
	"context"
	"slices"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// MailboxView is where the centre writes to this account while the desk is closed,
// with what is on its way already.
type MailboxView struct {
	Email     string   `json:"email"`
	Language  string   `json:"language"` // the centre's usual one when nobody has chosen
	Reminders bool     `json:"reminders"`
	Waiting   bool     `json:"waiting"` // not at the centre yet
	Letters   bool     `json:"letters"` // the centre writes any
	Languages []string `json:"languages"`
}

// Mailbox gives it.
func (d *Desk) Mailbox(ctx context.Context) (out MailboxView, err error) {
	out = MailboxView{Reminders: true, Languages: repair.MailLanguages()}
	session, err := d.session()
	if err != nil {
		return out, err
	}
	err = d.DB.Cached(ctx, session.Scope, func(t localdb.CacheTx) error {
		info, _, err := t.Centre(ctx)
		if err != nil {
			return err
		}
		out.Letters, out.Language = info.Letters, repair.UsualMailLanguage(info.Languages)
		boxes, err := t.Mailboxes(ctx)
		if i := slices.IndexFunc(boxes, func(b repair.Mailbox) bool { return b.Account == session.Account }); i >= 0 {
			out.Email, out.Language, out.Reminders = boxes[i].Email, cmp.Or(boxes[i].Language, out.Language), boxes[i].Reminders
		}
		return err
	})
	if err != nil {
		return out, err
	}
	return out, d.DB.View(ctx, func(t localdb.VaultTx) error {
		items, err := t.OpenOutbox(ctx, session.Scope)
		if err != nil {
			return err
		}
		for _, item := range items { // in the order in which they were written
			if item.Kind != string(repair.CmdSetMailbox) || item.State == localdb.Refused {
				continue
			}
			cmd, err := commandOf(ctx, t, item.ID)
			if err != nil {
				return err
			}
			out.Email, out.Language, out.Reminders, out.Waiting = cmd.Mailbox.Email, cmd.Mailbox.Language, cmd.Mailbox.Reminders, true
		}
		return nil
	})
}
