package repair

import (
	"fmt"
	"sort"
	"strings"
)

// Kind is the class of an Error. Its values cross the wire and are never reworded.
type Kind string

// Kinds of errors. Each has one HTTP status in wire.
const (
	Invalid      Kind = "invalid"      // the input is wrong: mend it and try again
	NotFound     Kind = "not_found"    // no such thing, or none of yours
	Conflict     Kind = "conflict"     // the rules or another change forbid it now
	Unauthorized Kind = "unauthorized" // who are you
	Forbidden    Kind = "forbidden"    // your role may not
	Offline      Kind = "offline"      // the centre did not answer; nothing is lost
	Unavailable  Kind = "unavailable"  // this PC cannot now: disk full, locked, read-only
	Internal     Kind = "internal"     // a fault of the program
)

// Error is the only error that may reach a person.
//
// Code is its stable identity and its translation key; it is never reworded.
// Err is the cause, for the log; it never crosses a boundary.
type Error struct {
	Kind Kind              `json:"kind"`
	Code string            `json:"code"`           // dotted, such as quote.not_declinable
	Rule string            `json:"rule,omitempty"` // of the guide, such as R32
	Args map[string]string `json:"args,omitempty"` // what the translated text names
	Err  error             `json:"-"`
}

// Error renders the error for logs: kind, code, rule, arguments in order, cause.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Kind, e.Code)
	if e.Rule != "" {
		fmt.Fprintf(&b, " (%s)", e.Rule)
	}
	keys := make([]string, 0, len(e.Args))
	for k := range e.Args {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Fprintf(&b, " %s=%q", k, e.Args[k])
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Is reports whether target has the same code, so that errors.Is(err,
// ErrNotDeclinable) holds whatever the arguments or the cause.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// With returns a copy of the error that names its arguments, given as pairs.
func (e *Error) With(pairs ...string) *Error {
	c := *e
	c.Args = make(map[string]string, len(e.Args)+len(pairs)/2)
	for k, v := range e.Args {
		c.Args[k] = v
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		c.Args[pairs[i]] = pairs[i+1]
	}
	return &c
}

// Because returns a copy of the error that carries its cause.
func (e *Error) Because(err error) *Error {
	c := *e
	c.Err = err
	return &c
}
