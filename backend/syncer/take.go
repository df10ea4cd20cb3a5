package syncer

import (
	"cmp"
	"context"
	"errors"
	"time"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// beginAnew begins to fetch everything. When the centre came back from an older
// copy of itself, what it had taken from this PC is offered to it again first; the
// old copy of its data stays until the new one is whole.
func (s *Syncer) beginAnew(ctx context.Context, mark, code string) error {
	if err := s.offerAgain(ctx, mark, code); err != nil {
		return err
	}
	if err := s.DB.Stage(ctx, s.Scope, code); err != nil {
		return err
	}
	s.Changed("sync")
	return nil
}

// stageAnew begins a snapshot once more that the centre does not know. It may have
// come back from an older copy while the snapshot was on its way, even a second
// time: what it has taken since it was begun is offered again too.
func (s *Syncer) stageAnew(ctx context.Context, staged localdb.Staged, code string) error {
	if err := s.offerAgain(ctx, staged.At, code); err != nil {
		return err
	}
	if staged.Why == wire.CodeCursorDiverged {
		code = staged.Why // what is missing is still to be looked for at its end
	}
	return s.DB.Stage(ctx, s.Scope, code)
}

// offerAgain takes what was lost for the mark: the centre may come back from the same
// copy twice, and not know another answer behind the same cursor.
func (s *Syncer) offerAgain(ctx context.Context, mark, code string) error {
	if code != wire.CodeCursorDiverged {
		return s.DB.Doubt(ctx, s.Scope)
	}
	if _, err := s.DB.NoteRestored(ctx, s.Scope, mark, s.Now()); err != nil {
		return err
	}
	s.Wake()
	return nil
}

// showEvery is how often a screen hears how far a snapshot has come.
const showEvery = 500 * time.Millisecond

// take fetches the rest of a snapshot and lets it take the old copy's place. What
// has come stays when the line breaks.
func (s *Syncer) take(ctx context.Context, staged localdb.Staged) error {
	after := wire.RowKey{T: wire.RowType(staged.AfterT), ID: staged.AfterID}
	shown, touched := time.Now(), map[repair.WorkOrderID]bool{}
	var staging behind
	err := s.Centre.Snapshot(ctx, wire.Cursor(staged.At), after, func(head wire.SnapshotHead, rows []wire.Row) error {
		total := int64(0)
		for _, n := range head.Counts {
			total += n
		}
		if time.Since(shown) > showEvery {
			shown = time.Now()
			s.Changed("sync")
		}
		return staging.run(func() error {
			if err := s.stage(ctx, string(head.At), total, rows, touched); err != nil {
				return errors.Join(errKeep, err)
			}
			return nil
		})
	})
	err = cmp.Or(staging.wait(), err) // what could not be kept ended the fetching too
	var e *repair.Error
	if errors.As(err, &e) && e.Code == wire.CodeNoRoute {
		err = s.takePages(ctx, staged, touched) // a centre from before snapshots
	}
	if err != nil {
		return err
	}
	if err := s.swap(ctx, staged.Why); err != nil {
		return errors.Join(errKeep, err)
	}
	s.worked()
	topics := []string{"orders", "sync", "centre"}
	for id := range touched {
		topics = append(topics, "order:"+string(id))
	}
	s.Changed(topics...)
	return nil
}

// behind does one thing while the next is being fetched.
type behind struct{ ended chan error }

// run waits for the last thing, and begins the next unless that failed.
func (b *behind) run(f func() error) error {
	if err := b.wait(); err != nil {
		return err
	}
	b.ended = make(chan error, 1)
	go func() { b.ended <- f() }()
	return nil
}

// wait gives the error of the last thing, once.
func (b *behind) wait() error {
	if b.ended == nil {
		return nil
	}
	err := <-b.ended
	b.ended = nil
	return err
}

// takePages fetches everything as changes from their beginning.
func (s *Syncer) takePages(ctx context.Context, staged localdb.Staged, touched map[repair.WorkOrderID]bool) error {
	for at := wire.Cursor(staged.At); ; {
		page, err := s.Centre.Changes(ctx, at, wire.ChangesDefault)
		if err != nil {
			return err
		}
		if page.From != at || page.More && page.Next == at {
			return &repair.Error{Kind: repair.Offline, Code: wire.CodeStaleAnswer}
		}
		if err := s.stage(ctx, string(page.Next), 0, page.Rows, touched); err != nil {
			return errors.Join(errKeep, err)
		}
		if at = page.Next; !page.More {
			return nil
		}
	}
}

func (s *Syncer) stage(ctx context.Context, at string, total int64, rows []wire.Row, touched map[repair.WorkOrderID]bool) error {
	list := changes(rows)
	if err := s.DB.CameBack(ctx, s.Scope, list); err != nil { // first: what is staged does not come again
		return err
	}
	done, err := s.DB.StageRows(ctx, s.Scope, at, total, list)
	if err != nil {
		return err
	}
	for _, id := range done.Orders {
		if len(touched) < mostTold {
			touched[id] = true
		}
	}
	return nil
}

// mostTold is of how many work orders a screen hears one by one.
const mostTold = 1000

// atOnce is how many rows are kept as "only on this PC" in one transaction.
const atOnce = 500

// swap lets the snapshot take its place. What a restored centre does not have any
// more is kept first: nothing that was here disappears in silence.
func (s *Syncer) swap(ctx context.Context, why string) error {
	for t, id := "", ""; why == wire.CodeCursorDiverged; {
		rows, err := s.DB.OnlyLive(ctx, s.Scope, t, id, atOnce)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		if err := s.DB.KeepOnlyHere(ctx, s.Scope, rows, s.stamp()); err != nil {
			return err
		}
		t, id = rows[len(rows)-1].T, rows[len(rows)-1].ID
	}
	return s.DB.Swap(ctx, s.Scope, s.stamp())
}

// sweep takes away what has lost its place, in small steps.
func (s *Syncer) sweep(ctx context.Context) {
	for ctx.Err() == nil {
		more, err := s.DB.SweepLeft(ctx)
		if err != nil {
			s.keep(ctx, err)
			return
		}
		if !more {
			return
		}
	}
}
