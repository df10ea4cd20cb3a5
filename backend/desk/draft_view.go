package desk

import (
	"cmp"
	"context"
	"slices"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// shownFindings is how many findings of rows a draft shows at once.
const shownFindings = 200

// draft gives a draft of whom the desk speaks for. Another account's is not
// found, although it is on this PC.
func (d *Desk) draft(ctx context.Context, t localdb.VaultTx, id string) (localdb.Draft, error) {
	draft, err := t.Draft(ctx, id)
	if err == nil && draft.Scope != d.scope() {
		return localdb.Draft{}, ErrDraftNotFound.With("id", id)
	}
	return draft, err
}

// Draft gives a draft without its rows.
func (d *Desk) Draft(ctx context.Context, id string) (out DraftView, err error) {
	var draft localdb.Draft
	var item *localdb.OutboxItem
	var undo, redo string
	var typing *DraftTyping
	if err := d.DB.View(ctx, func(t localdb.VaultTx) error {
		if draft, err = d.draft(ctx, t, id); err != nil {
			return err
		}
		if undo, redo, err = t.StepKinds(ctx, draft); err != nil {
			return err
		}
		if typing, err = typingOf(ctx, t, draft); err != nil {
			return err
		}
		item, err = outboxOf(ctx, t, draft)
		return err
	}); err != nil {
		return out, err
	}
	c, err := d.check(ctx, draft)
	if err != nil {
		return out, err
	}
	out = DraftView{
		ID: draft.ID, Title: titleOf(draft), Contact: draft.Contact, ReturnAddress: draft.Address, Reference: draft.Reference,
		Note: draft.Note, RowCount: draft.RowCount, Findings: nonNil(c.first(shownFindings)), Blocking: c.blocking,
		Warnings: c.warnings, SavedAt: draft.UpdatedAt, Undo: undo, Redo: redo, State: MarkSaved, Columns: nonNil(draft.Columns),
		Typing: typing,
	}
	if item == nil {
		return out, nil
	}
	out.State, out.Refusal = markOf(item.State), item.Reason
	if item.State == localdb.Holding {
		out.HoldUntil = item.HoldUntil
	}
	if draft.State == localdb.DraftSent || draft.State == localdb.DraftFiled {
		out.Order, out.Undo, out.Redo = item.ID, "", ""
	}
	return out, nil
}

// outboxOf gives the submission a draft was sent as; nil when it never was, when
// that was taken back, or when the person has put its refusal away.
func outboxOf(ctx context.Context, t localdb.VaultTx, draft localdb.Draft) (*localdb.OutboxItem, error) {
	if draft.Outbox == "" {
		return nil, nil
	}
	item, err := t.OutboxItem(ctx, draft.Outbox)
	if isNotFound(err) || err == nil && item.State == localdb.Dismissed {
		return nil, nil
	}
	return &item, err
}

// titleOf is how a draft is called: its reference, else the customer and the day.
func titleOf(draft localdb.Draft) string {
	day := string(draft.CreatedAt)
	if len(day) >= len("2006-01-02") {
		day = day[:len("2006-01-02")]
	}
	who := localdb.Customer(draft.Contact)
	if who == "" {
		return cmp.Or(draft.Reference, day)
	}
	return cmp.Or(draft.Reference, who+" · "+day)
}

// markOf is the word for where an outbox row stands.
func markOf(state localdb.OutboxState) SyncMark {
	switch state {
	case localdb.Holding:
		return MarkHolding
	case localdb.Queued:
		return MarkWaiting
	case localdb.Sending:
		return MarkSending
	case localdb.Accepted:
		return MarkSent
	case localdb.Refused:
		return MarkRefused
	}
	return MarkSaved
}

// maxPage bounds a page of rows or devices.
const maxPage = 200

// DraftRows gives one page of rows with their findings.
func (d *Desk) DraftRows(ctx context.Context, id string, offset, limit int) (out RowPage, err error) {
	if limit <= 0 || limit > maxPage {
		limit = maxPage
	}
	offset = max(offset, 0)
	var draft localdb.Draft
	var rows []localdb.DraftRow
	if err := d.DB.View(ctx, func(t localdb.VaultTx) error {
		if draft, err = d.draft(ctx, t, id); err != nil {
			return err
		}
		rows, err = t.Rows(ctx, id, offset, limit)
		return err
	}); err != nil {
		return out, err
	}
	c, err := d.check(ctx, draft)
	if err != nil {
		return out, err
	}
	out = RowPage{Rows: make([]DraftRow, 0, len(rows)), Total: draft.RowCount}
	for i, row := range rows {
		line := offset + i + 1
		out.Rows = append(out.Rows, DraftRow{
			ID: row.ID, Line: line, Serial: row.Serial, Model: row.Model, Complaint: row.Complaint, ShipDate: row.ShipDate,
			Photos: nonNil(photosOf(row)), Extra: extraOf(row), Findings: nonNil(c.rows[line]),
		})
	}
	return out, nil
}

// NextDraftProblem gives the next row with a finding in the direction of step,
// around the end. It names the column itself: a page that has yet to load the row
// must not guess which cell is meant.
func (d *Desk) NextDraftProblem(ctx context.Context, id string, from, step int) (DraftProblem, error) {
	none := DraftProblem{Row: -1}
	var draft localdb.Draft
	err := d.DB.View(ctx, func(t localdb.VaultTx) (err error) {
		draft, err = d.draft(ctx, t, id)
		return err
	})
	if err != nil {
		return none, err
	}
	c, err := d.check(ctx, draft)
	if err != nil || len(c.problems) == 0 {
		return none, err
	}
	at, exact := slices.BinarySearch(c.problems, from+1)
	switch {
	case step < 0:
		at += len(c.problems) - 1
	case exact:
		at++
	}
	line := c.problems[at%len(c.problems)]
	problem := DraftProblem{Row: line - 1}
	if found := c.rows[line]; len(found) > 0 {
		problem.Column = found[0].Column
	}
	return problem, nil
}

func sortStrings(s []string) { slices.Sort(s) }

func findingsBlocking(found []repair.Finding) (n int) {
	for _, f := range found {
		if f.Severity == repair.Blocking {
			n++
		}
	}
	return n
}
