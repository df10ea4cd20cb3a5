package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// labelPeer is another program that prints the same labels.
type labelPeer struct {
	name  string
	times float64 // at least so much cheaper must ours be; 0 promises nothing
	run   func(dir string) (name string, args []string)
}

const labelFont = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"

// labelPeers need what build/scripts/setup.sh installs for bench, and pdfmake.
func labelPeers(here string) []labelPeer {
	return []labelPeer{
		{"pdfmake", 8, func(dir string) (string, []string) {
			return "node", []string{filepath.Join(here, "pdfmake.mjs"), "rows.csv", "font.ttf", dir, "pdfmake.pdf"}
		}},
		{"glabels", 10, func(string) (string, []string) {
			return "glabels-3-batch", []string{"-i", "rows.csv", "-o", "glabels.pdf", "label.glabels"}
		}},
		{"weasyprint", 25, func(string) (string, []string) { return "weasyprint", []string{"labels.html", "weasyprint.pdf"} }},
		{"reportlab", 0, func(string) (string, []string) {
			return "/usr/bin/python3", []string{filepath.Join(here, "reportlab_peer.py"), "rows.csv", "font.ttf", "reportlab.pdf"}
		}},
		{"chromium", 0, func(dir string) (string, []string) {
			return "chromium", []string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + filepath.Join(dir, "profile"),
				"--no-pdf-header-footer", "--print-to-pdf=" + filepath.Join(dir, "chromium.pdf"), "file://" + filepath.Join(dir, "labels.html")}
		}},
	}
}

// benchLabels prints 1,000 labels with ours and with every peer, in one run.
func benchLabels(ctx context.Context, _ int) (over bool, err error) {
	dir, err := filepath.Abs("build/cache/labels")
	if err != nil {
		return false, err
	}
	here, err := filepath.Abs("build/bench/labels")
	if err != nil {
		return false, err
	}
	ctl, err := prepareLabels(ctx, dir, here)
	if err != nil {
		return false, err
	}
	ours, over, err := ourLabels(ctx, dir, ctl)
	if err != nil {
		return false, err
	}
	for _, p := range labelPeers(here) {
		name, args := p.run(dir)
		c, err := measure(ctx, dir, name, args...)
		if err != nil {
			return false, err
		}
		ratio := c.cpu.Seconds() / ours.cpu.Seconds()
		fmt.Printf("%s %-15s %5.1f × ours (at least %.0f): %v, %d bytes, %s\n", word(ratio >= p.times), p.name, ratio, p.times, c, size(dir, p.name+".pdf"), scanned(ctx, dir, p.name+".pdf"))
		over = over || ratio < p.times
	}
	return over, nil
}

func word(ok bool) string {
	if ok {
		return "ok  "
	}
	return "OVER"
}

// prepareLabels builds hashmendctl and writes what the programs read.
func prepareLabels(ctx context.Context, dir, here string) (ctl string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	ctl = filepath.Join(dir, "hashmendctl")
	steps := [][]string{{"go", "build", "-tags", "sqlite_fts5", "-o", ctl, "./backend/cmd/hashmendctl"}}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "pdfmake")); err != nil {
		steps = append(steps, []string{"npm", "install", "--prefix", dir, "--no-audit", "--no-fund", "--silent", "pdfmake@0.3.11"})
	}
	if _, err := os.Stat(filepath.Join(dir, "font.ttf")); err != nil {
		steps = append(steps, []string{"/usr/bin/python3", filepath.Join(here, "one_font.py"), labelFont, filepath.Join(dir, "font.ttf")})
	}
	for _, s := range steps {
		if out, err := exec.CommandContext(ctx, s[0], s[1:]...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w\n%s", strings.Join(s, " "), err, out)
		}
	}
	rows := labelRows(1000)
	many := make([][]string, 0, 100*len(rows))
	for range 100 {
		many = append(many, rows...)
	}
	return ctl, errors.Join(writeRows(filepath.Join(dir, "rows.csv"), rows), writeRows(filepath.Join(dir, "many.csv"), many),
		writeHTML(filepath.Join(dir, "labels.html"), rows), writeGLabels(filepath.Join(dir, "label.glabels"), "rows.csv"))
}

