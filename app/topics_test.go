package app

import (
	"slices"
	"testing"
)

func TestWhatFollowsFromAChangeIsReadAgainToo(t *testing.T) {
	got := widen([]string{"orders", "sync", "order:7"})
	want := []string{"orders", "needs", "sync", "drafts", "uploads", "order:7", "packing:7"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
