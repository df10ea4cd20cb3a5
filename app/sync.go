package app

import (
	"context"
	"strconv"
	"time"

	"hashmend/backend/desk"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/syncer"
	"hashmend/backend/wire"
)

// Sync is the outbox and how this PC and the centre stand.
type Sync struct{ app *App }

// longestSync is how long Now waits for the centre before it says how things
// stand anyway.
const longestSync = 5 * time.Second

// Status gives the pill in the header.
func (s *Sync) Status() (out desk.SyncStatus, err error) {
	defer settle(&err)
	_, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return s.app.inside.Load().syncStatus(ctx)
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

// Now tries at once instead of waiting, and waits a moment for the answer.
func (s *Sync) Now() (out desk.SyncStatus, err error) {
	defer settle(&err)
	_, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	h := s.app.inside.Load()
	if now := h.now(); now != nil {
		if err := h.db.RetryOutbox(ctx, now.Scope, repair.At(s.app.Now())); err != nil {
			return out, err
		}
		pulled := now.sync.Pulled()
		now.sync.Hurry()
		timer := time.NewTimer(longestSync)
		defer timer.Stop()
		select {
		case <-pulled:
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	return h.syncStatus(ctx)
}

// Retry tries one item again; "" for all.
func (s *Sync) Retry(id string) (out desk.SyncStatus, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	if err := deeds.RetryOutbox(ctx, id); err != nil {
		return out, err
	}
	if now := s.app.inside.Load().now(); now != nil {
		now.sync.Hurry()
	}
	return s.app.inside.Load().syncStatus(ctx)
}

// Discard takes back an item that the centre has not got.
func (s *Sync) Discard(id string) (out desk.SyncStatus, err error) {
	defer settle(&err)
	deeds, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	if err := deeds.DiscardOutbox(ctx, id); err != nil {
		return out, err
	}
	return s.app.inside.Load().syncStatus(ctx)
}

// Export writes what is unsent, and what was accepted, to a file.
func (s *Sync) Export() (out desk.SavedFile, err error) {
	defer settle(&err)
	_, ctx, err := s.app.ready()
	if err != nil {
		return out, err
	}
	return s.app.inside.Load().exportOutbox(ctx)
}

// syncStatus joins what the outbox, the databases and the line say.
func (h *house) syncStatus(ctx context.Context) (out desk.SyncStatus, err error) {
	now := h.now()
	if now == nil {
		return desk.SyncStatus{State: "signed_out", Reason: desk.ErrSignedOut}, nil
	}
	err = h.db.View(ctx, func(t localdb.VaultTx) error {
		counts, err := t.OutboxCounts(ctx, now.Scope)
		if err != nil {
			return err
		}
		out.Waiting = counts[localdb.Holding] + counts[localdb.Queued] + counts[localdb.Sending]
		out.Refused = counts[localdb.Refused]
		out.Uploads, err = t.WaitingFiles(ctx, now.Scope)
		return err
	})
	if err != nil {
		return out, err
	}
	if _, out.LastSync, err = h.db.Cursor(ctx, now.Scope); err != nil {
		return out, err
	}
	line := now.sync.Status()
	out.SkewSecs = int64(line.Skew / time.Second)
	out.Reason, out.Since = line.Reason, out.LastSync
	if !line.Since.IsZero() {
		out.Since = repair.At(line.Since)
	}
	if line.Fault != nil {
		out.Reason = line.Fault
		out.DiskFull = line.Fault.Code == localdb.ErrDiskFull.Code
		out.ReadOnly = line.Fault.Code == localdb.ErrReadOnly.Code
	}
	out.State = stateOf(out, line)
	return out, nil
}

// stateOf finds the one word for how things stand: what a person must do first
// comes first.
func stateOf(s desk.SyncStatus, line syncer.Status) string {
	switch {
	case line.Reason != nil && line.Reason.Kind == repair.Unauthorized:
		return "signed_out"
	case line.Fault != nil, s.Refused > 0, line.Reason != nil && line.Reason.Code == wire.CodeOtherServer:
		return "needs_you"
	case line.Reason != nil:
		return "offline"
	case line.Sending > 0, line.Behind:
		return "sending"
	case s.Waiting > 0, s.Uploads > 0, s.LastSync == "":
		return "waiting"
	}
	return "up_to_date"
}

// unsent counts what the centre may not have yet.
func (h *house) unsent(ctx context.Context, scope localdb.Scope) (n int, err error) {
	err = h.db.View(ctx, func(t localdb.VaultTx) error {
		counts, err := t.OutboxCounts(ctx, scope)
		n = counts[localdb.Holding] + counts[localdb.Queued] + counts[localdb.Sending]
		return err
	})
	return n, err
}

func itoa(n int) string { return strconv.Itoa(n) }
