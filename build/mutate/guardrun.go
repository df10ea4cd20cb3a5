package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// enoughSeeds is how many runs of the harness a missing guard may survive.
const enoughSeeds = "400"

// tryGuards takes out each guard in turn and lets the harness look for what
// breaks.
func tryGuards(ctx context.Context, root, only string) error {
	var attempts []attempt
	for _, g := range guards {
		if !strings.Contains(g.invariant, only) {
			continue
		}
		attempts = append(attempts, attempt{
			fmt.Sprintf("%-8s %-40s", g.invariant, g.edits[0].file),
			func(ctx context.Context, dir string) error { return tryGuard(ctx, root, dir, g) },
		})
	}
	started := time.Now()
	silent, err := takeOut(ctx, "fires", attempts)
	if err != nil {
		return err
	}
	fmt.Printf("\n%d guards taken out: the harness named %d, %d it did not, in %s\n", len(attempts), len(attempts)-silent, silent, time.Since(started).Round(time.Second))
	if silent > 0 {
		return errors.New("a checker of the harness does not fire")
	}
	return nil
}

// tryGuard gives nil when the harness names the guard's invariant.
func tryGuard(ctx context.Context, root, dir string, g guard) error {
	binary, overlay, err := buildChanged(ctx, root, dir, filepath.Join("backend", "simtest"), g.edits)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	test := g.test
	if test == "" {
		test = "^TestNothingIsLostOrDoubled"
	}
	run := exec.CommandContext(ctx, binary, "-test.run", test, "-every", "1", "-seeds", enoughSeeds, "-seed", "0", "-until", g.invariant)
	run.Dir, run.Env = filepath.Join(root, "backend", "simtest"), shown(overlay)
	out, _ := run.CombinedOutput()
	if !bytes.Contains(out, []byte(g.invariant+":")) {
		return fmt.Errorf("not named: %s", clip(string(out)))
	}
	return nil
}
