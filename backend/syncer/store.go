package syncer

import (
	"context"
	"encoding/json"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// unsent lists what is neither confirmed nor refused, oldest first.
func (s *Syncer) unsent(ctx context.Context) ([]localdb.OutboxItem, error) {
	var out []localdb.OutboxItem
	err := s.DB.View(ctx, func(t localdb.VaultTx) error {
		items, err := t.OpenOutbox(ctx, s.Scope)
		for _, it := range items {
			if it.State != localdb.Refused {
				out = append(out, it)
			}
		}
		return err
	})
	return out, err
}

// begin notes that the outcome of an item is unknown from now on and gives its
// frozen bytes. It reports false when the item was taken back meanwhile.
func (s *Syncer) begin(ctx context.Context, it localdb.OutboxItem) ([]byte, bool, error) {
	if it.State == localdb.Sending { // its last try could not be noted: begin anew
		if err := s.DB.MarkRetry(ctx, it.ID, it.Reason, s.Now(), 0); err != nil {
			return nil, false, err
		}
	}
	now := s.Now()
	if hold := it.HoldUntil.Time(); hold.After(now) {
		now = hold // its time has come although this clock says otherwise
	}
	return s.DB.MarkSending(ctx, it.ID, repair.At(now))
}

// accept keeps the centre's yes with its answer.
func (s *Syncer) accept(ctx context.Context, it localdb.OutboxItem, rev int64, answer any) error {
	text, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	return s.DB.MarkAccepted(ctx, it.ID, rev, text, s.stamp())
}

func (s *Syncer) refuse(ctx context.Context, it localdb.OutboxItem, reason *repair.Error) error {
	return s.DB.MarkRefused(ctx, it.ID, reason, s.stamp())
}

// postpone keeps an item waiting and says why.
func (s *Syncer) postpone(ctx context.Context, it localdb.OutboxItem, reason *repair.Error, wait time.Duration) error {
	return s.DB.MarkRetry(ctx, it.ID, reason, s.Now(), wait)
}

// endOfTime is later than any due time: whether that has come is decided here,
// where a clock that jumped is known for what it is.
const endOfTime repair.Instant = "9999-12-31T23:59:59Z"

// manyFiles bounds one look; the next look takes the rest.
const manyFiles = 200

func (s *Syncer) waitingFiles(ctx context.Context) ([]localdb.File, error) {
	return s.DB.NextFiles(ctx, s.Scope, endOfTime, manyFiles)
}

func (s *Syncer) stamp() repair.Instant { return repair.At(s.Now()) }
