package simtest

import (
	"slices"
	"testing"
)

// TestACursorOfALostTimelineIsNeverAccepted sets the centre back to an older copy
// and lets it come past the same numbers again.
func TestACursorOfALostTimelineIsNeverAccepted(t *testing.T) {
	lab, lost := NewLab(t), 0
	for seed := range 12 {
		p := Plan{Seed: uint64(seed)}
		for _, kind := range []string{"present", "submit", "present", "keep centre", "act", "submit", "staff", "staff", "restore centre", "submit", "staff", "act", "staff", "submit", "act"} {
			wait := pauseBefore(Step{Dice: uint64(len(p.Steps))}.dice())
			p.Steps = append(p.Steps, Step{Kind: kind, Dice: uint64(100*seed + len(p.Steps)), Wait: min(wait, 1e10) + 12e9})
		}
		r := lab.Run(t, p)
		if slices.Contains(r.names(), "inv.R10") {
			t.Errorf("%v", r.Broken)
		}
		lost += r.Lost
	}
	if lost < 12 {
		t.Errorf("%d cursors were lost: nothing is proven", lost)
	}
}
