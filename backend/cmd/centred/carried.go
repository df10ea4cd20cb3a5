package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"hashmend/backend/centrehost"
	"hashmend/backend/wire"
)

// errItems means that the rules refused something of a file: exit code 1.
var errItems = errors.New("refused, and all others are done")

// importOutbox files what a file carries, beside a running server if there is one.
// Each item is answered with a line.
func (t *terminal) importOutbox(ctx context.Context, args []string) error {
	var from string
	c, err := t.parse("import-outbox", args, nil, func(f *flag.FlagSet) {
		f.StringVar(&from, "from", "", "the `file` that the PC wrote")
	})
	if err != nil {
		return err
	}
	if from == "" {
		return fmt.Errorf("%w: --from FILE is missing", errUsage)
	}
	file, err := readCarried(from)
	if err != nil {
		return err
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		results, err := h.Centre().Carry(ctx, file)
		e := json.NewEncoder(t.out)
		for _, r := range results {
			if r.Outcome == wire.OutcomeRefused {
				err = errors.Join(err, fmt.Errorf("%s: %w", r.ID, errItems))
			}
			if failed := e.Encode(r); failed != nil {
				return failed
			}
		}
		return err
	})
}

func readCarried(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	file, err := io.ReadAll(io.LimitReader(f, wire.CarriedMax+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	if len(file) > wire.CarriedMax {
		return nil, wire.ErrCarriedUnread.With("why", "size")
	}
	return file, nil
}
