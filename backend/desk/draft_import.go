package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"hashmend/backend/blob"
	"hashmend/backend/intake"
	"hashmend/backend/localdb"
)

// States of an import.
const (
	importReading   = "reading"
	importDone      = "done"
	importCancelled = "cancelled"
	importFailed    = "failed"
)

// jobs are the imports of this run of the program.
type jobs struct {
	base    context.Context
	stop    context.CancelFunc
	running sync.WaitGroup
	// finishing: summaries are being computed in the background.
	finishing atomic.Bool

	mu   sync.Mutex
	byID map[string]*job
}

type job struct {
	id, draft, name, sha256 string
	mapping                 map[intake.Field]int
	ignored                 map[int]bool
	cancel                  context.CancelFunc
	done                    chan struct{}

	mu   sync.Mutex
	view ImportView
}

func (j *job) show() ImportView {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.view
}

func (j *job) set(f func(*ImportView)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.view)
}

func (js *jobs) get(id string) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	return js.byID[id]
}

func (js *jobs) add(j *job) {
	js.mu.Lock()
	defer js.mu.Unlock()
	if js.byID == nil {
		js.byID = map[string]*job{}
	}
	js.byID[j.id] = j
}

// into reports whether a file is being read into a draft.
func (js *jobs) into(draft string) bool {
	js.mu.Lock()
	defer js.mu.Unlock()
	for _, j := range js.byID {
		if j.draft == draft && j.show().State == importReading {
			return true
		}
	}
	return false
}

// ImportDraft keeps a file and reads it into a draft in the background; an empty
// name means pasted text. The answer says where to ask how it goes. All of it
// enters the draft at once, as one step to undo, or nothing does.
func (d *Desk) ImportDraft(ctx context.Context, draft, name string, r io.Reader) (ImportView, error) {
	if err := d.DB.View(ctx, func(t localdb.VaultTx) error {
		found, err := t.Draft(ctx, draft)
		if err == nil && found.State != localdb.DraftOpen {
			return ErrDraftNotOpen.With("state", string(found.State))
		}
		return err
	}); err != nil {
		return ImportView{}, err
	}
	sha, _, err := d.Files.Put(ctx, r, intake.DefaultMaxBytes)
	if errors.Is(err, blob.ErrTooLarge) {
		return ImportView{}, intake.ErrTooLarge.With("limit_mb", itoa(intake.DefaultMaxBytes>>20))
	}
	if err != nil {
		return ImportView{}, fileError(err)
	}
	id, err := newID()
	if err != nil {
		return ImportView{}, err
	}
	return d.start(&job{id: id, draft: draft, name: name, sha256: sha}), nil
}

// start runs a job in the background.
func (d *Desk) start(j *job) ImportView {
	ctx, cancel := context.WithCancel(d.jobs.base)
	j.cancel, j.done = cancel, make(chan struct{})
	j.view = emptyImport(ImportView{Job: j.id, Draft: j.draft, Name: j.name, State: importReading})
	view := j.view
	d.jobs.add(j)
	d.jobs.running.Add(1)
	go func() {
		defer d.jobs.running.Done()
		defer cancel()
		defer close(j.done)
		err := d.read(ctx, j)
		if err != nil {
			j.set(func(v *ImportView) {
				v.State, v.Error = importFailed, asError(err)
				if errors.Is(err, context.Canceled) {
					v.State, v.Error = importCancelled, nil
				}
			})
		}
		d.Importing(j.id)
		if err == nil {
			d.Emit("drafts", "orders", "draft:"+j.draft, "imports")
		}
	}()
	return view
}

// WaitImport waits until an import has ended and says how.
func (d *Desk) WaitImport(ctx context.Context, id string) (ImportView, error) {
	if j := d.jobs.get(id); j != nil {
		select {
		case <-j.done:
		case <-ctx.Done():
			return ImportView{}, ctx.Err()
		}
	}
	return d.DraftImport(ctx, id)
}

// DraftImport says how an import stands, also after the program was restarted.
func (d *Desk) DraftImport(ctx context.Context, id string) (out ImportView, err error) {
	if j := d.jobs.get(id); j != nil {
		return j.show(), nil
	}
	kept, err := d.keptImport(ctx, id)
	if err != nil {
		return out, err
	}
	return out, json.Unmarshal(kept.View, &out)
}

