package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// Orders gives one page of work orders and drafts, newest first. A draft that
// was sent is listed until its work order has come back from the centre.
func (d *Desk) Orders(ctx context.Context, query OrderQuery) (out OrderPage, err error) {
	limit := query.Limit
	if limit <= 0 || limit > maxPage {
		limit = maxPage
	}
	if err := d.fileDrafts(ctx); err != nil {
		return out, err
	}
	wanted, err := d.look(ctx, query.Text)
	if err != nil {
		return out, err
	}
	out.Asked, out.Found, out.Unknown = wanted.asked, wanted.found, nonNil(wanted.unknown)
	filter := localdb.ListFilter{Text: wanted.text, IDs: wanted.orders, Limit: limit + 1}
	filter.Before, filter.BeforeID = splitPage(query.After)
	var rows []OrderRow
	if showsDrafts(query) {
		drafts := filter
		drafts.IDs = wanted.drafts
		if wanted.orders != nil && drafts.IDs == nil {
			drafts.IDs = []string{}
		}
		if rows, out.Total, err = d.draftRows(ctx, drafts); err != nil {
			return out, err
		}
	}
	if stages, some := stagesOf(query); some {
		filter.Stages = stages
		orders, total, err := d.orderRows(ctx, filter)
		if err != nil {
			return out, err
		}
		rows, out.Total = append(rows, orders...), out.Total+total
	}
	slices.SortFunc(rows, func(a, b OrderRow) int {
		return cmp.Or(cmp.Compare(b.Updated, a.Updated), cmp.Compare(b.ID, a.ID))
	})
	if len(rows) > limit {
		rows = rows[:limit]
		out.Next = string(rows[limit-1].Updated) + " " + rows[limit-1].ID
	}
	if err := d.fill(ctx, rows); err != nil {
		return out, err
	}
	out.Rows = nonNil(rows)
	out.Counts, err = d.counts(ctx)
	return out, err
}

func splitPage(after string) (repair.Instant, string) {
	at, id, _ := strings.Cut(after, " ")
	return repair.Instant(at), id
}

func showsDrafts(q OrderQuery) bool {
	if q.Mine == "open" || q.Mine == "closed" {
		return false
	}
	return len(q.Stages) == 0 || slices.Contains(q.Stages, string(repair.StageDraft)) || slices.Contains(q.Stages, string(repair.StageQueued))
}

// stagesOf gives the stages of work orders that are asked for; nil for all.
func stagesOf(q OrderQuery) (stages []repair.Stage, some bool) {
	var side []repair.Stage
	switch q.Mine {
	case "drafts":
		return nil, false
	case "open":
		side = localdb.OpenStages
	case "closed":
		side = localdb.ClosedStages
	}
	if len(q.Stages) == 0 {
		return side, true
	}
	if side == nil {
		side = localdb.AllStages
	}
	for _, s := range side {
		if slices.Contains(q.Stages, string(s)) {
			stages = append(stages, s)
		}
	}
	return stages, len(stages) > 0
}

func (d *Desk) orderRows(ctx context.Context, f localdb.ListFilter) (rows []OrderRow, total int, err error) {
	err = d.DB.Cached(ctx, d.scope(), func(t localdb.CacheTx) error {
		found, err := t.Orders(ctx, f)
		if err != nil {
			return err
		}
		for _, r := range found {
			rows = append(rows, orderRow(r))
		}
		total, err = t.CountOrders(ctx, f)
		return err
	})
	return rows, total, err
}

func orderRow(r localdb.OrderRow) OrderRow {
	return OrderRow{ID: string(r.ID), Number: r.Number, Reference: r.Reference, Customer: r.Customer, Devices: r.Devices,
		Stage: r.Stage, Flags: nonNil(r.Flags), Due: []repair.Money{}, Sync: MarkSent, Updated: r.Updated}
}

func (d *Desk) draftRows(ctx context.Context, f localdb.ListFilter) (rows []OrderRow, total int, err error) {
	scope := d.scope()
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		drafts, err := t.Drafts(ctx, scope, f)
		if err != nil {
			return err
		}
		for _, draft := range drafts {
			item, err := outboxOf(ctx, t, draft)
			if err != nil {
				return err
			}
			rows = append(rows, draftRow(draft, item))
		}
		total, err = t.CountDrafts(ctx, scope, f)
		return err
	})
	return rows, total, err
}

