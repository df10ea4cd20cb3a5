package postgres

import (
	"context"
	"strings"
	"sync"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/pgkit"
)

// herald tells the other centres on this database that scopes have new commits.
// It is a hint: nothing is lost when a word is, because who waits also looks.
type herald struct {
	db   *pgkit.DB
	end  context.CancelFunc
	done sync.WaitGroup

	mu    sync.Mutex
	news  map[centre.Scope]bool // not yet told
	wake  chan struct{}
	hears func([]centre.Scope)
}

const (
	channel = "hashmend_moved"
	// gathering is how long words are gathered into one.
	gathering = 20 * time.Millisecond
	// pause before a lost connection is made again.
	pause = time.Second
	// most is how many scopes one word names; beyond it says "look all".
	most = 100
)

func listen(db *pgkit.DB) *herald {
	ctx, end := context.WithCancel(context.Background())
	h := &herald{db: db, end: end, news: map[centre.Scope]bool{}, wake: make(chan struct{}, 1)}
	h.done.Go(func() { h.telling(ctx) })
	return h
}

func (h *herald) close() {
	h.end()
	h.done.Wait()
}

// Announce says to the other centres that scopes have moved on.
func (h *herald) Announce(scopes []centre.Scope) {
	h.mu.Lock()
	for _, s := range scopes {
		h.news[s] = true
	}
	h.mu.Unlock()
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

// Hear calls f with the scopes that some centre on this database has moved. It is
// called once, before there is anything to hear.
func (h *herald) Hear(f func([]centre.Scope)) {
	h.hears = f
	ctx, end := context.WithCancel(context.Background())
	before := h.end
	h.end = func() { before(); end() }
	h.done.Go(func() {
		for ctx.Err() == nil {
			_ = h.hearing(ctx) // the connection is gone: it is made anew
			wait(ctx, pause)
		}
	})
}

func (h *herald) telling(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.wake:
		}
		if !wait(ctx, gathering) {
			return
		}
		if word := h.word(); word != "" {
			_, _ = h.db.Pool().Exec(ctx, "SELECT pg_notify($1, $2)", channel, word) // a hint
		}
	}
}

// word gives what is to be told. A scope's name is an id without commas, or a star;
// the centre's own hear every word.
func (h *herald) word() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	names := make([]string, 0, len(h.news))
	for s := range h.news {
		if s != centre.Own {
			names = append(names, string(s))
		}
	}
	all := len(h.news) > most || len(h.news) > 0 && len(names) == 0
	clear(h.news)
	if all {
		return string(centre.Public)
	}
	return strings.Join(names, ",")
}

func (h *herald) hearing(ctx context.Context) error {
	conn, err := h.db.Pool().Acquire(ctx)
	if err != nil {
		return err
	}
	// It never goes back to the pool: it listens.
	own := conn.Hijack()
	defer func() { _ = own.Close(context.WithoutCancel(ctx)) }()
	if _, err := own.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	for {
		n, err := own.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		var scopes []centre.Scope
		for name := range strings.SplitSeq(n.Payload, ",") {
			scopes = append(scopes, centre.Scope(name))
		}
		h.hears(scopes)
	}
}

// wait says whether the time has passed; false is the end.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
