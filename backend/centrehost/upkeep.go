package centrehost

import (
	"context"
	"time"
)

// upkeepEvery is how often a centre that serves does what is done once a day.
const upkeepEvery = 24 * time.Hour

// upkeep forgets old deletions every day until the context ends. It closes done
// when it has ended.
func (h *Host) upkeep(ctx context.Context, done chan<- struct{}) {
	defer close(done)
	tick := time.NewTicker(upkeepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			h.forget(ctx)
		}
	}
}

// forget forgets old deletions; what fails is tried again tomorrow.
func (h *Host) forget(ctx context.Context) {
	if err := h.centre.ForgetDeletions(ctx); err != nil && ctx.Err() == nil && h.o.Log != nil {
		h.o.Log.Error("upkeep", "cause", err)
	}
}
