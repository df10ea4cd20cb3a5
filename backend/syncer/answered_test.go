package syncer

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// A snapshot that a restored centre does not know has everything offered again. The
// places of the answers from before say nothing about it: asked for them, it would
// only say once more that it was restored, and the pull would come to no end.
func TestAfterALostSnapshotNoOldAnswerIsAskedFor(t *testing.T) {
	var restored atomic.Bool
	inBubble(t, func(b *bench) {
		b.centre.place = "p1"
		b.centre.page = func(since wire.Cursor) (wire.Page, error) {
			if restored.Load() && slices.Contains(b.centre.proofs, "p1") {
				return wire.Page{}, diverged
			}
			return wire.Page{From: since, Next: since}, nil
		}
		b.centre.snap = func(at wire.Cursor, _ wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error {
			switch {
			case restored.Load() && at == "s1":
				b.centre.place = "p2"
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
	}, func(_ context.Context, b *bench) {
		b.submit("wo-1")
		after(time.Minute)
		b.wantState("wo-1", localdb.Accepted)
		restored.Store(true)
		after(20 * time.Minute)
		if got := b.cursor(); got != "t1" {
			t.Errorf("the pull stands at %q, want t1", got)
		}
		if n := b.centre.count("PUT wo-1"); n != 2 {
			t.Errorf("the work order was sent %d times, want 2", n)
		}
		if slices.Contains(b.centre.proofs, "p1") || !slices.Contains(b.centre.proofs, "p2") {
			t.Errorf("the centre was asked for %v", b.centre.proofs)
		}
	})
}

// A copy that is begun anew without a cursor that would have told has all answers
// proven again, even when that could not be noted at first.
func TestACopyIsBegunAnewOnlyWhenItsAnswersAreInDoubt(t *testing.T) {
	var known atomic.Bool
	mended := func() {}
	inBubble(t, func(b *bench) {
		b.centre.place = "p1"
		b.centre.snap = func(_ wire.Cursor, _ wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error {
			if !known.Load() {
				return unreachable
			}
			return take(wire.SnapshotHead{At: "t1"}, rows(t, "", "", "wo-1").Rows)
		}
		item := localdb.OutboxItem{ID: "wo-1", Scope: scope, Kind: localdb.KindSubmit, WorkOrder: "wo-1", CreatedAt: repair.At(b.Now())}
		if err := b.DB.Update(b.t.Context(), func(tx localdb.VaultTx) error { return tx.Queue(b.t.Context(), item, []byte("{}")) }); err != nil {
			t.Fatal(err)
		}
		answer := []byte(`{"at":"p1"}`)
		if err := b.DB.MarkAccepted(b.t.Context(), "wo-1", 1, answer, repair.At(b.Now())); err != nil {
			t.Fatal(err)
		}
		if err := b.DB.Proven(b.t.Context(), []localdb.Answered{{ID: "wo-1", At: "p1"}}); err != nil {
			t.Fatal(err)
		}
		mended = b.vaultFails("UPDATE OF at ON outbox")
	}, func(_ context.Context, b *bench) {
		after(time.Minute)
		mended()
		known.Store(true)
		after(20 * time.Minute)
		if got := b.cursor(); got == "" {
			t.Error("nothing was pulled")
		}
		if !slices.Contains(b.centre.proofs, "p1") {
			t.Errorf("the centre was not asked for the answer, but for %v", b.centre.proofs)
		}
	})
}

// What a restored centre tells again is not "only on this PC" any more. When that
// cannot be noted, its rows come again: they are not taken behind the note's back.
func TestWhatCameBackIsNotedBeforeItIsTaken(t *testing.T) {
	for name, begins := range map[string]bool{"in a page": false, "in a snapshot": true} {
		t.Run(name, func(t *testing.T) { cameBack(t, begins) })
	}
}

func cameBack(t *testing.T, begins bool) {
	var there atomic.Bool
	inBubble(t, func(b *bench) {
		b.centre.page = func(since wire.Cursor) (wire.Page, error) {
			if there.Load() && since == "c1" && begins {
				return wire.Page{}, &repair.Error{Kind: repair.Conflict, Code: wire.CodeCursorExpired}
			}
			if there.Load() && since == "c1" {
				return rows(t, since, "c2", "wo-1"), nil
			}
			return wire.Page{From: since, Next: since}, nil
		}
		b.centre.snap = func(at wire.Cursor, after wire.RowKey, take func(wire.SnapshotHead, []wire.Row) error) error {
			switch {
			case !there.Load():
				return take(wire.SnapshotHead{At: "c1"}, nil)
			case after.ID != "":
				return take(wire.SnapshotHead{At: at}, nil)
			}
			return take(wire.SnapshotHead{At: "c2"}, rows(t, "", "", "wo-1").Rows)
		}
	}, func(ctx context.Context, b *bench) {
		after(time.Minute)
		lost := localdb.Change{T: string(wire.RowWorkOrder), ID: "wo-1", WorkOrder: "wo-1", D: []byte("{}")}
		if err := b.DB.KeepOnlyHere(ctx, scope, []localdb.Change{lost}, repair.At(b.Now())); err != nil {
			t.Fatal(err)
		}
		mended := b.vaultFails("DELETE ON only_here")
		there.Store(true)
		after(20 * time.Minute)
		mended()
		after(20 * time.Minute)
		if got := b.cursor(); got != "c2" {
			t.Errorf("the pull stands at %q, want c2", got)
		}
		if err := b.DB.View(ctx, func(tx localdb.VaultTx) error {
			here, err := tx.OnlyHere(ctx, scope, 10)
			if len(here) != 0 {
				t.Errorf("only here are %v", here)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

// Tries that do not reach the centre use up no patience with it: what is offered again
// waits as long after a day without a line as at once.
func TestOnlyRefusalsUseUpPatience(t *testing.T) {
	var lost, there atomic.Bool
	inBubble(t, func(b *bench) {
		b.Patience = 6
		b.centre.restoredOnce(&lost)
	}, func(_ context.Context, b *bench) {
		b.queue("op-1", string(repair.CmdMessage), "wo-1", 0)
		after(time.Minute)
		b.wantState("op-1", localdb.Accepted)
		b.centre.fail(func(what string, before bool) error {
			if before && what == "PUT op-1" && !there.Load() {
				return crashed
			}
			return nil
		})
		lost.Store(true)
		after(5 * time.Hour)
		b.wantState("op-1", localdb.Queued)
		tries := b.centre.count("PUT op-1")
		b.centre.fail(func(what string, before bool) error {
			if before && what == "PUT op-1" && !there.Load() {
				return repair.ErrOrderChanged
			}
			return nil
		})
		after(2 * longest)
		if n := b.centre.count("PUT op-1"); tries <= b.Patience || n <= tries {
			t.Fatalf("%d tries, and then %d", tries, n)
		}
		b.wantState("op-1", localdb.Queued)
		there.Store(true)
		after(2 * longest)
		b.wantState("op-1", localdb.Accepted)
		if it := b.item("op-1"); it.Refusals == 0 {
			t.Error("nobody counted")
		}
	})
}

// What the centre refuses for so long is refused.
func TestPatienceEnds(t *testing.T) {
	var lost atomic.Bool
	inBubble(t, func(b *bench) {
		b.Patience = 3
		b.centre.restoredOnce(&lost)
		b.centre.fault = func(what string, before bool) error {
			if before && what == "PUT op-1" && lost.Load() {
				return repair.ErrOrderChanged
			}
			return nil
		}
	}, func(_ context.Context, b *bench) {
		b.queue("op-1", string(repair.CmdMessage), "wo-1", 0)
		after(time.Minute)
		b.wantState("op-1", localdb.Accepted)
		lost.Store(true)
		after(5 * time.Hour)
		b.wantState("op-1", localdb.Refused)
		if n := b.centre.count("PUT op-1"); n != 1+b.Patience {
			t.Errorf("it was sent %d times, want once and %d times again", n, b.Patience)
		}
	})
}
