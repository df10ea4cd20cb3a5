package label

import (
	"encoding/csv"
	"errors"
	"hash/maphash"
	"io"
	"strings"

	"hashmend/backend/repair"
)

// CSV is a table whose rows are labels: the columns are fields of a template, by
// name. It is read twice, so that all codes of the batch are alike. A mistake in
// the last row may be found after labels before it were passed on; Rehearse finds
// it first.
type CSV struct {
	Open func() (io.ReadCloser, error)
	// Comma lies between the cells; 0 is a comma. The text is UTF-8.
	Comma rune
	// Columns says which column a field is in, where the names differ.
	Columns map[string]string
	// Rehearse lays out every row before the first is passed on, for where that
	// cannot be taken back, such as a printer. It takes half as long again.
	Rehearse bool
	// Warn, unless nil, hears of what may be right and seldom is, before the first
	// label is passed on: rows with one serial.
	Warn func(*repair.Error)
}

// PrintCSV prints a label for each row and answers how many. Errors name the row,
// counted from 1 below the heading, and the column.
func (e *Engine) PrintCSV(t *Template, table CSV, p Print, out Backend) (n int, err error) {
	if t.Body != nil {
		return 0, ErrTemplate.With("template", t.ID, "element", "body", "problem", "is a document of pages; a row prints a label")
	}
	if err := e.wordsHaveGlyphs(t, p.Language); err != nil {
		return 0, err
	}
	same := alike{seed: maphash.MakeSeed()}
	n, err = table.each(t, func(row int, h heading, r Record) error {
		if err := t.carried(r); err != nil {
			return err
		}
		if table.Warn != nil {
			same.look(h)
			same.add(row, r)
		}
		v, err := e.QRVersion(t, r, p)
		p.QRVersion = max(p.QRVersion, v)
		return err
	})
	if err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, ErrTable.With("row", "0", "problem", "has no rows")
	}
	if table.Warn != nil {
		same.tell(table.Warn)
	}
	if table.Rehearse {
		_, err = table.each(t, func(_ int, _ heading, r Record) error {
			_, err := e.Label(t, r, p)
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	return table.each(t, func(_ int, _ heading, r Record) error {
		page, err := e.Label(t, r, p)
		if err != nil {
			return err
		}
		return out.Page(page)
	})
}

// heading says in which column a field is, and what the columns are called.
type heading struct {
	at    map[string]int
	names []string
}

// each calls f for every row, counted from 1. The record is the same one each time.
func (c CSV) each(t *Template, f func(row int, h heading, r Record) error) (n int, err error) {
	file, err := c.Open()
	if err != nil {
		return 0, ErrTable.With("problem", "cannot be opened").Because(err)
	}
	defer file.Close()
	rows := csv.NewReader(lineEnds(skipMark(file)))
	if c.Comma != 0 {
		rows.Comma = c.Comma
	}
	rows.ReuseRecord = true
	rows.FieldsPerRecord = -1
	first, err := rows.Read()
	if err != nil {
		return 0, ErrTable.With("row", "0", "problem", tableProblem(err)).Because(err)
	}
	at, err := c.columns(t, first)
	if err != nil {
		return 0, err
	}
	names := append([]string(nil), first...)
	r := Record{Text: map[string]string{}}
	for number := 1; ; number++ {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, ErrTable.With("row", itoa(number), "problem", tableProblem(err)).Because(err)
		}
		if blank(row) { // as spreadsheets leave behind
			continue
		}
		if len(row) > len(names) {
			return n, ErrRowLong.With("row", itoa(number), "column", itoa(len(names)+1), "cells", itoa(len(row)), "columns", itoa(len(names)))
		}
		for field, i := range at {
			r.Text[field] = ""
			if i < len(row) {
				r.Text[field] = strings.TrimSpace(row[i])
			}
		}
		if err := f(number, heading{at, names}, r); err != nil {
			return n, inRow(err, t, number, at, names)
		}
		n++
	}
}

func blank(row []string) bool {
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// columns finds the column of every field that the template shows.
func (c CSV) columns(t *Template, names []string) (map[string]int, error) {
	at, twice := map[string]int{}, map[string]int{}
	for i, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, known := at[name]; known {
			twice[name] = i
			continue
		}
		at[name] = i
	}
	found := map[string]int{}
	for _, field := range sortedKeys(t.Sample.Text) {
		name := field
		other, chosen := c.Columns[field]
		if chosen {
			name = other
		}
		key := strings.ToLower(strings.TrimSpace(name))
		i, ok := at[key]
		if second, more := twice[key]; more {
			return nil, ErrColumnTwice.With("column", strings.TrimSpace(names[i]), "field", field, "first", itoa(i+1), "second", itoa(second+1))
		}
		if !ok {
			if chosen || t.needs(field) && field != codeField {
				return nil, ErrColumn.With("column", name, "field", field)
			}
			continue
		}
		found[field] = i
	}
	if _, ok := found[codeField]; ok || !t.draws(codeField) {
		return found, nil
	}
	serial, ok := found["serial"]
	if ok {
		found[codeField] = serial
	} else if t.needs(codeField) {
		return nil, ErrColumn.With("column", codeField, "field", codeField)
	}
	return found, nil
}

// codeField is what a label's code says. A table without it has the serial said.
const codeField = "payload"

func (t *Template) draws(field string) bool {
	for _, d := range t.compiled.elements {
		if d.shows(field) {
			return true
		}
	}
	return false
}

// needs reports whether a template cannot do without a field: it is required,
// or no condition ever leaves out what shows it.
func (t *Template) needs(field string) bool {
	for _, f := range t.Required {
		if f == field {
			return true
		}
	}
	if len(t.Required) > 0 {
		return false
	}
	for _, d := range t.compiled.elements {
		if len(d.when) == 0 && d.shows(field) {
			return true
		}
	}
	return false
}

func (e *drawable) shows(field string) bool {
	for _, pieces := range e.words {
		for _, p := range pieces {
			if p.field == field {
				return true
			}
		}
	}
	return false
}

// inRow says where in the table an error comes from.
func inRow(err error, t *Template, row int, at map[string]int, names []string) error {
	var e *repair.Error
	if !errors.As(err, &e) || e.Args["element"] == "" {
		return err
	}
	column := ""
	for _, field := range sortedKeys(at) {
		if e.Args["element"] == field {
			column = names[at[field]]
		}
	}
	for _, d := range t.compiled.elements {
		if d.Name != e.Args["element"] || column != "" {
			continue
		}
		for _, field := range sortedKeys(at) {
			if d.shows(field) {
				column = names[at[field]]
				break
			}
		}
	}
	return e.With("row", itoa(row), "column", column)
}
