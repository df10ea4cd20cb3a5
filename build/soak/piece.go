package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

// How much one process runs: what it has run is lost when it is stopped.
const (
	seedsAtOnce  = 250
	cyclesAtOnce = 100
)

// soak is one call of the program.
type soak struct {
	binary  string // the tests of backend/simtest
	scratch string // where it works, in memory where there is room
	logs    string // where what a process says is written while it says it
	started time.Time
	before  sum

	mu     sync.Mutex
	sum    *sum
	begun  sum // what has run, and what runs now
	pieces int
}

// told is a line of the harness for this program.
type told struct {
	Seeds, Cycles, Effects int
	Broken                 []string
}

// run runs seeds in as many processes as there are processors, and beside them
// the kill cycles, which wait most of the time. An error is one of the harness;
// what it has found is in the sum.
func (s *soak) run(ctx context.Context, seeds, cycles int) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	s.begun = *s.sum
	var lanes sync.WaitGroup
	lane := func(next func() (test string, args []string)) {
		lanes.Go(func() {
			for test, args := next(); test != "" && ctx.Err() == nil; test, args = next() {
				if err := s.harness(ctx, test, args); err != nil {
					stop(err)
				}
			}
		})
	}
	for range runtime.NumCPU() {
		lane(func() (string, []string) {
			n := s.take(&s.begun.Seeds, seeds, seedsAtOnce)
			return testOf("TestNothingIsLostOrDoubledWhateverFails", n), []string{"-seeds", fmt.Sprint(n), "-seed", "0"}
		})
	}
	lane(func() (string, []string) {
		n := s.take(&s.begun.Cycles, cycles, cyclesAtOnce)
		return testOf("TestNothingIsLostWhenProgramsAreKilled", n), []string{"-cycles", fmt.Sprint(n), "-seed", "0"}
	})
	lanes.Wait()
	return context.Cause(ctx)
}

// take gives how many of what is left the next process runs.
func (s *soak) take(begun *int, wanted, atOnce int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := max(0, min(wanted-*begun, atOnce))
	*begun += n
	return n
}

func testOf(test string, n int) string {
	if n == 0 {
		return ""
	}
	return "^" + test + "$"
}

// harness runs one test of the harness and adds up what it tells. What it says is
// on the disk while it runs, and stays there when anything is wrong.
func (s *soak) harness(ctx context.Context, test string, args []string) error {
	log, err := s.log()
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	cmd := exec.CommandContext(ctx, s.binary, append([]string{"-test.run", test, "-test.v", "-test.timeout", "1h", "-tell"}, args...)...)
	cmd.Dir, cmd.Stderr = filepath.Join("backend", "simtest"), log
	cmd.Env = append(os.Environ(), "SIMTEST_SCRATCH="+s.scratch)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	sum, heard, err := listen(io.TeeReader(out, log))
	failed := cmd.Wait()
	if ctx.Err() != nil {
		return errors.Join(ctx.Err(), os.Remove(log.Name()))
	}
	return errors.Join(err, s.note(sum, heard, failed, log.Name()))
}

// log opens a file for what the next process says.
func (s *soak) log() (*os.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pieces++
	name := fmt.Sprintf("%s-%s-%d.log", s.sum.Commit, s.started.Format("20060102-150405"), s.pieces)
	return os.Create(filepath.Join(s.logs, name))
}

// listen reads to the end and gives what was told in between.
func listen(out io.Reader) (sum told, heard bool, err error) {
	lines := bufio.NewReader(out)
	for {
		line, failed := lines.ReadString('\n')
		if text, ours := strings.CutPrefix(strings.TrimSpace(line), "soak: "); ours {
			heard = true
			err = errors.Join(err, json.Unmarshal([]byte(text), &sum))
		}
		if failed != nil {
			if errors.Is(failed, io.EOF) {
				failed = nil
			}
			return sum, heard, errors.Join(err, failed)
		}
	}
}

// note adds up what a process told, and keeps what it said when it was not well.
func (s *soak) note(t told, heard bool, failed error, log string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sum.Seeds += t.Seeds
	s.sum.Cycles += t.Cycles
	s.sum.Effects += t.Effects
	for _, b := range t.Broken {
		s.sum.add(b)
	}
	if failed != nil && len(t.Broken) == 0 { // a crash, a deadlock: as bad as anything that it could have told
		s.sum.add("inv.L4: the harness itself: " + failed.Error())
	}
	fmt.Printf("%s  %s (%d seeds and %d cycles in this call)\n", time.Since(s.started).Round(time.Second), s.sum.line(),
		s.sum.Seeds-s.before.Seeds, s.sum.Cycles-s.before.Cycles)
	if failed == nil {
		return errors.Join(os.Remove(log), s.sum.save())
	}
	fmt.Println("what it said is kept in", log)
	s.sum.keep(log)
	if err := s.sum.save(); err != nil {
		return err
	}
	if !heard {
		return errors.New("the harness ended before its end: " + log)
	}
	return nil
}
