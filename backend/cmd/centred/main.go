// Command centred runs an after-sales centre. "centred --help" lists what it can
// do, "centred COMMAND --help" what a command takes.
//
// Exit codes:
//
//	0  done
//	1  refused, or it did not work
//	2  the command line or a setting was not understood
//	3  check has found faults
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"hashmend/backend/centrehost"
)

// version is set by the build.
var version = "0.0.0-dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "centred:", err)
		os.Exit(exitCode(err))
	}
}

// errUsage means that the command line is wrong: exit code 2.
var errUsage = errors.New("not understood; centred --help lists the commands")

// errFaults means that check has found something: exit code 3.
var errFaults = errors.New("the centre has faults")

func exitCode(err error) int {
	switch {
	case errors.Is(err, errUsage):
		return 2
	case errors.Is(err, errFaults):
		return 3
	}
	return 1
}

// terminal is where one run of the program comes from.
type terminal struct {
	in       io.Reader
	asking   bool // a person sits there and may be asked
	out, log io.Writer
	getenv   func(string) string
}

func run(ctx context.Context, args []string, out, log io.Writer) error {
	return (&terminal{in: os.Stdin, asking: isTerminal(os.Stdin), out: out, log: log, getenv: os.Getenv}).run(ctx, args)
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (t *terminal) run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errUsage
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		_, err := fmt.Fprint(t.out, usage())
		return err
	case "version", "-version", "--version":
		_, err := fmt.Fprintln(t.out, "centred", version)
		return err
	}
	command, known := find(args[0])
	if !known {
		return fmt.Errorf("%w: there is no command %q", errUsage, args[0])
	}
	err := command.run(t, ctx, args[1:])
	if errors.Is(err, flag.ErrHelp) { // an answer, not a mistake
		return nil
	}
	return err
}

// among does something with a centre that is there. A folder without one is most
// likely a wrong name: it does not become a new centre that is sound and empty.
func (c config) among(ctx context.Context, f func(*centrehost.Host) error) error {
	if err := c.isThere(); err != nil {
		return err
	}
	return c.with(ctx, f)
}

// isThere says when there is no centre in the folder. One in a database has
// nothing in its folder at first, so that another machine can join in serving it.
func (c config) isThere() error {
	if _, err := os.Stat(filepath.Join(c.dir, "centre.db")); c.db == "" && err != nil {
		return fmt.Errorf("there is no centre in %s; centred init makes one: %w", c.dir, err)
	}
	return nil
}

// with does something with the centre of a data folder, beside a running server
// if there is one.
func (c config) with(ctx context.Context, f func(*centrehost.Host) error) error {
	host, err := c.open(ctx, centrehost.Options{})
	if err != nil {
		return err
	}
	return errors.Join(f(host), host.Close())
}
