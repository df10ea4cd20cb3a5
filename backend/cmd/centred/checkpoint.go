package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
)

// checkpoint writes one signed line, such as a serving centre writes every day
// into its folder. Whoever runs the centre keeps the lines where it cannot change
// them.
func (t *terminal) checkpoint(ctx context.Context, args []string) error {
	c, err := t.parse("checkpoint", args, nil, nil)
	if err != nil {
		return err
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		p, err := h.Centre().Checkpoint(ctx)
		if err != nil {
			return err
		}
		return json.NewEncoder(t.out).Encode(p)
	})
}

// holds holds the log against the checkpoints of a file, one a line.
func holds(ctx context.Context, h *centrehost.Host, file string, report *centre.Report) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var p centre.Checkpoint
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", file, err), f.Close())
		}
		if err := h.Centre().Holds(ctx, p); err != nil {
			report.Faults = append(report.Faults, err.Error())
		}
	}
	return errors.Join(lines.Err(), f.Close())
}
