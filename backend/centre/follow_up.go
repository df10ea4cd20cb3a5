package centre

import (
	"context"
	"errors"
	"slices"
	"time"

	"hashmend/backend/carrier"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

const (
	// duePage is how many numbers one look puts off at most.
	duePage = 100
	// customersShare: no customer has more than this part of a day's questions, so that
	// one with very many boxes leaves the others some.
	customersShare = 2
	leastShare     = 50
)

// question is what a service is asked about one number, and what travels with it.
type question struct {
	service carrier.Service
	ask     carrier.Ask
	rows    []Followed
	phones  int  // by how many it may be asked
	phone   int  // by which of them it is
	shared  bool // others follow the number, and must not hear what was asked by this phone
	spent   bool // the day has had its questions
}

// FollowUp asks about one number that is due, and notes the answer. It reports
// whether to look again soon. Several centres on one store share the numbers: who has
// said first that it asks is the one to ask. Of a case that is damaged it gives the
// error and goes on with the others.
func (c *Centre) FollowUp(ctx context.Context) (more bool, err error) {
	var q *question
	var damage error
	err = c.update(ctx, func(tx *deed) error {
		q, more, damage = nil, false, nil
		q, more, err = c.claim(ctx, tx)
		if errors.Is(err, errDamaged) {
			damage, err = err, nil
		}
		return err
	})
	if err != nil || q == nil {
		return more, errors.Join(err, damage)
	}
	if q.service == nil {
		return true, c.answer(ctx, q, nil, carrier.ErrCarrier, 0)
	}
	var events []repair.TrackEvent
	failure := error(carrier.ErrQuota)
	if !q.spent {
		events, failure = c.put(ctx, q)
	}
	if ctx.Err() != nil {
		return false, ctx.Err() // we hung up, not they
	}
	trouble, rest := c.tracking.answered(q.service.Name(), failure, c.now())
	if rest > 0 && c.tracking.Failed != nil {
		c.tracking.Failed(q.service.Name(), failure)
	}
	if err := c.tell(ctx, q.service.Name(), trouble); err != nil {
		return true, err
	}
	return true, c.answer(ctx, q, events, failure, rest)
}

// put asks the service, or to be told by it from now on. Of a number that several
// customers follow it must be asked: a push does not say to whose phone it was shown.
func (c *Centre) put(ctx context.Context, q *question) ([]repair.TrackEvent, error) {
	tells, can := q.service.(carrier.Subscriber)
	if !can || c.tracking.Callback == "" || q.shared || q.rows[0].PushedBy == q.service.Name() {
		return q.service.Ask(ctx, q.ask)
	}
	if err := tells.Subscribe(ctx, q.ask, c.tracking.Callback+q.service.Name()); err != nil {
		return nil, err
	}
	for i := range q.rows {
		q.rows[i].PushedBy = q.service.Name()
	}
	return nil, nil
}

// claim takes the number that is due longest and may be asked about now, and puts
// off what may not. It gives none when there is nothing to ask about; more says
// whether to look again. A damaged case is put off too, and is its error.
func (c *Centre) claim(ctx context.Context, tx *deed) (q *question, more bool, err error) {
	due, err := tx.FollowedDue(ctx, tx.at, duePage)
	if err != nil {
		return nil, false, err
	}
	seen := map[repair.WaybillNumber]bool{} // what travels together was put off together
	for _, row := range due {
		service := carrier.For(c.tracking.Services, row.Carrier)
		if rest := c.tracking.resting(service, tx.at.Time()); rest > 0 {
			if err := c.later(ctx, tx, []Followed{row}, afterRest(rest)); err != nil {
				return nil, false, err
			}
			continue
		}
		if seen[row.Number] {
			continue
		}
		seen[row.Number] = true
		q, err := c.take(ctx, tx, service, row)
		if errors.Is(err, errDamaged) {
			if err := c.later(ctx, tx, []Followed{row}, askLongest); err != nil {
				return nil, false, err
			}
			return nil, true, err
		}
		if err != nil || q != nil {
			return q, true, err
		}
	}
	return nil, len(due) == duePage, nil
}

// take takes a number with all that travels under it, or puts it off. Where a carrier
// shows a parcel only to who knows its phone, nobody hears what another's has opened.
func (c *Centre) take(ctx context.Context, tx *deed, service carrier.Service, due Followed) (*question, error) {
	q := &question{service: service}
	now, last := tx.at.Time(), repair.Instant("")
	same, err := tx.FollowedBy(ctx, due.Number)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(same, due) { // one of very many
		same = append(same, due)
	}
	for _, row := range same {
		if row.Carrier != due.Carrier {
			continue
		}
		last = max(last, row.AskedAt)
		switch {
		case private(due.Carrier) && row.Scope != due.Scope:
			q.shared = true
		case row.AskAt != never:
			q.rows = append(q.rows, row)
		}
	}
	wait := askGap
	if q.service == nil {
		wait = askLongest
	} else if last.IsSet() && now.Before(last.Time().Add(askGap)) {
		return nil, c.later(ctx, tx, q.rows, last.Time().Add(askGap).Sub(now))
	}
	found, err := c.phrase(ctx, tx, due, q)
	if err != nil || !found {
		return nil, err
	}
	if q.service != nil {
		own, all, err := c.count(ctx, tx, q.service, due.Scope)
		if err != nil {
			return nil, err
		}
		if !own {
			return nil, c.later(ctx, tx, q.rows, afterRest(untilTomorrow(now)))
		}
		q.spent = !all
	}
	return q, c.mark(ctx, tx, q, wait)
}

// count counts a question for a customer and for all, and says which of them may
// still have one today.
func (c *Centre) count(ctx context.Context, tx *deed, service carrier.Service, scope Scope) (own, all bool, err error) {
	today := dayOf(tx.at.Time())
	own, err = tx.CountAsk(ctx, scope, service.Name(), today, max(c.tracking.Limit/customersShare, leastShare))
	if err != nil || !own {
		return own, false, err
	}
	all, err = tx.CountAsk(ctx, "", service.Name(), today, c.tracking.Limit)
	return own, all, err
}

// mark says to other centres that the rows of a question are being asked about.
func (c *Centre) mark(ctx context.Context, tx *deed, q *question, wait time.Duration) error {
	for i, row := range q.rows {
		next := row
		next.AskAt = repair.At(tx.at.Time().Add(wait))
		if !q.spent {
			next.AskedAt = tx.at
		}
		moved, err := tx.MoveFollowed(ctx, next, row.AskAt)
		if err != nil {
			return err
		}
		if !moved {
			return ErrMoved
		}
		q.rows[i] = next
	}
	return nil
}

// private reports a carrier that shows a parcel only to who knows its phone.
func private(c repair.Carrier) bool {
	row, known := c.Row()
	return known && row.NeedsPhone
}

// phrase finds out by which phone to ask: those of the case in turn, then, for what the
// centre has sent itself, its own, until the carrier shows the parcel. Its own phone
// opens every box that is sent to it, also one whose number somebody has only guessed.
func (c *Centre) phrase(ctx context.Context, tx *deed, row Followed, q *question) (found bool, err error) {
	whole, err := loadCase(ctx, tx, Operator(), row.WorkOrder)
	if err != nil && !errors.Is(err, refuse(repair.NotFound, wire.CodeOrderNotFound)) {
		return false, err
	}
	var f repair.Followed
	if err == nil {
		f, found = followedOf(whole, row)
	}
	if !found {
		return false, tx.Unfollow(ctx, row.Scope, row.RowKey)
	}
	info, err := loadInfo(ctx, tx)
	if err != nil {
		return false, err
	}
	phones := f.Phones
	for _, own := range info.Address {
		if row.T != wire.RowShipment {
			break
		}
		if repair.PhoneTail(own.Phone) != "" {
			phones = append(phones, own.Phone)
			break
		}
	}
	q.ask = carrier.Ask{Carrier: row.Carrier, Number: row.Number}
	if len(phones) > 0 {
		q.phones, q.phone = len(phones), row.Tries%len(phones)
		q.ask.Phone = phones[q.phone]
	}
	return true, nil
}

func (c *Centre) later(ctx context.Context, tx *deed, rows []Followed, wait time.Duration) error {
	for _, row := range rows {
		next := row
		next.AskAt = repair.At(tx.at.Time().Add(max(wait, time.Second)))
		if _, err := tx.MoveFollowed(ctx, next, row.AskAt); err != nil {
			return err
		}
	}
	return nil
}

// answer notes what came of a question with all that travels under the number. A
// service that is at fault as a whole says nothing about the number; an answer that
// cannot be read may be at fault for either, and the number is asked about less often.
func (c *Centre) answer(ctx context.Context, q *question, events []repair.TrackEvent, failure error, rest time.Duration) error {
	if rest > 0 && !errors.Is(failure, carrier.ErrAnswer) {
		return c.update(ctx, func(tx *deed) error { return c.later(ctx, tx, q.rows, afterRest(max(rest, askGap))) })
	}
	news := repair.TrackNews{Events: events}
	if q.service != nil {
		news.Source = q.service.Name()
	}
	var trouble error
	for _, row := range q.rows {
		tries, wait := q.phone, spread(askEvery) // the phone that opened it opens it again
		switch {
		case failure != nil:
			tries, wait = row.Tries+1, spread(max(rest, min(askGap<<min(row.Tries, 5), askLongest)))
			news.Trouble = q.trouble(failure, tries)
		case row.PushedBy != "":
			wait = spread(askPushed)
		}
		trouble = errors.Join(trouble, c.hear(ctx, row, news, func(f *Followed) { f.Tries, f.AskAt = tries, repair.At(c.now().Add(wait)) }))
	}
	return trouble
}

// trouble is what is said of the number after so many tries in vain.
func (q *question) trouble(failure error, tries int) string {
	var e *repair.Error
	switch {
	case !errors.As(failure, &e):
		return carrier.ErrAnswer.Code
	case errors.Is(e, carrier.ErrNumber) && tries < max(knownBy, q.phones), errors.Is(e, carrier.ErrPhone) && tries < q.phones,
		errors.Is(e, carrier.ErrAnswer) && tries < silentFor:
		return ""
	}
	return e.Code
}
