package centrehost

import (
	"context"
	"time"
)

const (
	// collectEvery is how often a centre looks whether a payment is due: the customer
	// who has chosen the payment page waits for it.
	collectEvery = 3 * time.Second
	// collectPace is the least between two looks at the payment server.
	collectPace = 100 * time.Millisecond
)

// collect asks the payment server about payments until the context ends. It closes
// done when it has ended. No error of the server holds its key.
func (h *Host) collect(ctx context.Context, done chan<- struct{}) {
	defer close(done)
	if h.o.Checkouts.Server == nil {
		return
	}
	for {
		more, err := h.centre.Collect(ctx)
		h.complain(ctx, "payments", err)
		wait := collectEvery
		if more && err == nil {
			wait = collectPace
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}
