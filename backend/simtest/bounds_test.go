package simtest

import (
	"testing"
	"time"
)

// TestADayGrowsNothing lets people work for a day. What the programs hold when
// all is calm is what they held on the first day (inv.L4).
func TestADayGrowsNothing(t *testing.T) {
	p := Plan{Seed: 1, Listens: true}
	kinds := []string{"submit", "staff", "act", "staff", "act"}
	for n := range 20 * 10 {
		p.Steps = append(p.Steps, Step{Kind: kinds[n%len(kinds)], Desk: n % len(names), Dice: uint64(n), Wait: 6 * time.Minute})
	}
	if r := NewLab(t).try(t, p); r.Effects < 150 {
		t.Errorf("%d effects in a day: nothing is proven", r.Effects)
	}
}
