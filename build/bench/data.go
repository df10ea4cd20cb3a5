package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// The limits of what this PC keeps. The peers do the bare work with the same
// engine, in the same run.
var (
	importLimit      = limit{"CSV into a draft", 1.5, "CPU of sqlite3's .import with a unique index, for 100,000 devices that are also checked"}
	importReadyLimit = limit{"CSV, parts", 5, "the same, until any part of a serial number is found: a draft needs no index for it"}
	importSlopeLimit = limit{"CSV slope", 1.15, "CPU for each device at the large number against 100,000"}
	pullLimit        = limit{"first pull", 2, "wall of the same lines decoded into plain SQLite, for 100,000 devices"}
	readyLimit       = limit{"first pull, parts", 3, "the same, until any three characters of a serial number are found"}
	pouchLimit       = limit{"pull against PouchDB", 1.0 / 10, "wall of a replication into LevelDB"}
	slopeLimit       = limit{"pull slope", 1.15, "time for each device at the large number against the small one"}
	pageLimit        = limit{"a page of changes", 60, "ms for 1,000 rows at the large number: no peer, a frame or four is felt"}
	searchLimit      = limit{"search p99", 16, "ms, any part of a serial number, ordered, the first 50: a frame"}
	likeLimit        = limit{"search against LIKE", 1.0 / 50, "of a scan with LIKE"}
	listLimit        = limit{"list page p99", 5, "ms, at any depth"}
	outboxLimit      = limit{"outbox commit", 1.5, "of appending 4 KiB to a file and fdatasync, p50"}
	lookLimit        = limit{"nothing new", 1.5, "of a bare GET of the same answer, p50"}
	requestsLimit    = limit{"requests of a look", 1, "request that says since when: one"}
	idleLimit        = limit{"idle desk", 0.5, "percent of a processor"}
	lockLimit        = limit{"longest wait", 100, "ms that a reader or a deed waits while a pull and the index are at work"}
	memoryLimit      = limit{"pull memory", 150, "MB of the process that pulls the large number"}
	manyDevices      = flag.Int("devices", 1_000_000, "the large number of devices in part data")
	fewerDevices     = 100_000
)

// child is the environment variable that makes this program one measurement of
// its own: CPU and memory are a process's.
const child = "HASHMEND_BENCH_CHILD"

// figures are what a child measured, by name.
type figures map[string]float64

// series are the figures of several rounds.
type series map[string][]float64

func (s series) add(who string, f figures) {
	for name, value := range f {
		s[who+" "+name] = append(s[who+" "+name], value)
	}
}

// of is the median of the rounds; 0 for what was not measured.
func (s series) of(name string) float64 {
	if len(s[name]) == 0 {
		return 0
	}
	return quantile(s[name], 50)
}

// argumentsOf gives those of each measurement that can be made of files and a source
// of devices.
func argumentsOf(csv, url, few, many string) map[string][]string {
	return map[string][]string{"import": {csv}, "plain": {url, few}, "pull": {url, few}, "large": {url, many}, "outbox": nil}
}

