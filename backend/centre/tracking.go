package centre

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"hashmend/backend/carrier"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Tracks says whom a centre asks where parcels are.
type Tracks struct {
	Services []carrier.Service
	// Limit is how many questions a service is asked on a day.
	Limit int
	// Callback is the address under which the centre is told, without the service's
	// name at its end; empty for none.
	Callback string
	// Failed hears of each failure of a service as a whole; nil does not.
	Failed func(service string, err error)
}

const (
	// askGap is the least between two questions about a number: services lock a number
	// that is asked about more often.
	askGap     = 30 * time.Minute
	askEvery   = 2 * time.Hour
	askPushed  = 12 * time.Hour // what is pushed is asked about in case a push was lost
	askLongest = 12 * time.Hour
	// knownBy is how many tries a carrier has to know a number before we say that it
	// does not: it is scanned hours after it was written down.
	knownBy = 2
	// silentFor is how many failures in a row are more than a hiccup, of a service and
	// of a number.
	silentFor = 3
)

// tracking is what a centre knows of its services besides what the store keeps.
type tracking struct {
	Tracks
	mu       sync.Mutex
	rest     map[string]time.Time // until when a service is left alone
	failures map[string]int       // in a row
	told     map[string]string    // the trouble that is published of it
}

func newTracking(o Tracks) *tracking {
	if o.Limit <= 0 {
		o.Limit = 2000
	}
	return &tracking{Tracks: o, rest: map[string]time.Time{}, failures: map[string]int{}, told: map[string]string{}}
}

// spread keeps what began together from coming back together.
func spread(d time.Duration) time.Duration { return d + rand.N(d/5+1) }

// afterRest is soon after a rest, however long it is: a day of it has its end at
// midnight, and what waits shall have the new day's questions.
func afterRest(rest time.Duration) time.Duration { return rest + rand.N(min(rest/5, askGap)+1) }

// BeginFollowing publishes which services are asked from now on.
func (c *Centre) BeginFollowing(ctx context.Context) error {
	return c.update(ctx, func(tx *deed) error {
		info, err := loadInfo(ctx, tx)
		if err != nil {
			return err
		}
		now := []repair.TrackingService{}
		for _, s := range c.tracking.Services {
			one := repair.TrackingService{Name: s.Name()}
			for _, old := range info.Tracking {
				if old.Name == one.Name {
					one = old
				}
			}
			now = append(now, one)
			c.tracking.mu.Lock()
			c.tracking.told[one.Name] = one.Trouble
			c.tracking.mu.Unlock()
		}
		if slices.Equal(now, info.Tracking) {
			return nil
		}
		info.Tracking = now
		return c.saveInfo(ctx, tx, info, Commit{Kind: "tracking_service"})
	})
}

// tell publishes what is wrong with a service, "" for nothing, once.
func (c *Centre) tell(ctx context.Context, name, trouble string) error {
	c.tracking.mu.Lock()
	same := c.tracking.told[name] == trouble
	c.tracking.mu.Unlock()
	if same {
		return nil
	}
	err := c.update(ctx, func(tx *deed) error {
		info, err := loadInfo(ctx, tx)
		if err != nil {
			return err
		}
		info.Tracking = slices.Clone(info.Tracking)
		i := slices.IndexFunc(info.Tracking, func(s repair.TrackingService) bool { return s.Name == name })
		if i < 0 || info.Tracking[i].Trouble == trouble {
			return nil
		}
		info.Tracking[i] = repair.TrackingService{Name: name, Trouble: trouble}
		if trouble != "" {
			info.Tracking[i].Since = tx.at
		}
		return c.saveInfo(ctx, tx, info, Commit{Kind: "tracking_service"})
	})
	if err == nil {
		c.tracking.mu.Lock()
		c.tracking.told[name] = trouble
		c.tracking.mu.Unlock()
	}
	return err
}

