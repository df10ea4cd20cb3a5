package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// What is run of changes that are not committed is added to nothing else.
func TestChangesHaveASumOfTheirOwn(t *testing.T) {
	tree := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(tree, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	name := func() string {
		t.Helper()
		commit, err := commitOf(t.Context(), tree)
		if err != nil {
			t.Fatal(err)
		}
		return commit
	}
	write("a.go", "package a")
	for _, arguments := range [][]string{{"init", "-q"}, {"add", "-A"},
		{"-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "a"}} {
		if out, err := exec.CommandContext(t.Context(), "git", append([]string{"-C", tree}, arguments...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	clean := name()
	write("a.go", "package a // changed")
	first := name()
	write("a.go", "package a // changed once more")
	second := name()
	write("b.go", "package a")
	third := name()
	write("b.go", "package a // changed")
	fourth := name()
	names := map[string]bool{clean: true, first: true, second: true, third: true, fourth: true}
	if len(names) != 5 || names[""] {
		t.Errorf("the sums are of %v", names)
	}
	if again := name(); again != fourth {
		t.Errorf("the same changes are %q and %q", fourth, again)
	}
}
