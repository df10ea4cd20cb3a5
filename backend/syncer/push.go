package syncer

import (
	"context"
	"time"

	"hashmend/backend/fault"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// sideBySide is how many work orders may have a write under way.
const sideBySide = 4

// pushOnce starts what is due and may start now.
func (s *Syncer) pushOnce(ctx context.Context) time.Duration {
	if wait := s.pushPause.left(); wait > 0 {
		return wait
	}
	items, err := s.unsent(ctx)
	if err != nil {
		s.keep(ctx, err)
		return max(shortest, s.pushPause.left())
	}
	soonest := pollIdle
	seen := map[string]bool{}
	for _, it := range items {
		if seen[aggregate(it)] {
			continue // one write of a work order at a time, in their order
		}
		seen[aggregate(it)] = true
		if it.Again == localdb.AgainAsks {
			continue // a person must say so, and what came later waits for it
		}
		if wait := s.dueIn(it); wait > 0 {
			soonest = min(soonest, wait)
			continue
		}
		if wait := s.reach(ctx); wait > 0 {
			return wait
		}
		if s.pushing.lock(it, sideBySide) { // else its end nudges this lane
			s.Changed("sync")
			go s.send(ctx, it)
		}
	}
	return soonest
}

// dueIn gives the time until an item may be tried.
func (s *Syncer) dueIn(it localdb.OutboxItem) time.Duration {
	now := s.Now()
	return max(
		until(it.HoldUntil.Time(), now, longHold),
		until(it.NextAt.Time(), now, longestAsked),
		s.pushing.rest(it.ID),
	)
}

// send writes one item to the centre and keeps the answer.
func (s *Syncer) send(ctx context.Context, it localdb.OutboxItem) {
	settled := false
	defer func() {
		s.pushing.unlock(it, settled)
		s.push.nudge()
		s.Changed("sync", "orders", "order:"+string(it.WorkOrder))
	}()
	body, ok, err := s.begin(ctx, it)
	if err != nil {
		s.keep(ctx, err)
		return
	}
	if !ok { // taken back meanwhile; were it still listed, it rests like any other
		return
	}
	rev, answer, err := s.write(ctx, it, body)
	if err != nil {
		settled = s.notAccepted(ctx, it, err)
		return
	}
	fault.Hit(fault.SendBeforeAccept)
	s.worked()
	s.pushPause.worked()
	if settled = s.keep(ctx, s.accept(ctx, it, rev, answer)); settled {
		s.upload.nudge() // what it refers to may travel now
		s.owe()
	}
}

func (s *Syncer) write(ctx context.Context, it localdb.OutboxItem, body []byte) (rev int64, answer any, err error) {
	if it.Kind == localdb.KindSubmit {
		accepted, err := s.Centre.PutWorkOrder(ctx, repair.WorkOrderID(it.ID), body)
		return accepted.Rev, accepted, err
	}
	if it.Again == localdb.AgainSent {
		result, err := s.Centre.PutOpAgain(ctx, repair.CommandID(it.ID), body)
		return result.Rev, result, err
	}
	result, err := s.Centre.PutOp(ctx, repair.CommandID(it.ID), body, it.SeenRev)
	return result.Rev, result, err
}

// notAccepted keeps what a failed write taught. It reports whether that was the
// centre's last word; else the item waits, for nobody knows whether it is there.
func (s *Syncer) notAccepted(ctx context.Context, it localdb.OutboxItem, err error) bool {
	v, reason, asked := s.judge(ctx, err)
	switch v {
	case ended:
		return false // the next start asks again
	case refused:
		s.worked()
		if it.Again == localdb.AgainSent && it.Refusals+1 < s.Patience {
			// What it came after may still be on its way from another desk.
			s.keep(ctx, s.DB.MarkNotYet(ctx, it.ID, reason, s.Now(), backoff(it.Attempts+1, s.pushPause.random(), asked)))
			return false
		}
		s.owe() // what the person looked at is out of date
		return s.keep(ctx, s.refuse(ctx, it, reason))
	case cutOff, stop:
		s.cut(reason, asked)
		// The line says when, but to something that cuts an open line again and
		// again: what is small may pass where this does not.
		s.keep(ctx, s.postpone(ctx, it, reason, backoff(it.Attempts+1, s.pushPause.random(), 0)))
		return false
	}
	if asked > 0 { // it has enough of all of us
		s.pushPause.failed(asked)
	}
	s.keep(ctx, s.postpone(ctx, it, reason, backoff(it.Attempts+1, s.pushPause.random(), asked)))
	return false
}
