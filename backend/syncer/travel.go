package syncer

import (
	"context"
	"sync"
	"time"

	"hashmend/backend/repair"
)

// Travel is how far a file has come that is being sent.
type Travel struct {
	Sent  int64 // acknowledged by the centre
	Speed int64 // bytes a second of late, 0 while it is not known
}

// travels knows the files that are being sent. The zero value is ready.
type travels struct {
	mu   sync.Mutex
	byID map[string]*travel
}

type travel struct {
	Travel
	stop   context.CancelFunc
	at     time.Time // monotonic: of the last sign
	sparse bool      // no sign yet: what was there before says nothing about the speed
}

func (t *travels) begin(hash string, stop context.CancelFunc) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byID == nil {
		t.byID = map[string]*travel{}
	}
	t.byID[hash] = &travel{stop: stop, at: time.Now(), sparse: true}
}

// moved hears how many bytes the centre has.
func (t *travels) moved(hash string, sent int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	one := t.byID[hash]
	if one == nil {
		return
	}
	now := time.Now()
	if took := now.Sub(one.at); took > 0 && !one.sparse {
		speed := int64(float64(sent-one.Sent) / took.Seconds())
		if one.Speed > 0 { // the last signs count most
			speed = (speed + one.Speed) / 2
		}
		one.Speed = max(speed, 0)
	}
	one.Sent, one.at, one.sparse = sent, now, false
}

func (t *travels) end(hash string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.byID, hash)
}

func (t *travels) stop(hash string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if one := t.byID[hash]; one != nil {
		one.stop()
	}
}

// Travels tells how far the files have come that are being sent, by SHA-256.
func (s *Syncer) Travels() map[string]Travel {
	s.travels.mu.Lock()
	defer s.travels.mu.Unlock()
	out := map[string]Travel{}
	for hash, one := range s.travels.byID {
		out[hash] = one.Travel
	}
	return out
}

// PauseFile lets a file wait, or go on where it stood.
func (s *Syncer) PauseFile(ctx context.Context, hash string, paused bool) error {
	if err := s.DB.PauseFile(ctx, s.Scope, hash, paused, repair.At(s.Now())); err != nil {
		return err
	}
	s.moveOn(hash, paused)
	return nil
}

// CancelFile keeps a file on this PC. What the centre has of it is thrown away
// there after a while.
func (s *Syncer) CancelFile(ctx context.Context, hash string) error {
	if err := s.DB.CancelFile(ctx, s.Scope, hash); err != nil {
		return err
	}
	s.moveOn(hash, true)
	return nil
}

func (s *Syncer) moveOn(hash string, stop bool) {
	if stop {
		s.travels.stop(hash)
	}
	s.upload.nudge()
	s.Changed("sync", "uploads")
}
