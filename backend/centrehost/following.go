package centrehost

import (
	"context"
	"time"
)

const (
	// followEvery is how often a centre looks whether a number is due.
	followEvery = 20 * time.Second
	// followPace is the least between two questions to services, which count them.
	followPace = 500 * time.Millisecond
)

// follow asks tracking services about what is on the road until the context ends.
// It closes done when it has ended. No error of a service holds its key.
func (h *Host) follow(ctx context.Context, done chan<- struct{}) {
	defer close(done)
	h.complain(ctx, "tracking services", h.centre.BeginFollowing(ctx))
	h.complain(ctx, "payment server", h.centre.BeginCheckouts(ctx))
	if len(h.o.Tracking.Services) == 0 {
		return
	}
	for {
		more, err := h.centre.FollowUp(ctx)
		h.complain(ctx, "tracking", err)
		wait := followEvery
		if more && err == nil {
			wait = followPace
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}
