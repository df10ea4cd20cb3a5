package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"hashmend/backend/atomicfile"
	"hashmend/backend/centre"
	"hashmend/backend/centre/seed"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

func (t *terminal) info(ctx context.Context, args []string) error {
	var file string
	c, err := t.parse("info", args, nil, func(f *flag.FlagSet) {
		f.StringVar(&file, "set", "", "JSON `file` with what the centre shall say about itself; what it leaves out stays")
	})
	if err != nil {
		return err
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		if file != "" {
			if err := setInfo(ctx, h.Centre(), file); err != nil {
				return err
			}
		}
		now, err := h.Centre().Info(ctx)
		if err != nil {
			return err
		}
		e := json.NewEncoder(t.out)
		e.SetIndent("", "  ")
		return e.Encode(now)
	})
}

// setInfo changes what the file names and leaves the rest as it is.
func setInfo(ctx context.Context, c *centre.Centre, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return c.ChangeInfo(ctx, func(info *repair.CentreInfo) error {
		if err := wire.DecodeStrict(data, info); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		return nil
	})
}

func (t *terminal) seed(ctx context.Context, args []string) error {
	now := time.Now().UTC().Format(time.RFC3339)
	c, err := t.parse("seed", args, nil, func(f *flag.FlagSet) {
		f.StringVar(&now, "now", now, "the `moment` at which the story stands, RFC 3339")
	})
	if err != nil {
		return err
	}
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		story, err := seed.Seed(ctx, h.Centre(), at)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(t.out, "%d work orders, %d commands\n", story.WorkOrders, story.Commands)
		return err
	})
}

func (t *terminal) check(ctx context.Context, args []string) error {
	var checkpoints string
	c, err := t.parse("check", args, nil, func(f *flag.FlagSet) {
		f.StringVar(&checkpoints, "checkpoints", "", "`file` of lines that checkpoint wrote: the past must still be that")
	})
	if err != nil {
		return err
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		report, err := h.Check(ctx)
		if err != nil {
			return err
		}
		if checkpoints != "" {
			if err := holds(ctx, h, checkpoints, &report); err != nil {
				return err
			}
		}
		if err := json.NewEncoder(t.out).Encode(report); err != nil {
			return err
		}
		if len(report.Faults) > 0 {
			return errFaults
		}
		return nil
	})
}

func (t *terminal) dump(ctx context.Context, args []string) error {
	c, err := t.parse("dump", args, nil, nil)
	if err != nil {
		return err
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		e := json.NewEncoder(t.out)
		return h.Centre().Dump(ctx, func(row wire.Row) error { return e.Encode(row) })
	})
}

func (t *terminal) backup(ctx context.Context, args []string) error {
	var to string
	c, err := t.parse("backup", args, nil, func(f *flag.FlagSet) {
		f.StringVar(&to, "to", "", "the `file` to write, a tar; it holds keys and customers' data: keep it as safe as the centre")
	})
	if err != nil {
		return err
	}
	if to == "" {
		return fmt.Errorf("%w: --to FILE is missing", errUsage)
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		err := atomicfile.WriteFrom(to, 0o600, func(w io.Writer) error { return h.Backup(ctx, w) })
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(t.out, "wrote", to)
		return err
	})
}

// restoredNote is what a backup cannot know.
const restoredNote = `The desks notice by themselves and send again what the copy does not have.
Whoever was shut out after the copy was made can come in again: look through
"centred installs" and shut them out once more with "centred revoke". Whoever
joined after it needs a new invite, a customer under the same name.`

func (t *terminal) restore(ctx context.Context, args []string) error {
	var from string
	c, err := t.parse("restore", args, nil, func(f *flag.FlagSet) {
		f.StringVar(&from, "from", "", "the backup's `file`")
	})
	if err != nil {
		return err
	}
	if from == "" {
		return fmt.Errorf("%w: --from FILE is missing", errUsage)
	}
	f, err := os.Open(from)
	if err != nil {
		return err
	}
	if err := errors.Join(centrehost.Restore(ctx, c.dir, f), f.Close()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "restored %s\n%s\n", c.dir, restoredNote)
	return err
}
