package main

import (
	"context"
	"errors"
	"fmt"
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
	var attempts []attempt
	for _, f := range faultRows {
		if only != "" && only != "row."+f.row {
			continue
		}
		attempts = append(attempts, attempt{
			fmt.Sprintf("row %-3s %s.%s", f.row, f.pkg, f.test),
			func(ctx context.Context, dir string) error { return tryFault(ctx, root, dir, f) },
		})
	}
	started := time.Now()
	silent, err := takeOut(ctx, "fails", attempts)
	if err != nil {
		return err
	}
	fmt.Printf("\n%d rows of the fault matrix without what keeps them: %d tests fail, %d do not, in %s\n", len(attempts), len(attempts)-silent, silent, time.Since(started).Round(time.Second))
	if silent > 0 {
		return errors.New("a test of the fault matrix does not notice what is missing")
	}
	return nil
}

// tryFault gives nil when the test fails.
func tryFault(ctx context.Context, root, dir string, f faultRow) error {
	folder := filepath.Join("backend", f.pkg)
	if f.pkg == "app" {
		folder = f.pkg
	}
	binary, overlay, err := buildChanged(ctx, root, dir, folder, f.edits)
	if err != nil {
		return err
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
	return noticed(string(out), err, ctx.Err())
}

// noticed gives nil when a test said that it failed. One whose time was over before
// it said anything may have waited for what does not come, or have found nothing on
// a slow machine: nobody knows which.
func noticed(out string, ended, over error) error {
	switch {
	case over != nil:
		return fmt.Errorf("it said nothing in time: %w %s", over, clip(out))
	case ended == nil:
		return fmt.Errorf("it passes: %s", clip(out))
	case !strings.Contains(out, "--- FAIL") && !strings.Contains(out, "panic:"):
		return fmt.Errorf("it ended otherwise: %w %s", ended, clip(out))
	}
	return nil
}
