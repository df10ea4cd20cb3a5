package label

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

func shipped(t testing.TB, id string) *Template {
	t.Helper()
	template, err := NewLibrary(nil).Template(id)
	if err != nil {
		t.Fatal(err)
	}
	return template
}

func table(text string) CSV {
	return CSV{Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

// benchTable has the columns of the benchmark's label, in another order, and a
// column of no interest.
func benchTable(t testing.TB, change func(row int, r map[string]string)) string {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	names := []string{"payload", "WO", " Serial ", "model", "zh", "ru", "en", "freight", "box", "weight", "date", "other"}
	_ = w.Write(names)
	sample := shipped(t, "bench-100x150").Sample.Text
	for row := 1; row <= 3; row++ {
		r := map[string]string{}
		for k, v := range sample {
			r[k] = v
		}
		r["payload"] += strings.Repeat("X", 7*row)
		change(row, r)
		line := make([]string, len(names))
		for i, name := range names {
			line[i] = r[strings.ToLower(strings.TrimSpace(name))]
		}
		_ = w.Write(line)
	}
	w.Flush()
	return b.String()
}

func TestRowsBecomeLabels(t *testing.T) {
	text := "\ufeff" + benchTable(t, func(int, map[string]string) {})
	var pages Pages
	n, err := engine().PrintCSV(shipped(t, "bench-100x150"), table(text), Print{}, &pages)
	if err != nil || n != 3 || len(pages) != 3 {
		t.Fatalf("%d labels, %d pages, %v", n, len(pages), err)
	}
	side := 0
	for _, page := range pages {
		for _, item := range page.Items {
			if q, ok := item.(QR); ok {
				if side != 0 && q.Code.N != side {
					t.Errorf("codes of one batch have %d and %d modules", side, q.Code.N)
				}
				side = q.Code.N
			}
		}
	}
	if side == 29 {
		t.Error("the longest payload did not set the size of all codes")
	}
}

func TestAMistakeInATableNamesRowAndColumn(t *testing.T) {
	long := strings.Repeat("very long ", 60)
	tests := []struct {
		name, code, row, column string
		text                    string
		columns                 map[string]string
	}{
		{"text too long", "label.text_does_not_fit", "3", "model", benchTable(t, func(row int, r map[string]string) {
			if row == 3 {
				r["model"] = long
			}
		}), nil},
		{"no glyph", "label.glyph_missing", "2", " Serial ", benchTable(t, func(row int, r map[string]string) {
			if row == 2 {
				r["serial"] = "😀"
			}
		}), nil},
		{"no column", "label.column_missing", "", "box", "serial,model\n1,2\n", nil},
		{"renamed column", "label.column_missing", "", "Order", benchTable(t, func(int, map[string]string) {}), map[string]string{"wo": "Order"}},
		{"a chosen column that is not there", "label.column_missing", "", "NoSuch", benchTable(t, func(int, map[string]string) {}), map[string]string{"freight": "NoSuch"}},
		{"empty", "label.table_invalid", "0", "", "", nil},
		{"headings alone", "label.table_invalid", "0", "", strings.SplitAfter(benchTable(t, func(int, map[string]string) {}), "\n")[0], nil},
		{"broken", "label.table_invalid", "2", "", benchTable(t, func(int, map[string]string) {})[:300] + "\"\n\"", nil},
		{"a cell more than the heading", "label.row_too_long", "1", "6", "serial,model,work_order,box,remark\nA1,Bitmain, S19j,WO-1,dead, after a storm\n", map[string]string{"wo": "work_order", "payload": "serial", "zh": "model", "ru": "model", "en": "model", "freight": "model", "weight": "model", "date": "model"}},
		{"two columns of one name", "label.column_twice", "", "Serial", strings.Replace(benchTable(t, func(int, map[string]string) {}), "other", "SERIAL", 1), nil},
		{"payload too long", "label.text_does_not_fit", "1", "payload", benchTable(t, func(_ int, r map[string]string) { r["payload"] = strings.Repeat("x", 900) }), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var printed Pages
			c := table(test.text)
			c.Columns = test.columns
			_, err := engine().PrintCSV(shipped(t, "bench-100x150"), c, Print{}, &printed)
			var e *repair.Error
			if !errors.As(err, &e) || e.Code != test.code || e.Args["column"] != test.column || test.row != "2" && e.Args["row"] != test.row {
				t.Errorf("error is %v", err)
			}
		})
	}
}

// What the label does not show may stand there twice, such as a blank heading.
func TestColumnsOfNoInterestMayBeAlike(t *testing.T) {
	text := "work_order,serial,note,Note,,\nR24-1,SN1,a,b,c,d\n"
	if n, err := engine().PrintCSV(shipped(t, DeviceTemplate), table(text), Print{}, &Pages{}); err != nil || n != 1 {
		t.Errorf("%d labels, %v", n, err)
	}
}

func TestAColumnMayHaveAnotherName(t *testing.T) {
	text := strings.Replace(benchTable(t, func(int, map[string]string) {}), "WO,", "Auftrag,", 1)
	c := table(text)
	c.Columns = map[string]string{"wo": "auftrag"}
	if n, err := engine().PrintCSV(shipped(t, "bench-100x150"), c, Print{}, &Pages{}); err != nil || n != 3 {
		t.Errorf("%d labels, %v", n, err)
	}
}

// The code of a device says its serial where the table says nothing else.
func TestACodeSaysTheSerialWhereTheTableHasNoPayload(t *testing.T) {
	print := func(text string) Pages {
		t.Helper()
		var pages Pages
		if n, err := engine().PrintCSV(shipped(t, DeviceTemplate), table(text), Print{}, &pages); err != nil || n != 1 {
			t.Fatalf("%d labels, %v", n, err)
		}
		return pages
	}
	without := print("work_order,serial\nR24-1,  SN1 \n")
	with := print("work_order,serial,payload\nR24-1,SN1,SN1\n")
	if !reflect.DeepEqual(without, with) {
		t.Error("the labels differ")
	}
}

// What is behind a printer cannot be taken back.
func TestARehearsalFindsTheLastMistakeFirst(t *testing.T) {
	text := benchTable(t, func(row int, r map[string]string) {
		if row == 3 {
			r["model"] = strings.Repeat("very long ", 60)
		}
	})
	for rehearse, want := range map[bool]int{false: 2, true: 0} {
		var pages Pages
		c := table(text)
		c.Rehearse = rehearse
		if _, err := engine().PrintCSV(shipped(t, "bench-100x150"), c, Print{}, &pages); !errors.Is(err, ErrTextDoesNotFit) || len(pages) != want {
			t.Errorf("rehearsed %v: %d labels went out, %v", rehearse, len(pages), err)
		}
	}
}

func TestATableCannotFillPages(t *testing.T) {
	for _, info := range NewLibrary(nil).List() {
		if !info.Pages {
			continue
		}
		if _, err := engine().PrintCSV(shipped(t, info.ID), table("a\n1\n"), Print{}, &Pages{}); !errors.Is(err, ErrTemplate) {
			t.Errorf("%s: error is %v", info.ID, err)
		}
	}
}

// Memory does not grow with the number of rows: everything that is kept is
// bounded.
func TestKeptShapesAndCodesAreBounded(t *testing.T) {
	e, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 * maxShaped {
		if _, err := e.shape("x", fmt.Sprint("S", i), false); err != nil {
			t.Fatal(err)
		}
		if i < 3*maxCodes {
			if _, err := e.matrix(fmt.Sprint(i), 2, 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(e.shaped.young)+len(e.shaped.old) > 2*maxShaped || len(e.codes) > maxCodes {
		t.Errorf("%d shapes and %d codes are kept", len(e.shaped.young)+len(e.shaped.old), len(e.codes))
	}
}

// Spreadsheets leave rows of nothing behind, and on the Mac end lines their way.
// A mistake is still found in the row that the person sees.
func TestBlankRowsAndOtherLineEndsAreNoMistake(t *testing.T) {
	for name, text := range map[string]string{
		"a trailing row": "work_order,serial\nW,A1\nW,A2\n,\n , \n", "a longer row of nothing": "work_order,serial\nW,A1\n,,,\nW,A2\n",
		"carriage returns": "work_order,serial\rW,A1\rW,A2\r", "both": "work_order,serial\r\nW,A1\r\nW,A2\r\n", "one in a cell": "work_order,serial\n\"W\r1\",A1\nW,A2\n",
	} {
		var pages Pages
		if n, err := engine().PrintCSV(shipped(t, DeviceTemplate), table(text), Print{}, &pages); err != nil || n != 2 || len(pages) != 2 {
			t.Errorf("%s: %d labels, %v", name, n, err)
		}
	}
	_, err := engine().PrintCSV(shipped(t, DeviceTemplate), table("work_order,serial\nW,A1\n,\nW,😀\n"), Print{}, &Pages{})
	var e *repair.Error
	if !errors.As(err, &e) || e.Args["row"] != "3" {
		t.Errorf("error is %v", err)
	}
	if _, err := engine().PrintCSV(shipped(t, DeviceTemplate), table("work_order,serial\n,\n"), Print{}, &Pages{}); !errors.Is(err, ErrTable) {
		t.Errorf("nothing but blank rows: %v", err)
	}
}
