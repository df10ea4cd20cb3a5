package app

import (
	"context"
	"errors"
	"log"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"hashmend/backend/blob"
	"hashmend/backend/calendar"
	"hashmend/backend/centrehost"
	"hashmend/backend/datadir"
	"hashmend/backend/desk"
	"hashmend/backend/keyring"
	"hashmend/backend/label"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// zone is where the guide's dates are counted.
const zone = "Asia/Shanghai"

var errClosed = &repair.Error{Kind: repair.Unavailable, Code: "program.closing"}

// house is what an open data folder holds, joined.
type house struct {
	app     *App
	db      *localdb.DB
	files   *blob.Store
	secrets *keyring.Store // of centres
	paper   *keyring.Store // of the practice centre: they open nothing else
	deeds   *desk.Desk
	prints  prints
	lanes   lanes
	saved   saved

	ctx  context.Context // ends when the program does
	stop context.CancelFunc

	keepers     sync.WaitGroup               // what looks after the data beside the deeds
	backupErr   atomic.Pointer[repair.Error] // of the last automatic backup
	entering    sync.Mutex                   // one change of session at a time; guards practice and beside
	practice    *centrehost.Host
	practiceURL string
	beside      []*session // sides of practice that still have something to send

	mu      sync.Mutex
	session *session // nil: the desk speaks for nobody yet
	closed  bool
}

// openHouse opens the databases and takes up the last session.
func openHouse(ctx context.Context, a *App) (*house, error) {
	db, err := openDB(ctx, a)
	if err != nil {
		return nil, err
	}
	files, err := blob.Open(filepath.Join(a.Dir, "files"))
	if err != nil {
		return nil, errors.Join(datadir.ErrUnusable.With("dir", a.Dir).Because(err), db.Close())
	}
	h := &house{app: a, db: db, files: files, secrets: keyring.Open(a.Dir), paper: keyring.FileOnly(a.Dir), prints: prints{own: os.DirFS(filepath.Join(a.Dir, "templates"))}}
	h.ctx, h.stop = context.WithCancel(context.Background())
	h.deeds = desk.New(desk.Deps{
		DB: db, Files: files, Now: a.Now, Days: calendar.China{}, Zone: zone,
		Session:    h.whom,
		Wake:       h.wake,
		Emit:       h.emit,
		Importing:  func(job string) { a.Events.Emit("import", map[string]string{"job": job}) },
		Checklist:  checklist(),
		ParseLabel: parseLabel,
	})
	if err := db.RecoverOutbox(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	if err := h.deeds.RecoverPrints(ctx); err != nil {
		return nil, errors.Join(err, h.close())
	}
	if err := h.resume(ctx); err != nil {
		log.Printf("last session: %v", err)
	}
	h.keepers.Go(h.keepBackups)
	h.keepers.Go(h.checkCache)
	h.keepers.Go(h.keepSearch)
	return h, nil
}

// openDB opens both databases. A damaged cache is put aside: the centre can send
// all of it again. Of a damaged vault everything that can still be read goes into
// a new one; the damaged file and a report stay aside.
func openDB(ctx context.Context, a *App) (*localdb.DB, error) {
	for tries := 0; ; tries++ {
		db, err := localdb.Open(ctx, a.Dir)
		var damaged *repair.Error
		if tries == 2 || !errors.As(err, &damaged) || damaged.Code != localdb.ErrCorrupt.Code {
			return db, err
		}
		now := repair.At(a.Now())
		if damaged.Args["file"] != "cache.db" {
			r, err := localdb.Salvage(ctx, a.Dir, now)
			if err != nil {
				return nil, err
			}
			log.Printf("the vault was damaged; what could be read is in a new one, the rest in %s", r.Aside)
			continue
		}
		aside, err := localdb.SetAsideCache(a.Dir, now)
		if err != nil {
			return nil, err
		}
		log.Printf("the cache was damaged; it is kept as %s and begun anew", filepath.Base(aside))
	}
}

// close stops what runs. Nothing that was acknowledged is lost.
func (h *house) close() error {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return nil
	}
	h.closed = true
	h.mu.Unlock()
	h.stop()
	h.entering.Lock()
	defer h.entering.Unlock()
	h.leave()
	h.keepers.Wait()
	h.lanes.running.Wait()
	h.deeds.Close()
	var err error
	if h.practice != nil {
		err = h.practice.Close()
	}
	return errors.Join(err, h.db.Close())
}

// ready gives the deeds and the context in which to do them, or why there are
// none. Whoever asks is a person who is there.
func (a *App) ready() (*desk.Desk, context.Context, error) {
	h, err := a.open()
	if err != nil {
		return nil, nil, err
	}
	if s := h.now(); s != nil {
		s.sync.Present()
	}
	return h.deeds, h.ctx, nil
}

// open gives the house, or why there is none.
func (a *App) open() (*house, error) {
	if err := a.Opened(); err != nil {
		return nil, err
	}
	h := a.inside.Load()
	if h == nil || h.ctx.Err() != nil {
		return nil, errClosed
	}
	return h, nil
}

// emit tells the page which topics have changed.
func (h *house) emit(topics ...string) {
	h.app.Events.Emit("changed", map[string][]string{"topics": widen(topics)})
}

// checklist is the packing guidance as the deeds want it.
func checklist() []desk.ChecklistStep {
	en, zh := label.Steps("en"), label.Steps("zh")
	steps := make([]desk.ChecklistStep, len(en))
	for i := range en {
		steps[i] = desk.ChecklistStep{ID: en[i].ID, TextEn: en[i].Text, TextZh: zh[i].Text}
	}
	return steps
}

// parseLabel reads one of our own printed codes.
func parseLabel(code string) (desk.Label, bool) {
	p, err := label.ParsePayload(code)
	if err != nil {
		return desk.Label{}, false
	}
	out := desk.Label{Number: p.WorkOrder, Draft: p.Draft, Check: p.Check(), Key: p.Key, SignedBy: p.SignedBy}
	out.Holds = func(keys []string) bool { return p.Kind == label.BoxCode && label.DigestSerials(keys) == p.ID }
	switch p.Kind {
	case label.BoxCode:
		out.Kind, out.Box, out.Of = "box", p.N, p.Of
	case label.DeviceCode:
		out.Kind, out.Serial, out.Box = "device", p.ID, p.N
	case label.ManifestCode:
		out.Kind = "manifest"
	}
	return out, true
}
