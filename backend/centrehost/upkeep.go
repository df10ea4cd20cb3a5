package centrehost

import (
	"context"
	"time"
)

// How often a centre that serves looks whether a checkpoint is due, which its own
// clock decides, and forgets old deletions.
const (
	lookEvery   = time.Hour
	forgetEvery = 24 // looks
)

// beginUpkeep does at once, and then for as long as the centre serves, what is
// done once a day. rest ends it.
func (h *Host) beginUpkeep() {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	h.rest = func() { stop(); <-ended }
	h.look(ctx, 0)
	go func() {
		defer close(ended)
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for n := 1; ; n++ {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				h.look(ctx, n)
			}
		}
	}()
}

// look does what is due; what fails is tried again at the next time.
func (h *Host) look(ctx context.Context, n int) {
	h.complain(ctx, "checkpoint", h.checkpoint(ctx))
	if n%forgetEvery == 0 {
		h.complain(ctx, "upkeep", h.centre.ForgetDeletions(ctx))
	}
}

func (h *Host) complain(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil && h.o.Log != nil {
		h.o.Log.Error(what, "cause", err)
	}
}
