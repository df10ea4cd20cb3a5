package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write words.json from the screen's catalogue")

// TestTheTerminalSaysWhatTheScreenSays holds the words of the program against the
// screen's catalogue, which is where they are written and translated.
func TestTheTerminalSaysWhatTheScreenSays(t *testing.T) {
	want := screenSentences(t)
	if len(want) < 100 {
		t.Fatalf("only %d codes found: the search is broken", len(want))
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(want); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("words.json", text.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(wordsFile, text.Bytes()) {
		t.Error("words.json is not what the screen says: make golden")
	}
	for code, said := range readWords() {
		for _, words := range []string{said.En, said.Zh} {
			if filled := fillIn(words, nil); words == "" || strings.ContainsAny(filled, "{}#") {
				t.Errorf("%s: %q became %q", code, words, filled)
			}
		}
	}
}

// screenSentences reads the English beside the codes and its translation.
func screenSentences(t *testing.T) map[string]sentences {
	t.Helper()
	zh := translations(t)
	entry := regexp.MustCompile("(?m)^\\s*\"?([a-z0-9_.]+)\"?:\\s*msg`([^`]*)`")
	files, err := filepath.Glob("../../../frontend/src/shared/i18n/codes/*.ts")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]sentences{}
	for _, name := range files {
		for _, m := range entry.FindAllStringSubmatch(read(t, name), -1) {
			all[m[1]] = sentences{m[2], zh[m[2]]}
		}
	}
	return all
}

// translations reads the catalogue: a msgid and its msgstr, each on one line.
func translations(t *testing.T) map[string]string {
	t.Helper()
	pair := regexp.MustCompile(`(?m)^msgid (".*")\nmsgstr (".*")$`)
	all := map[string]string{}
	for _, m := range pair.FindAllStringSubmatch(read(t, "../../../frontend/src/shared/locales/zh-CN.po"), -1) {
		id, err := strconv.Unquote(m[1])
		if err != nil {
			t.Fatal(err)
		}
		if all[id], err = strconv.Unquote(m[2]); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestASentenceIsFilledAsOnTheScreen(t *testing.T) {
	const rows = "{count, plural, one {# row of {name}} other {# rows of {name}}}!"
	tests := []struct{ text, want string }{
		{"Same as row {row}.", "Same as row 2."},
		{"In {nowhere}.", "In –."},
		{rows, "3 rows of farm!"},
		{strings.ReplaceAll(rows, "count", "single"), "1 row of farm!"},
		{"{why, select, a {one {row}} b {two} other {else}}", "one 2"},
		{"{name, select, a {one} other {else {name}}}", "else farm"},
		{"Box #7", "Box #7"},
		{"{broken", "–"},
	}
	for _, tt := range tests {
		if got := fillIn(tt.text, map[string]string{"row": "2", "count": "3", "single": "1", "name": "farm", "why": "a"}); got != tt.want {
			t.Errorf("%q became %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestTheTerminalSpeaksInSentences(t *testing.T) {
	pdf := write(t, "farm.csv", "%PDF-1.7\n")
	const en, zh = "farm.csv is not a table but a PDF document.", "farm.csv 不是表格，而是PDF 文档。"
	for _, tt := range []struct {
		locale, want string
		args         []string
	}{
		{"C", en, nil},
		{"zh_CN.UTF-8", zh, nil},
		{"C", zh, []string{"--lang", "zh"}},
		{"zh_CN.UTF-8", en, []string{"--lang", "en"}},
	} {
		t.Setenv("LC_ALL", tt.locale)
		r := ctl(t, append(tt.args, "intake", pdf)...)
		if !strings.Contains(r.err, tt.want) || !strings.Contains(r.err, "(intake.not_a_table)") {
			t.Errorf("%s %v: %s", tt.locale, tt.args, r.err)
		}
	}
	t.Setenv("LC_ALL", "C")
	if r := ctl(t, "intake", write(t, "farm.csv", farm)); !strings.Contains(r.out, "Same serial as row 2. (intake.duplicate_serial)") {
		t.Errorf("findings: %s", r.out)
	}
	if r := ctl(t, "--lang", "tlh", "rules"); r.code != exitUsage {
		t.Errorf("a language that we do not speak: code %d", r.code)
	}
	if r := ctl(t, "--lang", "zh", "rules"); !strings.Contains(r.out, "R32") || !regexp.MustCompile(`R32\s+.*\p{Han}`).MatchString(r.out) {
		t.Errorf("rules: %s", r.out)
	}
}
