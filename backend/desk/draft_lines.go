package desk

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// line is one row of a draft as far as checking needs it. Lines are kept from
// check to check, so that an edit among ten thousand rows looks at its own only.
type line struct {
	id    string
	pos   int64
	key   string // of the serial number, to find elsewhere
	check repair.DeviceCheck
	found []repair.Finding // of the reading of a file
}

func lineOf(row localdb.DraftRow, c *repair.Checker) line {
	found := foundOf(row, 0)
	for i := range found {
		if aboutDay(found[i]) { // a day that was not understood cannot be sent
			found[i].Severity, found[i].Rule = repair.Blocking, "R23"
		}
	}
	return line{id: row.ID, pos: row.Pos, key: repair.SearchKey(row.Serial), check: c.Device(deviceOf(row)), found: found}
}

// linesOf reads and checks every row.
func (d *Desk) linesOf(ctx context.Context, draft string, c *repair.Checker) ([]line, error) {
	var rows []localdb.DraftRow
	if err := d.DB.View(ctx, func(t localdb.VaultTx) (err error) {
		rows, err = t.AllRows(ctx, draft)
		return err
	}); err != nil {
		return nil, err
	}
	lines := make([]line, len(rows))
	for i, row := range rows {
		lines[i] = lineOf(row, c)
	}
	return lines, nil
}

// checkLater brings the kept lines of a draft to its next version. Where they are
// of another version, all will be read again.
func (d *Desk) checkLater(id string, delta localdb.DraftDelta) {
	last, ok := d.checks.get(id)
	if !ok || last.version != delta.From || delta.To == delta.From {
		return
	}
	env := last.env
	env.Now = d.now()
	if !sameRules(last.env, env) {
		return // another day
	}
	lines := changed(last.lines, delta, repair.NewChecker(env))
	next := &checked{version: delta.To, lines: lines, env: env, asked: last.asked}
	d.checks.put(id, next, keptChecks)
}

// checkedInImport is checkLater for a file that was read into a draft: what was asked
// about its serial numbers is not asked again at once.
func (d *Desk) checkedInImport(id string, delta localdb.DraftDelta, asked asked) {
	d.checkLater(id, delta)
	last, ok := d.checks.get(id)
	if !ok || last.version != delta.To || !last.at.IsZero() {
		return
	}
	next := *last
	next.asked = asked
	d.checks.put(id, &next, keptChecks)
}

// changed gives the lines after a change; the lines before stay as they are.
func changed(before []line, delta localdb.DraftDelta, c *repair.Checker) []line {
	if len(delta.Put)+len(delta.Gone) == 0 {
		return before
	}
	byPlace := func(a, b line) int { return cmp.Compare(a.pos, b.pos) }
	if len(before) == 0 { // a file that was read: its rows are in their order
		out := make([]line, len(delta.Put))
		for i, row := range delta.Put {
			out[i] = lineOf(row, c)
		}
		if !slices.IsSortedFunc(out, byPlace) {
			slices.SortFunc(out, byPlace)
		}
		return out
	}
	gone := make(map[string]bool, len(delta.Gone))
	for _, id := range delta.Gone {
		gone[id] = true
	}
	put := make(map[string]line, len(delta.Put))
	for _, row := range delta.Put {
		put[row.ID] = lineOf(row, c)
	}
	out := make([]line, 0, len(before)+len(put))
	for _, l := range before {
		if gone[l.id] {
			continue
		}
		if now, ok := put[l.id]; ok {
			delete(put, l.id)
			l = now
		}
		out = append(out, l)
	}
	for _, l := range put {
		out = append(out, l)
	}
	if !slices.IsSortedFunc(out, byPlace) {
		slices.SortFunc(out, byPlace)
	}
	return out
}

// sameRules says whether two moments check alike: one day, one set of settings.
func sameRules(a, b repair.Env) bool {
	return a.Today() == b.Today() && reflect.DeepEqual(a.Settings, b.Settings)
}
