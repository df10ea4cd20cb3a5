package syncer

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// A centre is copied, goes on, and comes back from the copy. What this PC had sent
// meanwhile is there again under its old id and in its old bytes; what another PC
// had sent is kept here as "only on this PC" (R10 R11 W1).
func TestACentreRestoredFromAnOlderCopyLosesNothing(t *testing.T) {
	withCentre(t, func(ctx context.Context, t *testing.T, c *site) {
		s, other := c.joins(ctx, c.way), c.joins(ctx, c.way)
		c.runs(ctx, s)
		stopOther := c.runs(ctx, other)
		after(time.Minute)
		older := c.setAside(ctx, nil)

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
		c.leadTo(ctx, older, nil)
		s.Hint()
		after(30 * time.Minute)

		checkAgain(ctx, t, s, elsewhere)
		c.wantOrders(ctx, 1)
	})
}

// While the snapshot of a restored centre comes, in pieces, the centre takes what it
// is offered and is restored once more. That is offered again too, and what the old
// copy has is still looked for (R11).
func TestACentreRestoredAgainWhileASnapshotComesLosesNothing(t *testing.T) {
	var cut, restored atomic.Bool
	inBubble(t, func(b *bench) {
		b.centre.page = func(since wire.Cursor) (wire.Page, error) {
			if cut.Load() && since == "c1" {
				return wire.Page{}, diverged
			}
			return wire.Page{From: since, Next: since}, nil
		}
		b.centre.snap = func(at wire.Cursor, _ wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error {
			switch {
			case !cut.Load():
				return take(wire.SnapshotHead{At: "c1"}, rows(t, "", "", "wo-1", "wo-2").Rows)
			case restored.Load() && at == "s1":
				return diverged
			case restored.Load():
				return take(wire.SnapshotHead{At: "t1"}, rows(t, "", "", "wo-1").Rows)
			case at == "":
				if err := take(wire.SnapshotHead{At: "s1"}, rows(t, "", "", "wo-1").Rows); err != nil {
					return err
				}
			}
			return unreachable
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
	withCentre(t, func(ctx context.Context, t *testing.T, c *site) {
		s := c.joins(ctx, c.way)
		c.runs(ctx, s)
		after(time.Minute)
		older := c.setAside(ctx, func(r *http.Request) bool { return r.URL.Path == wire.PathChanges })
		body := frozen(t, repairtest.Submission(1))
		queueBytes(ctx, t, s, localdb.OutboxItem{ID: string(repairtest.OrderID), Kind: localdb.KindSubmit, WorkOrder: repairtest.OrderID}, body)
		after(time.Minute)
		c.wantOrders(ctx, 1)
		c.leadTo(ctx, older, nil)
		after(30 * time.Minute)
		c.wantOrders(ctx, 1)
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
	withCentre(t, func(ctx context.Context, t *testing.T, c *site) {
		s := c.joins(ctx, c.way)
		c.runs(ctx, s)
		after(time.Minute)
		var noReads, noWrites atomic.Bool
		without := func(r *http.Request) bool {
			return noReads.Load() && r.URL.Path == wire.PathChanges || noWrites.Load() && r.Method == http.MethodPut
		}
		noReads.Store(true)
		kept := c.setAside(ctx, without)
		body := frozen(t, repairtest.Submission(1))
		queueBytes(ctx, t, s, localdb.OutboxItem{ID: string(repairtest.OrderID), Kind: localdb.KindSubmit, WorkOrder: repairtest.OrderID}, body)
		after(time.Minute)
		c.wantOrders(ctx, 1)
		for range 2 {
			noReads.Store(false)
			noWrites.Store(true)
			c.leadTo(ctx, c.copied(kept), without)
			after(30 * time.Minute) // the pull sees what is lost, and fetches everything
			c.wantOrders(ctx, 0)
			noReads.Store(true)
			noWrites.Store(false)
			after(30 * time.Minute) // it is offered again, and not pulled
			c.wantOrders(ctx, 1)
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
