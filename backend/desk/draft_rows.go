package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hashmend/backend/intake"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// extraPrefix begins the name of an extra column in a CellEdit.
const extraPrefix = "extra:"

// EditDraft saves cells, as one step to undo. A row that is gone is passed over:
// another window deleted it.
func (d *Desk) EditDraft(ctx context.Context, id string, edits []CellEdit) (DraftView, error) {
	for _, e := range edits {
		if !knownColumn(e.Column) {
			return DraftView{}, ErrColumnUnknown.With("column", e.Column)
		}
	}
	return d.change(ctx, id, "edit", func(t localdb.VaultTx, c *localdb.DraftChange) error {
		byRow := map[string][]CellEdit{}
		var ids []string
		for _, e := range edits {
			if byRow[e.Row] == nil {
				ids = append(ids, e.Row)
			}
			byRow[e.Row] = append(byRow[e.Row], e)
		}
		rows, err := t.RowsByID(ctx, id, ids)
		if err != nil {
			return err
		}
		for _, old := range rows {
			row := old
			for _, e := range byRow[row.ID] {
				setCell(&row, e.Column, e.Value)
				nameColumn(c, e.Column)
			}
			c.Replace(old, row)
		}
		return typed(ctx, t, id, edits)
	})
}

func knownColumn(column string) bool {
	switch column {
	case "serial", "model", "complaint", "ship_date":
		return true
	}
	return len(column) > len(extraPrefix) && strings.HasPrefix(column, extraPrefix)
}

// setCell puts a value where it belongs. What the reading of a file found in
// that cell is found no more.
func setCell(row *localdb.DraftRow, column, value string) {
	switch column {
	case "serial":
		setSerial(row, value)
	case "model":
		row.Model = value
	case "complaint":
		row.Complaint = value
	case "ship_date":
		setDay(row, value)
		return
	default:
		extra := extraOf(*row)
		name := strings.TrimPrefix(column, extraPrefix)
		extra[name] = value
		if value == "" {
			delete(extra, name)
		}
		row.Extra = objectText(extra)
	}
	forget(row, column)
}

// setDay understands a day as people write it; what it cannot understand stays
// as typed, with a finding.
func setDay(row *localdb.DraftRow, typed string) {
	forget(row, "ship_date")
	if repair.Date(typed).Time().Year() >= 2000 { // already as we write it
		row.ShipDate = typed
		return
	}
	day, found := intake.Day(typed)
	row.ShipDate = cmp.Or(day, typed)
	if len(found) > 0 {
		row.Found = foundText(append(foundOf(*row, 0), findingsOf(found)...))
	}
}

func forget(row *localdb.DraftRow, column string) {
	if row.Found != "" {
		found := slices.DeleteFunc(foundOf(*row, 0), func(f repair.Finding) bool { return f.Column == column })
		row.Found = foundText(found)
	}
}

// nameColumn adds an extra column to the draft's list when it is new.
func nameColumn(c *localdb.DraftChange, column string) {
	name, ok := strings.CutPrefix(column, extraPrefix)
	if !ok {
		return
	}
	h := c.Header()
	if slices.Contains(h.Columns, name) {
		return
	}
	h.Columns = append(slices.Clone(h.Columns), name)
	c.SetHeader(h)
}

// maxInsert bounds how many empty rows one deed inserts.
const maxInsert = 10_000

// InsertDraftRows inserts empty rows before row at, counted from 0.
func (d *Desk) InsertDraftRows(ctx context.Context, id string, at, count int) (DraftView, error) {
	rows, err := emptyRows(min(max(count, 0), maxInsert))
	if err != nil {
		return DraftView{}, err
	}
	return d.change(ctx, id, "insert", func(t localdb.VaultTx, c *localdb.DraftChange) error {
		return insertAt(ctx, t, c, at, rows)
	})
}

func emptyRows(count int) ([]localdb.DraftRow, error) {
	rows := make([]localdb.DraftRow, count)
	for i := range rows {
		id, err := newID()
		if err != nil {
			return nil, err
		}
		rows[i].ID = id
	}
	return rows, nil
}

