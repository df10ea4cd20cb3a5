package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// measured runs one measurement in a process of its own.
func measured(ctx context.Context, dir, what string, arguments ...string) (figures, error) {
	own, err := os.MkdirTemp(dir, what+"-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(own) }()
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, arguments...)
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

// pullByPouch lets PouchDB replicate the devices into a LevelDB. Where its packages
// cannot be had, it is not measured.
func pullByPouch(ctx context.Context, dir, url string, n int) (figures, error) {
	script, err := filepath.Abs(filepath.Join("build", "bench", "couch", "pull.cjs"))
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(script), "node_modules")); errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	own, err := os.MkdirTemp(dir, "pouch-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(own) }()
	cmd := exec.CommandContext(ctx, "node", script, fmt.Sprintf("%s/couch/%d", url, n), filepath.Join(own, "db"), fmt.Sprint(n))
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("pouchdb: %w\n%s", err, said.String())
	}
	f := figures{}
	return f, json.Unmarshal(out, &f)
}
