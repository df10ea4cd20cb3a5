package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// attempt is one thing that is taken out; try gives nil when that is noticed.
type attempt struct {
	name string
	try  func(ctx context.Context, dir string) error
}

// takeOut tries each in turn, prints what noticed it, and counts those that
// nothing noticed. The sources stay as they are: the compiler is shown others.
func takeOut(ctx context.Context, noticed string, attempts []attempt) (silent int, err error) {
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	for _, a := range attempts {
		began, mark, why := time.Now(), noticed, ""
		if err := a.try(ctx, dir); err != nil {
			mark, why = "SILENT", err.Error()
			silent++
		}
		fmt.Printf("%-9s %s %s %s\n", mark, a.name, time.Since(began).Round(time.Second), why)
		if ctx.Err() != nil {
			return silent, ctx.Err()
		}
	}
	return silent, nil
}

// buildChanged builds the tests of a folder of changed sources.
func buildChanged(ctx context.Context, root, dir, folder string, edits []edit) (binary, overlay string, err error) {
	if overlay, err = overlayOf(root, dir, edits); err != nil {
		return "", "", err
	}
	binary = filepath.Join(dir, "changed.test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-overlay", overlay, "-tags", "sqlite_fts5", "-o", binary, "./"+filepath.ToSlash(folder))
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", "", fmt.Errorf("build: %w\n%s", err, clip(string(out)))
	}
	return binary, overlay, nil
}

// shown lets programs that a test builds itself be built of the same sources.
func shown(overlay string) []string { return append(os.Environ(), "GOFLAGS=-overlay="+overlay) }

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
