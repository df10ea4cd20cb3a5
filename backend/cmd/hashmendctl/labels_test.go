package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const labelTable = "payload,wo,serial,model,zh,ru,en,freight,box,weight,date\n" +
	"HTTPS://R.EXAMPLE.ORG/1/A,R24-1,SN1,X16-Q,深圳市,Иркутск,Fort Worth,Prepaid,Box 1,16 kg,2026-11-01\n" +
	"HTTPS://R.EXAMPLE.ORG/1/B,R24-1,SN2,X16-Q,深圳市,Иркутск,Fort Worth,Prepaid,Box 2,17 kg,2026-11-01\n"

// A shop that only wants labels needs neither a centre nor a data folder.
func TestLabelsOfATable(t *testing.T) {
	t.Parallel()
	csv := write(t, "rows.csv", labelTable)
	dir := filepath.Join(t.TempDir(), "nothing")
	begins := map[string]string{"out.pdf": "%PDF-1.", "out.zpl": "^XA", "out.tspl": "SIZE 100 mm,150 mm\r\n", "out.svg": "<svg "}
	for name, begin := range begins {
		out := filepath.Join(t.TempDir(), name)
		var made struct {
			Labels int `json:"labels"`
		}
		ctl(t, "labels", "--csv", csv, "--template", "bench-100x150", "--out", out, "--json", "--data", dir).want(t, exitOK, &made)
		content, err := os.ReadFile(out)
		if err != nil || !strings.HasPrefix(string(content), begin) || made.Labels != 2 {
			t.Errorf("%s: %d labels, %.20q, %v", name, made.Labels, content, err)
		}
		if name == "out.svg" {
			if second, err := os.ReadFile(strings.TrimSuffix(out, ".svg") + "-2.svg"); err != nil || !bytes.HasPrefix(second, []byte(begin)) {
				t.Errorf("the second label: %v", err)
			}
		}
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Error("a data folder was made")
	}
}

// Excel in China writes GB18030 or UTF-16 with tabs, in Europe semicolons.
func TestLabelsOfATableAsExcelWritesIt(t *testing.T) {
	t.Parallel()
	made := func(text string) string {
		t.Helper()
		r := ctl(t, "labels", "--csv", write(t, "rows.csv", text), "--template", "bench-100x150", "--out", "-")
		if r.code != exitOK || r.out == "" {
			t.Fatalf("code %d: %s", r.code, r.err)
		}
		return r.out
	}
	encoded := func(e encoding.Encoding, delimiter string) string {
		t.Helper()
		text, err := e.NewEncoder().String(strings.ReplaceAll(strings.ReplaceAll(labelTable, ",", delimiter), "Иркутск", "Irkutsk"))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	want := made(encoded(encoding.Nop, ","))
	for name, text := range map[string]string{
		"GB18030": encoded(simplifiedchinese.GB18030, ","), "UTF-16": encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "\t"),
		"UTF-8 with a mark": encoded(unicode.UTF8BOM, ";"), "bars": encoded(encoding.Nop, "|"),
	} {
		if made(text) != want {
			t.Errorf("%s: other labels", name)
		}
	}
}

func TestLabelsOfATableGoneWrong(t *testing.T) {
	t.Parallel()
	csv := write(t, "rows.csv", strings.Replace(labelTable, "SN2", "😀", 1))
	out := filepath.Join(t.TempDir(), "out.pdf")
	r := ctl(t, "labels", "--csv", csv, "--template", "bench-100x150", "--out", out, "--json")
	var seen struct {
		Code string            `json:"code"`
		Args map[string]string `json:"args"`
	}
	if err := json.Unmarshal([]byte(r.err), &seen); err != nil || r.code != exitRefused {
		t.Fatalf("code %d: %s", r.code, r.err)
	}
	if seen.Code != "label.glyph_missing" || seen.Args["row"] != "2" || seen.Args["column"] != "serial" {
		t.Errorf("error is %+v", seen)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("half a file was left")
	}
	for lang, place := range map[string]string{"en": "row 2, column serial: ", "zh": "第 2 行，serial 列："} {
		for _, out := range []string{out, "-"} {
			r := ctl(t, "--lang", lang, "labels", "--csv", csv, "--template", "bench-100x150", "--out", out)
			if !strings.Contains(r.err, place) || r.out != "" {
				t.Errorf("%s: %s, and %d bytes went out", lang, r.err, len(r.out))
			}
		}
	}
	if r := ctl(t, "labels", "--csv", "nofile.csv", "--template", "bench-100x150", "--out", out); r.code != exitNotFound || !strings.Contains(r.err, "file.not_found") {
		t.Errorf("no table: code %d %s", r.code, r.err)
	}
	for _, args := range [][]string{
		{"--csv", csv}, {"--csv", csv, "--template", "bench-100x150", "--out", "x.doc"}, {"--csv", csv, "--template", "bench-100x150", "--dpi", "200"},
		{"--csv", csv, "--template", "bench-100x150", "--stock", "nothing"}, {},
		{"--csv", csv, "--template", "bench-100x150", "--columns", "foo=serial"},
	} {
		if r := ctl(t, append([]string{"labels"}, args...)...); r.code != exitUsage {
			t.Errorf("%q: code %d %s", args, r.code, r.err)
		}
	}
	if r := ctl(t, "labels", "--csv", csv, "--template", "nothing"); r.code != exitNotFound {
		t.Errorf("code %d %s", r.code, r.err)
	}
}

