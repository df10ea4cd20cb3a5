package simtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"hashmend/backend/keyring"
	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// centreURL is where the centre seems to be.
const centreURL = "https://centre.test"

// World is a centre, its desks and the lines between them.
type World struct {
	dir      string
	history  *history
	log      *journal
	centre   *shop
	desks    []*pc // two PCs of one customer, and one of the centre's people
	serverID string
	key      keyring.SigningKey // with which every PC proves itself
	birth    time.Time
	leap     atomic.Int64 // days that passed in a moment, in nanoseconds
	echoes   sync.WaitGroup
	ended    chan struct{}                   // closed when the faults stop
	listens  bool                            // to the centre's hints
	nth      *Nth                            // the request that shall fail
	asked    int                             // requests so far
	met      bool                            // it has failed
	until    time.Time                       // for how long others do
	lost     map[string][]wire.Cursor        // scope → cursors of a timeline that is no more
	fresh    int                             // numbers for what is new: serials, texts
	stranger wire.Joined                     // a customer of another account
	people   map[repair.UserID]repair.Person // who has ever joined
}

// now is the true time, which no program sees without its own clock's fault.
func (w *World) now() time.Time {
	return repairtest.Start.Add(time.Since(w.birth) + time.Duration(w.leap.Load()))
}

// journal is what the programs have written to their logs.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.text.Len() > 1<<20 { // a soak writes for days
		j.text.Reset()
	}
	return j.text.Write(p)
}

func (j *journal) has(secret string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return bytes.Contains(j.text.Bytes(), []byte(secret))
}

// template is a world in which everybody has joined and nothing has happened,
// made once and copied for every run.
type template struct {
	dir      string
	joined   []wire.Joined
	stranger wire.Joined
	key      keyring.SigningKey
}

// names of the desks' folders, in the order of World.desks.
var names = []string{"farm", "farm2", "bench"}

func newWorld(dir string, log *journal) *World {
	w := &World{dir: dir, history: newHistory(), log: log, birth: time.Now(), ended: make(chan struct{}), people: map[repair.UserID]repair.Person{}, lost: map[string][]wire.Cursor{}}
	w.centre = &shop{world: w, dir: filepath.Join(dir, "centre")}
	for _, name := range names {
		w.desks = append(w.desks, &pc{world: w, name: name, dir: filepath.Join(dir, name), line: &line{world: w, name: name, state: calm, bad: map[string]int64{}}})
		w.history.poisoned[name] = map[string]bool{}
	}
	return w
}

// makeTemplate lets everybody join.
func makeTemplate(dir string) (*template, error) {
	w := newWorld(dir, &journal{})
	var err error
	if w.key, err = keyring.NewSigningKey(); err != nil {
		return nil, err
	}
	if err := w.centre.start(); err != nil {
		return nil, err
	}
	made := &template{dir: dir, key: w.key}
	for n, p := range w.desks {
		role, account := repair.RoleCustomer, "Altyn Hash"
		if n == 2 {
			role, account = repair.RoleAdmin, ""
		}
		invite, err := w.centre.host.Invite(context.Background(), role, account, "")
		if err != nil {
			return nil, err
		}
		if err := p.join(invite.Code); err != nil {
			return nil, err
		}
		if err := p.start(); err != nil {
			return nil, err
		}
		time.Sleep(10 * time.Second)
		if err := p.stop(); err != nil {
			return nil, err
		}
		made.joined = append(made.joined, p.joined)
	}
	invite, err := w.centre.host.Invite(context.Background(), repair.RoleCustomer, "North Ridge", "")
	if err != nil {
		return nil, err
	}
	other := &pc{world: w, name: "stranger", line: &line{world: w, name: "stranger", state: calm}}
	if err := other.join(invite.Code); err != nil {
		return nil, err
	}
	made.stranger = other.joined
	return made, w.centre.stop()
}

// open copies the template and starts all programs.
func (t *template) open(dir string, log *journal, p Plan) (*World, error) {
	w := newWorld(dir, log)
	w.nth, w.listens = p.Nth, p.Listens
	if err := copyDir(t.dir, dir); err != nil {
		return w, err
	}
	w.key, w.stranger = t.key, t.stranger
	if err := w.centre.start(); err != nil {
		return w, err
	}
	for n, p := range w.desks {
		p.joined = t.joined[n]
		if err := p.keepToken(p.joined.Token); err != nil {
			return w, err
		}
		copied, cursor, err := p.copy()
		if err != nil {
			return w, err
		}
		w.history.mu.Lock()
		w.history.states[p.name+cursor] = []rows{copied}
		w.history.mu.Unlock()
		if err := p.start(); err != nil {
			return w, err
		}
	}
	return w, nil
}

// close ends all programs.
func (w *World) close() error {
	var err error
	for _, p := range w.desks {
		err = errors.Join(err, p.stop())
	}
	w.echoes.Wait()
	return errors.Join(err, w.centre.stop())
}

// echo sends a request again when everybody has forgotten it; nobody hears the
// answer.
func (w *World) echo(l *line, r *http.Request, sent []byte) {
	l.mu.Lock()
	delay := time.Duration(1+l.dice.IntN(300)) * time.Second
	l.mu.Unlock()
	again := r.Clone(context.WithoutCancel(r.Context()))
	w.echoes.Add(1)
	go func() {
		defer w.echoes.Done()
		timer := time.NewTimer(delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-w.ended:
		}
		_, _ = l.ask(again, sent, false)
	}()
}

func (w *World) next(prefix string) string {
	w.fresh++
	return fmt.Sprintf("%s %d", prefix, w.fresh)
}
