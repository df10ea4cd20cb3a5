package main

import (
	"maps"
	"path/filepath"
	"strconv"
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
	file, err := openFile(rest[0])
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	result, err := intake.Read(t.ctx, filepath.Base(rest[0]), file, intake.Options{})
	if err != nil {
		return err
	}
	if err := t.print(result, func(w *tabwriter.Writer) {
		for _, r := range result.Rows {
			said := make([]string, len(r.Findings))
			for i, f := range r.Findings {
				said[i] = t.say(f.Code, inTable(f.Args))
			}
			line(w, r.Line, r.Raw, r.Model, r.Complaint, r.Shipped, strings.Join(said, " "))
		}
		line(w, len(result.Rows), "rows", len(result.Skipped), "skipped")
	}); err != nil {
		return err
	}
	return someRows(rest[0], len(result.Rows), len(result.Skipped))
}

// errNoRows means that a table holds no device.
var errNoRows = &repair.Error{Kind: repair.Invalid, Code: "intake.no_devices"} // args: name, skipped

func someRows(name string, rows, skipped int) error {
	if rows > 0 {
		return nil
	}
	return errNoRows.With("name", filepath.Base(name), "skipped", strconv.Itoa(skipped))
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
