package simtest

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"os/exec"
	"slices"
	"testing"
	"time"

	"hashmend/backend/fault"
)

var cycles = flag.Int("cycles", 10, "how often a program is killed")

// TestNothingIsLostWhenProgramsAreKilled kills the real centre or the real desk at
// any moment, behind a line that breaks, again and again.
func TestNothingIsLostWhenProgramsAreKilled(t *testing.T) {
	seed := *from
	if seed == 0 {
		seed = rand.Uint64N(1 << 40)
	}
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, 3))
	s := openStreet(t, seed)
	s.proxy.Rough(true)
	for range *cycles {
		after := time.Duration(1+dice.IntN(500)) * time.Millisecond
		if dice.IntN(2) == 0 {
			ctx, cancel := context.WithTimeout(t.Context(), after)
			if err := s.say(ctx, ""); err == nil { // it was quicker
				_, _ = s.runFor(ctx, "", "hashmendctl", "--data", s.dir+"/desk", "sync", "--wait", "2s")
			}
			cancel()
			continue
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			_ = s.say(ctx, "")
			_, _ = s.runFor(ctx, "", "hashmendctl", "--data", s.dir+"/desk", "sync", "--wait", "1s")
		}()
		timer := time.NewTimer(after)
		<-timer.C
		s.kill()
		s.serve("")
		<-ended
	}
	s.settle()
	s.kill()
	s.judge()
	told(map[string]any{"Cycles": *cycles, "Effects": len(s.said), "Broken": s.broken})
}

// deskPoints are come to by the desk; the others by the centre.
var deskPoints = []fault.Point{fault.OutboxBeforeCommit, fault.OutboxAfterCommit, fault.SendBeforeRead,
	fault.SendBeforeAccept, fault.PullBeforeApply, fault.PullAfterApply}

// uploadPoints are come to when a file travels.
var uploadPoints = []fault.Point{fault.UploadBeforeRecord, fault.UploadBeforeKeep}

// TestAProgramThatDiesAtANamedMoment lets the desk or the centre die exactly
// between two steps, at every one that has a name, and start again.
func TestAProgramThatDiesAtANamedMoment(t *testing.T) {
	s := openStreet(t, 1)
	for n, point := range fault.Points() {
		if slices.Contains(uploadPoints, point) {
			s.kill()
			s.serveUntil(point)
			s.sends(point, bytes.Repeat([]byte{byte(n + 1)}, 3<<20))
		} else if slices.Contains(deskPoints, point) {
			err := s.say(t.Context(), point)
			if err == nil {
				_, err = s.ctl(point, "sync", "--wait", "5s")
			}
			died(t, point, err)
		} else {
			s.kill()
			s.serveUntil(point)
			ctx, cancel := context.WithTimeout(t.Context(), 6*time.Second)
			_ = s.say(ctx, "")
			_, _ = s.runFor(ctx, "", "hashmendctl", "--data", s.dir+"/desk", "sync", "--wait", "2s")
			cancel()
			died(t, point, s.ends())
			s.serve("")
		}
		if point == fault.OutboxBeforeCommit {
			s.never(s.last())
		}
	}
	s.settle()
	s.kill()
	s.judge()
	for text := range s.nothing {
		for _, whole := range s.cases() {
			for _, m := range whole.Messages {
				if m.Text == text {
					t.Errorf("inv.W4: %q was never queued and has come", text)
				}
			}
		}
	}
}

// patience is how long a program that was told to die may take to come there.
const patience = time.Minute

var errLives = errors.New("the centre lives")

// ends waits for the end of a centre that was told to die.
func (s *street) ends() error {
	ended := make(chan error, 1)
	go func() { ended <- s.server.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		_ = s.server.Process.Kill()
		return errors.Join(errLives, <-ended)
	}
}

// died insists that a program was killed, and by nothing else.
func died(t *testing.T, point fault.Point, err error) {
	t.Helper()
	var exit *exec.ExitError
	if errors.Is(err, errLives) || !errors.As(err, &exit) || exit.ExitCode() != -1 {
		t.Errorf("%s: the program did not die there: %v", point, err)
	}
}
