package syncer

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

func TestPagesAreAppliedToTheEnd(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.centre.page = func(since wire.Cursor) (wire.Page, error) {
			switch since {
			case "":
				p := rows(t, "", "c1", "wo-1")
				p.More = true
				return p, nil
			case "c1":
				return rows(t, "c1", "c2", "wo-2"), nil
			}
			return wire.Page{From: since, Next: since}, nil
		}
	}, func(_ context.Context, b *bench) {
		after(time.Second)
		if got := b.cursor(); got != "c2" {
			t.Errorf("the pull stands at %q, want c2", got)
		}
		if !b.told("order:wo-1") || !b.told("order:wo-2") || !b.told("orders") {
			t.Errorf("the page heard %v", b.topics)
		}
	})
}

// What the centre says about itself stands on pages that show no order.
func TestThePageHearsWhatTheCentreSaysOfItself(t *testing.T) {
	var now atomic.Pointer[wire.Page]
	now.Store(&wire.Page{})
	inBubble(t, func(b *bench) {
		b.centre.page = func(since wire.Cursor) (wire.Page, error) {
			if p := now.Load(); p.From == since {
				return *p, nil
			}
			return wire.Page{From: since, Next: since}, nil
		}
		p := rows(t, "", "c1", "wo-1")
		now.Store(&p)
	}, func(_ context.Context, b *bench) {
		hears := func(what string, p wire.Page, want bool) {
			b.topics = nil
			now.Store(&p)
			after(time.Hour)
			if b.cursor() != string(p.Next) {
				t.Fatalf("%s: the pull stands at %q", what, b.cursor())
			}
			if got := b.told("centre"); got != want {
				t.Errorf("%s: the page heard %v", what, b.topics)
			}
		}
		after(time.Minute)
		if !b.told("centre") {
			t.Errorf("everything was taken, and the page heard %v", b.topics)
		}
		hears("an order", rows(t, "c1", "c2", "wo-2"), false)
		hears("the centre", wire.Page{From: "c2", Next: "c3", Rows: []wire.Row{{T: wire.RowCentre, ID: "centre", Rev: 2, D: []byte(`{"name":"Service"}`)}}}, true)
	})
}

func TestAPageThatAnswersAnotherQuestionIsIgnored(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.centre.page = func(wire.Cursor) (wire.Page, error) { return rows(t, "old", "c9", "wo-1"), nil }
	}, func(_ context.Context, b *bench) {
		after(time.Hour)
		if got := b.cursor(); got != "" {
			t.Errorf("the pull stands at %q", got)
		}
		if s := b.Status(); s.Reason == nil || s.Reason.Code != wire.CodeStaleAnswer {
			t.Errorf("status %+v", s)
		}
		if n := b.centre.count("GET changes"); n > 60 {
			t.Errorf("%d requests in an hour", n)
		}
	})
}

func TestAPageThatLeadsNowhereMakesNoLoop(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.centre.page = func(since wire.Cursor) (wire.Page, error) {
			return wire.Page{From: since, Next: since, More: true}, nil
		}
	}, func(_ context.Context, b *bench) {
		after(time.Minute)
		if n := b.centre.count("GET changes"); n > 20 {
			t.Errorf("%d requests in a minute", n)
		}
	})
}

func TestALostCursorBeginsAnew(t *testing.T) {
	var restored atomic.Bool
	inBubble(t, func(b *bench) {
		b.centre.page = func(since wire.Cursor) (wire.Page, error) {
			switch {
			case restored.Load() && since != "" && since != "d1":
				return wire.Page{}, &repair.Error{Kind: repair.Conflict, Code: wire.CodeCursorDiverged}
			case restored.Load() && since == "":
				return rows(t, "", "d1", "wo-1"), nil
			case restored.Load():
				return wire.Page{From: "d1", Next: "d1"}, nil
			}
			return rows(t, since, "c1", "wo-1", "wo-2"), nil
		}
	}, func(ctx context.Context, b *bench) {
		after(time.Second)
		restored.Store(true)
		b.Hint()
		after(time.Second)
		if got := b.cursor(); got != "d1" {
			t.Errorf("the pull stands at %q, want d1", got)
		}
	})
}

func TestWithoutAHintTheCentreIsStillAsked(t *testing.T) {
	inBubble(t, nil, func(_ context.Context, b *bench) {
		after(time.Hour)
		idle := b.centre.count("GET changes")
		if idle < 11 || idle > 14 {
			t.Errorf("%d pulls in an hour alone, want one in five minutes", idle)
		}
		b.Present()
		after(30 * time.Second)
		if n := b.centre.count("GET changes") - idle; n < 5 || n > 8 {
			t.Errorf("%d pulls in half a minute with a person there", n)
		}
	})
}

func TestACentreWithoutChangesDoesNotStopWrites(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.centre.fail(func(what string, before bool) error {
			if what == "GET changes" && before {
				return crashed
			}
			return nil
		})
	}, func(_ context.Context, b *bench) {
		after(time.Minute)
		b.submit("wo-1")
		after(time.Second)
		b.wantState("wo-1", localdb.Accepted)
		if s := b.Status(); s.Reason == nil {
			t.Error("nothing says that the changes are missing")
		}
	})
}

func TestFilesFollow(t *testing.T) {
	lost := true
	inBubble(t, func(b *bench) {
		b.centre.fail(func(what string, _ bool) error {
			if what == "POST label.jpg" && lost {
				lost = false
				return unreachable
			}
			return nil
		})
	}, func(ctx context.Context, b *bench) {
		hash, size, err := blobOf(b).Put(ctx, strings.NewReader("a photo"), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		ref := repair.FileRef{SHA256: hash, Size: size, Type: "image/jpeg", Name: "label.jpg"}
		err = b.DB.Update(ctx, func(tx localdb.VaultTx) error {
			if err := tx.KeepFile(ctx, scope, ref, repair.At(b.Now())); err != nil {
				return err
			}
			return tx.SendFiles(ctx, scope, []repair.FileRef{ref}, repair.At(b.Now()))
		})
		if err != nil {
			t.Fatal(err)
		}
		b.Wake()
		after(time.Minute)
		if got := b.centre.files[hash]; got != "a photo" {
			t.Errorf("the centre has %q", got)
		}
		err = b.DB.View(ctx, func(tx localdb.VaultTx) error {
			n, err := tx.WaitingFiles(ctx, scope)
			if n != 0 {
				t.Errorf("%d files still wait", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Two centres behind one address, or one whose past changes: each forgets what
// the other has just said.
func TestACentreThatForgetsItsOwnCursorsIsNotAskedInALoop(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.centre.page = func(since wire.Cursor) (wire.Page, error) {
			if since != "" {
				return wire.Page{}, &repair.Error{Kind: repair.Conflict, Code: wire.CodeCursorDiverged}
			}
			p := rows(t, "", "c1", "wo-1")
			p.More = true
			return p, nil
		}
	}, func(_ context.Context, b *bench) {
		after(time.Hour)
		if n := b.centre.count("GET changes"); n > 120 {
			t.Errorf("%d requests in an hour", n)
		}
		if s := b.Status(); s.Reason == nil || s.Reason.Code != wire.CodeCursorDiverged {
			t.Errorf("status %+v", s)
		}
	})
}
