package main

import (
	"path/filepath"
	"strings"
	"testing"
)

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
