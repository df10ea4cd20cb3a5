package simtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
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
