package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"hashmend/app"
	"hashmend/backend/desk"
)

// measurement is what a child does, and how many arguments it needs.
type measurement struct {
	measure   func([]string) (figures, error)
	arguments int
}

var measurements = map[string]measurement{
	"import": {childImport, 1}, "plain": {childPlain, 2}, "pull": {childPull, 2}, "large": {childLarge, 2},
	"outbox": {childOutbox, 0}, "idle": {childIdle, 2},
}

// beChild makes one measurement in the present folder and prints its figures.
func beChild(what string, arguments []string) error {
	log.SetOutput(io.Discard)
	m, known := measurements[what]
	switch {
	case !known:
		return fmt.Errorf("no measurement is named %q", what)
	case len(arguments) != m.arguments:
		return fmt.Errorf("%s needs %d arguments, got %d", what, m.arguments, len(arguments))
	}
	f, err := m.measure(arguments)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(f)
}

func cpu() float64 {
	var r unix.Rusage
	_ = unix.Getrusage(unix.RUSAGE_SELF, &r)
	return float64(r.Utime.Nano()+r.Stime.Nano()) / 1e9
}

func peakMB() float64 {
	var r unix.Rusage
	_ = unix.Getrusage(unix.RUSAGE_SELF, &r)
	return float64(r.Maxrss) / 1024
}

// bound finds what the window asks of a program.
func bound[T any](a *app.App) (found T) {
	for _, b := range a.Bound() {
		if t, ok := b.(T); ok {
			return t
		}
	}
	return found
}

// childImport reads the CSV into a draft as the window does, until every row and
// its findings are there.
func childImport(arguments []string) (figures, error) {
	csv := arguments[0]
	a, err := app.Open(app.Config{Dir: "data", Version: "bench"})
	if err != nil {
		return nil, err
	}
	defer func() { _ = a.Close() }()
	drafts := bound[*app.Drafts](a)
	d, err := drafts.Create("")
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(csv)
	if err != nil {
		return nil, err
	}
	before := cpu()
	w := httptest.NewRecorder()
	a.Local().ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/local/import?name=devices.csv&draft="+d.ID, bytes.NewReader(content)))
	var job desk.ImportView
	if err := json.Unmarshal(w.Body.Bytes(), &job); err != nil {
		return nil, fmt.Errorf("%d %s: %w", w.Code, w.Body, err)
	}
	for job.State == "reading" {
		time.Sleep(5 * time.Millisecond)
		if job, err = drafts.Import(job.Job); err != nil {
			return nil, err
		}
	}
	d, err = drafts.Get(d.ID)
	if want := strings.Count(string(content), "\n") - 1; err != nil || d.RowCount != want {
		return nil, fmt.Errorf("%d rows of %d, %s, %w", d.RowCount, want, job.State, err)
	}
	return figures{"cpu": cpu() - before, "rss": peakMB()}, nil
}

// timed gives the milliseconds of each of n runs.
func timed(n int, f func() error) (out []float64, err error) {
	for range n {
		began := time.Now()
		if err := f(); err != nil {
			return nil, err
		}
		out = append(out, float64(time.Since(began))/1e6)
	}
	return out, nil
}

func quantile(values []float64, percent int) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}