// insertAt places rows before row at, or behind all. Where no room is left
// between two rows, what follows moves and is part of the step.
func insertAt(ctx context.Context, t localdb.VaultTx, c *localdb.DraftChange, at int, rows []localdb.DraftRow) error {
	if len(rows) == 0 {
		return nil
	}
	at = min(max(at, 0), c.Draft.RowCount)
	var before, after int64
	around, err := t.Rows(ctx, c.Draft.ID, max(at-1, 0), 2)
	if err != nil {
		return err
	}
	if at > 0 && len(around) > 0 {
		before = around[0].Pos
		around = around[1:]
	}
	if len(around) == 0 {
		place(c, rows, before, rowGap)
		return nil
	}
	after = around[0].Pos
	if gap := (after - before) / int64(len(rows)+1); gap > 0 {
		place(c, rows, before, gap)
		return nil
	}
	following, err := t.Rows(ctx, c.Draft.ID, at, c.Draft.RowCount)
	if err != nil {
		return err
	}
	place(c, rows, before, rowGap)
	pos := before + int64(len(rows))*rowGap
	for _, old := range following {
		pos += rowGap
		row := old
		row.Pos = pos
		c.Replace(old, row)
	}
	return nil
}

func place(c *localdb.DraftChange, rows []localdb.DraftRow, before, gap int64) {
	for i, row := range rows {
		row.Pos = before + int64(i+1)*gap
		c.Insert(row)
	}
}

// DeleteDraftRows deletes rows, as one step to undo.
func (d *Desk) DeleteDraftRows(ctx context.Context, id string, rows []string) (DraftView, error) {
	return d.change(ctx, id, "delete", func(t localdb.VaultTx, c *localdb.DraftChange) error {
		return removeRows(ctx, t, c, rows)
	})
}

func removeRows(ctx context.Context, t localdb.VaultTx, c *localdb.DraftChange, ids []string) error {
	rows, err := t.RowsByID(ctx, c.Draft.ID, ids)
	for _, row := range rows {
		c.Remove(row)
	}
	return err
}

// RemoveDraftDuplicates deletes the later rows of equal serial numbers, as one
// step to undo.
func (d *Desk) RemoveDraftDuplicates(ctx context.Context, id string) (DraftView, error) {
	return d.change(ctx, id, "duplicates", func(t localdb.VaultTx, c *localdb.DraftChange) error {
		rows, err := t.AllRows(ctx, id)
		if err != nil {
			return err
		}
		seen := make(map[string]bool, len(rows))
		for _, row := range rows {
			if row.Key != "" && seen[row.Key] {
				c.Remove(row)
			}
			seen[row.Key] = true
		}
		return nil
	})
}

// AttachDraftPhoto attaches a photo that this PC keeps to a row.
func (d *Desk) AttachDraftPhoto(ctx context.Context, id, row string, file repair.FileRef) (DraftView, error) {
	if !d.Files.Has(file.SHA256) {
		return DraftView{}, ErrFileMissing.With("name", file.Name)
	}
	return d.change(ctx, id, "photo", func(t localdb.VaultTx, c *localdb.DraftChange) error {
		rows, err := t.RowsByID(ctx, id, []string{row})
		if err != nil {
			return err
		}
		for _, old := range rows {
			changed := old
			photos := slices.DeleteFunc(photosOf(old), func(f repair.FileRef) bool { return f.SHA256 == file.SHA256 })
			changed.Photos = photosText(append(photos, file))
			c.Replace(old, changed)
		}
		return nil
	})
}

// ScanDraft adds a scanned serial number behind the last row.
func (d *Desk) ScanDraft(ctx context.Context, id, code string) (out DraftScan, err error) {
	serial := opened(code)
	if label, ok := d.ParseLabel(code); ok {
		serial = label.Serial
	}
	row := localdb.DraftRow{}
	setSerial(&row, string(repair.NewSerialNumber(serial)))
	out.Serial = row.Serial
	if row.Key == "" || strings.Contains(row.Key, "://") {
		out.Outcome = "not_a_serial"
		return out, nil
	}
	if row.ID, err = newID(); err != nil {
		return out, err
	}
	_, err = d.change(ctx, id, "scan", func(t localdb.VaultTx, c *localdb.DraftChange) error {
		found, line, err := t.RowBySerial(ctx, id, row.Key)
		if err != nil {
			return err
		}
		if found != "" {
			out.Outcome, out.Row, out.Line = "already_here", found, line
			return nil
		}
		out.Outcome, out.Row, out.Line = "added", row.ID, c.Draft.RowCount+1
		return insertAt(ctx, t, c, c.Draft.RowCount, []localdb.DraftRow{row})
	})
	if err != nil {
		return DraftScan{}, err
	}
	elsewhere, err := d.elsewhere(ctx, localdb.Draft{ID: id, Scope: d.scope()}, []string{row.Key})
	if err != nil {
		return out, err
	}
	if f, ok := elsewhere[row.Key]; ok {
		out.Where = f.Args["where"]
	}
	return out, nil
}
