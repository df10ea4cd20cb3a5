// Command mutate tries whether the rule book's tests notice when a rule is
// missing. It disables each line and guard of the tables of backend/repair in
// turn, runs the tests, and prints which of them noticed. A line that nothing
// notices fails the run, and so does a rule of the guide whose mutation is not
// noticed by a test that the rule index lists for it.
//
// A centre is tried in the same way: with a rule's lines disabled in turn, the
// rule's test over HTTP must notice at least one.
//
// It does the same with what keeps the invariants of the protocol: each guard is
// taken out, and backend/simtest must name what breaks. And with what keeps each
// row of the fault matrix: the test that the row names must fail.
package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// skipped tests compare the tables with their own picture: they notice every
// change and prove nothing about behaviour.
const skipped = "^(TestDiagrams|TestRuleIndex.*|TestEveryCode.*|TestEveryError.*|Fuzz.*)$"

// mutation is one disabled line, as the test binary lists it.
type mutation struct {
	ID   string `json:"id"`
	Rule string `json:"rule"`
}

// ruleTests is a rule of the index, as the test binary lists it.
type ruleTests struct {
	ID    string   `json:"id"`
	Tests []string `json:"tests"`
}

// outcome is what the tests made of a mutation.
type outcome struct {
	mutation
	killers []string
	listed  string // the killer that the index lists for the rule
	err     error
}

func main() {
	only := flag.String("only", "", "try only mutations whose name contains this")
	workers := flag.Int("j", runtime.NumCPU(), "how many to try at once")
	part := flag.String("part", "", "rules, http, guards or faults; all when empty")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := parts(ctx, *part, *only, *workers); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

// parts runs what was asked for, all of it when nothing was named.
func parts(ctx context.Context, part, only string, workers int) error {
	pkg, err := packageDir(ctx)
	if err != nil {
		return err
	}
	root := filepath.Dir(filepath.Dir(pkg))
	var failed error
	for _, p := range []struct {
		name string
		do   func() error
	}{
		{"rules", func() error { return run(ctx, only, workers) }},
		{"http", func() error { return tryOverHTTP(ctx, root, only) }},
		{"guards", func() error { return tryGuards(ctx, root, only) }},
		{"faults", func() error { return tryFaults(ctx, root, only) }},
	} {
		if (part == "" || part == p.name) && ctx.Err() == nil {
			failed = errors.Join(failed, p.do())
		}
	}
	return failed
}

func run(ctx context.Context, only string, workers int) error {
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	pkg, err := packageDir(ctx)
	if err != nil {
		return err
	}
	binary := filepath.Join(dir, "repair.test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-tags", "sqlite_fts5", "-o", binary, "./backend/repair")
	build.Dir = filepath.Dir(filepath.Dir(pkg))
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build the tests: %w\n%s", err, out)
	}
	mutations, rules, err := list(ctx, binary, pkg)
	if err != nil {
		return err
	}
	failed, err := try(ctx, binary, pkg, "", "")
	if err != nil {
		return fmt.Errorf("run the tests: %w", err)
	}
	if len(failed) > 0 {
		return fmt.Errorf("the tests fail without any mutation: %s", strings.Join(failed, ", "))
	}
	mutations = slices.DeleteFunc(mutations, func(m mutation) bool { return !strings.Contains(m.ID, only) })
	started := time.Now()
	outcomes := tryAll(ctx, binary, pkg, mutations, inPackage(rules), workers)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return report(outcomes, time.Since(started))
}

// packageDir finds backend/repair from wherever in the module this is run.
func packageDir(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "list", "-f", "{{.Dir}}", "hashmend/backend/repair").Output()
	if err != nil {
		return "", fmt.Errorf("find backend/repair: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

func list(ctx context.Context, binary, dir string) ([]mutation, []ruleTests, error) {
	cmd := exec.CommandContext(ctx, binary)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "HASHMEND_MUTATE=list")
	out, err := cmd.Output()
	if err != nil {
		return nil, nil, fmt.Errorf("list the mutations: %w", err)
	}
	var answer struct {
		Mutations []mutation  `json:"mutations"`
		Rules     []ruleTests `json:"rules"`
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		return nil, nil, fmt.Errorf("list the mutations: %w", err)
	}
	slices.SortFunc(answer.Mutations, func(a, b mutation) int { return cmp.Compare(a.ID, b.ID) })
	return answer.Mutations, answer.Rules, nil
}

// inPackage are the tests of each rule that the package itself has.
func inPackage(list []ruleTests) map[string][]string {
	rules := map[string][]string{}
	for _, rule := range list {
		for _, name := range rule.Tests {
			if test, ok := strings.CutPrefix(name, "repair:"); ok {
				rules[rule.ID] = append(rules[rule.ID], test)
			}
		}
	}
	return rules
}

func tryAll(ctx context.Context, binary, dir string, mutations []mutation, rules map[string][]string, workers int) []outcome {
	outcomes := make([]outcome, len(mutations))
	next := make(chan int)
	var group sync.WaitGroup
	for range max(workers, 1) {
		group.Go(func() {
			for i := range next {
				m := mutations[i]
				outcomes[i] = judge(ctx, binary, dir, m, rules[m.Rule])
			}
		})
	}
	for i := range mutations {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	group.Wait()
	return outcomes
}

// judge runs all tests with one mutation. A crash ends the run before the rule's
// own tests had their turn: then each of them is asked alone.
func judge(ctx context.Context, binary, dir string, m mutation, listed []string) outcome {
	failed, err := try(ctx, binary, dir, m.ID, "")
	o := outcome{mutation: m, killers: failed, err: err, listed: firstListed(failed, listed)}
	if err != nil || len(failed) == 0 || o.listed != "" {
		return o
	}
	for _, test := range listed {
		if failed, err := try(ctx, binary, dir, m.ID, test); err == nil && len(failed) > 0 {
			o.listed = test
			break
		}
	}
	return o
}

// exactly is the pattern that runs one test and no other.
func exactly(test string) string {
	parts := strings.Split(test, "/")
	for i, part := range parts {
		parts[i] = "^" + regexp.QuoteMeta(part) + "$"
	}
	return strings.Join(parts, "/")
}

var failLine = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// try runs the tests, or only one, with one mutation and names those that failed,
// the most specific ones. A crash counts for the test in which it happened.
func try(ctx context.Context, binary, dir, id, only string) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "-test.v", "-test.skip", skipped, "-rapid.checks=20", "-rapid.nofailfile")
	if only != "" {
		cmd.Args = append(cmd.Args, "-test.run", exactly(only))
	}
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "HASHMEND_MUTATE="+id)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if err == nil {
		return nil, nil
	}
	failed := leaves(failLine.FindAllStringSubmatch(out.String(), -1))
	if len(failed) == 0 {
		if running := regexp.MustCompile(`(?m)^=== RUN\s+(\S+)`).FindAllStringSubmatch(out.String(), -1); len(running) > 0 && ctx.Err() == nil {
			return []string{running[len(running)-1][1]}, nil
		}
		return nil, fmt.Errorf("%w: %s", err, clip(out.String()))
	}
	return failed, nil
}

// leaves keeps the failing tests that have no failing subtest of their own.
func leaves(found [][]string) []string {
	var names []string
	for _, match := range found {
		names = append(names, match[1])
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return slices.ContainsFunc(names, func(other string) bool { return strings.HasPrefix(other, name+"/") })
	})
}

func firstListed(failed, listed []string) string {
	for _, name := range listed {
		if slices.Contains(failed, name) {
			return name
		}
	}
	return ""
}