// benchData measures imports, pulls, search, lists and the outbox.
func benchData(ctx context.Context, rounds int) (over bool, err error) {
	dir, err := os.MkdirTemp("", "bench-data-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	only := os.Getenv("DATA") // one measurement, for whoever works on it
	if only == "idle" {       // it needs a centre and no devices
		one, err := benchIdle(ctx, dir)
		fmt.Println(only, one)
		return false, err
	}
	from := newSource(dir)
	defer from.Close()
	csv, largeCSV := filepath.Join(dir, "devices.csv"), filepath.Join(dir, "many.csv")
	for path, n := range map[string]int{csv: fewerDevices, largeCSV: *manyDevices} {
		if err := writeCSV(path, n); err != nil {
			return false, err
		}
		if err := from.prepare(n); err != nil {
			return false, err
		}
	}
	few, many := strconv.Itoa(fewerDevices), strconv.Itoa(*manyDevices)
	if only != "" {
		one, err := measured(ctx, dir, only, argumentsOf(csv, from.URL, few, many)[only]...)
		fmt.Println(only, one)
		return false, err
	}
	f := series{}
	for range min(rounds, 5) {
		peer, err := importBySQLite(ctx, csv, filepath.Join(dir, "peer.db"))
		if err != nil {
			return false, err
		}
		f.add("sqlite3", figures{"cpu": peer})
		for _, who := range []struct {
			what      string
			arguments []string
		}{
			{"import", []string{csv}}, {"plain", []string{from.URL, few}}, {"pull", []string{from.URL, few}}, {"outbox", nil},
		} {
			one, err := measured(ctx, dir, who.what, who.arguments...)
			if err != nil {
				return false, err
			}
			f.add(who.what, one)
		}
	}
	pouch, err := pullByPouch(ctx, dir, from.URL, fewerDevices)
	if err != nil {
		return false, err
	}
	f.add("pouch", pouch)
	for what, arguments := range map[string][]string{"many": {largeCSV}, "large": {from.URL, many}} {
		kind := map[string]string{"many": "import", "large": "large"}[what]
		one, err := measured(ctx, dir, kind, arguments...)
		if err != nil {
			return false, err
		}
		f.add(what, one)
	}
	idle, err := benchIdle(ctx, dir)
	if err != nil {
		return false, err
	}
	f.add("idle", idle)
	return judgeData(f), nil
}

// judgeData prints a line for each limit.
func judgeData(f series) (over bool) {
	say := func(l limit, value float64, words string, figures ...any) {
		if judge(l, value, fmt.Sprintf(words, figures...)) {
			over = true
		}
	}
	each := func(who, what string, n int) float64 { return 1e6 * f.of(who+" "+what) / float64(n) }
	imported := f.of("import cpu") / f.of("sqlite3 cpu")
	say(importLimit, imported, "%.2f against %.2f s of CPU", f.of("import cpu"), f.of("sqlite3 cpu"))
	say(importReadyLimit, imported, "ready with the import")
	say(importSlopeLimit, each("many", "cpu", *manyDevices)/each("import", "cpu", fewerDevices), "%.1f against %.1f µs a device; %.0f MB",
		each("many", "cpu", *manyDevices), each("import", "cpu", fewerDevices), f.of("many rss"))
	say(pullLimit, f.of("pull wall")/f.of("plain wall"), "%.2f against %.2f s; CPU %.2f against %.2f s",
		f.of("pull wall"), f.of("plain wall"), f.of("pull cpu"), f.of("plain cpu"))
	say(readyLimit, f.of("pull ready")/f.of("plain wall"), "%.2f against %.2f s", f.of("pull ready"), f.of("plain wall"))
	if pouch := f.of("pouch wall"); pouch > 0 {
		say(pouchLimit, f.of("pull wall")/pouch, "%.2f against %.2f s: %.1f times as fast; CPU %.2f against %.2f s",
			f.of("pull wall"), pouch, pouch/f.of("pull wall"), f.of("pull cpu"), f.of("pouch cpu"))
	}
	say(slopeLimit, each("large", "wall", *manyDevices)/each("pull", "wall", fewerDevices), "%.0f µs a device at %d, %.0f at %d; CPU %.0f and %.0f µs",
		each("large", "wall", *manyDevices), *manyDevices, each("pull", "wall", fewerDevices), fewerDevices,
		each("large", "cpu", *manyDevices), each("pull", "cpu", fewerDevices))
	say(pageLimit, f.of("large page"), "median; %.0f ms of CPU. Where each device has another status: %.0f ms, %.0f of CPU",
		f.of("large pagecpu"), f.of("large moved"), f.of("large movedcpu"))
	say(searchLimit, f.of("large search99"), "p50 %.2f, p99 %.2f ms", f.of("large search50"), f.of("large search99"))
	say(likeLimit, f.of("large search50")/f.of("large like50"), "%.2f against %.1f ms: %.0f times as fast",
		f.of("large search50"), f.of("large like50"), f.of("large like50")/f.of("large search50"))
	say(listLimit, max(f.of("large orders99"), f.of("large devices99")), "work orders %.2f, devices %.2f ms", f.of("large orders99"), f.of("large devices99"))
	say(outboxLimit, f.of("outbox ours")/f.of("outbox bare"), "%.2f against %.2f ms", f.of("outbox ours"), f.of("outbox bare"))
	say(lookLimit, f.of("pull look")/f.of("pull get"), "%.2f against %.2f ms", f.of("pull look"), f.of("pull get"))
	say(requestsLimit, f.of("pull requests"), "counted by who answers them")
	say(idleLimit, f.of("idle percent"), "over %v, joined to a centre", idleFor)
	say(lockLimit, f.of("large wait"), "%.0f ms", f.of("large wait"))
	say(memoryLimit, f.of("large rss"), "%.0f MB", f.of("large rss"))
	return over
}
