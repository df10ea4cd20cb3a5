package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// goEvent is a line of go test -json.
type goEvent struct {
	Action      string
	Package     string
	ImportPath  string // of a build's output
	Test        string
	Output      string
	Elapsed     float64
	FailedBuild string
}

// goTests counts tests and subtests, prints a line a package, and what a failed
// test or build said. A package that fails without a failed test, because it did
// not build or its process died, is one failure.
func goTests(in io.Reader, out io.Writer) (count, error) {
	var sum count
	said := map[string][]string{} // package and test, or the package of a build
	failures := map[string]int{}
	here := map[string]int{}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e goEvent
			if jErr := json.Unmarshal([]byte(line), &e); jErr != nil {
				fmt.Fprint(out, line) // go itself speaks
			} else {
				sum = sum.plus(goLine(e, said, failures, here, out))
			}
		}
		if err == io.EOF {
			return sum, nil
		}
		if err != nil {
			return sum, err
		}
	}
}

func goLine(e goEvent, said map[string][]string, failures, here map[string]int, out io.Writer) count {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		said[e.ImportPath] = append(said[e.ImportPath], e.Output)
	case "output":
		said[key] = append(said[key], e.Output)
	case "pass", "skip", "fail":
		defer delete(said, key)
		if e.Test == "" {
			return goPackage(e, said, failures, here, out)
		}
		here[e.Package]++
		switch e.Action {
		case "pass":
			return count{passed: 1}
		case "skip":
			fmt.Fprintf(out, "skip %s %s\n", e.Package, e.Test)
			return count{skipped: 1}
		}
		failures[e.Package]++
		fmt.Fprint(out, strings.Join(said[key], ""))
		return count{failed: 1}
	}
	return count{}
}

// goPackage ends a package: one line, and its own output if it failed for a
// reason that is no test's.
func goPackage(e goEvent, said map[string][]string, failures, here map[string]int, out io.Writer) count {
	if e.Action == "skip" {
		return count{} // no test files
	}
	word := "ok  "
	if e.Action == "fail" {
		word = "FAIL"
	}
	fmt.Fprintf(out, "%s %s %d tests %.1fs\n", word, e.Package, here[e.Package], e.Elapsed)
	if e.Action == "fail" && failures[e.Package] == 0 {
		fmt.Fprint(out, strings.Join(said[e.FailedBuild], ""))
		// What a dying process says is given to a test that was running then.
		for _, key := range slices.Sorted(maps.Keys(said)) {
			if strings.HasPrefix(key, e.Package+" ") {
				fmt.Fprint(out, strings.Join(said[key], ""))
			}
		}
		return count{failed: 1}
	}
	return count{}
}
