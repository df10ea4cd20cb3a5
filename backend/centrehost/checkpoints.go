package centrehost

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"hashmend/backend/atomicfile"
	"hashmend/backend/centre"
)

// CheckpointsName is the file in the data folder with one checkpoint a day, one a
// line, the oldest first. Whoever copies it elsewhere can show later that the past
// is still the same.
const CheckpointsName = "checkpoints.jsonl"

// A day by the centre's clock lies between two checkpoints; those of more than a
// year are kept.
const (
	checkpointEvery = 24 * time.Hour
	checkpointsKept = 400
)

// checkpoint writes today's checkpoint unless it is there. A clock that was set
// back far does not keep it waiting.
func (h *Host) checkpoint(ctx context.Context) error {
	lines, err := h.checkpoints()
	if err != nil {
		return err
	}
	next, err := h.centre.Checkpoint(ctx)
	if err != nil {
		return err
	}
	if n := len(lines); n > 0 {
		var last centre.Checkpoint
		if json.Unmarshal(lines[n-1], &last) == nil && next.At.Time().Sub(last.At.Time()).Abs() < checkpointEvery {
			return nil
		}
	}
	line, err := json.Marshal(next)
	if err != nil {
		return err
	}
	lines = append(lines, line)
	lines = lines[max(0, len(lines)-checkpointsKept):]
	return atomicfile.Write(filepath.Join(h.dir, CheckpointsName), append(bytes.Join(lines, []byte("\n")), '\n'), 0o600)
}

// checkpoints reads the lines that are kept; none before the first day.
func (h *Host) checkpoints() (lines [][]byte, err error) {
	text, err := os.ReadFile(filepath.Join(h.dir, CheckpointsName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			lines = append(lines, line)
		}
	}
	return lines, err
}

// checkCheckpoints holds the log against every checkpoint that is kept.
func (h *Host) checkCheckpoints(ctx context.Context, report *centre.Report) error {
	lines, err := h.checkpoints()
	if err != nil {
		return err
	}
	for n, line := range lines {
		var p centre.Checkpoint
		err := json.Unmarshal(line, &p)
		if err == nil {
			err = h.centre.Holds(ctx, p)
		}
		if err != nil {
			report.Faults = append(report.Faults, fmt.Sprintf("%s, line %d: %v", CheckpointsName, n+1, err))
		}
	}
	return ctx.Err()
}
