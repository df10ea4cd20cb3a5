package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode"

	"hashmend/backend/repair"
)

// print writes a result: as JSON for a script, else with text.
func (t *tool) print(value any, text func(w *tabwriter.Writer)) error {
	if t.json {
		return json.NewEncoder(t.out).Encode(value)
	}
	w := tabwriter.NewWriter(t.out, 0, 8, 2, ' ', 0)
	text(w)
	return w.Flush()
}

// line writes cells of a row. What a stranger typed cannot move the cursor or
// colour the terminal.
func line(w *tabwriter.Writer, cells ...any) {
	texts := make([]string, len(cells))
	for i, c := range cells {
		texts[i] = plain(fmt.Sprint(c))
	}
	fmt.Fprintln(w, strings.Join(texts, "\t"))
}

func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}

func (t *tool) findings(w *tabwriter.Writer, all []repair.Finding) {
	for _, f := range all {
		place := "row " + fmt.Sprint(f.Row)
		if rows := f.Args["rows"]; rows != "" {
			place = "rows " + rows
		}
		line(w, f.Severity, place, f.Column, t.say(f.Code, f.Args), f.Rule)
	}
}
