package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"hashmend/backend/intake"
	"hashmend/backend/repair"
)

// intake reads a file and says what was found. It needs no data folder.
func (t *tool) intake(args []string) error {
	rest, err := parse(t.flags("intake"), args, 1, 1)
	if err != nil {
		return err
	}
	file, err := os.Open(rest[0])
	if err != nil {
		return noFile(rest[0], err)
	}
	defer func() { _ = file.Close() }()
	result, err := intake.Read(t.ctx, filepath.Base(rest[0]), file, intake.Options{})
	if err != nil {
		return err
	}
	return t.print(result, func(w *tabwriter.Writer) {
		for _, r := range result.Rows {
			said := make([]string, len(r.Findings))
			for i, f := range r.Findings {
				said[i] = t.say(f.Code, inTable(f.Args))
			}
			line(w, r.Line, r.Raw, r.Model, r.Complaint, r.Shipped, strings.Join(said, " "))
		}
		line(w, len(result.Rows), "rows", len(result.Skipped), "skipped")
	})
}

// inTable calls a line of the file a row, as the sentences do.
func inTable(args map[string]string) map[string]string {
	line, ok := args["line"]
	if !ok {
		return args
	}
	args = maps.Clone(args)
	args["first_row"] = line
	return args
}

// noFile is a file that cannot be read.
func noFile(name string, err error) error {
	e := &repair.Error{Kind: repair.Unavailable, Code: "file.unreadable"}
	if os.IsNotExist(err) {
		e = &repair.Error{Kind: repair.NotFound, Code: "file.not_found"}
	}
	return e.With("file", name, "name", name).Because(err)
}
