package app

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"path"
	"time"

	"hashmend/backend/atomicfile"
	"hashmend/backend/desk"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// Data is what this PC keeps: its backups, what was recovered, and all of it to
// take away.
type Data struct{ app *App }

// DataView is how the data of this PC stands.
type DataView struct {
	Dir        string         `json:"dir"`
	Backups    []BackupView   `json:"backups"`          // newest first
	Recoveries []RecoveryView `json:"recoveries"`       // newest first
	Failed     *repair.Error  `json:"failed,omitempty"` // why the last automatic backup was not made
}

// BackupView is one copy of the vault.
type BackupView struct {
	Name string         `json:"name"`
	Why  string         `json:"why"` // auto, manual, replaced
	At   repair.Instant `json:"at"`
	Size int64          `json:"size"`
}

// RecoveryView says what was brought back from a damaged vault.
type RecoveryView struct {
	At       repair.Instant `json:"at"`
	Aside    string         `json:"aside"` // where the damaged file is
	Drafts   int            `json:"drafts"`
	Lines    int            `json:"lines"`
	Sent     int            `json:"sent"` // commands sent or waiting
	Files    int            `json:"files"`
	Unplaced int            `json:"unplaced"` // kept as text beside the damaged file
	Damaged  int            `json:"damaged"`  // could not be read whole
}

// State says how the data stands.
func (d *Data) State() (out DataView, err error) {
	defer settle(&err)
	h, err := d.app.open()
	if err != nil {
		return out, err
	}
	return h.dataView(), nil
}

// BackUp makes a backup now.
func (d *Data) BackUp() (out DataView, err error) {
	defer settle(&err)
	h, err := d.app.open()
	if err != nil {
		return out, err
	}
	if _, err := h.db.BackUp(h.ctx, localdb.BackupManual, repair.At(d.app.Now())); err != nil {
		return out, err
	}
	return h.dataView(), nil
}

// Restore puts a backup in the place of what is there, which becomes a backup
// itself, and goes on with it.
func (d *Data) Restore(name string) (out DataView, err error) {
	defer settle(&err)
	if _, err := d.app.open(); err != nil {
		return out, err
	}
	if err := d.app.restore(name); err != nil {
		return out, err
	}
	h, err := d.app.open()
	if err != nil {
		return out, err
	}
	h.emit("session", "orders", "drafts", "sync")
	return h.dataView(), nil
}

// Bundle saves everything a person typed, attached or sent as one zip.
func (d *Data) Bundle() (out desk.SavedFile, err error) {
	defer settle(&err)
	h, err := d.app.open()
	if err != nil {
		return out, err
	}
	name := "hashmend-everything-" + d.app.Now().UTC().Format("2006-01-02") + ".zip"
	if d.app.Where == nil {
		return desk.SavedFile{URL: LocalPrefix + path.Join("bundle", name)}, nil
	}
	where, err := d.app.Where(name)
	if err != nil || where == "" {
		return out, err
	}
	err = atomicfile.WriteFrom(where, 0o600, func(w io.Writer) error { return h.bundle(h.ctx, w) })
	if err != nil {
		return out, errNotSaved.With("name", name).Because(err)
	}
	return desk.SavedFile{Path: where}, nil
}

// getBundle gives the bundle to a browser while it is made.
func (a *App) getBundle(h *house, w http.ResponseWriter, r *http.Request) error {
	download(w, r.PathValue("name"))
	if err := h.bundle(r.Context(), w); err != nil {
		log.Printf("bundle: %v", err) // a zip that ends early does not open
	}
	return nil
}

func (h *house) bundle(ctx context.Context, w io.Writer) error {
	return h.db.Bundle(ctx, w, func(hash string) (io.ReadCloser, error) { return h.files.Open(hash) })
}

func (h *house) dataView() DataView {
	out := DataView{Dir: h.app.Dir, Backups: []BackupView{}, Recoveries: []RecoveryView{}, Failed: h.backupErr.Load()}
	for _, b := range localdb.Backups(h.app.Dir) {
		out.Backups = append(out.Backups, BackupView(b))
	}
	for _, r := range localdb.Recoveries(h.app.Dir) {
		out.Recoveries = append(out.Recoveries, RecoveryView{
			At: r.At, Aside: r.Aside, Drafts: r.Rows["draft"] + r.Stubs, Lines: r.Rows["draft_row"], Sent: r.Rows["outbox"],
			Files: r.Rows["file"], Unplaced: r.Unplaced, Damaged: r.Damaged,
		})
	}
	return out
}

// restore closes the house, changes its vault and opens it again. When the backup
// is no good the house opens with what it had.
func (a *App) restore(name string) error {
	a.moving.Lock()
	defer a.moving.Unlock()
	h, err := a.open()
	if err != nil {
		return err
	}
	if err := h.close(); err != nil {
		log.Printf("before a restore: %v", err)
	}
	failed := localdb.Replace(context.Background(), a.Dir, name, repair.At(a.Now()))
	again, err := openHouse(context.Background(), a)
	if err != nil {
		return errors.Join(failed, err)
	}
	a.inside.Store(again)
	return failed
}

// backupLook is how often it is asked whether a backup is due.
const backupLook = 5 * time.Minute

// keepBackups makes a backup once an hour while something changes, and one at
// the start when the last run left something unsaved.
func (h *house) keepBackups() {
	tick := time.NewTicker(backupLook)
	defer tick.Stop()
	for {
		h.backUpIfDue()
		select {
		case <-tick.C:
		case <-h.ctx.Done():
			return
		}
	}
}

func (h *house) backUpIfDue() {
	now := repair.At(h.app.Now())
	if !h.db.BackupDue(now) {
		return
	}
	_, err := h.db.BackUp(h.ctx, localdb.BackupAuto, now)
	if h.ctx.Err() != nil {
		return
	}
	if err == nil {
		h.backupErr.Store(nil)
		return
	}
	log.Printf("backup: %v", err)
	h.backupErr.Store(visible(err))
}

// checkCache reads the whole cache once while people work: what is damaged in it
// is rebuilt by the next start.
func (h *house) checkCache() {
	if err := h.db.CheckCache(h.ctx); err != nil && h.ctx.Err() == nil {
		log.Printf("cache: %v", err)
	}
}

// searchLook is how often it is asked whether devices came that the index of
// parts of their serial numbers does not have; searchRest is what every step of
// it leaves to others.
const (
	searchLook = 5 * time.Second
	searchRest = 20 * time.Millisecond
)

// keepSearch brings the cache of an older program up to date, and the index of
// many devices, step by step while people work.
func (h *house) keepSearch() {
	for renewed := false; ; renewed = true {
		more, err := h.db.Reproject(h.ctx)
		if err != nil {
			break
		}
		if !more {
			if renewed {
				h.emit("orders")
			}
			break
		}
		if !h.rest(searchRest) {
			return
		}
	}
	for {
		more, err := h.db.IndexText(h.ctx)
		if err != nil && h.ctx.Err() == nil {
			log.Printf("search: %v", err) // it is slower without, and finds the same
		}
		pause := searchLook
		if more {
			pause = searchRest
		}
		if !h.rest(pause) {
			return
		}
	}
}

// rest waits, and reports whether the program still runs.
func (h *house) rest(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-h.ctx.Done():
		return false
	}
}
