//go:build !windows

package printer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// PrintsPDF: CUPS renders a document for its printer.
const PrintsPDF = true

// queues asks CUPS.
func queues(ctx context.Context) ([]Queue, error) {
	names, err := cups(ctx, nil, "lpstat", "-e")
	if err != nil {
		return nil, err
	}
	standard, err := cups(ctx, nil, "lpstat", "-d")
	if err != nil {
		standard = "" // no default is an error to some versions
	}
	_, chosen, _ := strings.Cut(strings.TrimSpace(standard), ": ")
	list := []Queue{}
	for line := range strings.Lines(names) {
		if name := strings.TrimSpace(line); name != "" {
			list = append(list, Queue{Name: name, Default: name == chosen})
		}
	}
	return list, nil
}

func printPDF(ctx context.Context, job Job, pdf io.Reader) error {
	_, err := cups(ctx, pdf, "lp", "-d", job.Queue, "-n", strconv.Itoa(job.Copies),
		"-t", job.Title, "-o", "print-scaling=none", "-o", "document-format=application/pdf", "-")
	return err
}

// printRaw writes the job to a file first: CUPS prints nothing before it has all
// of a job, and half a job must not come out when the other half cannot be drawn.
func printRaw(ctx context.Context, job Job, data io.Reader) (int64, error) {
	whole, err := os.CreateTemp("", "job-*")
	if err != nil {
		return 0, fmt.Errorf("keep the job: %w", err)
	}
	defer func() { _, _ = whole.Close(), os.Remove(whole.Name()) }()
	n, err := io.Copy(whole, data)
	if err != nil {
		return 0, fmt.Errorf("read the job: %w", err)
	}
	if ctx.Err() != nil {
		return 0, ctx.Err()
	}
	if _, err := whole.Seek(0, io.SeekStart); err != nil {
		return 0, fmt.Errorf("keep the job: %w", err)
	}
	if _, err := cups(ctx, whole, "lp", "-d", job.Queue, "-t", job.Title, "-o", "raw", "-"); err != nil {
		if ctx.Err() != nil { // it may have the job already: nobody waited for its answer
			return n, err
		}
		return 0, err
	}
	return n, nil
}

// cups runs one of its programs, in English so that the answer can be read.
func cups(ctx context.Context, in io.Reader, name string, args ...string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNoQueues, err)
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.Stdin = in
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("%w: %s", ErrQueue, strings.TrimSpace(stderr.String()))
	}
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNoQueues, err)
	}
	return string(out), nil
}
