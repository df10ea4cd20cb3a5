package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// What is wrong with a header is said in words, not in those of a programming
// language.
func TestAHeaderThatIsNotUnderstoodIsToldInWords(t *testing.T) {
	for typed, want := range map[string]string{
		"":                         "The standard input is empty",
		`{"contact": {"name": "A"`: "The standard input ends in the middle",
		"{\n\"contact\": nobody}":  "is no JSON: look at line 2",
		`{"contacts": {}}`:         "a part that nobody knows: contacts",
		"{\n\n\"note\": 5}":        "a wrong kind of value in line 3: note",
	} {
		var out, errOut bytes.Buffer
		code := run(context.Background(), []string{"draft", "new", "-", "--lang", "en", "--data", t.TempDir()}, strings.NewReader(typed), &out, &errOut)
		if said := errOut.String(); code != exitRefused || !strings.Contains(said, want) || strings.Contains(said, "json:") || strings.Contains(said, "EOF") {
			t.Errorf("%q: code %d, %s", typed, code, said)
		}
	}
	if r := ctl(t, "draft", "new", write(t, "header.json", "no"), "--lang", "en", "--data", t.TempDir()); !strings.Contains(r.err, "header.json is no JSON") {
		t.Error(r.err)
	}
	if r := ctl(t, "act", "any", "message", "--with", "no", "--lang", "en"); r.code != exitRefused || !strings.Contains(r.err, "--with is no JSON") {
		t.Errorf("code %d, %s", r.code, r.err)
	}
}
