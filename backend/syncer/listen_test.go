package syncer

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"hashmend/backend/wire"
)

// listening is inBubble with a syncer that listens; it has its first copy when
// the test begins.
func listening(t *testing.T, tune func(*bench), test func(ctx context.Context, b *bench)) {
	t.Helper()
	inBubble(t, func(b *bench) {
		b.Listen = true
		if tune != nil {
			tune(b)
		}
	}, func(ctx context.Context, b *bench) {
		after(time.Second)
		if b.cursor() == "" {
			t.Fatal("nothing was pulled at the start")
		}
		test(ctx, b)
	})
}

// moveTo gives the centre news: whoever asks stands at next afterwards.
func (b *bench) moveTo(next wire.Cursor) {
	b.centre.mu.Lock()
	defer b.centre.mu.Unlock()
	b.centre.page = func(since wire.Cursor) (wire.Page, error) {
		return wire.Page{From: since, Next: next}, nil
	}
}

// endsAfter is a stream that something in between cuts after so long.
func endsAfter(d time.Duration, err error) func(context.Context, func(wire.Cursor)) error {
	return func(ctx context.Context, _ func(wire.Cursor)) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(d):
			return err
		}
	}
}

func TestAHintIsFollowedAtOnce(t *testing.T) {
	var heads chan wire.Cursor
	listening(t, func(b *bench) {
		heads = make(chan wire.Cursor)
		b.centre.stream = func(ctx context.Context, heard func(wire.Cursor)) error {
			for {
				select {
				case <-ctx.Done():
					return ctx.Err()
				case head := <-heads:
					heard(head)
				}
			}
		}
	}, func(_ context.Context, b *bench) {
		after(10 * time.Second)
		b.moveTo("c1")
		heads <- "c1"
		after(time.Second)
		if got := b.cursor(); got != "c1" {
			t.Errorf("a second after the hint this PC stands at %s", got)
		}
		asked := b.centre.count("GET changes")
		heads <- "c1"
		after(time.Second)
		if n := b.centre.count("GET changes") - asked; n != 0 {
			t.Errorf("%d requests after a hint at what is known", n)
		}
	})
}

func TestAMissedHintCostsAtMostOnePoll(t *testing.T) {
	listening(t, nil, func(_ context.Context, b *bench) { // the stream stands and says nothing
		b.Present()
		after(30 * time.Second)
		b.moveTo("c1")
		after(pollIdle + time.Second)
		if got := b.cursor(); got != "c1" {
			t.Errorf("after a poll this PC stands at %s", got)
		}
	})
}

func TestAPersonAtADeadStreamIsNotLeftWithout(t *testing.T) {
	for name, stream := range map[string]func(context.Context, func(wire.Cursor)) error{
		"closed": endsAfter(0, nil), "broken": endsAfter(0, errors.New("reset")),
	} {
		t.Run(name, func(t *testing.T) {
			listening(t, func(b *bench) { b.centre.stream = stream }, func(_ context.Context, b *bench) {
				after(2 * time.Minute) // the long answers have taken over
				b.moveTo("c1")
				after(awaitFor + time.Second)
				if got := b.cursor(); got != "c1" {
					t.Errorf("after one long answer this PC stands at %s", got)
				}
			})
		})
	}
}

func TestThreeQuickEndsLeadToLongAnswersAndTheStreamIsTriedAgain(t *testing.T) {
	listening(t, func(b *bench) { b.centre.stream = endsAfter(time.Second, nil) }, func(_ context.Context, b *bench) {
		after(tryAgainIn / 2)
		if n := b.centre.count("GET events"); n != quickMost {
			t.Errorf("%d streams begun, want %d", n, quickMost)
		}
		long := b.centre.count("GET await")
		if most := int(tryAgainIn / 2 / awaitFor); long == 0 || long > most {
			t.Errorf("%d long answers in %v, want 1 to %d", long, tryAgainIn/2, most)
		}
		after(tryAgainIn/2 + time.Minute)
		if n := b.centre.count("GET events"); n != quickMost+1 {
			t.Errorf("%d streams begun after ten minutes, want one more than %d", n, quickMost)
		}
		if n := b.centre.count("GET await"); n <= long {
			t.Error("no long answer after the stream ended again")
		}
	})
}

func TestALongLivedStreamThatEndsIsBegunAgainAtOnce(t *testing.T) {
	listening(t, func(b *bench) { b.centre.stream = endsAfter(quickEnd, errors.New("silence")) }, func(_ context.Context, b *bench) {
		after(10 * (quickEnd + 2*time.Second))
		if n := b.centre.count("GET events"); n < 10 || n > 11 {
			t.Errorf("%d streams begun in the time of ten", n)
		}
		if n := b.centre.count("GET await"); n != 0 {
			t.Errorf("%d long answers although the stream lives long", n)
		}
	})
}

func TestAWallClockThatJumpsDropsTheStream(t *testing.T) {
	for name, jump := range map[string]time.Duration{"slept an hour": time.Hour, "set back": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			var ahead atomic.Int64
			listening(t, func(b *bench) {
				b.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
			}, func(_ context.Context, b *bench) {
				after(time.Minute)
				streams, asked := b.centre.count("GET events"), b.centre.count("GET changes")
				ahead.Store(int64(jump))
				after(clockLook + 3*time.Second)
				if n := b.centre.count("GET events") - streams; n != 1 {
					t.Errorf("%d new streams after the jump, want 1", n)
				}
				if n := b.centre.count("GET changes") - asked; n == 0 {
					t.Error("the centre was not asked anew")
				}
				after(time.Minute)
				if n := b.centre.count("GET events") - streams; n != 1 {
					t.Errorf("%d new streams after one jump", n)
				}
			})
		})
	}
}

func TestAClockThatIsSetALittleDropsNothing(t *testing.T) {
	var ahead atomic.Int64
	listening(t, func(b *bench) {
		b.Now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	}, func(_ context.Context, b *bench) {
		after(time.Minute)
		streams := b.centre.count("GET events")
		for range 20 {
			ahead.Add(int64(clockJump / 2))
			after(clockLook)
		}
		if n := b.centre.count("GET events") - streams; n != 0 {
			t.Errorf("%d streams dropped", n)
		}
	})
}
