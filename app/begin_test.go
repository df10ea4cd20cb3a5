package app

import (
	"os"
	"path/filepath"
	"testing"

	"hashmend/backend/datadir"
	"hashmend/backend/desk"
)

func TestWhatIsAskedWhileTheDataOpensWaitsForIt(t *testing.T) {
	a, err := Begin(Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	if s := must[desk.Session](t)((&Start{a}).Session()); s.Mode != "none" {
		t.Errorf("a new desk speaks as %q", s.Mode)
	}
}

func TestDataThatDoesNotOpenIsToldToThePageAndTheFolderGivenBack(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "files"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := Begin(Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if info := must[SystemInfo](t)(a.system.Info()); info.Failure == nil {
		t.Error("the page is not told")
	}
	folder, err := datadir.Take(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Release(); err != nil {
		t.Error(err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}
