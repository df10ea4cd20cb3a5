package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// faultRow is a row of the fault matrix, what is taken out that keeps it, and the
// test that must fail then.
type faultRow struct {
	row, pkg, test string
	edits          []edit
}

// tryFaults takes out what keeps each row of the fault matrix and lets the test
// that the row names look for it.
func tryFaults(ctx context.Context, root, only string) error {
	dir, err := os.MkdirTemp("", "mutate-faults")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	started, tried, silent := time.Now(), 0, 0
	for _, f := range faultRows {
		if only != "" && only != "row."+f.row {
			continue
		}
		tried++
		began := time.Now()
		mark, shown := "fails", ""
		if err := tryFault(ctx, root, dir, f); err != nil {
			mark, shown = "SILENT", err.Error()
			silent++
		}
		fmt.Printf("%-9s row %-3s %s.%s %s %s\n", mark, f.row, f.pkg, f.test, time.Since(began).Round(time.Second), shown)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	fmt.Printf("\n%d rows of the fault matrix without what keeps them: %d tests fail, %d do not, in %s\n", tried, tried-silent, silent, time.Since(started).Round(time.Second))
	if silent > 0 {
		return errors.New("a test of the fault matrix does not notice what is missing")
	}
	return nil
}

// tryFault gives nil when the test fails.
func tryFault(ctx context.Context, root, dir string, f faultRow) error {
	overlay, err := overlayOf(root, dir, f.edits)
	if err != nil {
		return err
	}
	folder := filepath.Join("backend", f.pkg)
	if f.pkg == "app" {
		folder = f.pkg
	}
	binary := filepath.Join(dir, "row.test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-overlay", overlay, "-tags", "sqlite_fts5", "-o", binary, "./"+filepath.ToSlash(folder))
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, clip(string(out)))
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Minute)
	defer cancel()
	args := []string{"-test.run", "^" + f.test + "$"}
	if f.pkg == "simtest" {
		args = append(args, "-every", "3", "-seeds", enoughSeeds, "-seed", "0", "-until", "any")
	}
	run := exec.CommandContext(ctx, binary, args...)
	run.Dir, run.Env = filepath.Join(root, folder), shown(overlay)
	out, err := run.CombinedOutput()
	if ctx.Err() != nil {
		return nil // it waits for ever for what does not come
	}
	if err == nil {
		return fmt.Errorf("it passes: %s", clip(string(out)))
	}
	if !strings.Contains(string(out), "--- FAIL") && !strings.Contains(string(out), "panic:") {
		return fmt.Errorf("it ended otherwise: %w %s", err, clip(string(out)))
	}
	return nil
}

// shown lets programs that a test builds itself be built of the same sources.
func shown(overlay string) []string { return append(os.Environ(), "GOFLAGS=-overlay="+overlay) }