func (d *Desk) keptImport(ctx context.Context, id string) (kept localdb.ImportJob, err error) {
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		found := false
		if kept, found, err = t.Import(ctx, id); err == nil && !found {
			return ErrImportUnknown.With("job", id)
		}
		return err
	})
	return kept, err
}

// CancelImport stops an import; nothing of it stays. One that is done already
// is taken back with Undo instead.
func (d *Desk) CancelImport(ctx context.Context, id string) (ImportView, error) {
	if j := d.jobs.get(id); j != nil {
		j.cancel()
		return d.WaitImport(ctx, id)
	}
	return d.DraftImport(ctx, id)
}

// RemapImport reads the file again with other columns; its rows take the place
// of those of the first reading, as one step to undo.
func (d *Desk) RemapImport(ctx context.Context, id string, columns []ImportColumn) (ImportView, error) {
	if j := d.jobs.get(id); j != nil && j.show().State == importReading {
		return ImportView{}, ErrImportRunning.With("job", id)
	}
	kept, err := d.keptImport(ctx, id)
	if err != nil {
		return ImportView{}, err
	}
	j := &job{id: id, draft: kept.Draft, name: kept.Name, sha256: kept.SHA256,
		mapping: map[intake.Field]int{}, ignored: map[int]bool{}}
	for _, field := range []intake.Field{intake.Serial, intake.Model, intake.Complaint, intake.Shipped} {
		j.mapping[field] = -1
	}
	for _, c := range columns {
		field := intake.Field(c.Field)
		if _, known := j.mapping[field]; known {
			j.mapping[field] = c.Index
		}
		if c.Field == "ignore" {
			j.ignored[c.Index] = true
		}
	}
	return d.start(j), nil
}

// read is the job itself.
func (d *Desk) read(ctx context.Context, j *job) error {
	data, err := d.bytes(j.sha256)
	if err != nil {
		return err
	}
	options := intake.Options{Mapping: j.mapping, Progress: func(p intake.Progress) {
		j.set(func(v *ImportView) {
			v.Lines = p.Rows
			if p.Total > 0 {
				v.Percent = int(min(99, p.Done*100/p.Total)) // the last percent is the writing
			}
		})
		d.Importing(j.id)
	}}
	var result *intake.Result
	if j.name == "" {
		result, err = intake.Text(ctx, string(data), options)
	} else {
		result, err = intake.Read(ctx, j.name, bytes.NewReader(data), options)
	}
	if err != nil {
		return err
	}
	return d.take(ctx, j, result)
}

func (d *Desk) bytes(sha256 string) ([]byte, error) {
	f, err := d.Files.Open(sha256)
	if err != nil {
		return nil, fileError(err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(f)
	return data, fileError(err)
}

// take writes what was read into the draft.
func (d *Desk) take(ctx context.Context, j *job, result *intake.Result) error {
	rows, columns, err := j.rows(result)
	if err != nil {
		return err
	}
	view, elsewhere, err := d.imported(ctx, j, result, rows)
	if err != nil {
		return err
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	kind := "import"
	if j.name == "" {
		kind = "paste"
	}
	text, err := json.Marshal(view)
	if err != nil {
		return err
	}
	var delta localdb.DraftDelta
	err = d.DB.Update(ctx, func(t localdb.VaultTx) error {
		before, again, err := t.Import(ctx, j.id)
		if err != nil {
			return err
		}
		var made *localdb.DraftChange
		if err := t.ChangeDraft(ctx, j.draft, kind, d.now(), func(c *localdb.DraftChange) error {
			made = c
			if again {
				if err := removeRows(ctx, t, c, before.Rows); err != nil {
					return err
				}
			}
			h := c.Header()
			h.Columns = union(h.Columns, columns)
			c.SetHeader(h)
			pos, err := t.LastPos(ctx, j.draft)
			place(c, rows, pos, rowGap)
			return err
		}); err != nil {
			return err
		}
		delta = made.Delta()
		return t.SaveImport(ctx, localdb.ImportJob{ID: j.id, Draft: j.draft, Name: j.name, SHA256: j.sha256, Rows: ids, View: text}, d.now())
	})
	if err == nil {
		d.checkedInImport(j.draft, delta, elsewhere)
		j.set(func(v *ImportView) { *v = view })
	}
	return err
}
