package syncer

import (
	"context"
	"time"
)

// lane repeats one look at the database and what follows from it.
type lane struct {
	// look does what is due and says after which time it wants to look again.
	look func(ctx context.Context) time.Duration
	wake chan struct{}
}

func newLane(look func(context.Context) time.Duration) *lane {
	return &lane{look: look, wake: make(chan struct{}, 1)}
}

// nudge makes the lane look soon. Nudges that come together count as one.
func (l *lane) nudge() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// run looks until the context ends.
func (l *lane) run(ctx context.Context) {
	for ctx.Err() == nil {
		timer := time.NewTimer(l.look(ctx))
		select {
		case <-ctx.Done():
		case <-l.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}
