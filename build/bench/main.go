// Command bench measures the program beside its peers, in the same run on the
// same machine, and compares the ratio with its limit. Seconds are shown and
// not judged: machines differ. Only the grid has limits in milliseconds, because
// a frame is a frame everywhere.
//
//	bench [-rounds N] PART...     window, intake, screen, grid, centre, data, labels
//
// It is started by build/scripts/bench.sh, which builds what it needs.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
)

// limit is how much of its peer a thing may cost.
type limit struct {
	name  string
	ratio float64
	why   string
}

// The limits. Each is a promise to the user, so none is loosened to pass.
var (
	paintLimit = limit{"window painted", 1.5, "of a blank Wails window: the program is there when its window is"}
	pssLimit   = limit{"window memory", 1.3, "of a blank Wails window, shared pages counted once: a farm's office PC is small"}
	csvLimit   = limit{"CSV intake", 10, "of encoding/csv alone, for 100,000 rows with every check"}
	xlsxLimit  = limit{"xlsx intake", 1.3, "of a bare loop over excelize's rows: reading is the cost, not us"}
)

// parts are what can be measured, in this order. A part says what is over.
var parts = []struct {
	name string
	run  func(ctx context.Context, rounds int) (over bool, err error)
}{
	{"window", benchWindow},
	{"intake", benchIntake},
	{"screen", benchScreen},
	{"grid", benchGrid},
	{"centre", benchCentre},
	{"data", benchData},
	{"labels", benchLabels},
}

func main() {
	rounds := flag.Int("rounds", 7, "how often each is started; medians are compared")
	flag.Parse()
	if what := os.Getenv(child); what != "" {
		if err := beChild(what, flag.Args()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *rounds, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, rounds int, wanted []string) error {
	ran, failed := 0, 0
	for _, p := range parts {
		if len(wanted) > 0 && !slices.Contains(wanted, p.name) {
			continue
		}
		ran++
		over, err := p.run(ctx, rounds)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if over {
			failed++
		}
	}
	if ran == 0 {
		return fmt.Errorf("no part is named %v", wanted)
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d parts are over a limit", failed, ran)
	}
	return nil
}

// judge prints one ratio and says whether it is over its limit.
func judge(l limit, ratio float64, figures string) bool {
	word := "ok  "
	if ratio > l.ratio {
		word = "OVER"
	}
	fmt.Printf("%s %-15s %5.2f × (limit %.3g) %s; %s\n", word, l.name, ratio, l.ratio, l.why, figures)
	return ratio > l.ratio
}
