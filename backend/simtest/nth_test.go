package simtest

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// story is what happens in every run of the loops: a work order with a photo, a
// few decisions of both sides.
func story() Plan {
	p := Plan{Seed: 1}
	for n, kind := range []string{"present", "photo", "present", "staff", "act", "staff", "act", "staff", "submit", "act", "staff", "act"} {
		p.Steps = append(p.Steps, Step{Kind: kind, Desk: n % len(names), Dice: uint64(n + 3), Wait: 25 * time.Second})
	}
	return p
}

// TestEveryRequestFailsOnceAndForLong lets the first request of a story fail, the
// second, the third … until a run meets no fault any more: in each way, once, and
// from then on for ten minutes.
func TestEveryRequestFailsOnceAndForLong(t *testing.T) {
	lab := NewLab(t)
	for _, w := range []weather{dropBefore, dropAfter, truncate, halfSent} {
		for _, lasts := range []time.Duration{0, 10 * time.Minute} {
			t.Run(fmt.Sprintf("%s for %v", w, lasts), func(t *testing.T) {
				for n := 1 + rand.IntN(*every); ; n += *every {
					p := story()
					p.Nth = &Nth{Request: n, Weather: w, Lasts: lasts}
					r := lab.try(t, p)
					if t.Failed() {
						t.Fatalf("request %d", n)
					}
					if !r.Met {
						t.Logf("%d requests", n)
						return
					}
				}
			})
		}
	}
}