func TestTemplatesAndStocksAreListed(t *testing.T) {
	t.Parallel()
	own := t.TempDir()
	if err := os.WriteFile(filepath.Join(own, "mine.json"), []byte(`{"id": "mine"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	r := ctl(t, "labels", "--template", "list", "--templates", own)
	if r.code != exitOK || !strings.Contains(r.out, "bench-100x150") || !strings.Contains(r.out, "label.template_invalid") {
		t.Errorf("code %d: %s", r.code, r.out)
	}
	if r := ctl(t, "labels", "--stock", "list"); r.code != exitOK || !strings.Contains(r.out, "a4_small_18") {
		t.Errorf("code %d: %s", r.code, r.out)
	}
}

// Two labels may be wished for, so one serial in two rows is said and not refused.
func TestLabelsOfOneSerialAreWarnedOf(t *testing.T) {
	t.Parallel()
	csv := write(t, "rows.csv", strings.Replace(labelTable, "SN2", "SN1", 1))
	for lang, want := range map[string]string{"en": "row 2, column serial: ", "zh": "第 2 行，serial 列："} {
		r := ctl(t, "--lang", lang, "labels", "--csv", csv, "--template", "bench-100x150", "--out", "-")
		if r.code != exitOK || !strings.Contains(r.err, want) || !strings.Contains(r.err, "label.serial_twice") || !strings.HasPrefix(r.out, "^XA") {
			t.Errorf("%s: code %d, %s", lang, r.code, r.err)
		}
	}
}

// A mistyped folder must not print the shipped label in place of one's own.
func TestAFolderOfTemplatesIsThere(t *testing.T) {
	t.Parallel()
	csv := write(t, "rows.csv", labelTable)
	for dir, code := range map[string]int{filepath.Join(t.TempDir(), "nosuch"): exitNotFound, csv: exitUsage} {
		for _, args := range [][]string{{"--csv", csv, "--template", "bench-100x150", "--out", "-"}, {"--template", "list"}} {
			if r := ctl(t, append([]string{"labels", "--templates", dir}, args...)...); r.code != code || r.out != "" {
				t.Errorf("%s %q: code %d, %s", dir, args, r.code, r.err)
			}
		}
	}
}

// What is wrong with a template of one's own is said with its file and line.
func TestATemplateGoneWrongIsNamed(t *testing.T) {
	t.Parallel()
	own := t.TempDir()
	for name, text := range map[string]string{"qr-Z.json": "{}", "comma.json": "{\n\"id\": \"comma\",,\n}", "short.json": "{\n\"id\": \"short\"\n"} {
		if err := os.WriteFile(filepath.Join(own, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := ctl(t, "labels", "--template", "list", "--templates", own)
	for _, want := range []string{"The template qr-Z is not right.", "The template comma is not right.", "line 2: invalid", "The template short is not right.", "line 2: unexpected EOF"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("%q is missing in %s", want, r.out)
		}
	}
}

// Labels of a longer batch under the same name would be taken for this one's.
func TestAShorterBatchOfPicturesLeavesNoneOfTheLonger(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out := filepath.Join(dir, "l.svg")
	rows := strings.SplitAfter(labelTable, "\n")
	for _, text := range []string{labelTable + rows[2], rows[0] + rows[1]} {
		ctl(t, "labels", "--csv", write(t, "rows.csv", text), "--template", "bench-100x150", "--out", out).want(t, exitOK, nil)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 || left[0].Name() != "l.svg" {
		t.Errorf("left are %v, %v", left, err)
	}
}

// A full disk behind standard output is no fault of the program.
func TestStandardOutputThatTakesNothingIsSaid(t *testing.T) {
	t.Parallel()
	full, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	_ = full.Close()
	var said bytes.Buffer
	code := run(t.Context(), []string{"labels", "--csv", write(t, "rows.csv", labelTable), "--template", "bench-100x150", "--out", "-"}, strings.NewReader(""), full, &said)
	if code != exitUnavailable || !strings.Contains(said.String(), "file.unwritable") {
		t.Errorf("code %d, %s", code, said.String())
	}
}
