// Package enginetest starts the engines that a large centre stands on, for tests
// and measurements: an S3 gateway and PostgreSQL, each on a port of its own in a
// folder of its own. They can be killed and started again.
package enginetest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// startsWithin is long: the machine of a test may be busy.
const startsWithin = time.Minute

// T is who uses an engine: a test, or a measurement.
type T interface {
	Helper()
	Context() context.Context
	TempDir() string
	Setenv(name, value string)
	Cleanup(f func())
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// freePort asks the system for a port that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// until tries again until ready gives nil, or the engine takes too long.
func until(ctx context.Context, what string, ready func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, startsWithin)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := ready(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", what, errors.Join(ctx.Err(), err))
		case <-tick.C:
		}
	}
}

// tool builds a program of build/tools.mod and gives its path.
func tool(ctx context.Context, name string) (string, error) {
	mod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	root := filepath.Dir(strings.TrimSpace(string(mod)))
	c := exec.CommandContext(ctx, "go", "tool", "-modfile=build/tools.mod", "-n", name)
	c.Dir, c.Stderr = root, os.Stderr
	path, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("build %s: %w", name, err)
	}
	return strings.TrimSpace(string(path)), nil
}
