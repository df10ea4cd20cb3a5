package syncer

import (
	"sync"
	"time"
)

// pause keeps one lane away after failures that are not the line's.
type pause struct {
	random func() float64

	mu       sync.Mutex
	failures int
	until    time.Time // by the monotonic clock
}

func (p *pause) left() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return max(0, time.Until(p.until))
}

func (p *pause) failed(asked time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failures++
	p.until = time.Now().Add(backoff(p.failures, p.random(), asked))
}

func (p *pause) worked() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failures, p.until = 0, time.Time{}
}

// clear ends the pause without forgetting what led to it.
func (p *pause) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.until = time.Time{}
}
