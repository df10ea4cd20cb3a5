// Command report counts what test runners did and prints one total.
//
//	go test -json ./... | report go   TOTALS    show failures and a line a package
//	report vitest FILE TOTALS                   read Vitest's JSON report
//	report playwright FILE TOTALS               read Playwright's JSON report
//	report check NAME passed|failed TOTALS      note a check that is one thing
//	report total TOTALS                         print every line and the sum
//
// TOTALS is a file to which each call adds a line. report fails when what it
// read failed, or held no test at all: a runner that found nothing proves
// nothing.
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
}

func run(args []string, in io.Reader, out io.Writer) error {
	what := ""
	if len(args) > 0 {
		what = args[0]
	}
	switch {
	case what == "go" && len(args) == 2:
		return note(args[1], "go test", func() (count, error) { return goTests(in, out) })
	case what == "vitest" && len(args) == 3:
		return note(args[2], "vitest", func() (count, error) { return fromFile(args[1], vitest) })
	case what == "playwright" && len(args) == 3:
		return note(args[2], "playwright", func() (count, error) { return fromFile(args[1], playwright) })
	case what == "check" && len(args) == 4:
		c := count{passed: 1}
		if args[2] != "passed" {
			c = count{failed: 1}
		}
		return add(args[3], args[1], c)
	case what == "total" && len(args) == 2:
		return total(args[1], out)
	}
	return fmt.Errorf("what is %q? See the comment at the top of build/report/main.go", args)
}

func fromFile(name string, read func(io.Reader) (count, error)) (count, error) {
	f, err := os.Open(name)
	if err != nil {
		return count{}, err
	}
	defer f.Close()
	return read(f)
}
