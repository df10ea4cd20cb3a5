package syncer

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hashmend/backend/centrehost"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// A centre is copied, goes on, and comes back from the copy. What this PC had sent
// meanwhile is there again under its old id and in its old bytes; what another PC
// had sent is kept here as "only on this PC" (R10 R11 W1).
func TestACentreRestoredFromAnOlderCopyLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		dir, older := t.TempDir(), t.TempDir()
		host, err := centrehost.Open(ctx, dir, centrehost.Options{Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		way := &wires{to: host.Handler()}
		s, other := joined(ctx, t, host, way), joined(ctx, t, host, way)
		defer func() { _ = s.DB.Close(); _ = other.DB.Close() }()
		ended, otherEnded := make(chan struct{}), make(chan struct{})
		go func() { defer close(ended); s.Run(ctx) }()
		otherCtx, stopOther := context.WithCancel(ctx)
		go func() { defer close(otherEnded); other.Run(otherCtx) }()
		defer func() { cancel(); <-ended; <-otherEnded }()
		after(time.Minute)

		if err := host.Close(); err != nil {
			t.Fatal(err)
		}
		copyFile(t, filepath.Join(dir, "centre.db"), filepath.Join(older, "centre.db"))
		if host, err = centrehost.Open(ctx, dir, centrehost.Options{Now: time.Now}); err != nil {
			t.Fatal(err)
		}
		way.mu.Lock()
		way.to = host.Handler()
		way.mu.Unlock()

		// After the copy: an order and a message from here, an order from elsewhere.
		body := frozen(t, repairtest.Submission(3))
		queueBytes(ctx, t, s, localdb.OutboxItem{ID: string(repairtest.OrderID), Kind: localdb.KindSubmit, WorkOrder: repairtest.OrderID}, body)
		ask := repair.Command{ID: repairtest.CommandID(1), Kind: repair.CmdMessage, WorkOrder: repairtest.OrderID, Text: "how long?"}
		queueBytes(ctx, t, s, localdb.OutboxItem{ID: string(ask.ID), Kind: string(ask.Kind), WorkOrder: repairtest.OrderID}, frozen(t, ask))
		elsewhere := string(repairtest.CommandID(77))
		theirs := repairtest.Submission(1)
		theirs.Devices[0].ID = repair.DeviceID(repairtest.CommandID(78))
		queueBytes(ctx, t, other, localdb.OutboxItem{ID: elsewhere, Kind: localdb.KindSubmit, WorkOrder: repair.WorkOrderID(elsewhere)}, frozen(t, theirs))
		after(10 * time.Minute)
		stopOther() // that PC never comes back
		<-otherEnded
		if err := host.Close(); err != nil {
			t.Fatal(err)
		}

		if host, err = centrehost.Open(ctx, older, centrehost.Options{Now: time.Now}); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = host.Close() }()
		way.mu.Lock()
		way.to = host.Handler()
		way.mu.Unlock()
		s.Hint()
		after(30 * time.Minute)

		checkAgain(ctx, t, s, elsewhere)
		report, err := host.Centre().Check(ctx)
		if err != nil || len(report.Faults) > 0 || report.WorkOrders != 1 {
			t.Errorf("the centre has %+v %v", report, err)
		}
	})
}

