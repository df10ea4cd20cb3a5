package syncer

import (
	"context"
	"sync"
	"time"

	"hashmend/backend/wire"
)

// How the centre is listened to. A stream that ends at once three times is kept or
// cut by something in between: then the centre is asked to wait with its answer,
// and the stream is tried again later.
const (
	quickEnd   = 45 * time.Second
	quickMost  = 3
	tryAgainIn = 10 * time.Minute
	awaitFor   = wire.WaitMax
	clockLook  = 10 * time.Second
	clockJump  = 30 * time.Second // of the wall clock against the monotonic one
)

// ear is how this PC listens. It is a hint and nothing more: whatever is heard,
// the centre is asked now and then.
type ear struct {
	mu      sync.Mutex
	drop    context.CancelFunc // ends what is being listened to
	quick   int                // streams in a row that ended at once
	retired time.Time          // monotonic: since when there is no stream
	failed  int
}

// listenOnce listens to one stream, or waits for one answer.
func (s *Syncer) listenOnce(ctx context.Context) time.Duration {
	if wait := s.reach(ctx); wait > 0 {
		return wait
	}
	since, _, err := s.DB.Cursor(ctx, s.Scope)
	if err != nil || since == "" {
		return s.Poll // nothing to compare with yet
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.ear.mu.Lock()
	s.ear.drop = cancel
	stream := s.ear.quick < quickMost || time.Since(s.ear.retired) > tryAgainIn
	s.ear.mu.Unlock()
	if stream {
		return s.stream(ctx)
	}
	return s.await(ctx, wire.Cursor(since))
}

func (s *Syncer) stream(ctx context.Context) time.Duration {
	began := time.Now()
	err := s.Centre.Events(ctx, func(head wire.Cursor) {
		s.setHearing(true)
		if since, _, err := s.DB.Cursor(ctx, s.Scope); err != nil || since != string(head) {
			s.Hint()
		}
	})
	s.setHearing(false)
	s.ear.mu.Lock()
	defer s.ear.mu.Unlock()
	if time.Since(began) >= quickEnd {
		s.ear.quick, s.ear.failed = 0, 0
		return shortest
	}
	if ctx.Err() == nil {
		if s.ear.quick++; s.ear.quick >= quickMost {
			s.ear.retired = time.Now()
		}
	}
	return s.ear.again(s, err)
}

func (s *Syncer) await(ctx context.Context, since wire.Cursor) time.Duration {
	s.setHearing(true)
	news, err := s.Centre.Await(ctx, since, awaitFor)
	s.setHearing(false)
	if news {
		s.Hint()
	}
	s.ear.mu.Lock()
	defer s.ear.mu.Unlock()
	return s.ear.again(s, err)
}

// again gives the time until the next try.
func (e *ear) again(s *Syncer, err error) time.Duration {
	if err == nil {
		e.failed = 0
		return shortest
	}
	e.failed++
	return backoff(e.failed, s.pullPause.random(), 0)
}

func (s *Syncer) setHearing(hearing bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hearing = hearing
}

// watchClock looks for a wall clock that jumped: this PC was asleep, and what it
// had open is dead although nobody said so. It is dropped, and all is asked anew.
func (s *Syncer) watchClock(ctx context.Context) {
	wall, mono := s.Now().Round(0), time.Now()
	tick := time.NewTicker(clockLook)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		nowWall, nowMono := s.Now().Round(0), time.Now()
		jump := nowWall.Sub(wall) - nowMono.Sub(mono)
		wall, mono = nowWall, nowMono
		if jump.Abs() < clockJump {
			continue
		}
		s.ear.mu.Lock()
		if s.ear.drop != nil {
			s.ear.drop()
		}
		s.ear.mu.Unlock()
		s.Hurry()
	}
}
