package intake

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// The benchmarks read 100,000 rows and, in the same run, the same bytes with
// the bare library; what counts is the ratio.
const benchRows = 100_000

func benchCells(i int) []string {
	return []string{
		fmt.Sprintf("JM%04dA%07dX", i%7919, i), []string{"X16-Q Pro", "x4 1u", "X44-P"}[i%3],
		[]string{"no hash rate", "fan 2 dead", "overheats, smells"}[i%3], fmt.Sprintf("2026-%02d-%02d", 1+i%12, 1+i%28), fmt.Sprintf("R%d-%d", i/40, i%40),
	}
}

var benchHeader = []string{"Serial number", "Model", "Fault", "Ship date", "Rack"}

func benchCSV(tb testing.TB) []byte {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	check(tb, w.Write(benchHeader))
	for i := range benchRows {
		check(tb, w.Write(benchCells(i)))
	}
	w.Flush()
	return buf.Bytes()
}

func benchXLSX(tb testing.TB) []byte {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // it was only written to memory
	w, err := f.NewStreamWriter("Sheet1")
	check(tb, err)
	row := func(line int, cells []string) {
		values := make([]any, len(cells))
		for i, c := range cells {
			values[i] = c
		}
		check(tb, w.SetRow(fmt.Sprintf("A%d", line), values))
	}
	row(1, benchHeader)
	for i := range benchRows {
		row(i+2, benchCells(i))
	}
	check(tb, w.Flush())
	buf, err := f.WriteToBuffer()
	check(tb, err)
	return buf.Bytes()
}

// BenchmarkCSV compares with encoding/csv alone; the goal is at most 10 times.
func BenchmarkCSV(b *testing.B) {
	data := benchCSV(b)
	compare(b, 10, func() int { return bareCSV(b, data) }, func() int { return benchRead(b, data) })
}

// BenchmarkXLSX compares with a bare loop over excelize's rows; the goal is at
// most 1.3 times.
func BenchmarkXLSX(b *testing.B) {
	data := benchXLSX(b)
	compare(b, 1.3, func() int { return bareXLSX(b, data) }, func() int { return benchRead(b, data) })
}

// compare runs both in turn, reports the ratio of their medians and fails when
// it is above the goal.
func compare(b *testing.B, goal float64, bare, ours func() int) {
	var barely, mine []time.Duration
	for b.Loop() {
		for _, run := range []struct {
			read func() int
			took *[]time.Duration
		}{{bare, &barely}, {ours, &mine}} {
			runtime.GC()
			start := time.Now()
			if n := run.read(); n < benchRows {
				b.Fatalf("%d rows of %d", n, benchRows)
			}
			*run.took = append(*run.took, time.Since(start))
		}
	}
	slices.Sort(barely)
	slices.Sort(mine)
	m, p := mine[len(mine)/2], barely[len(barely)/2]
	b.ReportMetric(float64(p.Milliseconds()), "bare-ms")
	b.ReportMetric(float64(m.Milliseconds()), "intake-ms")
	ratio := float64(m) / float64(p)
	b.ReportMetric(ratio, "ratio")
	b.ReportMetric(goal, "goal")
	if ratio > goal {
		b.Errorf("%.2f times the bare library, the goal is %.1f", ratio, goal)
	}
}

func benchRead(b *testing.B, data []byte) int {
	r, err := Read(context.Background(), "bench", bytes.NewReader(data), Options{})
	check(b, err)
	return len(r.Rows)
}

func bareCSV(b *testing.B, data []byte) int {
	r := csv.NewReader(strings.NewReader(string(data)))
	n := 0
	for {
		_, err := r.Read()
		if err == io.EOF {
			return n
		}
		check(b, err)
		n++
	}
}

func bareXLSX(b *testing.B, data []byte) int {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	check(b, err)
	defer f.Close() //nolint:errcheck // it was only read
	rows, err := f.Rows("Sheet1")
	check(b, err)
	defer rows.Close() //nolint:errcheck // it was only read
	n := 0
	for rows.Next() {
		_, err := rows.Columns()
		check(b, err)
		n++
	}
	return n
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
