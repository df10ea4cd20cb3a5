package intake

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"hashmend/backend/repair"
)

// everything joins all that a result says.
func everything(r *Result) string {
	var b strings.Builder
	say := func(all ...string) {
		for _, s := range all {
			b.WriteString(s)
			b.WriteByte('\n')
		}
	}
	for _, row := range r.Rows {
		say(row.Raw, row.Model, row.ModelRaw, row.Complaint, row.Shipped, row.ShippedRaw)
		for _, e := range row.Extra {
			say(e.Value)
		}
	}
	for _, s := range r.Skipped {
		say(s.Text)
	}
	return b.String()
}

// words are the runs of letters and digits that have a letter: a number may be
// that of a line, which is not kept.
func words(text string) []string {
	var kept []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if hasLetter(w) {
			kept = append(kept, w)
		}
	}
	return kept
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// lossless checks that every word of a text is somewhere in what was read.
func lossless(t failer, text string, r *Result) {
	t.Helper()
	all := everything(r)
	for _, w := range words(text) {
		if !strings.Contains(all, w) {
			t.Fatalf("%q is lost of %q", w, text)
		}
	}
}

func TestNothingIsLost(t *testing.T) {
	cell := rapid.OneOf(
		rapid.SampledFrom([]string{"", "", " ", "SN", "Model", "Fault", "#", "total", "合计", "X4-Q", "2026-01-05", "03/04/2026", "#N/A", "n/a", "say \"no\"", "\"", "序列号"}),
		rapid.StringMatching(`[A-Z0-9]{1,14}`),
		rapid.StringMatching(`[a-z]{1,6}( [a-z]{1,6}){0,3}`),
		rapid.StringMatching(`[0-9]{1,3}`),
	)
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]string{"\t", ";", ",", "|"}).Draw(t, "delimiter")
		lineEnd := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "line end")
		table := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 6), 0, 40).Draw(t, "table")
		var lines []string
		quotes := false
		for _, cells := range table {
			line := strings.Join(cells, delimiter)
			quotes = quotes || strings.Contains(line, `"`)
			lines = append(lines, line)
		}
		text := strings.Join(lines, lineEnd)
		r, err := Text(context.Background(), text, Options{})
		if err != nil {
			t.Fatal(err)
		}
		lossless(t, text, r)
		if quotes {
			return // a quoted cell may span lines, which then are one
		}
		covered := map[int]bool{}
		for _, row := range r.Rows {
			covered[row.Line] = true
		}
		for _, s := range r.Skipped {
			for line := s.Line; line <= max(s.Line, s.To); line++ {
				covered[line] = true
			}
		}
		for i := range lines {
			if text != "" && !covered[i+1] && strings.TrimSpace(lines[i]) != "" {
				t.Fatalf("line %d %q is neither a row nor skipped", i+1, lines[i])
			}
		}
	})
}

func FuzzText(f *testing.F) {
	f.Add("SN,Model\nHM0001Q77A,X4-Q\n")
	f.Add("sep=;\nSN;Fault\nHM0001Q77A;\"hot\nand \"\"loud\"\"\"\n")
	f.Add("HM0001Q77A\tHM0002Q77B")
	f.Add("#\tSN\n1\t\"\n2\tHM0001Q77A\r\r\n合计")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Text(context.Background(), text, Options{})
		if err != nil {
			t.Fatal(err)
		}
		lossless(t, text, r)
	})
}

func FuzzCSV(f *testing.F) {
	seedFixtures(f, ".csv", ".txt", ".tsv")
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read(context.Background(), "x.csv", bytes.NewReader(data), Options{})
		if err != nil {
			mustBeForAPerson(t, err)
			return
		}
		if r.Encoding != "" {
			text, _ := decode(data, "")
			lossless(t, text, r)
		}
	})
}

func FuzzXLSX(f *testing.F) {
	seedFixtures(f, ".xlsx")
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := Read(context.Background(), "x.xlsx", bytes.NewReader(data), Options{MaxRows: 5000})
		if err != nil {
			mustBeForAPerson(t, err)
		}
	})
}

func mustBeForAPerson(t *testing.T, err error) {
	t.Helper()
	var e *repair.Error
	if !errors.As(err, &e) || !strings.HasPrefix(e.Code, "intake.") {
		t.Fatalf("no error for a person: %v", err)
	}
}

func seedFixtures(f *testing.F, endings ...string) {
	for _, ending := range endings {
		names, err := filepath.Glob(filepath.Join("testdata", "*"+ending))
		check(f, err)
		for _, name := range names {
			data, err := os.ReadFile(name)
			check(f, err)
			f.Add(data)
		}
	}
}
