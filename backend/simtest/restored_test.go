package simtest

import (
	"testing"
	"time"
)

// TestNothingDisappearsWithARestoredCentre sets the centre back to an older copy.
// What a person wrote since is there again, or is seen where it stands (inv.R11).
func TestNothingDisappearsWithARestoredCentre(t *testing.T) {
	lab, lost := NewLab(t), 0
	for seed := range 6 {
		p := Plan{Seed: uint64(seed)}
		for _, kind := range []string{"present", "submit", "staff", "keep centre", "submit", "act", "photo", "staff", "act", "restore centre", "staff", "submit", "act"} {
			p.Steps = append(p.Steps, Step{Kind: kind, Dice: uint64(100*seed + len(p.Steps)), Wait: 15 * time.Second})
		}
		lost += lab.try(t, p).Lost
	}
	if lost < 6 {
		t.Errorf("%d cursors were lost: nothing is proven", lost)
	}
}
