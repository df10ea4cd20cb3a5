package desk

import (
	"context"
	"sync/atomic"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// summary is what lists say of a work order beyond its row.
type summary struct {
	version   localdb.OrderVersion
	today     repair.Date
	due       []repair.Money
	deadlines []repair.Deadline
	statuses  map[repair.DeviceStatus]int
	bench     map[string]int // work that waits per stage of the workshop; nil for a customer
	offers    []repair.Offer
	told      *repair.Case // without devices
}

type summaries struct {
	memo[caseKey, *summary]
	// open work orders there were at the last look: all of them are kept, for a
	// list that forgets its beginning on the way to its end never gets done.
	open atomic.Int64
}

// keptSummaries is about what a large farm has open at a time.
const keptSummaries = 5000

// summary computes once per version and day what needs the whole case; nil when
// that is still to be done and compute is false.
func (d *Desk) summary(ctx context.Context, session localdb.Session, id repair.WorkOrderID, env repair.Env, compute bool) (*summary, error) {
	scope := session.Scope
	key := caseKey{scope, id}
	var version localdb.OrderVersion
	var c *repair.Case
	var known bool
	var s *summary
	err := d.DB.Cached(ctx, scope, func(t localdb.CacheTx) (err error) {
		if version, err = t.OrderVersion(ctx, id); err != nil {
			return err
		}
		if kept, ok := d.totals.get(key); ok && kept.version == version && kept.today == env.Today() {
			s = kept
			return nil
		}
		if !compute {
			return nil
		}
		c, known, err = d.recall(ctx, t, key, version)
		return err
	})
	if err != nil || c == nil {
		return s, err
	}
	if known {
		d.cases.put(key, caseKept{version, c}, keptCases)
	}
	s = &summary{version: version, today: env.Today(), due: c.Due(), deadlines: c.Deadlines(env),
		offers: c.Offers(session.Role, env), statuses: map[repair.DeviceStatus]int{}}
	for _, dev := range c.Devices {
		s.statuses[dev.Status]++
	}
	if session.Role.Actor() == repair.Centre {
		s.bench = benchWork(c, s.offers)
	}
	lean := *c
	lean.Devices = nil
	s.told = &lean
	d.totals.put(key, s, max(d.kept, int(d.totals.open.Load())))
	return s, nil
}

// open visits the summary of every work order that is not over, newest first.
func (d *Desk) open(ctx context.Context, f func(localdb.OrderRow, *summary) error) error {
	session, err := d.session()
	if err != nil {
		return err
	}
	env, err := d.env(ctx)
	if err != nil {
		return err
	}
	var rows []localdb.OrderRow
	if err := d.DB.Cached(ctx, session.Scope, func(t localdb.CacheTx) (err error) {
		rows, err = t.Orders(ctx, localdb.ListFilter{Stages: localdb.OpenStages, Limit: -1})
		return err
	}); err != nil {
		return err
	}
	d.totals.open.Store(int64(len(rows)))
	for _, r := range rows {
		s, err := d.summary(ctx, session, r.ID, env, true)
		if err != nil {
			return err
		}
		if err := f(r, s); err != nil {
			return err
		}
	}
	return nil
}

// offered gives what may be done by a kind of command; empty when it may not.
func (s *summary) offered(kind repair.CommandKind) (repair.Offer, bool) {
	for _, o := range s.offers {
		if o.Kind == kind {
			return o, true
		}
	}
	return repair.Offer{}, false
}

// next is the deadline a list shows: the nearest that is not a mere reminder.
func (s *summary) next() (repair.Deadline, bool) {
	for _, dl := range s.deadlines {
		if dl.Kind != repair.DeadlineReminder {
			return dl, true
		}
	}
	return repair.Deadline{}, false
}
