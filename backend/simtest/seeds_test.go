package simtest

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
)

var (
	seeds = flag.Int("seeds", usualSeeds, "how many seeds to run")
	from  = flag.Uint64("seed", 1, "the first seed; 0 is a random one, as a soak takes")
	until = flag.String("until", "", "stop when this invariant is broken, such as inv.W1, or any")
	tell  = flag.Bool("tell", false, "tell the sum to build/soak")
	every = flag.Int("every", usualEvery, "in the loops, let each so manieth operation or request fail; 1 for all")
	keep  = flag.Bool("keep", false, "make a failing plan shorter and keep it in testdata")
)

// lanes is how many worlds live side by side.
const lanes = 2

// found says that the invariant waited for is broken.
var found atomic.Bool

// TestNothingIsLostOrDoubledWhateverFails is the harness itself: made-up people
// work while everything around them fails.
func TestNothingIsLostOrDoubledWhateverFails(t *testing.T) {
	lab := NewLab(t)
	first := *from
	if first == 0 {
		first = rand.Uint64N(1 << 40)
	}
	sums := make([]Result, lanes)
	found.Store(false)
	t.Run("seeds", func(t *testing.T) {
		for lane := range lanes {
			t.Run("lane", func(t *testing.T) {
				t.Parallel()
				for n := lane; n < *seeds && !found.Load(); n += lanes {
					sums[lane] = sums[lane].and(lab.try(t, NewPlan(first+uint64(n))))
				}
			})
		}
	})
	sum := sums[0].and(sums[1])
	told(map[string]any{"Seeds": *seeds, "Effects": sum.Effects, "Broken": sum.Broken})
	t.Logf("%d seeds from %d: %d intents, %d effects, %d requests", *seeds, first, sum.Intents, sum.Effects, sum.Requests)
	if sum.Effects < 5**seeds {
		t.Errorf("%d effects in %d seeds: the people did nothing, and nothing is proven", sum.Effects, *seeds)
	}
}

// try runs a plan and tells what it breaks, and how to see it again.
func (l *Lab) try(t *testing.T, p Plan) Result {
	t.Helper()
	r := l.Run(t, p)
	if !r.Failed() {
		return r
	}
	if *until == "any" || *until != "" && slices.Contains(r.names(), *until) {
		found.Store(true)
	}
	for n, b := range r.Broken {
		r.Broken[n] = fmt.Sprintf("%s (seed %d)", b, p.Seed)
		t.Errorf("seed %d: %s", p.Seed, b)
	}
	t.Logf("again: go test -tags sqlite_fts5 ./backend/simtest -run Whatever -args -seeds 1 -seed %d -keep", p.Seed)
	if *keep {
		short, r := l.Shrink(t, p, r)
		path, err := short.Keep()
		t.Errorf("in %d steps: %v\n%s\nkept in %s %v", len(short.Steps), r.Broken, short.Text(), path, err)
	}
	return r
}

// told writes a line for the program that adds up.
func told(sum map[string]any) {
	if text, err := json.Marshal(sum); *tell && err == nil {
		fmt.Printf("soak: %s\n", text)
	}
}

func (r Result) and(other Result) Result {
	return Result{Broken: append(r.Broken, other.Broken...), Intents: r.Intents + other.Intents,
		Effects: r.Effects + other.Effects, Requests: r.Requests + other.Requests}
}

// TestWhatOnceBrokeHolds runs the plans that have broken something once.
func TestWhatOnceBrokeHolds(t *testing.T) {
	plans, err := KeptPlans()
	if err != nil {
		t.Fatal(err)
	}
	lab := NewLab(t)
	for _, p := range plans {
		lab.try(t, p)
	}
}
