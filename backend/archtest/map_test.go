package archtest

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestTheMapHasEveryRoom holds ARCHITECTURE.md against the folders of the backend:
// whoever comes new finds each of them named there.
func TestTheMapHasEveryRoom(t *testing.T) {
	text, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, page, found := strings.Cut(string(text), "\n## Map\n")
	page, _, _ = strings.Cut(page, "\n## Imports\n")
	if !found {
		t.Fatal("the map is not where it was")
	}
	named := map[string]bool{"cmd": true, "doc": true} // told of before and after the map
	for _, name := range regexp.MustCompile("`([a-z0-9/]+)`").FindAllStringSubmatch(page, -1) {
		named[strings.TrimPrefix(name[1], "backend/")] = true
	}
	rooms, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, room := range rooms {
		if room.IsDir() && !named[room.Name()] {
			t.Errorf("backend/%s is not on the map", room.Name())
		}
	}
}
