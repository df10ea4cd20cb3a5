// Command soak runs the harness for a long time: seeds of backend/simtest, kill
// cycles of the real programs, and the tests of the fault matrix. What it has run
// is added up for each commit in a file, so that a long soak can be run in pieces
// and goes on where it stopped.
//
//	soak -seeds 20000 -cycles 1000
//
// Its last line is the sum. It fails when anything was lost, doubled, stuck or
// diverged, or a row of the matrix did not hold.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	seeds := flag.Int("seeds", 20000, "seeds that shall have run of this commit")
	cycles := flag.Int("cycles", 1000, "kill cycles that shall have run of this commit")
	dir := flag.String("dir", "build/cache/soak", "where the sums are kept")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *dir, *seeds, *cycles); err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, seeds, cycles int) error {
	s, err := begin(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(s.scratch) }()
	fmt.Printf("commit %s on %s: %d seeds and %d cycles have run before\n", s.sum.Commit, s.sum.Machine, s.sum.Seeds, s.sum.Cycles)
	if err := s.faults(ctx); err != nil {
		return err
	}
	err = s.run(ctx, seeds, cycles)
	for _, b := range s.sum.Broken {
		fmt.Println(b)
	}
	for _, log := range s.sum.Logs {
		fmt.Println("see", log)
	}
	fmt.Println(s.sum.line())
	return errors.Join(err, s.sum.verdict())
}
