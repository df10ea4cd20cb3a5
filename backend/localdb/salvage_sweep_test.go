package localdb

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// inMemory is a folder that needs no disk, where the system has one: each salvage
// waits for the disk many times.
func inMemory(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "hashmend-salvage-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// TestEveryPageInTurnMayBeLost zeroes each page of a vault, and puts each in the
// place of another: every row that is not on it comes back, and what does not come
// back is told.
func TestEveryPageInTurnMayBeLost(t *testing.T) {
	vault, log := livedInFor(t, 12, 6)
	root := inMemory(t)
	known, pages := wholeVault(t, root, vault, log), len(vault)/4096
	for _, wound := range []string{"zeroed", "swapped"} {
		hurt, silent := 0, 0
		for n := range pages {
			main := append([]byte(nil), vault...)
			page, other := main[n*4096:(n+1)*4096], (n+pages/2)%pages*4096
			if wound == "zeroed" {
				clear(page)
			} else {
				copy(page, main[other:other+4096])
				copy(main[other:], vault[n*4096:(n+1)*4096])
			}
			dir := filepath.Join(root, fmt.Sprint(wound, n))
			must(t, os.Mkdir(dir, 0o700))
			gone, r := known.salvaged(t, dir, main, log)
			if hurt += gone; gone > 0 && r.Damaged+r.Broken+r.Stubs+r.Unplaced == 0 {
				silent++
				t.Errorf("page %d %s: %d rows are gone and the report says %+v", n+1, wound, gone, r)
			}
			must(t, os.RemoveAll(dir))
		}
		t.Logf("%d pages %s in turn: %d rows were hurt", pages, wound, hurt)
		if hurt == 0 {
			t.Errorf("no row was hurt when pages were %s: nothing is proven", wound)
		}
	}
}
