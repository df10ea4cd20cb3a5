package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// command is one word behind the program's name.
type command struct {
	name, text string
	run        func(t *terminal, ctx context.Context, args []string) error
}

// commands are what the program can do, in the order in which a shop meets them.
// Filled by init: usage reads the table that the commands are in.
var commands []command

func init() {
	commands = []command{
		{"init", "make a new centre: its name, addresses, payees and languages; prints an invite for the office", (*terminal).begin},
		{"serve", "serve the centre until interrupted", (*terminal).serve},
		{"invite", "make a code that lets one PC in, once", (*terminal).invite},
		{"installs", "list the PCs that have joined", (*terminal).installs},
		{"revoke", "shut a PC out, such as a stolen one", (*terminal).revoke},
		{"info", "show or set what the centre says about itself", (*terminal).info},
		{"prices", "show or set the price list that a technician is proposed, as CSV", (*terminal).prices},
		{"fingerprint", "show the fingerprint of the certificate, for a desk to compare", (*terminal).fingerprint},
		{"backup", "write the whole centre into one file, while it serves", (*terminal).backup},
		{"restore", "make a centre from a backup", (*terminal).restore},
		{"check", "look everything over; code 3 when something is wrong", (*terminal).check},
		{"checkpoint", "sign where the log stands; check --checkpoints holds the past against it later", (*terminal).checkpoint},
		{"track", "ask a tracking service about a number, to see whether its settings are right", (*terminal).track},
		{"import-outbox", "file what a PC without a line wrote with hashmendctl outbox export", (*terminal).importOutbox},
		{"dump", "write every case as JSON lines", (*terminal).dump},
		{"seed", "fill a new centre with plausible cases", (*terminal).seed},
		{"rotate-keys", "sign with a new key from the next start; the old one stays published", (*terminal).rotateKeys},
	}
}

func find(name string) (command, bool) {
	for _, c := range commands {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func usage() string {
	var b strings.Builder
	b.WriteString("centred COMMAND --data DIR …\n\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "  %-13s %s\n", c.name, c.text)
	}
	b.WriteString("\ncentred COMMAND --help tells what a command takes. Settings come from DIR/centred.toml,\n" +
		"then from the environment (CENTRED_LISTEN and so on), then from the command line.\n" +
		"Codes: 0 done, 1 refused, 2 not understood, 3 check has found faults\n")
	return b.String()
}

// parse reads a command line and the settings. The settings named are flags of
// this command, and those that say where the centre is are in any case; define adds the flags that are its own.
func (t *terminal) parse(name string, args []string, settings []setting, define func(*flag.FlagSet)) (config, error) {
	flags := flag.NewFlagSet("centred "+name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	dir := flags.String("data", t.getenv("CENTRED_DATA"), "the centre's data `folder`; CENTRED_DATA")
	file := flags.String("config", "", "`file` of settings instead of centred.toml in the data folder")
	given := map[string]*string{}
	if len(settings) == 0 {
		settings = []setting{dbSetting, filesSetting}
	}
	shown := error(nil)
	for _, s := range settings {
		if s.isSecret() {
			flags.Func(s.name, s.usage+"; "+s.variable(), func(string) error { shown = errSecretFlag(s); return nil })
			continue
		}
		given[s.name] = flags.String(s.name, "", s.usage+"; "+s.variable())
	}
	if define != nil {
		define(flags)
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return config{}, t.help(flags, name)
	case err != nil:
		return config{}, fmt.Errorf("%w: %w", errUsage, err)
	case shown != nil:
		return config{}, shown
	case flags.NArg() > 0:
		return config{}, fmt.Errorf("%w: %q is too much", errUsage, flags.Arg(0))
	case *dir == "":
		return config{}, fmt.Errorf("%w: --data DIR is missing", errUsage)
	}
	asked := map[string]string{}
	flags.Visit(func(f *flag.Flag) {
		if value, ok := given[f.Name]; ok {
			asked[f.Name] = *value
		}
	})
	return readConfig(*dir, *file, t.getenv, asked)
}

func (t *terminal) help(flags *flag.FlagSet, name string) error {
	c, _ := find(name)
	fmt.Fprintf(t.out, "centred %s: %s\n\n", name, c.text)
	flags.SetOutput(t.out)
	flags.PrintDefaults()
	return flag.ErrHelp
}
