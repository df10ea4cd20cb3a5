package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// sum is what has been run of one commit.
type sum struct {
	Commit   string
	Machine  string
	Seeds    int
	Cycles   int
	Faults   int // rows of the matrix whose tests hold
	Rows     int // of the matrix
	Effects  int // of made-up people at the centre
	Lost     int
	Doubled  int
	Stuck    int
	Diverged int
	Broken   []string // the first of what was found, with its seed
	Logs     []string // what the processes said that found it
	path     string
}

// kinds says what a broken invariant means to a person. What is not here has
// diverged.
var kinds = map[string]string{
	"inv.W2": "lost", "inv.W3": "lost", "inv.W4": "lost", "inv.R3": "lost", "inv.R11": "lost", "inv.B1": "lost",
	"inv.W1": "doubled", "inv.W8": "doubled", "inv.R2": "doubled",
	"inv.L1": "stuck", "inv.L3": "stuck", "inv.L4": "stuck", "inv.L5": "stuck",
}

// add counts one broken invariant.
func (s *sum) add(broken string) {
	name, _, _ := strings.Cut(broken, ":")
	switch kinds[name] {
	case "lost":
		s.Lost++
	case "doubled":
		s.Doubled++
	case "stuck":
		s.Stuck++
	default:
		s.Diverged++
	}
	if len(s.Broken) < 100 {
		s.Broken = append(s.Broken, broken)
	}
}

// keep remembers where it is written what a process said.
func (s *sum) keep(log string) {
	if len(s.Logs) < 100 {
		s.Logs = append(s.Logs, log)
	}
}

func (s *sum) line() string {
	return fmt.Sprintf("seeds %d cycles %d faults %d lost %d doubled %d stuck %d diverged %d",
		s.Seeds, s.Cycles, s.Faults, s.Lost, s.Doubled, s.Stuck, s.Diverged)
}

func (s *sum) verdict() error {
	if s.Lost+s.Doubled+s.Stuck+s.Diverged > 0 {
		return errors.New("something was lost, doubled, stuck or diverged")
	}
	if s.Faults < s.Rows {
		return fmt.Errorf("%d rows of the fault matrix do not hold", s.Rows-s.Faults)
	}
	return nil
}

// load reads the sum of a commit, a new one when there is none.
func load(dir, commit, machine string) (*sum, error) {
	s := &sum{Commit: commit, Machine: machine, path: filepath.Join(dir, commit+".json")}
	text, err := os.ReadFile(s.path)
	if errors.Is(err, os.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	return s, json.Unmarshal(text, s)
}

// save writes it whole or not at all.
func (s *sum) save() error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(s.path+".new", text, 0o644); err != nil {
		return err
	}
	return os.Rename(s.path+".new", s.path)
}
