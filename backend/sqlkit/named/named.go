// Package named reads SQL statements that have names from .sql files, and puts
// their parameters in the order in which a database wants them.
package named

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// P holds a statement's parameters by name, without the colon.
type P map[string]any

// Statement is one statement. Its :names have become numbered places.
type Statement struct {
	Text   string
	Params []string // the name of place 1, 2, …
}

// Args gives the values in the order of the places. One that is missing is an
// error; one that the statement does not name is left out.
func (s Statement) Args(p P) ([]any, error) {
	args := make([]any, len(s.Params))
	for i, name := range s.Params {
		value, ok := p[name]
		if !ok {
			return nil, fmt.Errorf("parameter %q is missing", name)
		}
		args[i] = value
	}
	return args, nil
}

// Set is statements by name.
type Set map[string]Statement

// Find gives the statement of a name.
func (s Set) Find(name string) (Statement, error) {
	found, ok := s[name]
	if !ok {
		return found, fmt.Errorf("no statement is named %q", name)
	}
	return found, nil
}

const namePrefix = "-- name:"

// Read reads every .sql file of the root; mark is what stands before a place's
// number: ? for SQLite, $ for PostgreSQL. A name given twice, a name without
// statement and a statement without name are errors.
func Read(files fs.FS, mark string) (Set, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	out := Set{}
	for _, file := range names {
		data, err := fs.ReadFile(files, file)
		if err != nil {
			return nil, err
		}
		if err := out.add(file, string(data), mark); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s Set) add(file, text, mark string) error {
	name, body := "", []string{}
	finish := func() error {
		statement := strings.TrimSuffix(strings.TrimSpace(strings.Join(body, "\n")), ";")
		if name == "" && statement == "" {
			return nil
		}
		if name == "" || statement == "" {
			return fmt.Errorf("%s: statement %q is without name or text", file, name)
		}
		if _, ok := s[name]; ok {
			return fmt.Errorf("%s: the name %q is taken", file, name)
		}
		s[name] = numbered(statement, mark)
		return nil
	}
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(trimmed, namePrefix); ok {
			if err := finish(); err != nil {
				return err
			}
			name, body = strings.TrimSpace(rest), body[:0]
			continue
		}
		if strings.HasPrefix(trimmed, "--") {
			continue
		}
		body = append(body, strings.TrimRight(line, "\r\n"))
	}
	return finish()
}

// parameter is a :name of a statement. A second colon before it makes it a type.
var parameter = regexp.MustCompile(`:?:[a-z_][a-z0-9_]*`)

func numbered(text, mark string) Statement {
	var s Statement
	s.Text = parameter.ReplaceAllStringFunc(text, func(found string) string {
		if strings.HasPrefix(found, "::") {
			return found
		}
		i := slices.Index(s.Params, found[1:])
		if i < 0 {
			i = len(s.Params)
			s.Params = append(s.Params, found[1:])
		}
		return mark + strconv.Itoa(i+1)
	})
	return s
}
