package printer

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// Queue is a print queue of the operating system.
type Queue struct {
	Name    string
	Default bool
}

// Job is what is sent to a queue.
type Job struct {
	Queue  string
	Title  string // shown in the system's list of jobs
	Copies int    // at least 1; of raw data always 1: the printer's language says how many
}

func (j Job) check() error {
	if j.Queue == "" || strings.HasPrefix(j.Queue, "-") || j.Copies < 1 {
		return fmt.Errorf("%w: queue %q, %d copies", ErrQueue, j.Queue, j.Copies)
	}
	return nil
}

// Queues lists the queues of this system, in its order. Without a print system
// it answers ErrNoQueues; with one and no printer, an empty list.
func Queues(ctx context.Context) ([]Queue, error) { return queues(ctx) }

// PrintPDF gives a document to a queue, to be printed in its own size: a label
// that the system scales to the page no longer fits its paper.
func PrintPDF(ctx context.Context, job Job, pdf io.Reader) error {
	if err := job.check(); err != nil {
		return err
	}
	return printPDF(ctx, job, pdf)
}

// PrintRaw gives a queue bytes in the printer's own language, which the system
// passes on as they are. It answers how many bytes the queue took.
func PrintRaw(ctx context.Context, job Job, data io.Reader) (sent int64, err error) {
	if err := job.check(); err != nil {
		return 0, err
	}
	return printRaw(ctx, job, data)
}
