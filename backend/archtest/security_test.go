package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryTestThatThePageNamesExists keeps SECURITY.md true: each promise names a
// test that is there, or says why there is none.
func TestEveryTestThatThePageNamesExists(t *testing.T) {
	text, err := os.ReadFile("../../SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`([a-z0-9/]+)\\.(Test[A-Za-z0-9]+)`")
	promises := 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if !strings.HasPrefix(line, "| ") || len(cells) != 2 || strings.HasPrefix(line, "| Promise") {
			continue
		}
		promises++
		tests := named.FindAllStringSubmatch(cells[1], -1)
		if len(tests) == 0 && !strings.HasPrefix(cells[1], "No test: ") && !strings.HasPrefix(cells[1], "Not yet.") {
			t.Errorf("neither a test nor a reason: %s", line)
		}
		for _, m := range tests {
			if !tested(t, m[1], m[2]) {
				t.Errorf("there is no %s in %s", m[2], m[1])
			}
		}
	}
	if promises < 40 {
		t.Errorf("only %d promises found: the search is broken", promises)
	}
}

func tested(t *testing.T, room, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("../..", room, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "func "+name+"(t *testing.T)") {
			return true
		}
	}
	return false
}
