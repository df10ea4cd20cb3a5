package localdb

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"errors"
	"io"
	"reflect"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// keptSteps is how far Undo reaches.
const keptSteps = 200

// image is one side of a step: putting it gives the draft as it was then.
type image struct {
	Header *DraftHeader `json:"header,omitempty"`
	Rows   []DraftRow   `json:"rows,omitempty"` // to put
	Gone   []string     `json:"gone,omitempty"` // to remove
	// Later: the rows are those in the draft itself, and are kept here when they are
	// taken back.
	Later bool `json:"later,omitempty"`
}

// laterAbove is how many rows a step may add and keep a second time, in case that
// it is taken back.
const laterAbove = 1000

// DraftChange collects what one deed changes of a draft. Rows of it are read
// through the transaction; the draft is written when the deed ends.
type DraftChange struct {
	Draft  Draft // as it was
	header *DraftHeader
	before image
	after  image
}

// SetHeader sets what stands above the rows.
func (c *DraftChange) SetHeader(h DraftHeader) { c.header = &h }

// Header gives what stands above the rows, with what this deed set.
func (c *DraftChange) Header() DraftHeader {
	if c.header != nil {
		return *c.header
	}
	return c.Draft.DraftHeader
}

// Insert adds a row that was not there.
func (c *DraftChange) Insert(row DraftRow) {
	c.before.Gone = append(c.before.Gone, row.ID)
	c.after.Rows = append(c.after.Rows, row)
}

// Replace changes a row; old is what was read. Each row at most once.
func (c *DraftChange) Replace(old, row DraftRow) {
	if old == row {
		return
	}
	c.before.Rows = append(c.before.Rows, old)
	c.after.Rows = append(c.after.Rows, row)
}

// Remove removes a row; old is what was read.
func (c *DraftChange) Remove(old DraftRow) {
	c.before.Rows = append(c.before.Rows, old)
	c.after.Gone = append(c.after.Gone, old.ID)
}

// DraftDelta is what a deed, or a step taken back, did to the rows of a draft.
type DraftDelta struct {
	From, To int64 // the draft's version before and after; equal when nothing changed
	Put      []DraftRow
	Gone     []string
}

// Delta tells, once ChangeDraft is done, what it did.
func (c *DraftChange) Delta() DraftDelta {
	delta := DraftDelta{From: c.Draft.Version, To: c.Draft.Version, Put: c.after.Rows, Gone: c.after.Gone}
	if !c.empty() {
		delta.To++
	}
	return delta
}

func (c *DraftChange) empty() bool {
	return c.header == nil && len(c.after.Rows) == 0 && len(c.after.Gone) == 0
}

// ChangeDraft runs one deed on an open draft: what f collects is written, with a
// step that takes it back, or nothing is. A deed that changes nothing leaves no step.
func (t VaultTx) ChangeDraft(ctx context.Context, id, kind string, now repair.Instant, f func(*DraftChange) error) error {
	d, err := t.Draft(ctx, id)
	if err != nil {
		return err
	}
	if d.State != DraftOpen {
		return (&repair.Error{Kind: repair.Conflict, Code: "draft.not_open"}).With("state", string(d.State))
	}
	c := DraftChange{Draft: d}
	if err := f(&c); err != nil {
		return err
	}
	if c.header != nil && reflect.DeepEqual(*c.header, d.DraftHeader) {
		c.header = nil
	}
	if c.empty() {
		return nil
	}
	if c.header != nil {
		before := d.DraftHeader // d itself changes below
		c.before.Header, c.after.Header = &before, c.header
	}
	if err := t.putImage(ctx, &d, c.after); err != nil {
		return err
	}
	if err := t.putStep(ctx, &d, kind, c.before, c.after); err != nil {
		return err
	}
	return t.saveDraft(ctx, d, now)
}

// UndoDraft takes the last step back, if there is one.
func (t VaultTx) UndoDraft(ctx context.Context, id string, now repair.Instant) (DraftDelta, error) {
	return t.replay(ctx, id, now, func(d *Draft) (int, bool) { n := d.Step; d.Step--; return n, true })
}

// RedoDraft does the step again that was taken back last.
func (t VaultTx) RedoDraft(ctx context.Context, id string, now repair.Instant) (DraftDelta, error) {
	return t.replay(ctx, id, now, func(d *Draft) (int, bool) { d.Step++; return d.Step, false })
}

func (t VaultTx) replay(ctx context.Context, id string, now repair.Instant, move func(*Draft) (n int, back bool)) (DraftDelta, error) {
	d, err := t.Draft(ctx, id)
	if err != nil {
		return DraftDelta{}, err
	}
	if d.State != DraftOpen {
		return DraftDelta{}, (&repair.Error{Kind: repair.Conflict, Code: "draft.not_open"}).With("state", string(d.State))
	}
	delta := DraftDelta{From: d.Version, To: d.Version}
	n, back := move(&d)
	var kind string
	var before, after []byte
	found, err := t.tx.Row(ctx, "step_one", sqlkit.P{"draft": id, "n": n}, &kind, &before, &after)
	if err != nil || !found {
		return delta, err
	}
	packed := after
	if back {
		packed = before
	}
	var img image
	if err := unpack(packed, &img); err != nil {
		return DraftDelta{}, err
	}
	if back {
		if err := t.keepLater(ctx, id, n, after, img.Gone); err != nil {
			return DraftDelta{}, err
		}
	}
	if err := t.putImage(ctx, &d, img); err != nil {
		return DraftDelta{}, err
	}
	delta.To, delta.Put, delta.Gone = d.Version+1, img.Rows, img.Gone
	return delta, t.saveDraft(ctx, d, now)
}

