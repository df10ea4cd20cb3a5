package desk

import (
	"context"
	"encoding/json"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// rowGap lies between the positions of two rows, so that a row put between them
// moves no other.
const rowGap = 1 << 20

// BeginDraft gives the draft a person starts to type in: the one that was begun
// and never touched, so that looking in and leaving heaps up no empty drafts.
// One that began with another address than a new one would is left alone, and so
// is one that a file is being read into.
func (d *Desk) BeginDraft(ctx context.Context) (out DraftView, err error) {
	header, err := d.lastHeader(ctx)
	if err != nil {
		return out, err
	}
	var untouched localdb.Draft
	var found bool
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		untouched, found, err = t.UntouchedDraft(ctx, d.scope())
		return err
	})
	if err != nil {
		return out, err
	}
	if !found || d.jobs.into(untouched.ID) || untouched.Contact != header.Contact || untouched.Address != header.Address {
		return d.CreateDraft(ctx, "")
	}
	return d.drafted(ctx, untouched.ID)
}

// CreateDraft begins a draft with the last address, or as a copy of a draft or
// work order.
func (d *Desk) CreateDraft(ctx context.Context, copyFrom string) (out DraftView, err error) {
	id, err := newID()
	if err != nil {
		return out, err
	}
	header, rows, err := d.beginning(ctx, copyFrom)
	if err != nil {
		return out, err
	}
	scope, now := d.scope(), d.now()
	err = d.DB.Update(ctx, func(t localdb.VaultTx) error {
		if err := t.CreateDraft(ctx, id, scope, header, now); err != nil || len(rows) == 0 {
			return err
		}
		return t.ChangeDraft(ctx, id, "copy", now, func(c *localdb.DraftChange) error {
			for _, row := range rows {
				c.Insert(row)
			}
			return nil
		})
	})
	if err != nil {
		return out, err
	}
	return d.drafted(ctx, id)
}

// beginning is what a new draft starts with.
func (d *Desk) beginning(ctx context.Context, copyFrom string) (localdb.DraftHeader, []localdb.DraftRow, error) {
	if copyFrom == "" {
		header, err := d.lastHeader(ctx)
		return header, nil, err
	}
	header, rows, found, err := d.copyOfDraft(ctx, copyFrom)
	if err != nil || found {
		return header, rows, err
	}
	return d.copyOfOrder(ctx, repair.WorkOrderID(copyFrom))
}

func (d *Desk) lastHeader(ctx context.Context) (h localdb.DraftHeader, err error) {
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		found := false
		if h, found, err = t.LastHeader(ctx, d.scope()); err != nil || found {
			return err
		}
		var p Preferences
		if _, err := t.Preference(ctx, preferencesName, &p); err != nil {
			return err
		}
		h = localdb.DraftHeader{Contact: p.Profile, Address: p.Address}
		return nil
	})
	if err != nil || h.Contact != (repair.Contact{}) || h.Address != (repair.Address{}) {
		return h, err
	}
	return d.lastSentHeader(ctx)
}

// lastSentHeader takes contact and address from the newest work order that a
// customer has at the centre: on a new PC nobody types them again. Staff see
// other people's orders, so they get none.
func (d *Desk) lastSentHeader(ctx context.Context) (h localdb.DraftHeader, err error) {
	if session, ok := d.Session(); !ok || session.Role != repair.RoleCustomer {
		return h, nil
	}
	err = d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		newest, err := t.Orders(ctx, localdb.ListFilter{Limit: 1})
		if err != nil || len(newest) == 0 {
			return err
		}
		order, err := t.Order(ctx, newest[0].ID)
		h = localdb.DraftHeader{Contact: order.Contact, Address: order.ReturnAddress}
		return err
	})
	return h, err
}

func (d *Desk) copyOfDraft(ctx context.Context, id string) (h localdb.DraftHeader, rows []localdb.DraftRow, found bool, err error) {
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		draft, err := d.draft(ctx, t, id)
		if isNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		found = true
		h = draft.DraftHeader
		rows, err = t.AllRows(ctx, id)
		return err
	})
	if err != nil || !found {
		return h, nil, found, err
	}
	for i := range rows {
		if rows[i].ID, err = newID(); err != nil {
			return h, nil, true, err
		}
		rows[i].Photos = "" // a photo shows the device as it was then
	}
	return h, rows, true, nil
}

