package syncer

import (
	"context"
	"errors"
	"slices"
	"time"

	"hashmend/backend/fault"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// errKeep marks a failure of this PC to keep a page.
var errKeep = errors.New("keep changes")

// pullOnce fetches what changed, page by page, to the end.
func (s *Syncer) pullOnce(ctx context.Context) time.Duration {
	defer s.tellPulled()
	if wait := s.pullPause.left(); wait > 0 {
		return wait
	}
	if wait := s.reach(ctx); wait > 0 {
		return wait
	}
	s.mu.Lock()
	owed := s.owed
	s.mu.Unlock()
	left := false
	answers, err := s.DB.Unproven(ctx, s.Scope, wire.AnsweredMax)
	if err == nil {
		left, err = s.fetch(ctx, answers)
	} else {
		err = errors.Join(errKeep, err)
	}
	switch {
	case err == nil:
		s.caughtUp(owed)
		s.pullPause.worked()
		s.note(&s.behind, nil)
		if left {
			s.sweep(ctx)
		}
		if len(answers) == wire.AnsweredMax {
			return shortest // there may be more to prove
		}
		return s.poll()
	case errors.Is(err, errKeep):
		s.keep(ctx, err)
		s.pullPause.failed(0)
		return max(shortest, s.pullPause.left())
	}
	v, reason, asked := s.judge(ctx, err)
	if v != ended && reason.Code == wire.CodeClientTooOld {
		s.note(&s.behind, reason) // writes go on
		s.pullPause.failed(keepAway)
		return max(shortest, s.pullPause.left())
	}
	switch v {
	case ended:
	case cutOff, stop:
		s.cut(reason, asked)
	case refused:
		s.cut(reason, keepAway)
	case later:
		s.note(&s.behind, reason)
		s.pullPause.failed(asked)
	}
	return max(shortest, s.pullPause.left())
}

// fetch applies pages until the centre has no more, and says whether something is to
// be swept away. Rows and cursor of a page are stored together or not at all. A copy
// is begun anew at most once: a centre that does not know its own cursor either is
// left alone for a while. With the changes the centre is asked whether it still has
// what it has answered: when it has lost one of them it was restored, although it
// knows our cursor.
func (s *Syncer) fetch(ctx context.Context, answers []localdb.Answered) (left bool, err error) {
	anew, begun := false, false
	answered := make([]wire.Cursor, len(answers))
	for i, a := range answers {
		answered[i] = wire.Cursor(a.At)
	}
	for {
		at, err := s.DB.Standing(ctx, s.Scope)
		if err != nil {
			return false, errors.Join(errKeep, err)
		}
		if at.Staged != nil {
			err := s.take(ctx, *at.Staged)
			if code, is := lost(err); is && !anew {
				anew, answers, answered = true, nil, nil // some of them may be offered again now
				if err := s.stageAnew(ctx, *at.Staged, code); err != nil {
					return false, errors.Join(errKeep, err)
				}
				continue
			}
			if err != nil {
				return false, err
			}
			continue
		}
		since := at.Cursor
		if since == "" {
			if begun {
				return false, &repair.Error{Kind: repair.Offline, Code: wire.CodeStaleAnswer} // a snapshot that stands nowhere
			}
			begun = true
			if err := s.DB.Doubt(ctx, s.Scope); err != nil { // a staged copy would never ask for it again
				return false, errors.Join(errKeep, err)
			}
			if err := s.DB.Stage(ctx, s.Scope, ""); err != nil {
				return false, errors.Join(errKeep, err)
			}
			continue
		}
		page, err := s.Centre.Changes(ctx, wire.Cursor(since), wire.ChangesDefault, answered...)
		if code, is := lost(err); is && !anew {
			mark := since
			if len(answers) > 0 {
				mark = answers[len(answers)-1].At // it may be what is lost, and our cursor known
			}
			anew, answers, answered = true, nil, nil
			if err := s.beginAnew(ctx, mark, code); err != nil {
				return false, errors.Join(errKeep, err)
			}
			continue
		}
		if err != nil {
			return false, err
		}
		if string(page.From) != since || page.More && string(page.Next) == since {
			return false, &repair.Error{Kind: repair.Offline, Code: wire.CodeStaleAnswer}
		}
		if err := s.apply(ctx, page, at.Pulled.Time()); err != nil {
			return false, errors.Join(errKeep, err)
		}
		s.worked()
		s.note(&s.fault, nil)
		if page.More {
			continue
		}
		if len(answers) == 0 {
			return at.Left, nil
		}
		if err := s.DB.Proven(ctx, answers); err != nil {
			return false, errors.Join(errKeep, err)
		}
		return at.Left, nil
	}
}

// freshEnough is how old the note of the last answer may be. A centre that is
// asked every other second is no reason to write to the disk as often.
const freshEnough = 20 * time.Second

// apply stores a page and says what it may have changed on a screen.
func (s *Syncer) apply(ctx context.Context, page wire.Page, pulled time.Time) error {
	if page.Next == page.From {
		if age := s.Now().Sub(pulled); age >= 0 && age < freshEnough {
			return nil
		}
		return s.DB.MarkPulled(ctx, s.Scope, s.stamp())
	}
	rows := changes(page.Rows)
	fault.Hit(fault.PullBeforeApply)
	if err := s.DB.CameBack(ctx, s.Scope, rows); err != nil { // first: behind the cursor they do not come again
		return err
	}
	applied, err := s.DB.ApplyChanges(ctx, s.Scope, rows, string(page.Next), s.stamp())
	if err != nil {
		return err
	}
	fault.Hit(fault.PullAfterApply)
	topics := []string{"orders", "sync"}
	for _, id := range applied.Orders {
		topics = append(topics, "order:"+string(id))
	}
	if slices.ContainsFunc(page.Rows, func(r wire.Row) bool { return r.T == wire.RowCentre }) {
		topics = append(topics, "centre")
	}
	s.Changed(topics...)
	return nil
}

func changes(rows []wire.Row) []localdb.Change {
	out := make([]localdb.Change, len(rows))
	for i, r := range rows {
		out[i] = localdb.Change{T: string(r.T), ID: r.ID, Rev: r.Rev, WorkOrder: r.WorkOrder, D: r.D, Del: r.Del}
	}
	return out
}

// lost reports that the centre does not know where our pull stands, and says why.
// Everything is fetched then; nothing that a person wrote is in the copy.
func lost(err error) (code string, is bool) {
	var e *repair.Error
	if !errors.As(err, &e) {
		return "", false
	}
	return e.Code, slices.Contains([]string{wire.CodeCursorDiverged, wire.CodeCursorScope, wire.CodeCursorExpired, wire.CodeCursorInvalid}, e.Code)
}

// caughtUp notes that the effect of so many answers is here.
func (s *Syncer) caughtUp(owed int) {
	s.mu.Lock()
	news := s.had < owed
	s.had = owed
	s.mu.Unlock()
	if news {
		s.Changed("sync")
	}
}

// tellPulled lets those go who wait for the end of a pull.
func (s *Syncer) tellPulled() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.pulled)
	s.pulled = make(chan struct{})
}

// poll gives the time to the next look at a centre that hints at nothing.
func (s *Syncer) poll() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.present) < activeFor && !s.hearing {
		return s.Poll
	}
	return pollIdle
}
