package main

import (
	"bufio"
	"bytes"
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
	"time"
)

// How much one process runs: what it has run is lost when it is stopped.
const (
	seedsAtOnce  = 200
	cyclesAtOnce = 50
)

// soak is one call of the program.
type soak struct {
	sum     *sum
	binary  string // the tests of backend/simtest
	started time.Time
	before  sum
}

func begin(ctx context.Context, dir string) (*soak, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	commit, err := commitOf(ctx)
	if err != nil {
		return nil, err
	}
	total, err := load(dir, commit, machine())
	if err != nil {
		return nil, err
	}
	s := &soak{sum: total, binary: filepath.Join(dir, "simtest"), started: time.Now(), before: *total}
	build := exec.CommandContext(ctx, "go", "test", "-c", "-tags", "sqlite_fts5", "-o", s.binary, "./backend/simtest")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the harness: %w\n%s", err, out)
	}
	return s, nil
}

// commitOf names what is checked out; changes that are not committed are said.
func commitOf(ctx context.Context) (string, error) {
	head, err := exec.CommandContext(ctx, "git", "rev-parse", "--short=12", "HEAD").Output()
	if err != nil {
		return "", fmt.Errorf("which commit: %w", err)
	}
	changed, err := exec.CommandContext(ctx, "git", "status", "--porcelain", "--untracked-files=no").Output()
	name := strings.TrimSpace(string(head))
	if len(bytes.TrimSpace(changed)) > 0 {
		name += "-changed"
	}
	return name, err
}

func machine() string {
	cpu := runtime.GOARCH
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				cpu = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%d × %s, %s", runtime.NumCPU(), cpu, runtime.Version())
}

// told is a line of the harness for this program.
type told struct {
	Seeds, Cycles, Effects int
	Broken                 []string
}

// piece runs some seeds and some cycles, in proportion to what is left.
func (s *soak) piece(ctx context.Context, seeds, cycles int) error {
	if left := seeds - s.sum.Seeds; left > 0 {
		err := s.harness(ctx, "^TestNothingIsLostOrDoubledWhateverFails$", "-seeds", fmt.Sprint(min(left, seedsAtOnce)), "-seed", "0")
		if err != nil {
			return err
		}
	}
	left := cycles - s.sum.Cycles
	due := seeds <= s.sum.Seeds || s.sum.Cycles*seeds <= cycles*s.sum.Seeds
	if left > 0 && due {
		return s.harness(ctx, "^TestNothingIsLostWhenProgramsAreKilled$", "-cycles", fmt.Sprint(min(left, cyclesAtOnce)))
	}
	return nil
}

// harness runs one test of the harness and adds up what it tells.
func (s *soak) harness(ctx context.Context, test string, args ...string) error {
	cmd := exec.CommandContext(ctx, s.binary, append([]string{"-test.run", test, "-test.v", "-test.timeout", "30m", "-tell"}, args...)...)
	cmd.Dir = filepath.Join("backend", "simtest")
	var log bytes.Buffer
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		return err
	}
	heard := false
	for lines := bufio.NewReader(out); ; {
		line, err := lines.ReadString('\n')
		log.WriteString(line)
		if text, ours := strings.CutPrefix(strings.TrimSpace(line), "soak: "); ours {
			var t told
			if err := json.Unmarshal([]byte(text), &t); err != nil {
				return err
			}
			heard = true
			s.note(t)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	if err := cmd.Wait(); err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	if !heard { // a crash, a deadlock: as bad as anything that it could have told
		s.sum.add("inv.L4: the harness itself ended: " + tail(log.String()))
	}
	fmt.Printf("%s  %s (%d seeds and %d cycles in this call)\n", time.Since(s.started).Round(time.Second), s.sum.line(),
		s.sum.Seeds-s.before.Seeds, s.sum.Cycles-s.before.Cycles)
	if err := s.sum.save(); err != nil {
		return err
	}
	if !heard {
		return errors.New("the harness ended before its end")
	}
	return nil
}

func (s *soak) note(t told) {
	s.sum.Seeds += t.Seeds
	s.sum.Cycles += t.Cycles
	s.sum.Effects += t.Effects
	for _, b := range t.Broken {
		s.sum.add(b)
	}
}

func tail(text string) string {
	const most = 2000
	if len(text) > most {
		return text[len(text)-most:]
	}
	return text
}