// ourLabels measures ours: PDF, many labels, ZPL, and the preview.
func ourLabels(ctx context.Context, dir, ctl string) (pdf cost, over bool, err error) {
	print := func(rows, out string) (cost, error) {
		return measure(ctx, dir, ctl, "labels", "--csv", rows, "--template", "bench-100x150", "--out", out)
	}
	say := func(ok bool, format string, args ...any) {
		fmt.Printf("%s %s\n", word(ok), fmt.Sprintf(format, args...))
		over = over || !ok
	}
	if pdf, err = print("rows.csv", "ours.pdf"); err != nil {
		return pdf, false, err
	}
	n := size(dir, "ours.pdf")
	say(pdf.cpu <= time.Second, "%-15s %v (at most 1.00 s)", "PDF, 1,000", pdf)
	say(n <= 1_600_000, "%-15s %d bytes (at most 1,600,000), %s", "PDF size", n, scanned(ctx, dir, "ours.pdf"))
	many, err := print("many.csv", "many.pdf")
	if err != nil {
		return pdf, false, err
	}
	say(max(many.peak, pdf.peak) <= 64<<20, "%-15s %d MB for 1,000, %d MB for 100,000 (at most 64)", "memory", pdf.peak>>20, many.peak>>20)
	zpl, err := print("rows.csv", "ours.zpl")
	if err != nil {
		return pdf, false, err
	}
	say(zpl.cpu <= 4*time.Second, "%-15s %.2f ms a label (at most 4)", "ZPL", zpl.cpu.Seconds())
	first, err := firstByte(ctx, dir, ctl)
	if err != nil {
		return pdf, false, err
	}
	say(first <= 150*time.Millisecond, "%-15s %d ms (at most 150)", "ZPL, first byte", first.Milliseconds())
	text, err := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "^Benchmark(PreviewWarm|PreviewCold)$", "./backend/label").CombinedOutput()
	if err != nil {
		return pdf, false, fmt.Errorf("%w\n%s", err, text)
	}
	for name, most := range map[string]float64{"PreviewWarm": 16, "PreviewCold": 150} {
		ms, err := nanoseconds(string(text), "Benchmark"+name)
		if err != nil {
			return pdf, false, err
		}
		say(ms <= most, "%-15s %.1f ms (at most %.0f)", name, ms, most)
	}
	return pdf, over, nil
}

// firstByte is how long a printer waits.
func firstByte(ctx context.Context, dir, ctl string) (time.Duration, error) {
	cmd := exec.CommandContext(ctx, ctl, "labels", "--csv", "rows.csv", "--template", "bench-100x150", "--out", "-")
	cmd.Dir = dir
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	_, err = out.Read(make([]byte, 1))
	took := time.Since(begin)
	_ = cmd.Process.Kill() // the rest is of no interest
	_ = cmd.Wait()
	return took, err
}

// nanoseconds reads a benchmark's time, in milliseconds.
func nanoseconds(text, name string) (ms float64, err error) {
	for line := range strings.Lines(text) {
		if f := strings.Fields(line); len(f) >= 4 && (f[0] == name || strings.HasPrefix(f[0], name+"-")) {
			_, err := fmt.Sscan(f[2], &ms)
			return ms / 1e6, err
		}
	}
	return 0, fmt.Errorf("%s did not run:\n%s", name, text)
}

func size(dir, name string) int64 {
	info, err := os.Stat(filepath.Join(dir, name))
	if err != nil {
		return 0
	}
	return info.Size()
}

// scanned renders every fiftieth label as a thermal head would and reads its
// code back: a file that no scanner reads is cheap.
func scanned(ctx context.Context, dir, name string) string {
	rows, ok, all := labelRows(1000), 0, 0
	for page := 1; page <= 1000; page += 50 {
		all++
		script := fmt.Sprintf("pdftoppm -mono -r 203 -f %d -l %d %s scan && zbarimg -q --raw -Sdisable -Sqrcode.enable scan-*.pbm; rm -f scan-*.pbm", page, page, name)
		cmd := exec.CommandContext(ctx, "sh", "-c", script)
		cmd.Dir = dir
		out, err := cmd.Output()
		if err == nil && strings.TrimSpace(string(out)) == rows[page-1][10] {
			ok++
		}
	}
	return fmt.Sprintf("%d of %d codes read", ok, all)
}
