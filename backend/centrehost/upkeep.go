package centrehost

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"
)

// How often a centre that serves looks whether a checkpoint is due, which its own
// clock decides, forgets old deletions and clears up behind backups.
const (
	lookEvery   = time.Hour
	forgetEvery = 24 // looks
)

// beginUpkeep does at once, and then for as long as the centre serves, what is
// done once a day. rest ends it.
func (h *Host) beginUpkeep() {
	ctx, stop := context.WithCancel(context.Background())
	ended, followed, collected := make(chan struct{}), make(chan struct{}), make(chan struct{})
	h.rest = func() { stop(); <-ended; <-followed; <-collected }
	h.look(ctx, 0)
	go h.follow(ctx, followed)
	go h.collect(ctx, collected)
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
		h.complain(ctx, "upkeep", errors.Join(h.centre.ForgetDeletions(ctx), h.centre.ForgetAsks(ctx)))
		h.complain(ctx, "upkeep", sweep(h.dir, time.Now()))
	}
}

// sweep takes away the copies of backups that did not come to their end, a day
// later: a younger one may be of a backup that is under way.
func sweep(dir string, now time.Time) error {
	left, err := filepath.Glob(filepath.Join(dir, backupPrefix+"*"))
	for _, copied := range left {
		if info, gone := os.Stat(copied); gone == nil && info.IsDir() && now.Sub(info.ModTime()) > 24*time.Hour {
			err = errors.Join(err, os.RemoveAll(copied))
		}
	}
	return err
}

func (h *Host) complain(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil && h.o.Log != nil {
		h.o.Log.Error(what, "cause", err)
	}
}