// fileDrafts puts away the drafts whose work orders have come back: from then on
// the work order is listed in their place.
func (d *Desk) fileDrafts(ctx context.Context) error {
	scope := d.scope()
	var sent map[string]string
	if err := d.DB.View(ctx, func(t localdb.VaultTx) (err error) {
		sent, err = t.SentDrafts(ctx, scope)
		return err
	}); err != nil {
		return err
	}
	var back []string
	if err := d.DB.Cached(ctx, scope, func(t localdb.CacheTx) error {
		for draft, order := range sent {
			_, found, err := t.OrderRow(ctx, repair.WorkOrderID(order))
			if err != nil {
				return err
			}
			if found {
				back = append(back, draft)
			}
		}
		return nil
	}); err != nil || len(back) == 0 {
		return err
	}
	return d.DB.Update(ctx, func(t localdb.VaultTx) error {
		for _, draft := range back {
			if err := t.SetDraftState(ctx, draft, localdb.DraftFiled, sent[draft], d.now()); err != nil {
				return err
			}
		}
		return nil
	})
}

func draftRow(draft localdb.Draft, item *localdb.OutboxItem) OrderRow {
	row := OrderRow{ID: draft.ID, Reference: titleOf(draft), Customer: localdb.Customer(draft.Contact), Devices: draft.RowCount,
		Stage: repair.StageDraft, Flags: []string{}, Due: []repair.Money{}, Sync: MarkSaved, Updated: draft.UpdatedAt, Draft: true}
	if item != nil {
		row.Sync = markOf(item.State)
	}
	if draft.State == localdb.DraftSent {
		row.Stage = repair.StageQueued
	}
	return row
}

// fill adds what a row shows beyond its columns: money, deadline, and where what
// a person did stands.
func (d *Desk) fill(ctx context.Context, rows []OrderRow) error {
	session, signedIn := d.Session()
	if !signedIn {
		return nil
	}
	env, err := d.env(ctx)
	if err != nil {
		return err
	}
	marks, err := d.marks(ctx, session.Scope)
	if err != nil {
		return err
	}
	began, later := time.Now(), false
	for i := range rows {
		row := &rows[i]
		if row.Draft {
			continue
		}
		if mark, ok := marks[row.ID]; ok {
			row.Sync = mark
		}
		if slices.Contains(localdb.ClosedStages, row.Stage) {
			continue
		}
		s, err := d.summary(ctx, session, repair.WorkOrderID(row.ID), env, time.Since(began) < d.patience)
		if err != nil {
			return err
		}
		if s == nil {
			later = true
			continue
		}
		row.Due = nonNil(s.due)
		if next, ok := s.next(); ok {
			row.Deadline, row.DeadlineKind, row.DaysLeft = next.Date, next.Kind, next.DaysLeft
		}
	}
	if later {
		d.finishLater()
	}
	return nil
}

// patience is how long a list computes what it has not computed yet. The rest
// follows: the page is told when it is there.
const patience = 80 * time.Millisecond

// finishLater computes every summary in the background, one run at a time, and
// then has the lists read again.
func (d *Desk) finishLater() {
	if !d.jobs.finishing.CompareAndSwap(false, true) {
		return
	}
	d.jobs.running.Add(1)
	go func() {
		defer d.jobs.running.Done()
		err := d.open(d.jobs.base, func(localdb.OrderRow, *summary) error { return nil })
		d.jobs.finishing.Store(false)
		if err == nil {
			d.Emit("orders")
		}
	}()
}

// marks says for every work order with something on its way where that stands;
// a refusal outweighs what waits.
func (d *Desk) marks(ctx context.Context, scope localdb.Scope) (map[string]SyncMark, error) {
	out := map[string]SyncMark{}
	return out, d.DB.View(ctx, func(t localdb.VaultTx) error {
		items, err := t.OpenOutbox(ctx, scope)
		for _, item := range items {
			id := string(item.WorkOrder)
			if out[id] != MarkRefused {
				out[id] = markOf(item.State)
			}
		}
		return err
	})
}

// counts counts everything by stage, drafts included.
func (d *Desk) counts(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	scope := d.scope()
	if err := d.DB.Cached(ctx, scope, func(t localdb.CacheTx) error {
		stages, err := t.OrderCounts(ctx)
		for stage, n := range stages {
			out[string(stage)] = n
		}
		return err
	}); err != nil {
		return nil, err
	}
	return out, d.DB.View(ctx, func(t localdb.VaultTx) error {
		n, err := t.CountDrafts(ctx, scope, localdb.ListFilter{})
		out[string(repair.StageDraft)] = n
		return err
	})
}
