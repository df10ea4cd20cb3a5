package localdb

import (
	"context"
	"encoding/json"
	"slices"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// Rows gives one page of rows in their order.
func (t VaultTx) Rows(ctx context.Context, draft string, offset, limit int) ([]DraftRow, error) {
	return t.rows(ctx, "rows_page", sqlkit.P{"draft": draft, "offset": offset, "limit": limit})
}

// AllRows gives every row, for the rules that need the whole draft.
func (t VaultTx) AllRows(ctx context.Context, draft string) ([]DraftRow, error) {
	return t.rows(ctx, "rows_all", sqlkit.P{"draft": draft})
}

// RowsByID gives the rows with these ids that the draft has, in their order.
func (t VaultTx) RowsByID(ctx context.Context, draft string, ids []string) ([]DraftRow, error) {
	return t.rows(ctx, "rows_by_id", sqlkit.P{"draft": draft, "ids": list(ids)})
}

func (t VaultTx) rows(ctx context.Context, name string, p sqlkit.P) ([]DraftRow, error) {
	var out []DraftRow
	err := t.tx.Each(ctx, name, p, func(scan func(...any) error) error {
		var r DraftRow
		err := scan(&r.ID, &r.Pos, &r.Serial, &r.Key, &r.Model, &r.Complaint, &r.ShipDate, &r.Photos, &r.Extra, &r.Found)
		out = append(out, r)
		return err
	})
	return out, err
}

// RowBySerial finds the first row with a serial number; line counts from 1.
func (t VaultTx) RowBySerial(ctx context.Context, draft, key string) (id string, line int, err error) {
	var pos int64
	found, err := t.tx.Row(ctx, "row_by_serial", sqlkit.P{"draft": draft, "key": key}, &id, &pos)
	if err != nil || !found {
		return "", 0, err
	}
	_, err = t.tx.Row(ctx, "row_line", sqlkit.P{"draft": draft, "pos": pos}, &line)
	return id, line, err
}

// LastPos gives the position of the last row, 0 for none.
func (t VaultTx) LastPos(ctx context.Context, draft string) (pos int64, err error) {
	_, err = t.tx.Row(ctx, "row_last_pos", sqlkit.P{"draft": draft}, &pos)
	return pos, err
}

// SerialHit is a row of another draft with a serial number.
type SerialHit struct {
	Key       string
	Draft     string
	Reference string
	Serial    string
	Row       string
	Model     string
	UpdatedAt repair.Instant
}

// SerialsElsewhere finds these serial numbers in the scope's other drafts of a
// state. The fewer lead: the numbers, or the rows of those drafts.
func (t VaultTx) SerialsElsewhere(ctx context.Context, scope Scope, draft string, state DraftState, keys []string) ([]SerialHit, error) {
	p := sqlkit.P{"scope": string(scope), "draft": draft, "state": string(state)}
	var others int
	if _, err := t.tx.Row(ctx, "rows_others", p, &others); err != nil || others == 0 {
		return nil, err
	}
	if others > len(keys) {
		p["keys"] = list(keys)
		return t.hits(ctx, "rows_elsewhere", p)
	}
	wanted := make(map[string]bool, len(keys))
	for _, key := range keys {
		wanted[key] = true
	}
	all, err := t.hits(ctx, "rows_elsewhere_all", p)
	return slices.DeleteFunc(all, func(h SerialHit) bool { return !wanted[h.Key] }), err
}

// SerialsFrom finds rows of open drafts whose serial number begins with key.
func (t VaultTx) SerialsFrom(ctx context.Context, scope Scope, key string, limit int) ([]SerialHit, error) {
	return t.hits(ctx, "rows_prefix", sqlkit.P{"scope": string(scope), "from": key, "to": key + last, "limit": limit})
}

// SerialsWithin finds rows of open drafts whose serial number holds key.
func (t VaultTx) SerialsWithin(ctx context.Context, scope Scope, key string, limit int) ([]SerialHit, error) {
	return t.hits(ctx, "rows_within", sqlkit.P{"scope": string(scope), "key": key, "limit": limit})
}

// last is behind every character of a key.
const last = "\U0010FFFF"

func (t VaultTx) hits(ctx context.Context, name string, p sqlkit.P) ([]SerialHit, error) {
	var out []SerialHit
	err := t.tx.Each(ctx, name, p, func(scan func(...any) error) error {
		var h SerialHit
		err := scan(&h.Key, &h.Draft, &h.Reference, &h.Serial, &h.Row, &h.Model, &h.UpdatedAt)
		out = append(out, h)
		return err
	})
	return out, err
}

// ImportJob is a file that was read into a draft.
type ImportJob struct {
	ID     string
	Draft  string
	Name   string
	SHA256 string
	Rows   []string        // ids of the rows it added
	View   json.RawMessage // what was found, as the screen shows it
}

// SaveImport keeps a job, so that its file can be read again with other columns.
func (t VaultTx) SaveImport(ctx context.Context, j ImportJob, now repair.Instant) error {
	rows, err := pack(j.Rows)
	if err != nil {
		return err
	}
	_, err = t.tx.Exec(ctx, "job_put", sqlkit.P{
		"id": j.ID, "draft": j.Draft, "name": j.Name, "sha256": j.SHA256, "rows": rows, "view": string(j.View), "at": string(now),
	})
	return err
}

// Import gives a job.
func (t VaultTx) Import(ctx context.Context, id string) (j ImportJob, found bool, err error) {
	var rows []byte
	var view string
	found, err = t.tx.Row(ctx, "job_one", sqlkit.P{"id": id}, &j.ID, &j.Draft, &j.Name, &j.SHA256, &rows, &view)
	if err != nil || !found {
		return j, found, err
	}
	j.View = json.RawMessage(view)
	return j, true, unpack(rows, &j.Rows)
}
