package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// soaked is a soak of a commit whose processes are made up.
func soaked(t *testing.T, dir string) *soak {
	t.Helper()
	total, err := load(dir, "c0ffee", "a machine")
	if err != nil {
		t.Fatal(err)
	}
	return &soak{sum: total, logs: dir, begun: *total, before: *total}
}

// ran lets a process end and gives the file in which it wrote what it said.
func ran(t *testing.T, s *soak, told told, heard bool, failed error) (string, error) {
	t.Helper()
	log, err := s.log()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := log.WriteString("what it said"); err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	return log.Name(), s.note(told, heard, failed, log.Name())
}

func TestASoakGoesOnWhereItStopped(t *testing.T) {
	dir := t.TempDir()
	s := soaked(t, dir)
	log, err := ran(t, s, told{Seeds: 250, Effects: 4000}, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(log); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the words of a process that is well are kept: %v", err)
	}
	s = soaked(t, dir)
	if _, err := ran(t, s, told{Seeds: 250, Cycles: 3}, true, nil); err != nil {
		t.Fatal(err)
	}
	s = soaked(t, dir)
	if got := s.sum.line(); got != "seeds 500 cycles 3 faults 0 lost 0 doubled 0 stuck 0 diverged 0" {
		t.Error(got)
	}
	if err := s.sum.verdict(); err != nil {
		t.Error(err)
	}
	if n := []int{s.take(&s.begun.Seeds, 800, 250), s.take(&s.begun.Seeds, 800, 250), s.take(&s.begun.Seeds, 800, 250)}; n[0] != 250 || n[1] != 50 || n[2] != 0 {
		t.Errorf("the next processes run %d seeds", n)
	}
}

func TestWhatAFailingProcessSaidIsNeverLost(t *testing.T) {
	for name, c := range map[string]struct {
		told  told
		heard bool
		line  string
	}{
		"it told what broke":   {told{Seeds: 10, Broken: []string{"inv.W1: twice (seed 7)", "inv.R7: other rows (seed 8)"}}, true, "seeds 10 cycles 0 faults 0 lost 0 doubled 1 stuck 0 diverged 1"},
		"it told only its sum": {told{Seeds: 10}, true, "seeds 10 cycles 0 faults 0 lost 0 doubled 0 stuck 1 diverged 0"},
		"it told nothing":      {told{}, false, "seeds 0 cycles 0 faults 0 lost 0 doubled 0 stuck 1 diverged 0"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			log, err := ran(t, soaked(t, dir), c.told, c.heard, errors.New("exit status 1"))
			if (err == nil) != c.heard {
				t.Errorf("the soak goes on: %v", err)
			}
			if text, err := os.ReadFile(log); err != nil || string(text) != "what it said" {
				t.Errorf("%q %v", text, err)
			}
			again := soaked(t, dir).sum
			if again.line() != c.line || again.verdict() == nil || len(again.Logs) != 1 || filepath.Dir(again.Logs[0]) != dir {
				t.Errorf("%s, %v, %v", again.line(), again.verdict(), again.Logs)
			}
		})
	}
}