// keepLater keeps the rows of a step that is about to be taken back, where it did not
// keep them itself. They are as the step left them: later steps are taken back first.
func (t VaultTx) keepLater(ctx context.Context, draft string, n int, packed []byte, ids []string) error {
	if len(ids) <= laterAbove {
		return nil
	}
	var after image
	err := unpack(packed, &after)
	if err != nil || !after.Later {
		return err
	}
	if after.Rows, err = t.RowsByID(ctx, draft, ids); err != nil {
		return err
	}
	after.Later = false
	if packed, err = pack(after); err != nil {
		return err
	}
	_, err = t.tx.Exec(ctx, "step_keep", sqlkit.P{"draft": draft, "n": n, "after": packed})
	return err
}

// StepKinds names what Undo and Redo would do, "" for nothing.
func (t VaultTx) StepKinds(ctx context.Context, d Draft) (undo, redo string, err error) {
	if _, err := t.tx.Row(ctx, "step_kind", sqlkit.P{"draft": d.ID, "n": d.Step}, &undo); err != nil {
		return "", "", err
	}
	_, err = t.tx.Row(ctx, "step_kind", sqlkit.P{"draft": d.ID, "n": d.Step + 1}, &redo)
	return undo, redo, err
}

func (t VaultTx) putImage(ctx context.Context, d *Draft, img image) error {
	if img.Header != nil {
		d.DraftHeader = *img.Header
	}
	for part := range chunks(img.Gone) {
		if _, err := t.tx.Exec(ctx, "rows_remove", sqlkit.P{"draft": d.ID, "ids": list(part)}); err != nil {
			return err
		}
	}
	if err := t.putRows(ctx, d.ID, img.Rows); err != nil {
		return err
	}
	_, err := t.tx.Row(ctx, "row_count", sqlkit.P{"draft": d.ID}, &d.RowCount)
	return err
}

func (t VaultTx) putRows(ctx context.Context, draft string, rows []DraftRow) error {
	if len(rows) == 0 {
		return nil
	}
	put, err := t.tx.Many(ctx, "row_put", "id", "draft", "pos", "serial", "serial_key", "model", "complaint", "ship_date", "photos", "extra", "found")
	if err != nil {
		return err
	}
	for _, r := range rows {
		if _, err := put.Run(r.ID, draft, r.Pos, r.Serial, r.Key, r.Model, r.Complaint, r.ShipDate, r.Photos, r.Extra, r.Found); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (t VaultTx) putStep(ctx context.Context, d *Draft, kind string, before, after image) error {
	if _, err := t.tx.Exec(ctx, "steps_above", sqlkit.P{"draft": d.ID, "n": d.Step}); err != nil {
		return err
	}
	b, err := pack(before)
	if err != nil {
		return err
	}
	if len(before.Rows) == 0 && len(after.Gone) == 0 && len(after.Rows) > laterAbove {
		after.Rows, after.Later = nil, true
	}
	a, err := pack(after)
	if err != nil {
		return err
	}
	d.Step++
	if _, err := t.tx.Exec(ctx, "step_put", sqlkit.P{"draft": d.ID, "n": d.Step, "kind": kind, "before": b, "after": a}); err != nil {
		return err
	}
	_, err = t.tx.Exec(ctx, "steps_old", sqlkit.P{"draft": d.ID, "n": d.Step - keptSteps})
	return err
}

func (t VaultTx) saveDraft(ctx context.Context, d Draft, now repair.Instant) error {
	p, err := headerParameters(d.DraftHeader)
	if err != nil {
		return err
	}
	p["id"], p["row_count"], p["step"], p["at"] = d.ID, d.RowCount, d.Step, string(now)
	_, err = t.tx.Exec(ctx, "draft_save", p)
	return err
}

// chunkSize keeps a bulk statement's text below a megabyte or so.
const chunkSize = 2000

func chunks[T any](all []T) func(yield func([]T) bool) {
	return func(yield func([]T) bool) {
		for len(all) > 0 {
			n := min(chunkSize, len(all))
			if !yield(all[:n]) {
				return
			}
			all = all[n:]
		}
	}
}

// Packed values begin with a byte that says how: small ones are plain JSON.
const (
	packedPlain = 'j'
	packedFlate = 'f'
	packAbove   = 4 << 10
)

func pack(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	if len(text) < packAbove {
		return append([]byte{packedPlain}, text...), nil
	}
	var b bytes.Buffer
	b.WriteByte(packedFlate)
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func unpack(b []byte, dest any) error {
	if len(b) == 0 {
		return errors.New("a packed value is empty")
	}
	if b[0] == packedPlain {
		return json.Unmarshal(b[1:], dest)
	}
	text, err := io.ReadAll(flate.NewReader(bytes.NewReader(b[1:])))
	if err != nil {
		return err
	}
	return json.Unmarshal(text, dest)
}
