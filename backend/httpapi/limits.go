package httpapi

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// burst is how many seconds of its rate a caller may spend at once: a desk that
// comes back after a week sends what it has.
const burst = 10

// limits bounds how often one account, or one address that no account is known
// of, may ask. The zero rate bounds nothing.
type limits struct {
	mu      sync.Mutex
	perSec  int
	now     func() time.Time
	until   time.Time
	callers map[string]*rate.Limiter
}

func newLimits(perSec int, now func() time.Time) *limits {
	if now == nil {
		now = time.Now
	}
	return &limits{perSec: perSec, now: now, callers: map[string]*rate.Limiter{}}
}

// take counts one request of a caller, and refuses it when there were too many.
func (l *limits) take(caller string) error {
	if l.perSec <= 0 {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if now.After(l.until) { // whoever was away for a burst has all of it again
		l.until = now.Add(2 * burst * time.Second)
		for name, one := range l.callers {
			if one.TokensAt(now) >= float64(l.perSec*burst) {
				delete(l.callers, name)
			}
		}
	}
	one := l.callers[caller]
	if one == nil {
		one = rate.NewLimiter(rate.Limit(l.perSec), l.perSec*burst)
		l.callers[caller] = one
	}
	if one.AllowN(now, 1) {
		return nil
	}
	return &repair.Error{Kind: repair.Unavailable, Code: wire.CodeTooMany}
}
