// Command centred runs an after-sales centre.
//
//	centred serve  --data DIR --listen ADDR     serve until interrupted
//	centred invite --data DIR --role ROLE …     make a code that lets one install in
//	centred installs --data DIR                 list the PCs that have joined
//	centred revoke --data DIR --install ID      shut a PC out, such as a stolen one
//	centred info   --data DIR [--set FILE]      show or set what the centre says about itself
//	centred seed   --data DIR                   fill a new centre with plausible cases
//	centred check  --data DIR                   look everything over
//	centred dump   --data DIR                   write every case as JSON lines
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/centre/seed"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "centred:", err)
		os.Exit(exitCode(err))
	}
}

// errUsage means that the command line is wrong: exit code 2.
var errUsage = errors.New("use: centred serve|invite|installs|revoke|info|seed|check|dump --data DIR …")

// errFaults means that check has found something: exit code 3.
var errFaults = errors.New("the centre has faults")

func exitCode(err error) int {
	switch {
	case errors.Is(err, errUsage):
		return 2
	case errors.Is(err, errFaults):
		return 3
	}
	return 1
}

// commands are the words after the program's name.
var commands = map[string]func(ctx context.Context, args []string, out, log io.Writer) error{
	"serve": serve, "invite": invite, "installs": installs, "revoke": revoke, "info": info, "seed": fill, "check": check, "dump": dump,
}

func run(ctx context.Context, args []string, out, log io.Writer) error {
	if len(args) == 0 {
		return errUsage
	}
	command, ok := commands[args[0]]
	if !ok {
		return errUsage
	}
	return command(ctx, args[1:], out, log)
}

// parse reads the flags; every command has --data.
func parse(name string, args []string, log io.Writer, define func(*flag.FlagSet)) (dir string, err error) {
	flags := flag.NewFlagSet("centred "+name, flag.ContinueOnError)
	flags.SetOutput(log)
	flags.StringVar(&dir, "data", "", "the centre's data folder")
	if define != nil {
		define(flags)
	}
	if err := flags.Parse(args); err != nil {
		return "", fmt.Errorf("%w: %w", errUsage, err)
	}
	if dir == "" || flags.NArg() > 0 {
		return "", errUsage
	}
	return dir, nil
}

func serve(ctx context.Context, args []string, out, log io.Writer) error {
	var listen string
	dir, err := parse("serve", args, log, func(f *flag.FlagSet) {
		f.StringVar(&listen, "listen", "127.0.0.1:0", "address to listen on; plain HTTP, so put TLS in front of any other than loopback")
	})
	if err != nil {
		return err
	}
	host, err := centrehost.Open(ctx, dir, centrehost.Options{Log: slog.New(slog.NewJSONHandler(log, nil))})
	if err != nil {
		return err
	}
	url, err := host.Listen(listen)
	if err != nil {
		return errors.Join(err, host.Close())
	}
	if _, err := fmt.Fprintln(out, "listening on", url); err != nil {
		return errors.Join(err, host.Close())
	}
	failed := make(chan error, 1)
	go func() { failed <- host.Wait() }()
	select {
	case <-ctx.Done():
		return host.Close()
	case err := <-failed:
		return errors.Join(err, host.Close())
	}
}

func invite(ctx context.Context, args []string, out, log io.Writer) error {
	var role, account, name string
	dir, err := parse("invite", args, log, func(f *flag.FlagSet) {
		f.StringVar(&role, "role", "customer", "customer, technician, office or admin")
		f.StringVar(&account, "account", "", "the customer's name")
		f.StringVar(&name, "name", "", "the person's name")
	})
	if err != nil {
		return err
	}
	return with(ctx, dir, func(h *centrehost.Host) error {
		made, err := h.Invite(ctx, repair.Role(role), account, name)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%s\n", made.Code)
		fmt.Fprintf(log, "for one %s, until %s\n", made.Role, made.Expires)
		return err
	})
}

func installs(ctx context.Context, args []string, out, log io.Writer) error {
	dir, err := parse("installs", args, log, nil)
	if err != nil {
		return err
	}
	return with(ctx, dir, func(h *centrehost.Host) error {
		list, err := h.Centre().Installs(ctx)
		if err != nil {
			return err
		}
		for _, i := range list {
			state := "since " + string(i.At)
			if i.RevokedAt.IsSet() {
				state = "revoked " + string(i.RevokedAt)
			}
			// People chose the names: a quoted one cannot look like another line.
			if _, err := fmt.Fprintf(out, "%s\t%s\t%q\t%q\t%s\n", i.ID, i.Person.Role, i.Person.Name, i.Name, state); err != nil {
				return err
			}
		}
		return nil
	})
}

func revoke(ctx context.Context, args []string, out, log io.Writer) error {
	var install string
	dir, err := parse("revoke", args, log, func(f *flag.FlagSet) {
		f.StringVar(&install, "install", "", "its id, as installs lists it")
	})
	if err != nil {
		return err
	}
	return with(ctx, dir, func(h *centrehost.Host) error {
		if err := h.Centre().Revoke(ctx, repair.InstallID(install)); err != nil {
			return err
		}
		_, err := fmt.Fprintln(out, "revoked", install)
		return err
	})
}

func info(ctx context.Context, args []string, out, log io.Writer) error {
	var file string
	dir, err := parse("info", args, log, func(f *flag.FlagSet) {
		f.StringVar(&file, "set", "", "JSON file with what the centre shall say about itself")
	})
	if err != nil {
		return err
	}
	return with(ctx, dir, func(h *centrehost.Host) error {
		if file != "" {
			if err := setInfo(ctx, h.Centre(), file); err != nil {
				return err
			}
		}
		now, err := h.Centre().Info(ctx)
		if err != nil {
			return err
		}
		e := json.NewEncoder(out)
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
	next, err := c.Info(ctx)
	if err != nil {
		return err
	}
	if err := wire.DecodeStrict(data, &next); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return c.SetInfo(ctx, next)
}

func fill(ctx context.Context, args []string, out, log io.Writer) error {
	now := time.Now().UTC().Format(time.RFC3339)
	dir, err := parse("seed", args, log, func(f *flag.FlagSet) {
		f.StringVar(&now, "now", now, "the moment at which the story stands, RFC 3339")
	})
	if err != nil {
		return err
	}
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	return with(ctx, dir, func(h *centrehost.Host) error {
		story, err := seed.Seed(ctx, h.Centre(), at)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%d work orders, %d commands\n", story.WorkOrders, story.Commands)
		return err
	})
}

func check(ctx context.Context, args []string, out, log io.Writer) error {
	dir, err := parse("check", args, log, nil)
	if err != nil {
		return err
	}
	return with(ctx, dir, func(h *centrehost.Host) error {
		report, err := h.Centre().Check(ctx)
		if err != nil {
			return err
		}
		if err := json.NewEncoder(out).Encode(report); err != nil {
			return err
		}
		if len(report.Faults) > 0 {
			return errFaults
		}
		return nil
	})
}

func dump(ctx context.Context, args []string, out, log io.Writer) error {
	dir, err := parse("dump", args, log, nil)
	if err != nil {
		return err
	}
	return with(ctx, dir, func(h *centrehost.Host) error {
		e := json.NewEncoder(out)
		return h.Centre().Dump(ctx, func(row wire.Row) error { return e.Encode(row) })
	})
}

// with does something with the centre in a data folder, beside a running server
// if there is one.
func with(ctx context.Context, dir string, f func(*centrehost.Host) error) error {
	host, err := centrehost.Open(ctx, dir, centrehost.Options{})
	if err != nil {
		return err
	}
	return errors.Join(f(host), host.Close())
}
