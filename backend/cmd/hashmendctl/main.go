// Command hashmendctl is the desk from a terminal: the same deeds, rules and
// data folder as the window. While a desk runs it asks that one; else it takes
// the folder itself.
//
// Exit codes:
//
//	0  done
//	1  refused: by the rules, the centre, or because the input is wrong
//	2  the command was not understood
//	3  not confirmed yet: the centre was not reached, or has not answered
//	4  this PC cannot now: the data folder is in use, read-only, full or too new
//	5  there is no such thing
//	6  the centre does not know this PC (any more)
//	7  a fault of the program
//
//	130  interrupted by Ctrl-C or SIGTERM: what was queued is kept
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"

	"hashmend/backend/datadir"
	"hashmend/backend/repair"
)

// version is set by the build.
var version = "0.0.0-dev"

// Exit codes, as documented above.
const (
	exitOK = iota
	exitRefused
	exitUsage
	exitWaiting
	exitUnavailable
	exitNotFound
	exitUnknown
	exitFault

	exitInterrupted = 130 // as shells say it
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program wherever it stands
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// tool is one run of the program.
type tool struct {
	ctx  context.Context
	in   io.Reader
	out  io.Writer
	err  io.Writer // warnings and errors
	json bool      // results as JSON, for scripts
	data string    // the data folder, "" for the usual one
	lang string    // of the sentences: en or zh
	desk *link     // nil until asked for

	words map[string]sentences // nil until something is said
}

// usageError says that the command was not understood.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) (code int) {
	t := &tool{ctx: ctx, in: in, out: out, err: errOut, lang: systemLanguage()}
	defer func() {
		if err := t.close(); err != nil && code == exitOK {
			code = t.report(err, errOut)
		}
	}()
	log.SetOutput(io.Discard) // what a person must know is in the result
	err := t.run(args)
	if errors.Is(err, flag.ErrHelp) { // an answer, not a mistake
		fmt.Fprintln(out, usage())
		return exitOK
	}
	if err != nil {
		return t.report(err, errOut)
	}
	return exitOK
}

func (t *tool) run(args []string) error {
	flags := t.flags("hashmendctl")
	showVersion := flags.Bool("version", false, "print the version")
	if err := flags.Parse(args); err != nil {
		return flagError(err)
	}
	if *showVersion {
		_, err := fmt.Fprintln(t.out, "hashmendctl", version)
		return err
	}
	if flags.NArg() == 0 {
		return usageError{usage()}
	}
	c, rest, known := find(flags.Args())
	if !known {
		return usageError{fmt.Sprintf("no command %q\n\n%s", flags.Arg(0), usage())}
	}
	return c.run(t, rest)
}

// flags gives a set with the flags that every command takes.
func (t *tool) flags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&t.json, "json", t.json, "results as JSON")
	flags.StringVar(&t.data, "data", t.data, "the data `folder`")
	flags.Func("lang", "language of the sentences: en or zh", func(wish string) error {
		if t.lang = languageOf(wish); t.lang == english && wish != english {
			return fmt.Errorf("no language %q: en or zh", wish)
		}
		return nil
	})
	return flags
}

// parse reads flags wherever they stand among the arguments, and gives the rest,
// which must be between atLeast and atMost.
func parse(flags *flag.FlagSet, args []string, atLeast, atMost int) ([]string, error) {
	var rest []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, flagError(err)
		}
		if flags.NArg() == 0 {
			break
		}
		rest = append(rest, flags.Arg(0))
		args = flags.Args()[1:]
	}
	if len(rest) < atLeast || len(rest) > atMost {
		c, _, _ := find([]string{flags.Name()})
		return nil, usageError{fmt.Sprintf("usage: hashmendctl %s %s", flags.Name(), c.args)}
	}
	return rest, nil
}

func flagError(err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	return usageError{err.Error()}
}

// report tells an error and gives its exit code.
func (t *tool) report(err error, to io.Writer) int {
	var usage usageError
	if errors.As(err, &usage) {
		fmt.Fprintln(to, usage.text)
		return exitUsage
	}
	var seen *repair.Error
	switch {
	case errors.As(err, &seen):
	case t.interrupted(err):
		seen = errInterrupted
	default:
		seen = &repair.Error{Kind: repair.Internal, Code: "internal.unexpected", Err: err}
	}
	t.tell(seen, to)
	return exitCode(seen)
}

// tell writes a sentence, or for scripts a line of JSON.
func (t *tool) tell(e *repair.Error, to io.Writer) {
	if !t.json {
		fmt.Fprintln(to, "hashmendctl:", t.sayError(e))
		return
	}
	if text, err := json.Marshal(e); err == nil {
		fmt.Fprintln(to, string(text))
	}
}

// warn tells what does not stop the work.
func (t *tool) warn(e *repair.Error) { t.tell(e, t.err) }

// errInterrupted means that the person, or who stops programs, had enough.
var errInterrupted = &repair.Error{Kind: repair.Unavailable, Code: "program.interrupted"}

// interrupted reports whether an error is only that.
func (t *tool) interrupted(err error) bool {
	return t.ctx.Err() != nil && errors.Is(err, context.Canceled)
}

// codeOf gives the code of an error that a person may see, "" for any other.
func codeOf(err error) string {
	var seen *repair.Error
	if errors.As(err, &seen) {
		return seen.Code
	}
	return ""
}

func exitCode(e *repair.Error) int {
	switch e.Code {
	case datadir.ErrInUse.Code: // a conflict between programs, not with the rules
		return exitUnavailable
	case errStopped.Code, errInterrupted.Code:
		return exitInterrupted
	}
	switch e.Kind {
	case repair.Invalid, repair.Conflict, repair.Forbidden:
		return exitRefused
	case repair.Offline:
		return exitWaiting
	case repair.Unavailable:
		return exitUnavailable
	case repair.NotFound:
		return exitNotFound
	case repair.Unauthorized:
		return exitUnknown
	}
	return exitFault
}