func (d *Desk) copyOfOrder(ctx context.Context, id repair.WorkOrderID) (h localdb.DraftHeader, rows []localdb.DraftRow, err error) {
	var c *repair.Case
	if err := d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		c, err = t.Case(ctx, id)
		return err
	}); err != nil {
		return h, nil, err
	}
	h = localdb.DraftHeader{Contact: c.Order.Contact, Address: c.Order.ReturnAddress, Reference: c.Order.Reference, Note: c.Order.Note}
	seen := map[string]bool{}
	for i, dev := range c.Devices {
		row := localdb.DraftRow{Pos: int64(i+1) * rowGap, Model: dev.Model, Complaint: dev.Complaint, ShipDate: string(dev.ShipDate)}
		if row.ID, err = newID(); err != nil {
			return h, nil, err
		}
		setSerial(&row, string(dev.Serial))
		for name := range dev.Extra {
			if !seen[name] {
				seen[name] = true
				h.Columns = append(h.Columns, name)
			}
		}
		row.Extra = objectText(dev.Extra)
		rows = append(rows, row)
	}
	sortStrings(h.Columns)
	return h, rows, nil
}

// SetDraftHeader saves what the form above the rows holds.
func (d *Desk) SetDraftHeader(ctx context.Context, id string, header DraftHeader) (DraftView, error) {
	return d.change(ctx, id, "header", func(_ localdb.VaultTx, c *localdb.DraftChange) error {
		h := c.Header()
		h.Contact, h.Address, h.Reference, h.Note = header.Contact, header.ReturnAddress, header.Reference, header.Note
		c.SetHeader(h)
		return nil
	})
}

// UndoDraft takes the last step back.
func (d *Desk) UndoDraft(ctx context.Context, id string) (DraftView, error) {
	return d.step(ctx, id, localdb.VaultTx.UndoDraft)
}

// RedoDraft does the step again that was taken back last.
func (d *Desk) RedoDraft(ctx context.Context, id string) (DraftView, error) {
	return d.step(ctx, id, localdb.VaultTx.RedoDraft)
}

func (d *Desk) step(ctx context.Context, id string, move func(localdb.VaultTx, context.Context, string, repair.Instant) (localdb.DraftDelta, error)) (DraftView, error) {
	var delta localdb.DraftDelta
	err := d.DB.Update(ctx, func(t localdb.VaultTx) (err error) {
		delta, err = move(t, ctx, id, d.now())
		return err
	})
	if err != nil {
		return DraftView{}, err
	}
	d.checkLater(id, delta)
	return d.drafted(ctx, id)
}

// DiscardDraft puts a draft away; RestoreDraft brings it back as it was.
func (d *Desk) DiscardDraft(ctx context.Context, id string) error {
	err := d.setDraftState(ctx, id, localdb.DraftOpen, localdb.DraftDiscarded)
	if err == nil {
		d.Emit("drafts", "orders", "draft:"+id)
	}
	return err
}

// RestoreDraft brings a discarded draft back.
func (d *Desk) RestoreDraft(ctx context.Context, id string) (DraftView, error) {
	if err := d.setDraftState(ctx, id, localdb.DraftDiscarded, localdb.DraftOpen); err != nil {
		return DraftView{}, err
	}
	return d.drafted(ctx, id)
}

func (d *Desk) setDraftState(ctx context.Context, id string, from, to localdb.DraftState) error {
	return d.DB.Update(ctx, func(t localdb.VaultTx) error {
		draft, err := t.Draft(ctx, id)
		if err != nil || draft.State == to {
			return err
		}
		if draft.State != from {
			return ErrDraftNotOpen.With("state", string(draft.State))
		}
		return t.SetDraftState(ctx, id, to, draft.Outbox, d.now())
	})
}

// change runs one deed on a draft: one transaction, one step to undo.
func (d *Desk) change(ctx context.Context, id, kind string, f func(localdb.VaultTx, *localdb.DraftChange) error) (DraftView, error) {
	var delta localdb.DraftDelta
	err := d.DB.Update(ctx, func(t localdb.VaultTx) error {
		var made *localdb.DraftChange
		err := t.ChangeDraft(ctx, id, kind, d.now(), func(c *localdb.DraftChange) error {
			made = c
			return f(t, c)
		})
		if err == nil {
			delta = made.Delta()
		}
		return err
	})
	if err != nil {
		return DraftView{}, err
	}
	d.checkLater(id, delta)
	return d.drafted(ctx, id)
}

// drafted tells the page that a draft has changed and shows it.
func (d *Desk) drafted(ctx context.Context, id string) (DraftView, error) {
	d.Emit("drafts", "orders", "draft:"+id)
	return d.Draft(ctx, id)
}

func setSerial(row *localdb.DraftRow, typed string) {
	row.Serial, row.Key = typed, repair.SerialNumber(typed).Key()
}

// objectText writes extra columns for the store, "" for none.
func objectText(extra map[string]string) string {
	if len(extra) == 0 {
		return ""
	}
	b, err := json.Marshal(extra)
	if err != nil {
		return "" // strings always encode
	}
	return string(b)
}

func extraOf(row localdb.DraftRow) map[string]string {
	out := map[string]string{}
	if row.Extra != "" {
		_ = json.Unmarshal([]byte(row.Extra), &out) // written by objectText
	}
	return out
}
