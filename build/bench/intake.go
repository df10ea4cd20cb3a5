package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// benchIntake runs the benchmarks of package intake, which read the same bytes
// with the bare library in the same run and report the ratio.
func benchIntake(ctx context.Context, _ int) (over bool, err error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-tags", "sqlite_fts5", "-run", "^$", "-bench", "^Benchmark(CSV|XLSX)$", "./backend/intake")
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return false, fmt.Errorf("%w\n%s", err, text)
	}
	for name, l := range map[string]limit{"BenchmarkCSV": csvLimit, "BenchmarkXLSX": xlsxLimit} {
		m, err := metrics(string(text), name)
		if err != nil {
			return false, err
		}
		if judge(l, m["ratio"], fmt.Sprintf("%.0f against %.0f ms", m["intake-ms"], m["bare-ms"])) {
			over = true
		}
	}
	return over, nil
}

// metrics reads what a benchmark reported: pairs of a value and its unit.
func metrics(text, name string) (map[string]float64, error) {
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) < 4 || f[0] != name && !strings.HasPrefix(f[0], name+"-") {
			continue
		}
		m := map[string]float64{}
		for i := 2; i+1 < len(f); i += 2 {
			v, err := strconv.ParseFloat(f[i], 64)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			m[f[i+1]] = v
		}
		if m["ratio"] == 0 {
			return nil, fmt.Errorf("%s reports no ratio: %s", name, line)
		}
		return m, nil
	}
	return nil, fmt.Errorf("%s did not run:\n%s", name, text)
}

// benchScreen weighs what the first screen loads; the script knows the limit,
// because the front end's build asks it too.
func benchScreen(ctx context.Context, _ int) (over bool, err error) {
	cmd := exec.CommandContext(ctx, "node", "scripts/check-size.mjs")
	cmd.Dir = "frontend"
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run() != nil, nil
}
