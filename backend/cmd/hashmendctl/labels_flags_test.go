package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A flag that would change nothing is refused: who gives --draft must not get a
// final label.
func TestAFlagThatIsNotUsedIsRefused(t *testing.T) {
	t.Parallel()
	csv := write(t, "rows.csv", labelTable)
	dir := t.TempDir()
	table := []string{"--csv", csv, "--template", "bench-100x150"}
	for _, test := range []struct{ args, says string }{
		{"any --draft", "--draft "}, {"any --template device-60x40", "--template "}, {"any --columns serial=SN", "--columns "},
		{"any --templates " + dir, "--templates "}, {"any --document device --stock a4_small_18", "--stock "},
		{"any --document box --start 3", "--start "}, {"any --language xx", "language xx"}, {"any --dpi 300", "--dpi "},
		{"table --document device", "--document "}, {"table --start 3", "--start "}, {"table --language xx", "language xx"},
		{"table --hex --out " + filepath.Join(dir, "x.svg"), "--hex "},
	} {
		args := strings.Fields(test.args)
		if args[0] == "table" {
			args = slices.Concat(table, args[1:])
		}
		r := ctl(t, append([]string{"labels", "--data", filepath.Join(dir, "data")}, args...)...)
		if r.code != exitUsage || !strings.Contains(r.err, test.says) {
			t.Errorf("%s: code %d, %s", test.args, r.code, r.err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%d files were made", len(left))
	}
	for _, language := range []string{"en", "zh-CN", "zh-Hans", "ar"} {
		if r := ctl(t, append([]string{"labels", "--language", language, "--out", "-"}, table...)...); r.code != exitOK {
			t.Errorf("%s: code %d, %s", language, r.code, r.err)
		}
	}
}

// A shop's own template may speak what ours do not.
func TestATemplateMaySpeakALanguageOfItsOwn(t *testing.T) {
	t.Parallel()
	own := t.TempDir()
	template := `{"id": "mine", "name": "Mine", "width": 50, "height": 30, "margin": 1, "sample": {"serial": "A1"},
		"elements": [{"name": "s", "type": "text", "box": [2, 2, 40, 8], "size": 10, "text": {"en": "Machine {serial}", "de": "Maschine {serial}"}}]}`
	if err := os.WriteFile(filepath.Join(own, "mine.json"), []byte(template), 0o600); err != nil {
		t.Fatal(err)
	}
	csv := write(t, "rows.csv", "serial\nA1\n")
	for language, code := range map[string]int{"de": exitOK, "en": exitOK, "fr": exitUsage} {
		if r := ctl(t, "labels", "--csv", csv, "--template", "mine", "--templates", own, "--language", language, "--out", "-"); r.code != code {
			t.Errorf("%s: code %d, %s", language, r.code, r.err)
		}
	}
}