// answered notes how a service has answered, and gives what is wrong with it as a
// whole: its code, and until when it is left alone.
func (t *tracking) answered(name string, err error, now time.Time) (trouble string, rest time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var e *repair.Error
	switch {
	case errors.Is(err, carrier.ErrKey):
		rest = time.Hour
	case errors.Is(err, carrier.ErrQuota):
		rest = untilTomorrow(now)
	case errors.Is(err, carrier.ErrSilent):
		t.failures[name]++
		rest = 5 * time.Minute << min(t.failures[name]-1, 5)
	case errors.Is(err, carrier.ErrAnswer): // it may be about one number only
		if t.failures[name]++; t.failures[name] < silentFor {
			return t.told[name], 0
		}
		rest = 5 * time.Minute << min(t.failures[name]-silentFor, 5)
	default:
		t.failures[name] = 0
		delete(t.rest, name)
		return "", 0
	}
	t.rest[name] = now.Add(rest)
	if errors.As(err, &e) && (t.failures[name] == 0 || t.failures[name] >= silentFor || rest >= time.Hour) {
		trouble = e.Code
	} else {
		trouble = t.told[name]
	}
	return trouble, rest
}

// resting is for how long a service is still left alone.
func (t *tracking) resting(service carrier.Service, now time.Time) time.Duration {
	if service == nil {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return max(0, t.rest[service.Name()].Sub(now))
}

// untilTomorrow: services count by the days of China.
func untilTomorrow(now time.Time) time.Duration {
	local := now.In(day)
	next := time.Date(local.Year(), local.Month(), local.Day()+1, 0, 5, 0, 0, day)
	return next.Sub(now)
}

var day = time.FixedZone("CST", 8*60*60)

func dayOf(now time.Time) repair.Date { return repair.Date(now.In(day).Format(time.DateOnly)) }

// Pushed takes what a service tells by itself, and gives what it wants to hear. The
// same push again changes nothing.
func (c *Centre) Pushed(ctx context.Context, name string, header http.Header, body []byte) (answer any, err error) {
	i := slices.IndexFunc(c.tracking.Services, func(s carrier.Service) bool { return s.Name() == name })
	if i < 0 {
		return nil, refuse(repair.NotFound, wire.CodeNoService)
	}
	service, tells := c.tracking.Services[i].(carrier.Pusher)
	if !tells {
		return nil, refuse(repair.NotFound, wire.CodeNoService)
	}
	push, err := service.Read(header, body)
	if err != nil {
		return nil, err
	}
	var rows []Followed
	err = c.store.View(ctx, func(tx Tx) error {
		rows, err = tx.FollowedBy(ctx, push.Number)
		return err
	})
	if err != nil {
		return nil, err
	}
	news := repair.TrackNews{Source: name, Events: push.Events, Trouble: push.Trouble}
	var trouble error
	for _, row := range rows {
		if carrier.For(c.tracking.Services, row.Carrier) != c.tracking.Services[i] || private(row.Carrier) && row.PushedBy != name && severalCustomers(rows) {
			continue
		}
		trouble = errors.Join(trouble, c.hear(ctx, row, news, nil))
	}
	if trouble != nil {
		return nil, trouble
	}
	return push.Answer, nil
}

func severalCustomers(rows []Followed) bool {
	return slices.ContainsFunc(rows, func(row Followed) bool { return row.Scope != rows[0].Scope })
}

// hear notes news about one thing on the road. then changes its row behind it.
func (c *Centre) hear(ctx context.Context, row Followed, news repair.TrackNews, then func(*Followed)) error {
	return c.update(ctx, func(tx *deed) error {
		whole, err := loadCase(ctx, tx, Operator(), row.WorkOrder)
		if err != nil {
			return err
		}
		f, follows := followedOf(whole, row)
		if !follows {
			return nil
		}
		if then != nil {
			next := row
			then(&next)
			if _, err := tx.MoveFollowed(ctx, next, row.AskAt); err != nil {
				return err
			}
		}
		info, err := loadInfo(ctx, tx)
		if err != nil {
			return err
		}
		touched := whole.Track(f, news, c.env(info, tx.at))
		if !touched.Order {
			return nil
		}
		_, err = c.commit(ctx, tx, row.Scope, Commit{Kind: "track", Op: news.Source}, func(w *writer) error {
			return w.saveTouched(ctx, whole, touched)
		})
		return err
	})
}

// ForgetAsks forgets how often services were asked on days that are over.
func (c *Centre) ForgetAsks(ctx context.Context) error {
	return c.store.Update(ctx, func(tx Tx) error { return tx.ForgetAsks(ctx, dayOf(c.now())) })
}
