package simtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hashmend/backend/fault"
)

// TestEveryNamedTestExists keeps the fault matrix true: every test that it names
// is one.
func TestEveryNamedTestExists(t *testing.T) {
	text, err := os.ReadFile("../doc/faults.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(text)) {
		found := regexp.MustCompile("`([a-z/]+)\\.(Test[A-Za-z0-9]+)`").FindAllStringSubmatch(line, -1)
		if regexp.MustCompile(`^\| \d+ \|`).MatchString(line) {
			rows++
			if len(found) == 0 && !strings.Contains(line, "No test:") {
				t.Errorf("a row has neither a test nor a reason: %s", line)
			}
		}
		for _, m := range found {
			if !hasTest(t, m[1], m[2]) {
				t.Errorf("there is no %s in %s", m[2], m[1])
			}
		}
	}
	t.Logf("%d rows", rows)
}

// TestEveryPointIsInThePrograms keeps the failpoints where they belong: a merge
// loses such a line easily.
func TestEveryPointIsInThePrograms(t *testing.T) {
	var text strings.Builder
	for _, room := range []string{"desk", "client", "syncer", "centre"} {
		files, err := filepath.Glob("../" + room + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text.Write(source)
		}
	}
	names, err := os.ReadFile("../fault/fault.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`(?m)^\t(\w+) +Point = `).FindAllStringSubmatch(string(names), -1)
	if len(found) != len(fault.Points()) {
		t.Errorf("%d points are named, %d are listed", len(found), len(fault.Points()))
	}
	for _, m := range found {
		if !strings.Contains(text.String(), "fault.Hit(fault."+m[1]+")") {
			t.Errorf("no program comes to %s", m[1])
		}
	}
}

func hasTest(t *testing.T, pkg, name string) bool {
	t.Helper()
	dir := filepath.Join("..", filepath.FromSlash(pkg))
	if pkg == "app" {
		dir = filepath.Join("..", "..", "app")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+name+"(t *testing.T)") {
			return true
		}
	}
	return false
}
