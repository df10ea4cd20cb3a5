package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryRowOfTheMatrixCanBreak: what keeps a row is in the sources, and the row
// names the test that notices when it is not.
func TestEveryRowOfTheMatrixCanBreak(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "backend", "doc", "faults.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if m := regexp.MustCompile(`^\| (\d+) \|`).FindStringSubmatch(line); m != nil {
			rows[m[1]] = line
		}
	}
	for _, f := range faultRows {
		if !strings.Contains(rows[f.row], "`"+f.pkg+"."+f.test+"`") {
			t.Errorf("row %s does not name %s.%s", f.row, f.pkg, f.test)
		}
		if _, err := overlayOf(root, t.TempDir(), f.edits); err != nil {
			t.Errorf("row %s: %v", f.row, err)
		}
		delete(rows, f.row)
	}
	if len(rows) > 1 || rows["1"] == "" { // SQLite's own promise
		t.Errorf("nothing is taken out for these rows: %v", rows)
	}
}

// TestEveryGuardIsWhereItWas notices a guard that has moved: its mutation would
// take out nothing.
func TestEveryGuardIsWhereItWas(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range guards {
		if !strings.HasPrefix(g.invariant, "inv.") {
			t.Errorf("%q names no invariant", g.invariant)
		}
		if _, err := overlayOf(root, t.TempDir(), g.edits); err != nil {
			t.Errorf("%s: %v", g.invariant, err)
		}
	}
}
