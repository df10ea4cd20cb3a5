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

func TestAnUnreachableCentreIsAskedSeldomAndForEver(t *testing.T) {
	for name, reason := range map[string]*repair.Error{"unreachable": unreachable, "captive portal": portal} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(b *bench) {
				b.centre.fail(func(string, bool) error { return reason })
			}, func(_ context.Context, b *bench) {
				for _, id := range []string{"wo-1", "wo-2", "wo-3", "wo-4", "wo-5", "wo-6"} {
					b.submit(id)
				}
				b.Present()
				after(time.Hour)
				if n := len(b.centre.asked); n > 60 || n < 10 {
					t.Errorf("%d requests in an hour without a centre", n)
				}
				if n := b.centre.count("PUT"); n != 0 {
					t.Errorf("%d writes to whoever that was", n)
				}
				if s := b.Status(); s.Reason == nil || s.Reason.Code != reason.Code || time.Since(s.Since) < 59*time.Minute {
					t.Errorf("status %+v", s)
				}
				b.wantState("wo-1", localdb.Queued)

				b.centre.fail(nil)
				after(2 * longest)
				for _, id := range []string{"wo-1", "wo-2", "wo-3", "wo-4", "wo-5", "wo-6"} {
					b.wantState(id, localdb.Accepted)
				}
				if s := b.Status(); s.Reason != nil {
					t.Errorf("still says %v", s.Reason)
				}
			})
		})
	}
}

func TestAPersonNeedNotWait(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.centre.fail(func(string, bool) error { return unreachable })
	}, func(_ context.Context, b *bench) {
		b.submit("wo-1")
		after(time.Hour)
		b.centre.fail(nil)
		b.Hurry()
		after(time.Second)
		b.wantState("wo-1", localdb.Accepted)
	})
}

func TestAnExpiredTokenStopsWritesAndKeepsThem(t *testing.T) {
	inBubble(t, func(b *bench) {
		b.centre.fail(func(what string, before bool) error {
			if what == "GET meta" || !before {
				return nil
			}
			return signedOut
		})
	}, func(_ context.Context, b *bench) {
		b.submit("wo-1")
		after(time.Hour)
		b.wantState("wo-1", localdb.Queued)
		if s := b.Status(); s.Reason == nil || s.Reason.Kind != repair.Unauthorized {
			t.Errorf("status %+v", s)
		}
		if n := len(b.centre.asked); n > 60 {
			t.Errorf("%d requests in an hour with an expired token", n)
		}
		b.centre.fail(nil)
		b.Hurry()
		after(time.Second)
		b.wantState("wo-1", localdb.Accepted)
	})
}

func TestAnotherServerGetsNothingOfOurs(t *testing.T) {
	inBubble(t, func(b *bench) { b.centre.id = "srv-2" }, func(_ context.Context, b *bench) {
		b.submit("wo-1")
		after(time.Hour)
		if n := b.centre.count("PUT") + b.centre.count("GET changes"); n != 0 {
			t.Errorf("%d requests to another centre", n)
		}
		if s := b.Status(); s.Reason == nil || s.Reason.Code != wire.CodeOtherServer {
			t.Errorf("status %+v", s)
		}
	})
}

func TestAJumpingClockDelaysNothing(t *testing.T) {
	for name, jump := range map[string]time.Duration{"ten years on": 87600 * time.Hour, "ten years back": -87600 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			var ahead atomic.Int64
			inBubble(t, func(b *bench) { b.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) } }, func(_ context.Context, b *bench) {
				b.centre.fail(func(string, bool) error { return unreachable })
				b.queue("wo-1", localdb.KindSubmit, "wo-1", 9*time.Second)
				b.submit("wo-2")
				after(time.Minute)
				ahead.Store(int64(jump))
				b.centre.fail(nil)
				after(longest)
				b.wantState("wo-1", localdb.Accepted)
				b.wantState("wo-2", localdb.Accepted)
				if s := b.Status(); (s.Skew - jump).Abs() > time.Minute {
					t.Errorf("skew %v shown, want %v", s.Skew, jump)
				}
			})
		})
	}
}

func TestAClockThatJumpsEverySecondMakesNoTightLoop(t *testing.T) {
	inBubble(t, func(b *bench) {
		var jumps atomic.Int64
		b.Now = func() time.Time { return time.Now().Add(time.Duration(jumps.Add(int64(time.Hour)))) }
		b.centre.fail(func(what string, before bool) error {
			if strings.HasPrefix(what, "PUT") && before {
				return crashed
			}
			return nil
		})
	}, func(_ context.Context, b *bench) {
		b.submit("wo-1")
		after(time.Minute)
		if n := b.centre.count("PUT"); n > 61 {
			t.Errorf("%d tries in a minute", n)
		}
	})
}

func TestStoppingWaitsForNobody(t *testing.T) {
	inBubble(t, nil, func(_ context.Context, b *bench) {
		b.submit("wo-1")
		after(150 * time.Millisecond) // greeted; the write is on its way
		before := time.Now()
		b.stop()
		if took := time.Since(before); took > time.Second {
			t.Errorf("stopping took %v", took)
		}
		if b.centre.count("PUT") != 1 || b.centre.has("wo-1") {
			t.Error("the write was not interrupted on its way")
		}
	})
}

func TestBackoffIsFullJitterBetweenASecondAndFiveMinutes(t *testing.T) {
	for _, tt := range []struct {
		failures int
		random   float64
		asked    time.Duration
		want     time.Duration
	}{
		{1, 0, 0, time.Second},
		{1, 0.999, 0, 1998 * time.Millisecond},
		{4, 0.5, 0, 8 * time.Second},
		{100, 1, 0, 5 * time.Minute},
		{100, 0, 0, time.Second},
		{1, 0, time.Minute, time.Minute},
		{1, 0, 1000 * time.Hour, time.Hour},
	} {
		if got := backoff(tt.failures, tt.random, tt.asked); got != tt.want {
			t.Errorf("backoff(%d, %v, %v) = %v, want %v", tt.failures, tt.random, tt.asked, got, tt.want)
		}
	}
}
