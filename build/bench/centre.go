package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"
)

// goal is what a measured ratio must reach or, with atMost, not pass.
type goal struct {
	name   string
	ratio  float64
	atMost bool
	why    string
}

// The goals of the centre. None is loosened to pass.
var (
	filedGoal    = goal{"filed orders", 0.5, false, "of bare SQLite that writes the same rows durably in groups"}
	decidedGoal  = goal{"decided quotes", 0.6, false, "of bare SQLite that writes the same rows"}
	pageGoal     = goal{"page of 100", 0.5, false, "of the same rows read by key from bare SQLite"}
	depthGoal    = goal{"page of 100 in 10⁶", 1.5, true, "of one in 10³, CPU: no depth is paid for"}
	changesGoal  = goal{"page of 1,000", 0.5, false, "of raw NDJSON from SQLite"}
	growthGoal   = goal{"order among 10⁶", 1.3, true, "of an order among 10³, CPU"}
	idleGoal     = goal{"1,000 idle desks", 60, true, "MB of memory above none"}
	hintGoal     = goal{"word of a change", 300, true, "ms until it can be seen elsewhere, p95"}
	postgresGoal = goal{"orders on PostgreSQL", 0.6, false, "of a bare pgx batch of the same rows"}
	peerGoal     = goal{"orders beside PocketBase", 4, false, "of PocketBase, which keeps the same 13 things in one batch"}
	peerCPUGoal  = goal{"CPU beside PocketBase", 0.25, true, "of PocketBase's for an order"}
)

// missed prints one ratio and says whether the goal is missed.
func (g goal) missed(at string, ratio float64, figures string) bool {
	missed, sign := ratio < g.ratio, "≥"
	if g.atMost {
		missed, sign = ratio > g.ratio, "≤"
	}
	word := "ok  "
	if missed {
		word = "MISS"
	}
	fmt.Printf("%s %-26s %-7s %7.2f (goal %s %g) %s; %s\n", word, g.name, at, ratio, sign, g.ratio, g.why, figures)
	return missed
}

// benchCentre measures the centre beside its limits and a peer.
func benchCentre(ctx context.Context, rounds int) (over bool, err error) {
	dir, err := os.MkdirTemp("", "hashmend-bench-*")
	if err != nil {
		return false, err
	}
	b := &centreBench{ctx: ctx, dir: dir, rounds: min(rounds, 3), length: 3 * time.Second}
	defer b.close()
	for _, part := range []struct {
		name string
		run  func() error
	}{
		{"orders", b.orders}, {"decisions", b.decisions}, {"pages", b.pages}, {"desks", b.desks}, {"peer", b.peer}, {"postgres", b.postgres},
	} {
		// CENTRE=name runs one part, for whoever works on it.
		if only := os.Getenv("CENTRE"); only != "" && only != part.name {
			continue
		}
		if err := part.run(); err != nil {
			return false, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return b.over, nil
}

type centreBench struct {
	ctx    context.Context
	dir    string
	rounds int
	length time.Duration
	over   bool
	ends   []func()
}

func (b *centreBench) close() {
	for _, end := range b.ends {
		end()
	}
	_ = os.RemoveAll(b.dir)
}

func (b *centreBench) says(missed bool) { b.over = b.over || missed }

// program is where build/scripts/bench.sh has put a program.
func program(name string) string { return filepath.Join("build", "bin", name) }

// outcome compares two servers: medians of the rounds' ratios of the first to the
// second, and the first's CPU for an answer.
type outcome struct {
	speed, cpuRatio, cpu float64
	figures              string
}

// contest lets two servers work in turn.
func (b *centreBench) contest(places int, ours, other *served, askOurs, askOther func(int64) ask) (outcome, error) {
	var speed, cpu, oursCPU, otherCPU, oursSpeed, otherSpeed []float64
	for range b.rounds {
		mine, errMine := load(b.ctx, ours, places, b.length, askOurs)
		theirs, errTheirs := load(b.ctx, other, places, b.length, askOther)
		if err := errors.Join(errMine, errTheirs); err != nil {
			return outcome{}, err
		}
		speed = append(speed, mine.perSecond/theirs.perSecond)
		cpu = append(cpu, mine.cpu/max(theirs.cpu, 1))
		oursCPU, otherCPU = append(oursCPU, mine.cpu), append(otherCPU, theirs.cpu)
		oursSpeed, otherSpeed = append(oursSpeed, mine.perSecond), append(otherSpeed, theirs.perSecond)
	}
	return outcome{median(speed), median(cpu), median(oursCPU), fmt.Sprintf("%.0f/s with %.0f µs CPU against %.0f/s with %.0f µs",
		median(oursSpeed), median(oursCPU), median(otherSpeed), median(otherCPU))}, nil
}

// newTurn counts.
func newTurn(from int64) func() int64 {
	var n atomic.Int64
	n.Store(from)
	return func() int64 { return n.Add(1) }
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
