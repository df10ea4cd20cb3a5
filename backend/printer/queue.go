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

// Queue is a print queue of the operating system.
type Queue struct {
	Name    string
	Default bool
}

// Queues lists the queues of CUPS, in its order. Without CUPS it answers
// ErrNoQueues; with CUPS and no printer, an empty list.
func Queues(ctx context.Context) ([]Queue, error) {
	names, err := cups(ctx, nil, "lpstat", "-e")
	if err != nil {
		return nil, err
	}
	standard, err := cups(ctx, nil, "lpstat", "-d")
	if err != nil {
		standard = "" // no default is an error to some versions
	}
	_, chosen, _ := strings.Cut(strings.TrimSpace(standard), ": ")
	queues := []Queue{}
	for line := range strings.Lines(names) {
		if name := strings.TrimSpace(line); name != "" {
			queues = append(queues, Queue{Name: name, Default: name == chosen})
		}
	}
	return queues, nil
}

// Job is what is sent to a queue.
type Job struct {
	Queue  string
	Title  string // shown in the system's list of jobs
	Copies int    // at least 1
}

// PrintPDF gives a document to a queue, to be printed in its own size: a label
// that the system scales to the page no longer fits its paper.
func PrintPDF(ctx context.Context, job Job, pdf io.Reader) error {
	if job.Queue == "" || strings.HasPrefix(job.Queue, "-") || job.Copies < 1 {
		return fmt.Errorf("%w: queue %q, %d copies", ErrQueue, job.Queue, job.Copies)
	}
	_, err := cups(ctx, pdf, "lp", "-d", job.Queue, "-n", strconv.Itoa(job.Copies),
		"-t", job.Title, "-o", "print-scaling=none", "-o", "document-format=application/pdf", "-")
	return err
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
