package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// start is one start of a window: how long until its page was painted, and what
// it held in memory then.
type start struct {
	painted time.Duration
	pss     int // KiB, of the program and all it started
}

// benchWindow starts a blank window and ours in turn, each in a fresh folder.
func benchWindow(ctx context.Context, rounds int) (over bool, err error) {
	var blank, ours []start
	for range rounds {
		for _, c := range []struct {
			program string
			starts  *[]start
		}{{"build/bin/blank", &blank}, {"build/bin/hashmend", &ours}} {
			s, err := startWindow(ctx, c.program)
			if err != nil {
				return false, fmt.Errorf("%s: %w", c.program, err)
			}
			*c.starts = append(*c.starts, s)
		}
	}
	paint := func(s start) float64 { return s.painted.Seconds() * 1000 }
	pss := func(s start) float64 { return float64(s.pss) / 1024 }
	slow := judge(paintLimit, medianOf(ours, paint)/medianOf(blank, paint), fmt.Sprintf("%.0f against %.0f ms", medianOf(ours, paint), medianOf(blank, paint)))
	fat := judge(pssLimit, medianOf(ours, pss)/medianOf(blank, pss), fmt.Sprintf("%.0f against %.0f MiB", medianOf(ours, pss), medianOf(blank, pss)))
	return slow || fat, nil
}

func medianOf(starts []start, of func(start) float64) float64 {
	values := make([]float64, len(starts))
	for i, s := range starts {
		values[i] = of(s)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func startWindow(ctx context.Context, program string) (start, error) {
	dir, err := os.MkdirTemp("", "hashmend-bench-")
	if err != nil {
		return start{}, err
	}
	defer os.RemoveAll(dir)
	painted := filepath.Join(dir, "painted")
	args := []string{"--data", filepath.Join(dir, "data")}
	if filepath.Base(program) == "blank" {
		args = nil
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "HASHMEND_PAINTED="+painted, "XDG_DATA_HOME="+dir, "XDG_CACHE_HOME="+dir)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return start{}, err
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	for {
		if _, err := os.Stat(painted); err == nil {
			break
		}
		select {
		case <-ctx.Done():
			return start{}, fmt.Errorf("it did not paint")
		case <-time.After(2 * time.Millisecond):
		}
	}
	s := start{painted: time.Since(began)}
	time.Sleep(time.Second) // both settle alike: what the first frame left is freed
	s.pss, err = pssOfTree(cmd.Process.Pid)
	return s, err
}

// pssOfTree adds the proportional memory of a process and its descendants.
func pssOfTree(pid int) (int, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return 0, err
	}
	sum := 0
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) >= 2 && f[0] == "Pss:" {
			if sum, err = strconv.Atoi(f[1]); err != nil {
				return 0, err
			}
		}
	}
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		return 0, err
	}
	for _, task := range tasks {
		children, err := os.ReadFile(task)
		if err != nil {
			continue // the thread ended
		}
		for _, c := range strings.Fields(string(children)) {
			child, err := strconv.Atoi(c)
			if err != nil {
				return 0, err
			}
			if n, err := pssOfTree(child); err == nil { // or it ended
				sum += n
			}
		}
	}
	return sum, nil
}
