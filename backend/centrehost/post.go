package centrehost

import (
	"context"
	"time"
)

const (
	// remindEvery is how often reminders are looked for that have come due: they are
	// due for a day.
	remindEvery = time.Hour
	// deliverEvery is how often letters are sent whose time has come.
	deliverEvery = time.Minute
)

// beginPost says whether there are letters, and writes and sends them for as long as
// the centre serves. rest ends it with the upkeep.
func (h *Host) beginPost() {
	ctx, stop := context.WithCancel(context.Background())
	ended, restOfUpkeep := make(chan struct{}), h.rest
	h.rest = func() { stop(); restOfUpkeep(); <-ended }
	go func() {
		defer close(ended)
		h.complain(ctx, "letters", h.centre.SayLetters(ctx, h.o.Post != nil))
		if h.o.Post == nil {
			return
		}
		remind, deliver := time.NewTicker(remindEvery), time.NewTicker(deliverEvery)
		defer remind.Stop()
		defer deliver.Stop()
		h.complain(ctx, "reminders", h.centre.Remind(ctx))
		for {
			h.complain(ctx, "letters", h.deliver(ctx))
			select {
			case <-ctx.Done():
				return
			case <-remind.C:
				h.complain(ctx, "reminders", h.centre.Remind(ctx))
			case <-deliver.C:
			}
		}
	}()
}

func (h *Host) deliver(ctx context.Context) error {
	return h.centre.Deliver(ctx, h.o.Post, func(id string, attempts int, err error) {
		if h.o.Log != nil {
			h.o.Log.Warn("letter not sent", "letter", id, "attempts", attempts, "cause", err)
		}
	})
}
