package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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
	commit, err := commitOf(ctx, ".")
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
	binary := filepath.Join(dir, "simtest")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-tags", "sqlite_fts5", "-o", binary, "./backend/simtest")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the harness: %w\n%s", err, out)
	}
	return &soak{sum: total, scratch: scratch, binary: binary, logs: logs, started: time.Now(), before: *total}, nil
}

// commitOf names what is checked out in a folder. Changes that are not committed have
// a name of their own by what they are: what was run of others is not added to it.
func commitOf(ctx context.Context, folder string) (string, error) {
	git := func(arguments ...string) (string, error) {
		out, err := exec.CommandContext(ctx, "git", append([]string{"-C", folder}, arguments...)...).Output()
		return string(out), err
	}
	head, err := git("rev-parse", "--short=12", "HEAD")
	if err != nil {
		return "", fmt.Errorf("which commit: %w", err)
	}
	head = strings.TrimSpace(head)
	changes, err := git("diff", "--binary", "HEAD")
	if err != nil {
		return "", err
	}
	added, err := git("ls-files", "--others", "--exclude-standard", "-z")
	if err != nil || changes+added == "" {
		return head, err
	}
	sum := sha256.New()
	_, _ = fmt.Fprintf(sum, "%q", changes)
	for name := range strings.SplitSeq(strings.TrimSuffix(added, "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil && name != "" {
			return "", err
		}
		_, _ = fmt.Fprintf(sum, "%q %q", name, text)
	}
	return head + "-changed-" + hex.EncodeToString(sum.Sum(nil)[:6]), nil
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
