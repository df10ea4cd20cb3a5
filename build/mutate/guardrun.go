package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// enoughSeeds is how many runs of the harness a missing guard may survive.
const enoughSeeds = "400"

// tryGuards takes out each guard in turn and lets the harness look for what
// breaks. The sources stay as they are: the compiler is shown others.
func tryGuards(ctx context.Context, root, only string) error {
	dir, err := os.MkdirTemp("", "mutate-guards")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	started, tried, silent := time.Now(), 0, 0
	for _, g := range guards {
		if !strings.Contains(g.invariant, only) {
			continue
		}
		tried++
		began := time.Now()
		mark, shown := "fires", ""
		if err := tryGuard(ctx, root, dir, g); err != nil {
			mark, shown = "SILENT", err.Error()
			silent++
		}
		fmt.Printf("%-9s %-8s %-40s %s %s\n", mark, g.invariant, g.edits[0].file, time.Since(began).Round(time.Second), shown)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	fmt.Printf("\n%d guards taken out: the harness named %d, %d it did not, in %s\n", tried, tried-silent, silent, time.Since(started).Round(time.Second))
	if silent > 0 {
		return errors.New("a checker of the harness does not fire")
	}
	return nil
}

// tryGuard gives nil when the harness names the guard's invariant.
func tryGuard(ctx context.Context, root, dir string, g guard) error {
	overlay, err := overlayOf(root, dir, g.edits)
	if err != nil {
		return err
	}
	binary := filepath.Join(dir, "simtest")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-overlay", overlay, "-tags", "sqlite_fts5", "-o", binary, "./backend/simtest")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w\n%s", err, clip(string(out)))
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

// overlayOf writes the changed files and the list that shows them to the compiler.
func overlayOf(root, dir string, edits []edit) (string, error) {
	changed := map[string]string{}
	for _, e := range edits {
		path := filepath.Join(root, filepath.FromSlash(e.file))
		text, seen := changed[path]
		if !seen {
			data, err := os.ReadFile(path)
			if err != nil {
				return "", err
			}
			text = string(data)
		}
		if n := strings.Count(text, e.old); n != 1 {
			return "", fmt.Errorf("%s has %q %d times: bring the table up to date", e.file, e.old, n)
		}
		changed[path] = strings.Replace(text, e.old, e.new, 1)
	}
	replace := map[string]string{}
	for path, text := range changed {
		to := filepath.Join(dir, fmt.Sprintf("%d-%s", len(replace), filepath.Base(path)))
		if err := os.WriteFile(to, []byte(text), 0o600); err != nil {
			return "", err
		}
		replace[path] = to
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, list, 0o600)
}
