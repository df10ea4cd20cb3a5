package webdesk

import (
	"os"
	"testing"

	"hashmend/app"
)

// A second start finds the folder taken and asks its holder for the window.
func TestASecondStartRaisesTheFirstWindow(t *testing.T) {
	dir, err := os.MkdirTemp("", "desk") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if RaiseRunning(dir) {
		t.Error("nobody is there")
	}
	a, err := app.Open(app.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	stop, err := ServeTerminal(a)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if RaiseRunning(dir) {
		t.Error("there is no window: a browser is served")
	}
	raised := 0
	a.Raise = func() { raised++ }
	if !RaiseRunning(dir) || raised != 1 {
		t.Errorf("raised %d times", raised)
	}
}
