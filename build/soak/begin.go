package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// begin builds the harness and reads what has been run of this commit before.
func begin(ctx context.Context, dir string) (*soak, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	logs := filepath.Join(dir, "logs")
	if err := os.MkdirAll(logs, 0o755); err != nil {
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
	scratch, err := os.MkdirTemp("/dev/shm", "hashmend-soak-")
	if err != nil {
		if scratch, err = os.MkdirTemp("", "hashmend-soak-"); err != nil {
			return nil, err
		}
	}
	s := &soak{sum: total, scratch: scratch, binary: filepath.Join(dir, "simtest"), logs: logs, started: time.Now(), before: *total}
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
