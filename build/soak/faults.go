package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// matrix is where the rows are, each with the tests that hold it.
const matrix = "backend/doc/faults.md"

// named is a test as the matrix writes it: `syncer.TestName`.
var named = regexp.MustCompile("`([a-z/]+)\\.(Test[A-Za-z0-9]+)`")

// row is one fault.
type row struct {
	number string
	tests  [][2]string // package and name
}

// readMatrix gives the rows of the table whose first cell is a number.
func readMatrix() (rows []row, err error) {
	text, err := os.ReadFile(matrix)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 || strings.Trim(strings.TrimSpace(cells[1]), "0123456789") != "" || strings.TrimSpace(cells[1]) == "" {
			continue
		}
		r := row{number: strings.TrimSpace(cells[1])}
		for _, m := range named.FindAllStringSubmatch(line, -1) {
			r.tests = append(r.tests, [2]string{m[1], m[2]})
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// faults runs the tests of the matrix and counts the rows that hold. Once all of
// them did, the next call of the same commit need not see it again.
func (s *soak) faults(ctx context.Context) error {
	rows, err := readMatrix()
	if err != nil {
		return err
	}
	if s.sum.Rows == len(rows) && s.sum.Faults == len(rows) {
		return nil
	}
	byPackage := map[string][]string{}
	for _, r := range rows {
		for _, test := range r.tests {
			if !slices.Contains(byPackage[test[0]], test[1]) {
				byPackage[test[0]] = append(byPackage[test[0]], test[1])
			}
		}
	}
	passed := map[[2]string]bool{}
	for pkg, tests := range byPackage {
		fmt.Printf("faults: %d tests of %s\n", len(tests), pkg)
		if err := s.runTests(ctx, pkg, tests, passed); err != nil {
			return err
		}
	}
	s.sum.Rows, s.sum.Faults = len(rows), 0
	for _, r := range rows {
		holds := len(r.tests) > 0
		for _, test := range r.tests {
			if !passed[test] {
				holds = false
				fmt.Printf("fault %s: %s.%s does not pass\n", r.number, test[0], test[1])
			}
		}
		if holds {
			s.sum.Faults++
		}
	}
	return s.sum.save()
}

// runTests notes which tests of a package pass, and keeps what is said when one
// does not.
func (s *soak) runTests(ctx context.Context, pkg string, tests []string, passed map[[2]string]bool) error {
	dir := "./backend/" + pkg
	if pkg == "app" {
		dir = "./app"
	}
	args := []string{"test", "-count=1", "-timeout", "30m", "-tags", "sqlite_fts5", "-json", "-run", "^(" + strings.Join(tests, "|") + ")$", dir}
	if pkg == "simtest" { // the loops whole; the seeds and cycles are counted elsewhere
		args = append(args, "-args", "-every", "1", "-cuts", "2", "-seeds", "50", "-cycles", "5", "-seed", "0")
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Env = append(os.Environ(), "SIMTEST_SCRATCH="+s.scratch)
	out, failed := cmd.Output()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if failed != nil {
		log := filepath.Join(s.logs, s.sum.Commit+"-faults-"+strings.ReplaceAll(pkg, "/", "-")+".log")
		if err := os.WriteFile(log, out, 0o644); err != nil {
			return err
		}
		fmt.Println("what it said is kept in", log)
		s.sum.keep(log)
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var event struct{ Action, Test string }
		if json.Unmarshal(lines.Bytes(), &event) == nil && event.Action == "pass" {
			passed[[2]string{pkg, event.Test}] = true
		}
	}
	return lines.Err()
}
