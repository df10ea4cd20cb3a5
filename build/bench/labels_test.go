package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What a child takes is counted, too: a browser works in its children.
func TestTheWholeTreeIsMeasured(t *testing.T) {
	const work = `i=0; while [ $i -lt 150000 ]; do i=$((i+1)); done`
	c, err := measure(t.Context(), t.TempDir(), "sh", "-c", "sh -c '"+work+"'; true")
	if err != nil {
		t.Fatal(err)
	}
	if c.cpu <= 0 || c.peak <= 0 || c.wall <= 0 {
		t.Errorf("measured %v", c)
	}
	if _, err := measure(t.Context(), t.TempDir(), "sh", "-c", "echo broken >&2; exit 3"); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("error is %v", err)
	}
}

// Every program prints the same rows, the same ones in every run.
func TestPeersGetTheSameLabels(t *testing.T) {
	dir := t.TempDir()
	rows := labelRows(30)
	if !slices.EqualFunc(rows, labelRows(30), slices.Equal[[]string]) {
		t.Error("rows differ from run to run")
	}
	table, page, template := filepath.Join(dir, "rows.csv"), filepath.Join(dir, "labels.html"), filepath.Join(dir, "label.glabels")
	if err := writeRows(table, rows); err != nil {
		t.Fatal(err)
	}
	if err := writeHTML(page, rows); err != nil {
		t.Fatal(err)
	}
	if err := writeGLabels(template, table); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(table)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	read, err := csv.NewReader(f).ReadAll()
	if err != nil || len(read) != 31 || !slices.Equal(read[0], labelColumns) || !slices.Equal(read[30], rows[29]) {
		t.Errorf("%d rows, %v", len(read), err)
	}
	html, _ := os.ReadFile(page)
	glabels, _ := os.ReadFile(template)
	if n := strings.Count(string(html), "<section>"); n != 30 || strings.Count(string(html), "<p ") != 12*30 {
		t.Errorf("%d labels in the page", n)
	}
	if n := strings.Count(string(glabels), "<Object-text"); n != 12 || strings.Count(string(glabels), "<Field") != 10+1 {
		t.Errorf("%d lines in the template of gLabels", n)
	}
}
