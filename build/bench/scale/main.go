// Command scale simulates a year's repairs of many customers, to see what limits a
// centre and when one is split into several. It invents no speed: what a commit
// costs is given to it, as make bench PART=centre has measured it.
//
//	scale [-hold MS] [-cpu US] [-commits N] [-bytes N]
package main

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// world is what is assumed. backend/doc/scale.md says why.
type world struct {
	hold    float64 // ms that a commit keeps the log of the centre's own people
	cpu     float64 // µs of CPU a commit
	commits int     // in the life of a work order
	bytes   float64 // kept for a device's repair
	rate    float64 // repairs of a device in a year
	order   float64 // devices a work order
	peak    float64 // of the busiest hour, to the mean
}

func main() {
	w := world{rate: 0.15, order: 12, peak: 12}
	flag.Float64Var(&w.hold, "hold", 4, "ms that a commit keeps the common log")
	flag.Float64Var(&w.cpu, "cpu", 2500, "µs of CPU a commit")
	flag.IntVar(&w.commits, "commits", 40, "commits in the life of a work order")
	flag.Float64Var(&w.bytes, "bytes", 16_000, "bytes kept for the repair of a device")
	flag.Parse()
	fmt.Println("| accounts | devices | centres | orders a day | commits/s, busiest hour | busiest centre's share | log in use | wait p99 | recall: log in use | GB a year | CPU s an order |")
	fmt.Println("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, size := range []struct{ accounts, devices, centres int }{
		{1_000, 100_000, 1}, {10_000, 1_000_000, 1}, {100_000, 10_000_000, 1}, {1_000_000, 100_000_000, 1},
		{1_000_000, 100_000_000, 4}, {1_000_000, 100_000_000, 16}, {1_000_000, 100_000_000, 64},
	} {
		w.row(size.accounts, size.devices, size.centres)
	}
}

func (w world) row(accounts, devices, centres int) {
	random := rand.New(rand.NewPCG(uint64(accounts), uint64(centres)))
	share := w.share(random, accounts, centres)
	orders := float64(devices) * w.rate / w.order / 365
	perSecond := orders * float64(w.commits) / 86_400 * w.peak
	busiest := perSecond * share
	wait := "-"
	use := busiest * w.hold / 1000
	if use < 1 {
		wait = fmt.Sprintf("%.1f ms", w.wait(random, busiest))
	}
	// A recall: one device in ten is filed within a week, besides everything else.
	recall := (perSecond + float64(devices)*0.1/w.order/7*float64(w.commits)/86_400*w.peak) * share * w.hold / 1000
	fmt.Printf("| %.0e | %.0e | %d | %.0f | %.2f | %.1f %% | %.2f %% | %s | %.1f %% | %.0f | %.2f |\n", float64(accounts), float64(devices), centres,
		orders, perSecond, 100*share, 100*use, wait, 100*recall, float64(devices)*w.rate*w.bytes/1e9, float64(w.commits)*w.cpu/1e6)
}

// share is the busiest centre's part of all work, when accounts of very unequal
// size (Zipf, as farms are) are given to centres at random.
func (w world) share(random *rand.Rand, accounts, centres int) float64 {
	load := make([]float64, centres)
	total := 0.0
	for i := range accounts {
		size := 1 / math.Pow(float64(i+1), 0.8)
		load[random.IntN(centres)] += size
		total += size
	}
	return slices.Max(load) / total
}

// wait simulates an hour of commits that come at random and pass the common log
// one at a time; it gives the time that one in a hundred waits longer than.
func (w world) wait(random *rand.Rand, perSecond float64) float64 {
	const most = 200_000
	n := min(int(perSecond*3600)+100, most)
	at, free, waits := 0.0, 0.0, make([]float64, n)
	for i := range waits {
		at += random.ExpFloat64() / perSecond * 1000
		waits[i] = max(0, free-at)
		free = max(at, free) + w.hold
	}
	slices.Sort(waits)
	return waits[len(waits)*99/100]
}
