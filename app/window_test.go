package app

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/wailsapp/wails/v2/pkg/options/linux"

	"hashmend/backend/datadir"
)

func TestTheWindowComesUpAsItWasLeft(t *testing.T) {
	dir := t.TempDir()
	first := readLook(dir)
	if first.Width != 1280 || first.Height != 800 || first.GPU != GPUNever {
		t.Errorf("the first time: %+v", first)
	}
	left := Look{Width: 1600, Height: 900, Maximised: true, GPU: GPUOnDemand}
	if err := writeLook(dir, left); err != nil {
		t.Fatal(err)
	}
	if got := readLook(dir); got != left {
		t.Errorf("got %+v, want %+v", got, left)
	}
}

func TestALookThatIsNoLookIsTheFirstOne(t *testing.T) {
	for _, text := range []string{"", "{", `{"width":"wide"}`, `{"width":-5,"height":1,"gpu":"turbo"}`} {
		dir := t.TempDir()
		if err := os.WriteFile(lookFile(dir), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got := readLook(dir)
		if got.Width < minWidth || got.Height < minHeight || got.GPU != GPUNever {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestTheGraphicsCardIsAsked(t *testing.T) {
	a, err := Open(Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.Close() }()
	files := fs.FS(fstest.MapFS{})
	if got := a.windowOptions(files).Linux.WebviewGpuPolicy; got != linux.WebviewGpuPolicyNever {
		t.Errorf("the first time: %v", got)
	}
	if err := a.system.SetGPU("always"); err != nil {
		t.Fatal(err)
	}
	if got := a.windowOptions(files).Linux.WebviewGpuPolicy; got != linux.WebviewGpuPolicyAlways {
		t.Errorf("after choosing: %v", got)
	}
	if err := a.system.SetGPU("turbo"); err == nil {
		t.Error("an unknown choice is taken")
	}
}

func TestARefusedProgramSaysWhy(t *testing.T) {
	dir := t.TempDir()
	first, err := Open(Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	_, err = Open(Config{Dir: dir})
	if err == nil {
		t.Fatal("two programs use one folder")
	}
	info, err := Refused(Config{Dir: dir}, err).system.Info()
	if err != nil || info.Failure == nil || info.Failure.Code != datadir.ErrInUse.Code {
		t.Errorf("got %+v, %v", info.Failure, err)
	}
}

// Every data folder has a window of its own to bring to the front.
func TestInstanceIDs(t *testing.T) {
	a, again, b := instanceID("/a"), instanceID("/a"), instanceID("/b")
	if a == b || a != again {
		t.Errorf("the id does not tell folders apart: %s, %s, %s", a, again, b)
	}
}

func TestSelfTest(t *testing.T) {
	var out strings.Builder
	picture := filepath.Join(t.TempDir(), "label.png")
	if err := SelfTest(&out, picture); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	if !strings.Contains(out.String(), "ok   data folder: ") || !strings.HasSuffix(out.String(), " passed\n") {
		t.Errorf("it says:\n%s", out.String())
	}
	if made, err := os.Stat(picture); err != nil || made.Size() == 0 {
		t.Errorf("it drew no label: %v", err)
	}
}
