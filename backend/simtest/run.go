package simtest

import (
	"cmp"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Result is what a run has shown.
type Result struct {
	Broken   []string // invariants that do not hold, by name
	Intents  int      // that people were told are on their way
	Effects  int      // of them at the centre
	Requests int
	Lost     int  // cursors of timelines that are no more
	Met      bool // the one request that should fail has come and failed
}

// Failed reports whether the run has broken anything.
func (r Result) Failed() bool { return len(r.Broken) > 0 }

// Names gives the invariants that are broken, such as inv.W1.
func (r Result) Names() string { return strings.Join(r.names(), " ") }

func (r Result) names() (out []string) {
	for _, b := range r.Broken {
		name, _, _ := strings.Cut(b, ":")
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// Lab runs plans, each in a folder of its own. What all the programs log is
// searched for secrets (inv.S3).
type Lab struct {
	dir  string
	made *template
	log  *journal
	n    atomic.Int64
}

// NewLab prepares the world that every run begins with.
func NewLab(t *testing.T) *Lab {
	t.Helper()
	lab := &Lab{dir: Scratch(t), log: &journal{}}
	log.SetOutput(lab.log)
	t.Cleanup(func() { log.SetOutput(os.Stderr) })
	synctest.Test(t, func(t *testing.T) {
		var err error
		if lab.made, err = makeTemplate(filepath.Join(lab.dir, "template")); err != nil {
			t.Fatal(err)
		}
	})
	return lab
}

// Scratch gives a folder in memory where there is one: a disk would be waited for
// ten thousand times. A soak says where, and clears up behind what it had to stop.
func Scratch(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(cmp.Or(os.Getenv("SIMTEST_SCRATCH"), "/dev/shm"), "hashmend-simtest-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// Run lets a plan happen and judges its end.
func (l *Lab) Run(t *testing.T, p Plan) (result Result) {
	t.Helper()
	dir := filepath.Join(l.dir, fmt.Sprint("run-", l.n.Add(1)))
	defer func() { _ = os.RemoveAll(dir) }()
	synctest.Test(t, func(t *testing.T) {
		w, err := l.made.open(dir, l.log, p)
		if err == nil {
			err = w.live(p)
		}
		if err := errors.Join(err, w.close()); err != nil {
			w.history.breaks("D1", "a program does not go on: %v", err)
		}
		w.checkClosed()
		result = w.result()
	})
	return result
}

// live takes the steps, ends the faults and judges.
func (w *World) live(p Plan) error {
	for n, s := range p.Steps {
		if err := w.take(s); err != nil {
			close(w.ended)
			return fmt.Errorf("step %d, %s: %w", n, s, err)
		}
		if n%2 == 0 {
			if err := w.glance(w.desks[s.Desk]); err != nil {
				return err
			}
		}
	}
	if p.Nth != nil {
		time.Sleep(p.Nth.Lasts + time.Minute)
	}
	w.history.mu.Lock()
	w.nth = nil
	w.history.mu.Unlock()
	if err := w.settle(); err != nil {
		return err
	}
	return w.judge()
}

// glance looks at a desk's copy while its program runs (inv.R8).
func (w *World) glance(p *pc) error {
	copied, _, err := p.copy()
	if err != nil {
		return err
	}
	w.history.mu.Lock()
	defer w.history.mu.Unlock()
	w.checkRevs(p, copied)
	return nil
}

func (w *World) result() Result {
	h := w.history
	h.mu.Lock()
	defer h.mu.Unlock()
	r := Result{Broken: h.broken, Intents: len(h.intents), Met: w.met}
	for _, cursors := range w.lost {
		r.Lost += len(cursors)
	}
	done := map[string]bool{}
	for _, a := range h.answers {
		done[a.id] = true
	}
	r.Effects = len(done)
	for _, n := range h.requests {
		r.Requests += n
	}
	return r
}
