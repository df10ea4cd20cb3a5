package app

import (
	"hashmend/backend/desk"
)

// Sync is the outbox and how this PC and the centre stand.
type Sync struct{ app *App }

// Status gives the pill in the header.
func (s *Sync) Status() (out desk.SyncStatus, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.SyncStatus(ctx)
}

// Outbox lists what is not confirmed yet or was refused.
func (s *Sync) Outbox() (out []desk.OutboxRow, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Outbox(ctx)
}

// Now tries at once instead of waiting.
func (s *Sync) Now() (out desk.SyncStatus, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.SyncNow(ctx)
}

// Retry tries one item again; "" for all.
func (s *Sync) Retry(id string) (out desk.SyncStatus, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.RetryOutbox(ctx, id)
}

// Discard takes back an item that the centre has not got.
func (s *Sync) Discard(id string) (out desk.SyncStatus, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.DiscardOutbox(ctx, id)
}

// Export writes what is unsent to a file.
func (s *Sync) Export() (out desk.SavedFile, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.ExportOutbox(ctx)
}
