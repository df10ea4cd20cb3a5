package simtest

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// weather is what is wrong with the line of one desk.
type weather string

// What may be wrong with a line.
const (
	calm       weather = "calm"
	dropBefore weather = "drop before" // the request never arrives
	dropAfter  weather = "drop after"  // the answer never arrives
	truncate   weather = "truncate"    // the answer breaks off
	halfSent   weather = "half sent"   // the request breaks off
	duplicate  weather = "duplicate"   // the request arrives twice at once
	echo       weather = "echo"        // the request arrives again, much later
	reorder    weather = "reorder"     // requests wait for different times
	late       weather = "late"        // answers wait
	blackHole  weather = "black hole"  // nothing comes, not even a refusal
	oneWay     weather = "one way"     // requests arrive, no answer does
	portal     weather = "portal"      // somebody else answers 200 with HTML
	stale      weather = "stale"       // a cache answers with what it has of another request
	gateway    weather = "gateway"     // a proxy answers 502 without asking
	poison     weather = "poison"      // a row of a page cannot be read
)

// weathers are all but calm.
func weathers() []weather {
	return []weather{dropBefore, dropAfter, truncate, halfSent, duplicate, echo, reorder, late, blackHole, oneWay, portal, stale, gateway, poison}
}

// errLine is the error of a connection that broke.
var errLine = errors.New("the connection broke")

// line is the network between one desk and the centre: a http.RoundTripper that
// calls the centre's handler, and in bad weather does not.
type line struct {
	world *World
	name  string

	mu    sync.Mutex
	state weather
	until time.Time
	dice  *rand.Rand
	pages [][]byte // that a cache has kept
	who   repair.Person
	scope string
	bad   map[string]int64 // rows that this desk cannot read, and their rev
	dead  bool             // the desk has crashed: nothing of it is heard any more
}

// witness is the line of the harness itself: it may ask as often as it likes.
const witness = "witness"

// set makes the weather for a while.
func (l *line) set(w weather, d time.Duration, dice *rand.Rand) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state, l.until, l.dice = w, time.Now().Add(d), dice
}

// cast says what happens to the next request: in bad weather half of them pass.
func (l *line) cast() (w weather, share float64) {
	if w, strikes := l.world.strikes(); strikes {
		return w, 0.5
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state == calm || l.dice == nil || time.Now().After(l.until) {
		return calm, 0
	}
	w, share = l.state, l.dice.Float64()
	if l.dice.IntN(3) == 0 {
		w = calm
	}
	return w, share
}

// strikes counts the requests of a run in which one of them shall fail.
func (w *World) strikes() (weather, bool) {
	w.history.mu.Lock()
	defer w.history.mu.Unlock()
	if w.nth == nil {
		return calm, false
	}
	if w.asked++; w.asked == w.nth.Request {
		w.met, w.until = true, time.Now().Add(w.nth.Lasts)
	}
	if w.met && !time.Now().After(w.until) {
		return w.nth.Weather, true
	}
	return calm, false
}

// RoundTrip carries a request to the centre and its answer back.
func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	var sent []byte
	if r.Body != nil {
		var err error
		if sent, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		_ = r.Body.Close()
	}
	if l.name != witness {
		l.world.history.count(l.name, time.Now())
	}
	w, share := l.cast()
	if r.URL.Path == wire.PathEvents {
		return l.stream(r, w, share)
	}
	switch w {
	case dropBefore:
		return nil, errLine
	case blackHole:
		return nil, forever(r.Context())
	case gateway:
		return elsewhere(r, http.StatusBadGateway, "<html>502 Bad Gateway</html>"), nil
	case portal:
		return elsewhere(r, http.StatusOK, "<html>Please sign in to the Wi-Fi</html>"), nil
	case stale:
		if body := l.kept(share); body != nil && r.URL.Path == wire.PathChanges {
			return l.cached(r, body), nil
		}
	case reorder:
		if err := wait(r.Context(), time.Duration(share*float64(25*time.Second))); err != nil {
			return nil, err
		}
	case halfSent:
		if len(sent) > 0 {
			_, err := l.ask(r, sent[:int(share*float64(len(sent)))], true)
			return nil, errors.Join(errLine, err)
		}
	case duplicate:
		twin := make(chan struct{})
		go func() { defer close(twin); _, _ = l.ask(r, sent, false) }()
		defer func() { <-twin }()
	case echo:
		// Who asks for the next token twice, minutes apart, is two.
		if r.Method != http.MethodGet && r.URL.Path != wire.PathToken {
			l.world.echo(l, r, sent)
		}
	}
	e, err := l.ask(r, sent, false)
	if err != nil {
		return nil, err
	}
	l.spoil(e)
	switch w {
	case dropAfter:
		return nil, errLine
	case oneWay:
		return nil, forever(r.Context())
	case late:
		if err := wait(r.Context(), time.Duration(share*float64(25*time.Second))); err != nil {
			return nil, err
		}
	case poison:
		l.poison(e, share)
	case truncate:
		response := e.response()
		response.Body = io.NopCloser(io.MultiReader(strings.NewReader(string(e.body[:int(share*float64(len(e.body)))])), failing{}))
		return response, nil
	}
	return e.response(), nil
}

