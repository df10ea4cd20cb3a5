package syncer

import (
	"context"
	"errors"
	"sync"
	"time"

	"hashmend/backend/localdb"
)

// doubtFor is how long what the centre has taken may be missing from whole pulls: a
// page out of a cache says so for a moment.
const doubtFor = 4 * time.Minute

// doubts are the answers of the centre whose effect no pull has shown yet. A centre
// that was restored to a copy from behind our cursor, but from before its answer,
// knows the cursor and has lost the answer: nothing else would tell. The zero value
// is ready.
type doubts struct {
	mu     sync.Mutex
	loaded bool
	open   map[localdb.Answered]time.Time // since when pulls do not show it, zero: not looked yet
	done   map[localdb.Answered]bool      // offered again: once is enough
}

func (d *doubts) add(a localdb.Answered) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.open == nil {
		d.open, d.done = map[localdb.Answered]time.Time{}, map[localdb.Answered]bool{}
	}
	if a.WorkOrder != "" && a.Rev > 0 && !d.done[a] {
		d.open[a] = time.Time{}
	}
}

// answers lists what a pull that begins now must show.
func (s *Syncer) answers(ctx context.Context) (list []localdb.Answered, err error) {
	d := &s.doubts
	if !d.loaded { // only the pull does this
		before, err := s.DB.Answers(ctx, s.Scope)
		if err != nil {
			return nil, errors.Join(errKeep, err)
		}
		for _, a := range before {
			d.add(a)
		}
		d.loaded = true
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for a := range d.open {
		list = append(list, a)
	}
	return list, nil
}

// doubt looks for the effects of answers after a whole pull. What stays missing is
// offered again: a centre that has it answers the same once more.
func (s *Syncer) doubt(ctx context.Context, answers []localdb.Answered) error {
	if len(answers) == 0 {
		return nil
	}
	unseen, err := s.DB.Unseen(ctx, s.Scope, answers)
	if err != nil {
		return errors.Join(errKeep, err)
	}
	for _, a := range s.doubts.sort(answers, unseen) {
		if err := s.DB.OfferDoubted(ctx, s.Scope, a.ID, s.Now()); err != nil {
			return errors.Join(errKeep, err)
		}
		s.Wake()
		s.Changed("sync", "orders")
	}
	return nil
}

// sort forgets what was seen and gives what has been missing for too long.
func (d *doubts) sort(answers, unseen []localdb.Answered) (missing []localdb.Answered) {
	d.mu.Lock()
	defer d.mu.Unlock()
	before := map[localdb.Answered]time.Time{}
	for _, a := range answers {
		before[a] = d.open[a]
		delete(d.open, a)
	}
	for _, a := range unseen {
		switch since := before[a]; {
		case since.IsZero():
			d.open[a] = time.Now()
		case time.Since(since) < doubtFor:
			d.open[a] = since
		default:
			d.done[a] = true
			missing = append(missing, a)
		}
	}
	return missing
}
