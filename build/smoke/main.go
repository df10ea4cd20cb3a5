// Command smoke starts the real program in its real window and looks at it the
// way a screen reader does: the window paints, "Practise" can be pressed, the
// practice work orders are listed, a file is imported, sent, printed and
// answered, a second start finds the first, and the window closes cleanly.
//
//	smoke -program FILE -picture FILE
//
// It needs a display with a window manager and a session bus: see
// build/scripts/smoke.sh.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"
)

// patience bounds the whole run; a slow machine under load needs most of it.
const patience = 4 * time.Minute

// step is one thing that is done and seen.
type step struct {
	name string
	do   func() error
}

func main() {
	program := flag.String("program", "build/bin/hashmend", "the program to start")
	picture := flag.String("picture", "build/bin/smoke.png", "where the screenshot goes")
	flag.Parse()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := run(ctx, *program, *picture); err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, program, picture string) error {
	w, err := open(ctx, program)
	if err != nil {
		return err
	}
	defer w.kill()
	steps := []step{
		{"the window paints", func() error { return w.painted(ctx, "start") }},
		{"Practise is pressed", func() error { return w.press(ctx, "Practise") }},
		{"the list is opened", func() error { return w.press(ctx, "Work orders") }},
		{"the practice work orders are listed", func() error { return w.listsOrders(ctx) }},
	}
	steps = append(steps, w.journey(ctx)...)
	steps = append(steps, []step{
		{"a picture is taken", func() error { return screenshot(ctx, picture) }},
		{"a second start finds the first", func() error { return w.secondStart(ctx, program) }},
		{"the window closes cleanly", func() error { return w.close(ctx) }},
	}...)
	for _, step := range steps {
		since := time.Now()
		if err := step.do(); err != nil {
			_ = screenshot(ctx, picture)
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Printf("ok   %s (%d ms)\n", step.name, time.Since(since).Milliseconds())
	}
	return nil
}
