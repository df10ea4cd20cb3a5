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

var diverged = &repair.Error{Kind: repair.Conflict, Code: wire.CodeCursorDiverged}

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