// While the snapshot of a restored centre comes, in pieces, the centre takes what it
// is offered and is restored once more. That is offered again too, and what the old
// copy has is still looked for (R11).
func TestACentreRestoredAgainWhileASnapshotComesLosesNothing(t *testing.T) {
	var cut, restored atomic.Bool
	lost := &repair.Error{Kind: repair.Conflict, Code: wire.CodeCursorDiverged}
	inBubble(t, func(b *bench) {
		b.centre.page = func(since wire.Cursor) (wire.Page, error) {
			if cut.Load() && since == "c1" {
				return wire.Page{}, lost
			}
			return wire.Page{From: since, Next: since}, nil
		}
		b.centre.snap = func(at wire.Cursor, _ wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error {
			switch {
			case !cut.Load():
				return take(wire.SnapshotHead{At: "c1"}, rows(t, "", "", "wo-1", "wo-2").Rows)
			case restored.Load() && at == "s1":
				return lost
			case restored.Load():
				return take(wire.SnapshotHead{At: "t1"}, rows(t, "", "", "wo-1").Rows)
			case at == "":
				if err := take(wire.SnapshotHead{At: "s1"}, rows(t, "", "", "wo-1").Rows); err != nil {
					return err
				}
			}
			return &repair.Error{Kind: repair.Offline, Code: wire.CodeUnreachable}
		}
	}, func(ctx context.Context, b *bench) {
		b.submit("wo-1")
		after(time.Minute)
		cut.Store(true)
		b.Hint()
		after(10 * time.Minute)
		b.wantState("wo-1", localdb.Accepted)
		before := b.centre.count("PUT wo-1")
		restored.Store(true)
		after(10 * time.Minute)
		if n := b.centre.count("PUT wo-1"); before != 2 || n != 3 {
			t.Errorf("the work order was sent %d times, and then %d", before, n)
		}
		if got := b.cursor(); got != "t1" {
			t.Errorf("the pull stands at %q, want t1", got)
		}
		if err := b.DB.View(ctx, func(tx localdb.VaultTx) error {
			here, err := tx.OnlyHere(ctx, scope, 10)
			if len(here) != 1 || here[0].ID != "wo-2" {
				t.Errorf("only here are %v", here)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

// The centre takes a work order, and is set back to an older copy before this PC has
// pulled it: the copy knows the PC's cursor, so nothing tells that something is lost
// but the work order that never shows (R11 W2).
func TestWhatARestoredCentreForgotBehindOurCursorIsOfferedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		dir, older := t.TempDir(), t.TempDir()
		host, err := centrehost.Open(ctx, dir, centrehost.Options{Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		way := &wires{to: host.Handler()}
		s := joined(ctx, t, host, way)
		defer func() { _ = s.DB.Close() }()
		ended := make(chan struct{})
		go func() { defer close(ended); s.Run(ctx) }()
		defer func() { cancel(); <-ended }()
		after(time.Minute)
		if err := host.Close(); err != nil {
			t.Fatal(err)
		}
		copyFile(t, filepath.Join(dir, "centre.db"), filepath.Join(older, "centre.db"))
		if host, err = centrehost.Open(ctx, dir, centrehost.Options{Now: time.Now}); err != nil {
			t.Fatal(err)
		}
		served := host.Handler()
		way.mu.Lock()
		way.to = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == wire.PathChanges {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			served.ServeHTTP(w, r)
		})
		way.mu.Unlock()
		body := frozen(t, repairtest.Submission(1))
		queueBytes(ctx, t, s, localdb.OutboxItem{ID: string(repairtest.OrderID), Kind: localdb.KindSubmit, WorkOrder: repairtest.OrderID}, body)
		after(time.Minute)
		if report, err := host.Centre().Check(ctx); err != nil || report.WorkOrders != 1 {
			t.Fatalf("the centre has %+v %v", report, err)
		}
		if err := host.Close(); err != nil {
			t.Fatal(err)
		}
		if host, err = centrehost.Open(ctx, older, centrehost.Options{Now: time.Now}); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = host.Close() }()
		way.mu.Lock()
		way.to = host.Handler()
		way.mu.Unlock()
		after(30 * time.Minute)
		if report, err := host.Centre().Check(ctx); err != nil || report.WorkOrders != 1 {
			t.Errorf("the restored centre has %+v %v", report, err)
		}
		items, err := s.unsent(ctx)
		if len(items) > 0 || err != nil {
			t.Errorf("still on their way: %v %v", items, err)
		}
	})
}

// The centre comes back from the same copy twice, and has committed nothing in between
// that this PC has pulled: our cursor is the same each time, and what was lost is another
// answer (R11 W2).
func TestACentreRestoredTwiceToTheSameCopyLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		dir := t.TempDir()
		open := func(dir string) *centrehost.Host {
			host, err := centrehost.Open(ctx, dir, centrehost.Options{Now: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			return host
		}
		host := open(dir)
		defer func() { _ = host.Close() }()
		way := &wires{to: host.Handler()}
		s := joined(ctx, t, host, way)
		defer func() { _ = s.DB.Close() }()
		ended := make(chan struct{})
		go func() { defer close(ended); s.Run(ctx) }()
		defer func() { cancel(); <-ended }()
		after(time.Minute)
		if err := host.Close(); err != nil {
			t.Fatal(err)
		}
		kept := t.TempDir()
		copyFile(t, filepath.Join(dir, "centre.db"), filepath.Join(kept, "centre.db"))
		// comesBack opens a centre that does not answer everything.
		comesBack := func(dir string, without func(*http.Request) bool) {
			host = open(dir)
			served := host.Handler()
			way.mu.Lock()
			defer way.mu.Unlock()
			way.to = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if without(r) {
					w.WriteHeader(http.StatusBadGateway)
					return
				}
				served.ServeHTTP(w, r)
			})
		}
		taken := func(want int) {
			t.Helper()
			if report, err := host.Centre().Check(ctx); err != nil || report.WorkOrders != want {
				t.Fatalf("the centre has %+v %v, not %d work orders", report, err, want)
			}
		}
		var noReads, noWrites atomic.Bool
		without := func(r *http.Request) bool {
			return noReads.Load() && r.URL.Path == wire.PathChanges || noWrites.Load() && r.Method == http.MethodPut
		}
		noReads.Store(true)
		comesBack(dir, without)
		body := frozen(t, repairtest.Submission(1))
		queueBytes(ctx, t, s, localdb.OutboxItem{ID: string(repairtest.OrderID), Kind: localdb.KindSubmit, WorkOrder: repairtest.OrderID}, body)
		after(time.Minute)
		taken(1)
		for range 2 {
			if err := host.Close(); err != nil {
				t.Fatal(err)
			}
			copied := t.TempDir()
			copyFile(t, filepath.Join(kept, "centre.db"), filepath.Join(copied, "centre.db"))
			noReads.Store(false)
			noWrites.Store(true)
			comesBack(copied, without)
			after(30 * time.Minute) // the pull sees what is lost, and fetches everything
			taken(0)
			noReads.Store(true)
			noWrites.Store(false)
			after(30 * time.Minute) // it is offered again, and not pulled
			taken(1)
		}
		noReads.Store(false)
		after(30 * time.Minute)
		items, err := s.unsent(ctx)
		if len(items) > 0 || err != nil {
			t.Errorf("still on their way: %v %v", items, err)
		}
	})
}

func checkAgain(ctx context.Context, t *testing.T, s *Syncer, elsewhere string) {
	t.Helper()
	err := s.DB.View(ctx, func(tx localdb.VaultTx) error {
		at, err := tx.Restored(ctx, s.Scope)
		if at == "" || err != nil {
			t.Errorf("nobody noticed (%v)", err)
		}
		items, err := tx.OfferedAgain(ctx, s.Scope)
		if len(items) != 2 || err != nil {
			t.Fatalf("%d items were offered again (%v)", len(items), err)
		}
		for _, it := range items {
			if it.State != localdb.Accepted || len(it.Was) == 0 || len(it.Answer) == 0 {
				t.Errorf("%s is %s, was %s, is %s", it.Kind, it.State, it.Was, it.Answer)
			}
		}
		here, err := tx.OnlyHere(ctx, s.Scope, 100)
		orders := map[repair.WorkOrderID]int{}
		for _, o := range here {
			orders[o.WorkOrder]++
			if !json.Valid(o.Body) {
				t.Errorf("%s %s is kept as %s", o.T, o.ID, o.Body)
			}
		}
		if len(orders) != 1 || orders[repair.WorkOrderID(elsewhere)] != 2 { // an order and its device
			t.Errorf("only here are %v", orders)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	err = s.DB.Cached(ctx, s.Scope, func(tx localdb.CacheTx) error {
		_, found, err := tx.OrderRow(ctx, repairtest.OrderID)
		if !found {
			t.Error("the desk does not show its own work order")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A restored centre refuses a command until what it depends on has come from another
// desk. It waits, and is not called refused (W2, R11).
func TestWhatComesAgainTooEarlyWaits(t *testing.T) {
	var lost, there atomic.Bool
	inBubble(t, func(b *bench) {
		b.centre.restoredOnce(&lost)
		b.centre.fault = func(what string, before bool) error {
			if before && what == "PUT "+string(repairtest.CommandID(1)) && lost.Load() && !there.Load() {
				return repair.ErrOrderChanged
			}
			return nil
		}
	}, func(ctx context.Context, b *bench) {
		cmd := repair.Command{ID: repairtest.CommandID(1), Kind: repair.CmdMessage, WorkOrder: repairtest.OrderID, Text: "how long?"}
		queueBytes(ctx, t, b.Syncer, localdb.OutboxItem{ID: string(cmd.ID), Kind: string(cmd.Kind), WorkOrder: repairtest.OrderID}, frozen(t, cmd))
		b.Wake()
		after(time.Minute)
		b.wantState(string(cmd.ID), localdb.Accepted)
		lost.Store(true)
		b.Hint()
		after(20 * time.Minute)
		b.wantState(string(cmd.ID), localdb.Queued)
		there.Store(true)
		after(10 * time.Minute)
		b.wantState(string(cmd.ID), localdb.Accepted)
		lost.Store(false)
	})
}
