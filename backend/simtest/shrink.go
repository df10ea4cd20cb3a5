package simtest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Shrink leaves out steps while what is left still breaks one of the same
// invariants. Goroutines do not run the same way twice, so a list that passes is
// given a second chance to fail.
func (l *Lab) Shrink(t *testing.T, p Plan, r Result) (Plan, Result) {
	t.Helper()
	breaks := func(p Plan) (Result, bool) {
		for range 2 {
			if again := l.Run(t, p); again.shares(r) {
				return again, true
			}
		}
		return Result{}, false
	}
	for size := max(1, len(p.Steps)/2); ; size /= 2 {
		for at := 0; at < len(p.Steps); {
			shorter := Plan{Seed: p.Seed, Listens: p.Listens, Steps: slices.Delete(slices.Clone(p.Steps), at, min(at+size, len(p.Steps)))}
			if again, still := breaks(shorter); still {
				p, r = shorter, again
				continue
			}
			at += size
		}
		if size <= 1 {
			return p, r
		}
	}
}

// shares reports whether two results break the same invariant.
func (r Result) shares(other Result) bool {
	for _, name := range r.names() {
		if slices.Contains(other.names(), name) {
			return true
		}
	}
	return false
}

// keptPlans is where plans are kept that have broken something once.
const keptPlans = "testdata/plans"

// Keep writes a plan where every later run finds it.
func (p Plan) Keep() (string, error) {
	if err := os.MkdirAll(keptPlans, 0o755); err != nil {
		return "", err
	}
	path := filepath.Join(keptPlans, fmt.Sprintf("seed-%d.json", p.Seed))
	return path, os.WriteFile(path, p.Text(), 0o644)
}

// KeptPlans reads the plans that have broken something once.
func KeptPlans() (list []Plan, err error) {
	paths, err := filepath.Glob(filepath.Join(keptPlans, "*.json"))
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var p Plan
		if err := json.Unmarshal(text, &p); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		list = append(list, p)
	}
	return list, nil
}
