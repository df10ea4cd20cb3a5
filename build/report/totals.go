package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// count is what a runner did. Skipped tests are named apart: they passed nothing.
type count struct{ passed, failed, skipped int }

func (c count) plus(d count) count {
	return count{c.passed + d.passed, c.failed + d.failed, c.skipped + d.skipped}
}

func (c count) String() string {
	s := fmt.Sprintf("%d passed, %d failed", c.passed, c.failed)
	if c.skipped > 0 {
		s += fmt.Sprintf(", %d skipped", c.skipped)
	}
	return s
}

// note adds a runner's count to the totals. A report that cannot be read counts
// as one failure, so that the sum never looks better than the run.
func note(totals, name string, read func() (count, error)) error {
	c, err := read()
	if err == nil && c.passed+c.failed == 0 {
		err = fmt.Errorf("%s ran no test", name)
	}
	if err != nil {
		c.failed++
	}
	if aErr := add(totals, name, c); aErr != nil {
		return aErr
	}
	if err == nil && c.failed > 0 {
		err = fmt.Errorf("%s: %s", name, c)
	}
	return err
}

func add(totals, name string, c count) error {
	f, err := os.OpenFile(totals, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(f, "%s\t%d\t%d\t%d\n", name, c.passed, c.failed, c.skipped); err != nil {
		return err
	}
	return f.Close()
}

// total prints a line for each runner and then the sum, as the last line.
func total(totals string, out io.Writer) error {
	f, err := os.Open(totals)
	if err != nil {
		return err
	}
	defer f.Close()
	var sum count
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		name, c, err := parse(lines.Text())
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%-12s %s\n", name, c)
		sum = sum.plus(c)
	}
	if err := lines.Err(); err != nil {
		return err
	}
	fmt.Fprintln(out, sum)
	if sum.failed > 0 {
		return fmt.Errorf("%d failed", sum.failed)
	}
	return nil
}

func parse(line string) (name string, c count, err error) {
	fields := strings.Split(line, "\t")
	if len(fields) != 4 {
		return "", count{}, fmt.Errorf("not a line of totals: %q", line)
	}
	for i, n := range []*int{&c.passed, &c.failed, &c.skipped} {
		if *n, err = strconv.Atoi(fields[i+1]); err != nil {
			return "", count{}, err
		}
	}
	return fields[0], c, nil
}
