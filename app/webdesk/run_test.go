package webdesk

import (
	"strings"
	"testing"

	"hashmend/app"
	"hashmend/backend/datadir"
)

// Whoever starts it in a terminal reads there that the data was refused.
func TestItIsNotReadyWhenTheDataWasRefused(t *testing.T) {
	cfg := app.Config{Version: "test", Dir: t.TempDir()}
	running, err := app.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	if said := greeting(running); said != "Hashmend is ready." {
		t.Error(said)
	}
	_, err = app.Begin(cfg) // the folder is taken
	if err == nil {
		t.Fatal("two programs in one folder")
	}
	if said := greeting(app.Refused(cfg, err)); strings.Contains(said, "ready") || !strings.Contains(said, datadir.ErrInUse.Code) || !strings.Contains(said, cfg.Dir) {
		t.Error(said)
	}
}
