package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"text/tabwriter"

	"hashmend/backend/intake"
	"hashmend/backend/label"
)

// batchMemory is where a batch begins to collect what it no longer needs, beside
// the fonts that lie in the program's file: as much for a thousand labels as for
// a hundred thousand.
const batchMemory = 20 << 20

// labelsOfTable needs no centre and no data folder.
func (t *tool) labelsOfTable(f labelFlags) error {
	if f.template == "" {
		return usageError{"labels --csv needs --template; --template list shows them"}
	}
	if f.out == "" {
		f.out = f.template + ".pdf"
	}
	if err := f.fitsTable(); err != nil {
		return err
	}
	columns, err := fieldColumns(f.columns)
	if err != nil {
		return err
	}
	engine, err := label.Open()
	if err != nil {
		return err
	}
	library, err := t.library(f)
	if err != nil {
		return err
	}
	template, err := library.Template(f.template)
	if err != nil {
		return err
	}
	if !f.spoken() && !template.Speaks(f.language) {
		return f.noLanguage()
	}
	if err := knownFields(template, columns); err != nil {
		return err
	}
	table, err := t.tableOf(f.csv)
	if err != nil {
		return err
	}
	table.Columns, table.Rehearse, table.Warn = columns, f.piecemeal(), t.warn
	if f.csv != "-" { // what is read and written piece by piece needs no more
		debug.SetMemoryLimit(batchMemory)
	}
	n := 0
	err = t.writeLabels(engine, f, func(out label.Backend) (err error) {
		n, err = engine.PrintCSV(template, table, label.Print{Language: f.language, Draft: f.draft}, out)
		return err
	})
	if err != nil || f.out == "-" {
		return err
	}
	return t.print(map[string]any{"file": f.out, "labels": n}, func(w *tabwriter.Writer) { line(w, f.out, n, "labels") })
}

// piecemeal reports whether labels leave one by one: to a printer, or each as a
// file. Other files are whole or not there.
func (f labelFlags) piecemeal() bool {
	return f.out == "-" || isStream(f.out) || strings.EqualFold(filepath.Ext(f.out), ".svg")
}

// knownFields refuses columns for fields that the template does not have.
func knownFields(template *label.Template, columns map[string]string) error {
	for field := range columns {
		if _, known := template.Sample.Text[field]; !known {
			return usageError{fmt.Sprintf("--columns: the template has no field %s; it has %s", field,
				strings.Join(slices.Sorted(maps.Keys(template.Sample.Text)), ", "))}
		}
	}
	return nil
}

// fieldColumns reads "field=column,…".
func fieldColumns(text string) (map[string]string, error) {
	columns := map[string]string{}
	for _, pair := range strings.Split(text, ",") {
		if pair == "" {
			continue
		}
		field, column, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, usageError{"--columns is field=column,…: " + pair}
		}
		columns[strings.TrimSpace(field)] = column
	}
	return columns, nil
}

// tableOf looks how the table is written, and opens it as often as it is read.
func (t *tool) tableOf(name string) (label.CSV, error) {
	open := func() (io.ReadCloser, error) { return openFile(name) }
	if name == "-" {
		all, err := io.ReadAll(t.in)
		if err != nil {
			return label.CSV{}, label.ErrTable.With("problem", "cannot be read").Because(err)
		}
		open = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(all)), nil }
	}
	file, err := open()
	if err != nil {
		return label.CSV{}, err
	}
	defer file.Close()
	w, err := intake.Survey(file)
	if err != nil {
		return label.CSV{}, noFile(name, err)
	}
	return label.CSV{Comma: rune(w.Delimiter), Open: func() (io.ReadCloser, error) {
		file, err := open()
		if err != nil {
			return nil, err
		}
		return tableText{w.Text(file), file}, nil
	}}, nil
}

// tableText is the text of a file.
type tableText struct {
	io.Reader
	io.Closer
}
