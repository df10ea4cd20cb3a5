package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The limits of what this PC keeps. The peers do the bare work with the same
// engine, in the same run.
var (
	importLimit  = limit{"CSV into a draft", 1.5, "CPU of sqlite3's .import with a unique index, for 100,000 devices that are also checked"}
	pullLimit    = limit{"first pull", 2, "wall of plain NDJSON into SQLite, for 100,000 devices; no network in either"}
	readyLimit   = limit{"first pull, parts", 3, "the same, until any three characters of a serial number are found"}
	slopeLimit   = limit{"pull slope", 1.15, "time for each device at the large number against the small one"}
	pageLimit    = limit{"a page of changes", 60, "ms for 1,000 rows at the large number: no peer, a frame or four is felt"}
	searchLimit  = limit{"search p99", 16, "ms, any part of a serial number, ordered, the first 50: a frame"}
	likeLimit    = limit{"search against LIKE", 1.0 / 50, "of a scan with LIKE"}
	listLimit    = limit{"list page p99", 5, "ms, at any depth"}
	outboxLimit  = limit{"outbox commit", 1.5, "of appending 4 KiB to a file and fdatasync, p50"}
	lockLimit    = limit{"longest wait", 100, "ms that a reader or a deed waits while a pull and the index are at work"}
	memoryLimit  = limit{"pull memory", 150, "MB of the process that pulls the large number"}
	manyDevices  = flag.Int("devices", 1_000_000, "the large number of devices in part data")
	fewerDevices = 100_000
)

// child is the environment variable that makes this program one measurement of
// its own: CPU and memory are a process's.
const child = "HASHMEND_BENCH_CHILD"

// figures are what a child measured, by name.
type figures map[string]float64

// benchData measures imports, pulls, search, lists and the outbox.
func benchData(ctx context.Context, rounds int) (over bool, err error) {
	dir, err := os.MkdirTemp("", "bench-data-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	csv := filepath.Join(dir, "devices.csv")
	if err := writeCSV(csv, fewerDevices); err != nil {
		return false, err
	}
	var ours, peers, pulls, plains, readies, pullCPU, plainCPU []float64
	for range min(rounds, 5) {
		peer, err := importBySQLite(ctx, csv, filepath.Join(dir, "peer.db"))
		if err != nil {
			return false, err
		}
		our, err := measured(ctx, dir, "import", csv)
		if err != nil {
			return false, err
		}
		plain, err := measured(ctx, dir, "plain", fmt.Sprint(fewerDevices))
		if err != nil {
			return false, err
		}
		pull, err := measured(ctx, dir, "pull", fmt.Sprint(fewerDevices))
		if err != nil {
			return false, err
		}
		peers, ours = append(peers, peer), append(ours, our["cpu"])
		pullCPU, plainCPU = append(pullCPU, pull["cpu"]), append(plainCPU, plain["cpu"])
		plains, pulls, readies = append(plains, plain["wall"]), append(pulls, pull["wall"]), append(readies, pull["ready"])
	}
	large, err := measured(ctx, dir, "large", fmt.Sprint(*manyDevices))
	if err != nil {
		return false, err
	}
	outbox, err := measured(ctx, dir, "outbox", "")
	if err != nil {
		return false, err
	}
	o, p, u, w, r := quantile(ours, 50), quantile(peers, 50), quantile(pulls, 50), quantile(plains, 50), quantile(readies, 50)
	each := 1e6 * u / float64(fewerDevices)
	for _, row := range []struct {
		limit
		value float64
		words string
	}{
		{importLimit, o / p, fmt.Sprintf("%.2f against %.2f s of CPU", o, p)},
		{pullLimit, u / w, fmt.Sprintf("%.2f against %.2f s; CPU %.2f against %.2f s", u, w, quantile(pullCPU, 50), quantile(plainCPU, 50))},
		{readyLimit, r / w, fmt.Sprintf("%.2f against %.2f s", r, w)},
		{slopeLimit, 1e6 * large["wall"] / float64(*manyDevices) / each, fmt.Sprintf("%.0f µs a device at %d, %.0f at %d", 1e6*large["wall"]/float64(*manyDevices), *manyDevices, each, fewerDevices)},
		{pageLimit, large["page"], fmt.Sprintf("%.0f ms, median; %.0f ms of CPU", large["page"], large["pagecpu"])},
		{searchLimit, large["search99"], fmt.Sprintf("p50 %.2f, p99 %.2f ms", large["search50"], large["search99"])},
		{likeLimit, large["search50"] / large["like50"], fmt.Sprintf("%.2f against %.1f ms", large["search50"], large["like50"])},
		{listLimit, max(large["orders99"], large["devices99"]), fmt.Sprintf("work orders %.2f, devices %.2f ms", large["orders99"], large["devices99"])},
		{outboxLimit, outbox["ours"] / outbox["bare"], fmt.Sprintf("%.2f against %.2f ms", outbox["ours"], outbox["bare"])},
		{lockLimit, large["wait"], fmt.Sprintf("%.0f ms", large["wait"])},
		{memoryLimit, large["rss"], fmt.Sprintf("%.0f MB", large["rss"])},
	} {
		if judge(row.limit, row.value, row.words) {
			over = true
		}
	}
	return over, nil
}

// measured runs one measurement in a process of its own.
func measured(ctx context.Context, dir, what, argument string) (figures, error) {
	own, err := os.MkdirTemp(dir, what+"-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(own) }()
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, argument)
	cmd.Env = append(os.Environ(), child+"="+what)
	cmd.Dir = own
	var log strings.Builder
	cmd.Stderr = &log
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", what, err, log.String())
	}
	f := figures{}
	return f, json.Unmarshal(out, &f)
}

// importBySQLite gives the CPU seconds of the sqlite3 program for the same file.
func importBySQLite(ctx context.Context, csv, db string) (float64, error) {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(db + suffix); err != nil && !os.IsNotExist(err) {
			return 0, err
		}
	}
	cmd := exec.CommandContext(ctx, "sqlite3", db)
	cmd.Stdin = strings.NewReader("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;\n" +
		"CREATE TABLE device(serial TEXT NOT NULL UNIQUE, model TEXT, complaint TEXT, ship_date TEXT);\n" +
		".import --csv --skip 1 " + csv + " device\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("sqlite3: %w: %s", err, out)
	}
	return (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), nil
}

// serialOf is the serial number of the i-th device: like real ones, each unlike
// the next in its last places.
func serialOf(i int) string {
	const letters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	x, tail := uint64(i)*2654435761%1_000_000_007, [6]byte{}
	for j := range tail {
		tail[j] = letters[x%uint64(len(letters))]
		x /= uint64(len(letters))
	}
	return fmt.Sprintf("JX26%03dP%s%s", i%400, tail[:], string(letters[i/1000%34])+string(letters[i%34]))
}

func writeCSV(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "Serial number,Model,Fault description,Ship date")
	for i := range n {
		fmt.Fprintf(w, "%s,X16-Q Pro,0 ASIC on board %d,2026-03-04\n", serialOf(i), i%3)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
