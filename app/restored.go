package app

import (
	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// Restored says what came of a centre that was restored from an older copy, how
// far fetching everything has come, and what could not be read.
func (s *Sync) Restored() (out desk.Restored, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Restored(ctx)
}

// SayAgain sends what is about money to a restored centre again, or leaves it; ""
// means all that waits for a word.
func (s *Sync) SayAgain(id string, send bool) (out desk.Restored, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	if err := deeds.SayAgain(ctx, id, send); err != nil {
		return out, err
	}
	if now := s.app.inside.Load().now(); now != nil {
		now.sync.Hurry()
	}
	return deeds.Restored(ctx)
}

// ForgetOnlyHere drops what only this PC has of a work order.
func (s *Sync) ForgetOnlyHere(order string) (out desk.Restored, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	if err := deeds.ForgetOnlyHere(ctx, repair.WorkOrderID(order)); err != nil {
		return out, err
	}
	return deeds.Restored(ctx)
}

// PutRestoredAway puts the news away. What is only here stays listed.
func (s *Sync) PutRestoredAway() (out desk.Restored, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	if err := deeds.PutRestoredAway(ctx); err != nil {
		return out, err
	}
	return deeds.Restored(ctx)
}
