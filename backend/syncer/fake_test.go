package syncer

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hashmend/backend/blob"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// fakeCentre is a centre in a few maps. Its fault decides what goes wrong.
type fakeCentre struct {
	id   string
	slow time.Duration // the way there and back, when it is long

	mu sync.Mutex
	// fault is asked before and after each request; an error before means that
	// nothing was done, after that the answer got lost. See fail.
	fault   func(what string, before bool) error
	page    func(since wire.Cursor) (wire.Page, error)
	snap    func(at wire.Cursor, after wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error
	stream  func(ctx context.Context, heard func(wire.Cursor)) error
	asked   []string          // "PUT wo-1", "GET changes", …
	place   wire.Cursor       // of the commit of what it takes
	proofs  []wire.Cursor     // the places that it was asked for
	done    map[string]string // id → body
	busy    int
	busiest int
	files   map[string]string
	// byPiece sends files so that it can be watched; nil sends them at once.
	byPiece func(ctx context.Context, f repair.FileRef, progress func(int64)) error
}

func (c *fakeCentre) ask(ctx context.Context, what string, do func() error) error {
	c.mu.Lock()
	c.asked = append(c.asked, what)
	c.busy++
	c.busiest = max(c.busiest, c.busy)
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		c.busy--
		c.mu.Unlock()
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(max(c.slow, 100*time.Millisecond)): // the way there and back
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.fault(what, true); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return c.fault(what, false)
}

func (c *fakeCentre) Meta(ctx context.Context) (m wire.Meta, err error) {
	err = c.ask(ctx, "GET meta", func() error { return nil })
	return wire.Meta{ServerID: c.id, Time: repair.At(time.Now())}, err
}

func (c *fakeCentre) PutWorkOrder(ctx context.Context, id repair.WorkOrderID, body []byte) (wire.Accepted, error) {
	a := wire.Accepted{ID: id, Number: "WO-" + string(id)}
	err := c.ask(ctx, "PUT "+string(id), func() error {
		a.At = c.place
		return c.put(string(id), body)
	})
	return a, err
}

func (c *fakeCentre) PutOp(ctx context.Context, id repair.CommandID, body []byte, seen int64) (wire.OpResult, error) {
	err := c.ask(ctx, "PUT "+string(id), func() error { return c.put(string(id), body) })
	return wire.OpResult{ID: id}, err
}

func (c *fakeCentre) PutOpAgain(ctx context.Context, id repair.CommandID, body []byte) (wire.OpResult, error) {
	return c.PutOp(ctx, id, body, 0)
}

func (c *fakeCentre) put(id string, body []byte) error {
	if old, known := c.done[id]; known && old != string(body) {
		return &repair.Error{Kind: repair.Conflict, Code: wire.CodeIDReused}
	}
	c.done[id] = string(body)
	return nil
}

func (c *fakeCentre) Changes(ctx context.Context, since wire.Cursor, _ int, answered ...wire.Cursor) (p wire.Page, err error) {
	err = c.ask(ctx, "GET changes", func() (err error) {
		c.proofs = append(c.proofs, answered...)
		p, err = c.page(since)
		return err
	})
	return p, err
}

// Snapshot has no route at first, as at an older centre: then the pages are all.
func (c *fakeCentre) Snapshot(ctx context.Context, at wire.Cursor, after wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error {
	return c.ask(ctx, "GET snapshot", func() error {
		if c.snap != nil {
			return c.snap(at, after, take)
		}
		return &repair.Error{Kind: repair.NotFound, Code: wire.CodeNoRoute}
	})
}

func (c *fakeCentre) Events(ctx context.Context, heard func(wire.Cursor)) error {
	if err := c.ask(ctx, "GET events", func() error { return nil }); err != nil {
		return err
	}
	if c.stream == nil {
		<-ctx.Done()
		return ctx.Err()
	}
	return c.stream(ctx, heard)
}

func (c *fakeCentre) Await(ctx context.Context, since wire.Cursor, wait time.Duration) (news bool, err error) {
	err = c.ask(ctx, "GET await", func() error { return nil })
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case <-time.After(wait):
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p, failed := c.page(since)
	return err == nil && failed == nil && p.Next != since, err
}

func (c *fakeCentre) Upload(ctx context.Context, f repair.FileRef, content io.ReaderAt, progress func(int64)) error {
	if c.byPiece != nil {
		if err := c.byPiece(ctx, f, progress); err != nil {
			return err
		}
	}
	return c.ask(ctx, "POST "+f.Name, func() error {
		text, err := io.ReadAll(io.NewSectionReader(content, 0, f.Size))
		c.files[f.SHA256] = string(text)
		return err
	})
}

// restoredOnce makes it a centre without rows that has come back from an older copy of
// itself once lost is set.
func (c *fakeCentre) restoredOnce(lost *atomic.Bool) {
	c.page = func(since wire.Cursor) (wire.Page, error) {
		if lost.Load() && since == "c1" {
			return wire.Page{}, diverged
		}
		return wire.Page{From: since, Next: since}, nil
	}
	c.snap = func(_ wire.Cursor, _ wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error {
		at := wire.Cursor("c1")
		if lost.Load() {
			at = "c2"
		}
		return take(wire.SnapshotHead{At: at}, nil)
	}
}

// fail changes what goes wrong from now on; nil for nothing.
func (c *fakeCentre) fail(fault func(what string, before bool) error) {
	if fault == nil {
		fault = func(string, bool) error { return nil }
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fault = fault
}

// count counts the requests that begin with a prefix.
func (c *fakeCentre) count(prefix string) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, what := range c.asked {
		if strings.HasPrefix(what, prefix) {
			n++
		}
	}
	return n
}

func (c *fakeCentre) has(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, known := c.done[id]
	return known
}

// bench is a syncer at work on real databases with a fake centre, in a bubble
// whose clock moves only when everybody waits.
type bench struct {
	*Syncer
	t      *testing.T
	dir    string
	centre *fakeCentre
	topics []string
	stop   func()
}

const scope localdb.Scope = "srv-1/acc-1"

// inBubble runs a test with a syncer that works until the test ends. tune may
// change it before.
func inBubble(t *testing.T, tune func(*bench), test func(ctx context.Context, b *bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		dir := t.TempDir()
		db, err := localdb.Open(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		files, err := blob.Open(filepath.Join(dir, "files"))
		if err != nil {
			t.Fatal(err)
		}
		b := &bench{t: t, dir: dir, centre: &fakeCentre{
			id: "srv-1", done: map[string]string{}, files: map[string]string{},
			fault: func(string, bool) error { return nil },
			page: func(since wire.Cursor) (wire.Page, error) {
				return wire.Page{From: since, Next: "c0"}, nil
			},
		}}
		var mu sync.Mutex
		b.Syncer = New(Config{
			ServerID: "srv-1", Scope: scope, DB: db, Files: files, Centre: b.centre, Now: time.Now,
			Changed: func(topics ...string) {
				mu.Lock()
				defer mu.Unlock()
				b.topics = append(b.topics, topics...)
			},
		})
		if tune != nil {
			tune(b)
		}
		ended := make(chan struct{})
		go func() { defer close(ended); b.Run(ctx) }()
		b.stop = sync.OnceFunc(func() {
			cancel()
			<-ended
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		defer b.stop()
		test(ctx, b)
	})
}

// after lets so much time pass and everybody finish what is due by then.
func after(d time.Duration) {
	time.Sleep(d) // of the bubble's clock: it costs nothing
	synctest.Wait()
}

// queue puts something into the outbox, as a deed does.
func (b *bench) queue(id, kind string, order repair.WorkOrderID, hold time.Duration) {
	b.t.Helper()
	item := localdb.OutboxItem{ID: id, Scope: scope, Kind: kind, WorkOrder: order, CreatedAt: repair.At(b.Now())}
	if hold > 0 {
		item.HoldUntil = repair.At(b.Now().Add(hold))
	}
	err := b.DB.Update(context.Background(), func(t localdb.VaultTx) error {
		return t.Queue(context.Background(), item, []byte(`{"of":"`+id+`"}`))
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.Wake()
}

func (b *bench) submit(id string) { b.queue(id, localdb.KindSubmit, repair.WorkOrderID(id), 0) }

func (b *bench) item(id string) (it localdb.OutboxItem) {
	b.t.Helper()
	err := b.DB.View(context.Background(), func(t localdb.VaultTx) (err error) {
		it, err = t.OutboxItem(context.Background(), id)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return it
}

func (b *bench) wantState(id string, want localdb.OutboxState) {
	b.t.Helper()
	if got := b.item(id).State; got != want {
		b.t.Errorf("%s is %s, want %s", id, got, want)
	}
}

func (b *bench) wantBody(id string) {
	b.t.Helper()
	if got, want := b.centre.done[id], `{"of":"`+id+`"}`; got != want {
		b.t.Errorf("the centre has %q of %s, want %q", got, id, want)
	}
}

// vaultFails lets writes of a kind to the vault fail, as on a disk that is full for
// them only, until the function that it gives is called.
func (b *bench) vaultFails(when string) (mended func()) {
	b.t.Helper()
	raw, err := sql.Open("sqlite3", filepath.Join(b.dir, "vault.db"))
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = raw.Close() }()
	ctx := context.Background()
	if _, err := raw.ExecContext(ctx, "CREATE TRIGGER disk_full BEFORE "+when+" BEGIN SELECT RAISE(ABORT, 'disk full'); END"); err != nil {
		b.t.Fatal(err)
	}
	return func() {
		raw, err := sql.Open("sqlite3", filepath.Join(b.dir, "vault.db"))
		if err != nil {
			b.t.Fatal(err)
		}
		_, err = raw.ExecContext(ctx, "DROP TRIGGER disk_full")
		if err := errors.Join(err, raw.Close()); err != nil {
			b.t.Fatal(err)
		}
	}
}

// rows makes a page of work orders.
func rows(t *testing.T, from, next wire.Cursor, ids ...string) wire.Page {
	t.Helper()
	p := wire.Page{From: from, Next: next}
	for i, id := range ids {
		d, err := json.Marshal(repair.WorkOrder{ID: repair.WorkOrderID(id), Number: "WO-" + id, Rev: int64(i + 1)})
		if err != nil {
			t.Fatal(err)
		}
		p.Rows = append(p.Rows, wire.Row{T: wire.RowWorkOrder, ID: id, Rev: int64(i + 1), WorkOrder: repair.WorkOrderID(id), D: d})
	}
	return p
}

func (b *bench) cursor() string {
	b.t.Helper()
	c, _, err := b.DB.Cursor(context.Background(), scope)
	if err != nil {
		b.t.Fatal(err)
	}
	return c
}

func blobOf(b *bench) *blob.Store { return b.Files.(*blob.Store) }

func (b *bench) told(topic string) bool { return slices.Contains(b.topics, topic) }

var (
	unreachable = &repair.Error{Kind: repair.Offline, Code: wire.CodeUnreachable}
	portal      = &repair.Error{Kind: repair.Offline, Code: wire.CodePortal}
	signedOut   = &repair.Error{Kind: repair.Unauthorized, Code: wire.CodeTokenExpired}
	diverged    = &repair.Error{Kind: repair.Conflict, Code: wire.CodeCursorDiverged}
	crashed     = &repair.Error{Kind: repair.Internal, Code: wire.CodeInternal}
	notAllowed  = &repair.Error{Kind: repair.Conflict, Code: "quote.not_declinable", Rule: "R32"}
)
