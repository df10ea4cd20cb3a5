package syncer

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

func TestAWorkOrderGoesOnceInItsFrozenBytes(t *testing.T) {
	inBubble(t, nil, func(_ context.Context, b *bench) {
		b.submit("wo-1")
		after(time.Minute)
		b.wantState("wo-1", localdb.Accepted)
		b.wantBody("wo-1")
		if n := b.centre.count("PUT"); n != 1 {
			t.Errorf("%d writes, want 1", n)
		}
		if !strings.Contains(string(b.item("wo-1").Answer), "WO-wo-1") {
			t.Errorf("the answer kept is %s", b.item("wo-1").Answer)
		}
		if b.Status().Behind {
			t.Error("a minute later the effect of the answer is still not here")
		}
		if !b.told("order:wo-1") {
			t.Error("the page was not told")
		}
	})
}

func TestAHoldIsRespectedAndMayBeTakenBack(t *testing.T) {
	inBubble(t, nil, func(ctx context.Context, b *bench) {
		b.queue("wo-1", localdb.KindSubmit, "wo-1", 9*time.Second)
		b.queue("wo-2", localdb.KindSubmit, "wo-2", 9*time.Second)
		after(8 * time.Second)
		if n := b.centre.count("PUT"); n != 0 {
			t.Fatalf("%d writes inside the hold", n)
		}
		err := b.DB.Update(ctx, func(tx localdb.VaultTx) error {
			taken, err := tx.TakeBack(ctx, "wo-2")
			if !taken {
				t.Error("what was never sent cannot be taken back")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		after(2 * time.Second)
		b.wantState("wo-1", localdb.Accepted)
		if b.centre.has("wo-2") {
			t.Error("what was taken back was sent")
		}
	})
}

func TestOneWriteOfAWorkOrderAtATimeAndFourSideBySide(t *testing.T) {
	inBubble(t, nil, func(_ context.Context, b *bench) {
		for o := range 8 {
			for n := range 3 {
				b.queue(fmt.Sprintf("op-%d-%d", o, n), string(repair.CmdMessage), repair.WorkOrderID(fmt.Sprintf("wo-%d", o)), 0)
			}
		}
		after(time.Minute)
		if b.centre.busiest > sideBySide+1 { // and a pull
			t.Errorf("%d requests side by side", b.centre.busiest)
		}
		last := map[string]string{}
		for _, what := range b.centre.asked {
			id, is := strings.CutPrefix(what, "PUT op-")
			if !is {
				continue
			}
			order, n, _ := strings.Cut(id, "-")
			if n <= last[order] && last[order] != "" {
				t.Errorf("order %s: write %s after %s", order, n, last[order])
			}
			last[order] = n
		}
		if n := b.centre.count("PUT"); n != 24 {
			t.Errorf("%d writes, want 24", n)
		}
	})
}

func TestALostAnswerIsWaitingNotFailedAndReplays(t *testing.T) {
	lost := 2
	inBubble(t, func(b *bench) {
		b.centre.fail(func(what string, before bool) error {
			if what == "PUT wo-1" && !before && lost > 0 {
				lost--
				return unreachable
			}
			return nil
		})
	}, func(ctx context.Context, b *bench) {
		b.submit("wo-1")
		after(500 * time.Millisecond)
		it := b.item("wo-1")
		if it.State != localdb.Queued || it.Reason == nil || it.Reason.Code != unreachable.Code {
			t.Errorf("after a lost answer: %s, %v", it.State, it.Reason)
		}
		err := b.DB.Update(ctx, func(tx localdb.VaultTx) error {
			taken, err := tx.TakeBack(ctx, "wo-1")
			if taken {
				t.Error("taken back, although the centre may have it")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		after(time.Minute)
		b.wantState("wo-1", localdb.Accepted)
		b.wantBody("wo-1")
		if n := b.centre.count("PUT"); n != 3 {
			t.Errorf("%d writes, want 3", n)
		}
	})
}

func TestARefusalNeedsThePersonAndBlocksNobody(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.centre.fail(func(what string, before bool) error {
			if what == "PUT op-1" && before {
				return notAllowed
			}
			return nil
		})
	}, func(_ context.Context, b *bench) {
		b.queue("op-1", string(repair.CmdDeclineQuotes), "wo-1", 0)
		b.queue("op-2", string(repair.CmdMessage), "wo-1", 0)
		after(time.Hour)
		b.wantState("op-1", localdb.Refused)
		b.wantState("op-2", localdb.Accepted)
		if got := b.item("op-1").Reason; got == nil || got.Rule != "R32" {
			t.Errorf("reason %v, want R32", got)
		}
		if n := b.centre.count("PUT op-1"); n != 1 {
			t.Errorf("a refused command was sent %d times", n)
		}
	})
}

func TestAPoisonedWriteWaitsAloneForEver(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.centre.fail(func(what string, before bool) error {
			if what == "PUT wo-1" && before {
				return crashed
			}
			return nil
		})
	}, func(_ context.Context, b *bench) {
		b.submit("wo-1")
		b.submit("wo-2")
		after(10 * time.Second)
		b.wantState("wo-2", localdb.Accepted)
		after(2 * time.Hour)
		b.wantState("wo-1", localdb.Queued)
		if n := b.centre.count("PUT wo-1"); n < 20 || n > 120 {
			t.Errorf("%d tries in two hours", n)
		}
		b.centre.fail(nil)
		after(2 * longest)
		b.wantState("wo-1", localdb.Accepted)
	})
}

func TestACentreThatHasEnoughIsLeftAlone(t *testing.T) {
	busy := 0
	inBubble(t, func(b *bench) {
		b.centre.fail(func(what string, before bool) error {
			if strings.HasPrefix(what, "PUT") && before && busy < 4 {
				busy++
				return (&repair.Error{Kind: repair.Unavailable, Code: "centre.busy"}).With("retry_after", "120")
			}
			return nil
		})
	}, func(_ context.Context, b *bench) {
		for n := range 20 {
			b.submit(fmt.Sprintf("wo-%d", n))
		}
		after(110 * time.Second)
		if n := b.centre.count("PUT"); n > 5 {
			t.Errorf("%d writes although the centre asked for 120 s", n)
		}
		after(10 * time.Minute)
		for n := range 20 {
			b.wantState(fmt.Sprintf("wo-%d", n), localdb.Accepted)
		}
	})
}

func TestAWriteThatWaitsIsNotOvertaken(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.centre.fault = func(what string, before bool) error {
			if what == "PUT op-1" && before {
				return crashed
			}
			return nil
		}
	}, func(_ context.Context, b *bench) {
		b.queue("op-1", string(repair.CmdAcceptQuotes), "wo-1", 0)
		b.queue("op-2", string(repair.CmdSendVoucher), "wo-1", 0)
		after(time.Hour)
		if b.centre.has("op-2") {
			t.Error("the later write of a work order went first")
		}
		b.centre.fail(nil)
		after(2 * longest)
		b.wantState("op-1", localdb.Accepted)
		b.wantState("op-2", localdb.Accepted)
	})
}

func TestASlowAnswerIsWaitedFor(t *testing.T) {
	inBubble(t, func(b *bench) { b.centre.slow = 10 * time.Second }, func(_ context.Context, b *bench) {
		b.submit("wo-1")
		for range 15 {
			after(time.Second)
			b.Wake()
		}
		after(time.Minute)
		b.wantState("wo-1", localdb.Accepted)
		if n := b.centre.count("PUT"); n != 1 {
			t.Errorf("%d writes of one work order", n)
		}
	})
}

func TestWhatACrashLeftOnItsWayIsSentAgain(t *testing.T) {
	inBubble(t, nil, func(ctx context.Context, b *bench) {
		b.queue("wo-1", localdb.KindSubmit, "wo-1", 9*time.Second)
		if _, ok, err := b.DB.MarkSending(ctx, "wo-1", repair.At(b.Now().Add(10*time.Second))); !ok || err != nil {
			t.Fatal(ok, err)
		}
		after(time.Minute)
		b.wantState("wo-1", localdb.Accepted)
		b.wantBody("wo-1")
	})
}