// ask lets the centre answer, when there is one.
func (l *line) ask(r *http.Request, sent []byte, broken bool) (*exchange, error) {
	l.mu.Lock()
	who, scope, dead := l.who, l.scope, l.dead
	l.mu.Unlock()
	if dead {
		return nil, errLine
	}
	v, up := l.world.centre.enter()
	if !up {
		return nil, errLine
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer context.AfterFunc(v.life, cancel)()
	e, whole := serve(v.handler, r.WithContext(ctx), sent, broken)
	if whole && !broken {
		l.world.history.saw(l.name, who, scope, v.timeline, e)
		l.world.lookUnfinished(v, r, e)
	}
	v.leave()
	cancel()
	if !whole || v.life.Err() != nil { // it died while it answered
		return nil, errLine
	}
	e.request = r
	if r.URL.Path == wire.PathChanges && e.status == http.StatusOK {
		l.keep(e.body)
	}
	return e, nil
}

func (l *line) keep(body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pages = append(l.pages, body); len(l.pages) > 8 {
		l.pages = slices.Delete(l.pages, 0, 1)
	}
}

func (l *line) kept(share float64) []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.pages) == 0 {
		return nil
	}
	return l.pages[int(share*float64(len(l.pages)))]
}

// cached is the answer of a cache: the right server, an old page.
func (l *line) cached(r *http.Request, body []byte) *http.Response {
	response := elsewhere(r, http.StatusOK, string(body))
	response.Header.Set("Content-Type", wire.TypeJSON)
	response.Header.Set(wire.HeaderServer, l.world.serverID)
	return response
}

// elsewhere is an answer that no centre gave.
func elsewhere(r *http.Request, status int, text string) *http.Response {
	header := http.Header{}
	header.Set("Content-Type", "text/html; charset=utf-8")
	e := exchange{request: r, status: status, header: header, body: []byte(text)}
	return e.response()
}

// forever waits until the sender has had enough.
func forever(ctx context.Context) error {
	<-ctx.Done()
	return ctx.Err()
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// busiest is how many requests a desk may make in a minute, whatever happens
// (inv.L3): a look every other second, and the few writes of one person.
const busiest = 150

func (h *history) count(desk string, at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	key := desk + at.Format(" 15:04")
	if h.requests[key]++; h.requests[key] == busiest {
		h.fail("L3", "%s makes %d requests in a minute", desk, busiest)
	}
}

// poison makes one row of a page unreadable, for this desk and until the centre
// changes it.
func (l *line) poison(e *exchange, share float64) {
	var page wire.Page
	if !isPage(e) || json.Unmarshal(e.body, &page) != nil || len(page.Rows) == 0 {
		return
	}
	row := page.Rows[int(share*float64(len(page.Rows)))]
	if row.Del {
		return
	}
	l.mu.Lock()
	l.bad[keyOf(row)] = row.Rev
	l.mu.Unlock()
	l.world.history.mu.Lock()
	l.world.history.poisoned[l.name][keyOf(row)] = true
	l.world.history.mu.Unlock()
	l.spoil(e)
}

// spoil replaces what has been poisoned in a page.
func (l *line) spoil(e *exchange) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var page wire.Page
	if len(l.bad) == 0 || !isPage(e) || json.Unmarshal(e.body, &page) != nil {
		return
	}
	for n, row := range page.Rows {
		if rev, bad := l.bad[keyOf(row)]; bad && rev == row.Rev && !row.Del {
			page.Rows[n].D = json.RawMessage(`["not what it should be"]`)
		}
	}
	if body, err := json.Marshal(page); err == nil {
		e.body = body
	}
}

// isPage tells a page from a refusal to give one, which stays what it is.
func isPage(e *exchange) bool {
	return e.request.URL.Path == wire.PathChanges && e.status == http.StatusOK
}

func keyOf(row wire.Row) string { return string(row.T) + " " + row.ID }

// but gives a copy without some rows.
func (r rows) but(keys map[string]bool) rows {
	if len(keys) == 0 {
		return r
	}
	out := maps.Clone(r)
	for key := range keys {
		delete(out, key)
	}
	return out
}
