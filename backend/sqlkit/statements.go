package sqlkit

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strings"
)

const namePrefix = "-- name:"

// readStatements reads every .sql file of the root. A name given twice, a name
// without statement and a statement without name are errors.
func readStatements(files fs.FS) (map[string]string, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, file := range names {
		data, err := fs.ReadFile(files, file)
		if err != nil {
			return nil, err
		}
		if err := addStatements(out, file, string(data)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func addStatements(out map[string]string, file, text string) error {
	name, body := "", []string{}
	finish := func() error {
		statement := strings.TrimSuffix(strings.TrimSpace(strings.Join(body, "\n")), ";")
		if name == "" && statement == "" {
			return nil
		}
		if name == "" || statement == "" {
			return fmt.Errorf("%s: statement %q is without name or text", file, name)
		}
		if _, ok := out[name]; ok {
			return fmt.Errorf("%s: the name %q is taken", file, name)
		}
		out[name] = statement
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

// parameter is a :name of a statement, behind anything but another colon.
var parameter = regexp.MustCompile(`:([a-z_][a-z0-9_]*)`)

// Plans writes the query plan of every statement, in the order of names. Kept
// as a golden file it turns a dropped index or a misspelt column into a diff.
func (db *DB) Plans(ctx context.Context) (string, error) {
	names := make([]string, 0, len(db.statements))
	for name := range db.statements {
		names = append(names, name)
	}
	sort.Strings(names)
	var b strings.Builder
	for _, name := range names {
		p := P{}
		for _, match := range parameter.FindAllStringSubmatch(db.statements[name], -1) {
			p[match[1]] = nil
		}
		rows, err := db.write.QueryContext(ctx, "EXPLAIN QUERY PLAN "+db.statements[name], p.args()...)
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(&b, "%s\n", name)
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				_ = rows.Close()
				return "", fmt.Errorf("%s: %w", name, err)
			}
			fmt.Fprintf(&b, "    %s\n", detail)
		}
		if err := rows.Close(); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
	}
	return b.String(), nil
}
