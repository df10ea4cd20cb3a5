package main

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The grid's limits are milliseconds, not ratios: sixty frames a second mean the
// same on every machine. The last keeps the other core for the person's work.
const (
	frameMedian = 17.0
	frameSlow   = 33.0 // of the slowest twentieth
	frameCPU    = 13.0 // of all processes of the engine that lay out and draw
	gridRows    = 10_000
	gridFrames  = 300
)

//go:embed grid.js
var gridScript string

// scroll is what one pass over the grid took, in milliseconds a frame.
type scroll struct {
	median, slow, cpu float64
}

// benchGrid scrolls the editor's grid of 10,000 devices in WebKitGTK, the engine
// of the window on Linux. The page comes from the real program, through
// --webdesk; the browser is WebKitGTK's own MiniBrowser, driven by WebDriver and
// drawing without a graphics card, as the window does by default.
func benchGrid(ctx context.Context, rounds int) (over bool, err error) {
	dir, err := os.MkdirTemp("", "hashmend-grid-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	desk, address, err := startWebdesk(ctx, dir)
	if err != nil {
		return false, err
	}
	defer stop(desk)
	browser, err := openMiniBrowser(ctx, dir)
	if err != nil {
		return false, err
	}
	defer browser.close()
	if err := browser.open(address); err != nil {
		return false, err
	}
	for _, step := range []string{"enter", "fill", "show"} {
		if err := browser.run(step, nil, gridRows); err != nil {
			return false, err
		}
	}
	var passes []scroll
	for round := range rounds + 1 {
		pass, err := browser.scroll(round)
		if err != nil {
			return false, err
		}
		if round > 0 { // the first one warms the engine
			passes = append(passes, pass)
		}
	}
	for _, m := range []struct {
		name  string
		of    func(scroll) float64
		limit float64
	}{
		{"grid frame, p50", func(s scroll) float64 { return s.median }, frameMedian},
		{"grid frame, p95", func(s scroll) float64 { return s.slow }, frameSlow},
		{"grid CPU a frame", func(s scroll) float64 { return s.cpu }, frameCPU},
	} {
		if judgeTime(m.name, passes, m.of, m.limit) {
			over = true
		}
	}
	return over, nil
}

// judgeTime prints the median of the passes and says whether it is over its limit.
func judgeTime(name string, passes []scroll, of func(scroll) float64, limit float64) bool {
	values := make([]float64, len(passes))
	for i, p := range passes {
		values[i] = of(p)
	}
	slices.Sort(values)
	got, word := values[len(values)/2], "ok  "
	if got > limit {
		word = "OVER"
	}
	fmt.Printf("%s %-16s %5.1f ms (limit %.0f) of %d frames over %d rows; %d passes, %.1f to %.1f ms\n",
		word, name, got, limit, gridFrames, gridRows, len(values), values[0], values[len(values)-1])
	return got > limit
}

// startWebdesk starts the program for a browser and gives the address it prints.
func startWebdesk(ctx context.Context, dir string) (*exec.Cmd, string, error) {
	cmd := exec.CommandContext(ctx, "build/bin/hashmend", "--data", filepath.Join(dir, "data"), "--webdesk", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, "", err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, "", err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if line := strings.TrimSpace(lines.Text()); strings.HasPrefix(line, "http://") {
			return cmd, line, nil
		}
	}
	stop(cmd)
	return nil, "", fmt.Errorf("the program printed no address: %v", lines.Err())
}

func stop(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// scroll makes one pass and measures it: the page its frames, /proc the CPU.
func (b *miniBrowser) scroll(round int) (s scroll, err error) {
	before, err := cpuOf(b.driver.Process.Pid, "WebKitWebProces")
	if err != nil {
		return s, err
	}
	var frames []float64
	if err := b.run("scroll", &frames, gridFrames, round); err != nil {
		return s, err
	}
	after, err := cpuOf(b.driver.Process.Pid, "WebKitWebProces")
	if err != nil {
		return s, err
	}
	if len(frames) < gridFrames {
		return s, fmt.Errorf("the page drew %d frames of %d", len(frames), gridFrames)
	}
	slices.Sort(frames)
	at := func(part float64) float64 { return frames[int(part*float64(len(frames)-1))] }
	cpu := float64(after-before) / float64(time.Millisecond) / float64(len(frames))
	return scroll{median: at(0.50), slow: at(0.95), cpu: cpu}, nil
}

// run runs one step of grid.js and reads what it gives.
func (b *miniBrowser) run(step string, out any, args ...any) error {
	answer, err := b.script(gridScript, append([]any{step}, args...))
	if err != nil {
		return fmt.Errorf("%s: %w", step, err)
	}
	var got struct {
		Value json.RawMessage `json:"value"`
		Error string          `json:"error"`
	}
	if err := json.Unmarshal(answer, &got); err != nil {
		return fmt.Errorf("%s: %w", step, err)
	}
	if got.Error != "" {
		return fmt.Errorf("%s: %s", step, got.Error)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(got.Value, out)
}
