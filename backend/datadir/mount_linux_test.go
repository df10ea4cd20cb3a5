package datadir

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// mount makes a small file system in memory: a full disk and a read-only one are
// real ones. Where the test may not mount, as when it is not root, it says so
// and there is nothing to see; the CI run may.
func mount(t *testing.T, options string) (dir string, mounted bool) {
	t.Helper()
	dir = t.TempDir()
	err := unix.Mount("tmpfs", dir, "tmpfs", 0, options)
	if errors.Is(err, unix.EPERM) {
		t.Log("may not mount here")
		return "", false
	}
	if err != nil {
		t.Fatalf("mount: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return dir, true
}

func TestAFullDisk(t *testing.T) {
	dir, mounted := mount(t, "size=64k")
	if !mounted {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, "fill"), make([]byte, 1<<20), 0o600); !errors.Is(err, unix.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	if _, err := Take(dir); !errors.Is(err, ErrDiskFull) {
		t.Errorf("got %v, want %v", err, ErrDiskFull)
	}
}

func TestAReadOnlyDisk(t *testing.T) {
	dir, mounted := mount(t, "size=64k")
	if !mounted {
		return
	}
	f, err := Take(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Release(); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{dir, filepath.Join(dir, "new")} {
		if _, err := Take(d); !errors.Is(err, ErrReadOnly) {
			t.Errorf("%s: got %v, want %v", d, err, ErrReadOnly)
		}
	}
}
