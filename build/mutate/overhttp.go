package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// theirs is the test that asks a centre over HTTP about each rule.
const theirs = "TestRulesOverHTTP"

// hook lets a centre run with one line of the tables disabled. Its name makes it
// the last file of the package to be initialised.
const hook = `package repair

import "os"

func init() {
	if id := os.Getenv("HASHMEND_MUTATE"); id != "" {
		if err := Mutate(id); err != nil {
			panic(err)
		}
	}
}
`

// tryOverHTTP disables the lines of each rule in turn at a centre. At least one of
// them must be missed by the rule's own test over HTTP.
func tryOverHTTP(ctx context.Context, root, only string) error {
	dir, err := os.MkdirTemp("", "mutate-http")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tests, err := buildOverHTTP(ctx, root, dir)
	if err != nil {
		return err
	}
	mutations, rules, err := listOverHTTP(ctx, root, dir)
	if err != nil {
		return err
	}
	started, noticed, silent := time.Now(), 0, 0
	for _, rule := range rules {
		if !strings.Contains(rule.ID, only) {
			continue
		}
		lines := slices.DeleteFunc(slices.Clone(mutations), func(m mutation) bool { return m.Rule != rule.ID })
		if len(lines) == 0 || !slices.ContainsFunc(rule.Tests, func(s string) bool { return strings.HasPrefix(s, "httpapi:") }) {
			continue
		}
		killed, err := missed(ctx, tests, filepath.Join(root, "backend", "httpapi"), rule.ID, lines)
		if err != nil {
			return err
		}
		mark := "noticed"
		if len(killed) == 0 {
			mark = "SILENT"
			silent++
		} else {
			noticed++
		}
		fmt.Printf("%-9s %-4s %d of %d lines: %s\n", mark, rule.ID, len(killed), len(lines), strings.Join(killed, ", "))
	}
	fmt.Printf("\nover HTTP: %d rules noticed that a line is gone, %d did not, in %s\n", noticed, silent, time.Since(started).Round(time.Second))
	if silent > 0 {
		return errors.New("a rule's test over HTTP notices nothing")
	}
	return nil
}

// missed gives the lines without which the rule's test fails.
func missed(ctx context.Context, tests, dir, rule string, lines []mutation) (killed []string, err error) {
	for _, m := range lines {
		run := exec.CommandContext(ctx, tests, "-test.run", "^"+theirs+"$/^"+rule)
		run.Dir, run.Env = dir, append(os.Environ(), "HASHMEND_MUTATE="+m.ID)
		out, err := run.CombinedOutput()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil {
			continue
		}
		if !strings.Contains(string(out), "--- FAIL: "+theirs+"/"+rule) {
			return nil, fmt.Errorf("%s: %w\n%s", m.ID, err, clip(string(out)))
		}
		killed = append(killed, m.ID)
	}
	return killed, nil
}

// buildOverHTTP builds the tests of httpapi with the mutations in package repair.
// The sources stay as they are: the compiler is shown two more files.
func buildOverHTTP(ctx context.Context, root, dir string) (string, error) {
	repair := filepath.Join(root, "backend", "repair")
	text := filepath.Join(dir, "hook.go")
	if err := os.WriteFile(text, []byte(hook), 0o600); err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {
		filepath.Join(repair, "mutation.go"): filepath.Join(repair, "mutation_test.go"),
		filepath.Join(repair, "zz_hook.go"):  text,
	}})
	if err != nil {
		return "", err
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "httpapi.test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-overlay", list, "-tags", "sqlite_fts5", "-o", binary, "./backend/httpapi")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the tests over HTTP: %w\n%s", err, clip(string(out)))
	}
	return binary, nil
}

func listOverHTTP(ctx context.Context, root, dir string) ([]mutation, []ruleTests, error) {
	binary := filepath.Join(dir, "repair.test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-o", binary, "./backend/repair")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return nil, nil, fmt.Errorf("build the tests: %w\n%s", err, out)
	}
	mutations, rules, err := list(ctx, binary, filepath.Join(root, "backend", "repair"))
	slices.SortFunc(rules, func(a, b ruleTests) int { return cmp.Compare(a.ID, b.ID) })
	return mutations, rules, err
}
