package datadir

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

func TestOneProgramAtATime(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	first, err := Take(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Take(dir); !errors.Is(err, ErrInUse) {
		t.Errorf("the second: %v, want %v", err, ErrInUse)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := Take(dir)
	if err != nil {
		t.Fatalf("after the release: %v", err)
	}
	if err := again.Release(); err != nil {
		t.Fatal(err)
	}
}

func TestTheFolderIsItsOwnersOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	f, err := Take(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Release() }()
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v", info.Mode())
	}
	if !filepath.IsAbs(f.Dir) {
		t.Errorf("%s is not absolute", f.Dir)
	}
}

// The holder of the lock is this test's own program, started again.
func TestAKilledProgramLeavesTheFolderFree(t *testing.T) {
	const holds = "DATADIR_TEST_HOLD"
	if dir := os.Getenv(holds); dir != "" {
		f, err := Take(dir)
		if err != nil {
			os.Exit(3)
		}
		os.Stdout.WriteString("taken\n")
		_, _ = os.Stdin.Read(make([]byte, 1)) // never answered
		runtime.KeepAlive(f)                  // what is forgotten is closed, and so unlocked
	}
	dir := t.TempDir()
	holder := exec.Command(os.Args[0], "-test.run=^TestAKilledProgramLeavesTheFolderFree$")
	holder.Env = append(os.Environ(), holds+"="+dir)
	silent, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	said, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(said).ReadString('\n'); line != "taken\n" {
		t.Fatalf("the holder says %q, %v", line, err)
	}
	if _, err := Take(dir); !errors.Is(err, ErrInUse) {
		t.Errorf("while it runs: %v, want %v", err, ErrInUse)
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait()
	f, err := Take(dir)
	if err != nil {
		t.Fatalf("after kill -9: %v", err)
	}
	if err := f.Release(); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderThatIsAFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Take(name); !errors.Is(err, ErrUnusable) {
		t.Errorf("got %v, want %v", err, ErrUnusable)
	}
}
