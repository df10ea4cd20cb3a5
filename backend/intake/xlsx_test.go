package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func readBook(t *testing.T, data []byte, opt Options) (*Result, error) {
	t.Helper()
	return Read(context.Background(), "x.xlsx", bytes.NewReader(data), opt)
}

func TestCellsOfAWorkbook(t *testing.T) {
	r, err := readBook(t, workbookOf(t, func(f *excelize.File) {
		row := func(at string, cells ...any) { check(t, f.SetSheetRow("Sheet1", at, &cells)) }
		row("A1", "SN", "Model", "Fault", "Shipped")
		row("A2", "HM0001Q77A", "x4 q", "a\nb", time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC))
		row("A3", 698144169993363, "X4-Q", "hot", "2026年1月5日")
		row("A4", 1.23456789012345e+18, "X4-Q", "hot", "03/04/2026")
		row("A5", "2.02508E+14", "X4-Q", "hot", 46027.5)
		row("A6", nil, "X4-Q", "hot", nil)
		check(t, f.SetCellFormula("Sheet1", "A7", `=NA()`))
		row("B7", "X4-Q", "hot")
		row("C9", "Итого", 5)
	}), Options{})
	check(t, err)
	want := strings.Join([]string{
		"HM0001Q77A|X4-Q|a\nb|2026-01-05",
		"698144169993363|X4-Q|hot|2026-01-05",
		"1234567890123450000|X4-Q|hot||!spreadsheet_damage|!date_ambiguous",
		"2.02508E+14|X4-Q|hot|2026-01-05|!spreadsheet_damage",
		"|X4-Q|hot||!missing_serial",
		"|X4-Q|hot||!missing_serial",
	}, "\n")
	if got := brief(r); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got := reasons(r); got != "1 header, 8 blank, 9 total" {
		t.Errorf("skipped %s", got)
	}
}

// Some programs write whole numbers with an exponent and all digits: nothing is
// lost, so nothing is flagged.
func TestAWholeNumberWithAnExponentIsWrittenOut(t *testing.T) {
	data := editSheet(t, smallWorkbook(t), `<c r="A2" t="s"><v>2</v></c>`, `<c r="A2"><v>6.98144169993363E+14</v></c>`)
	r, err := readBook(t, data, Options{})
	check(t, err)
	if r.Rows[0].Serial != "698144169993363" || len(r.Rows[0].Findings) != 0 {
		t.Errorf("got %+v", r.Rows[0])
	}
}

func TestAnOldMacintoshsDays(t *testing.T) {
	r, err := readBook(t, workbookOf(t, func(f *excelize.File) {
		yes := true
		check(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
		check(t, f.SetSheetRow("Sheet1", "A1", &[]any{"SN", "Shipped"}))
		check(t, f.SetSheetRow("Sheet1", "A2", &[]any{"HM0001Q77A", 44565}))
	}), Options{})
	check(t, err)
	if got := brief(r); got != "HM0001Q77A|||2026-01-05" {
		t.Errorf("got %s", got)
	}
}

func TestTheBestSheetIsTaken(t *testing.T) {
	data := workbookOf(t, func(f *excelize.File) {
		check(t, f.SetSheetRow("Sheet1", "A1", &[]any{"Dear colleagues"}))
		for _, sheet := range []string{"no header", "devices", "fewer"} {
			_, err := f.NewSheet(sheet)
			check(t, err)
		}
		check(t, f.SetSheetCol("no header", "A1", &[]any{"HM0001Q77A", "HM0002Q77B", "HM0003Q77C"}))
		check(t, f.SetSheetCol("devices", "B1", &[]any{"SN", "HM0001Q77A", "HM0002Q77B"}))
		check(t, f.SetSheetCol("fewer", "A1", &[]any{"SN", "HM0009Q77Z"}))
	})
	r, err := readBook(t, data, Options{})
	check(t, err)
	if r.Sheet != "devices" || len(r.Rows) != 2 || r.Rows[0].Sheet != "devices" {
		t.Errorf("took %q with %d rows", r.Sheet, len(r.Rows))
	}
	others := map[string]int{}
	for _, s := range r.Skipped {
		if s.Reason == ReasonOtherSheet {
			others[s.Sheet] = s.Serials
		}
	}
	if len(others) != 3 || others["no header"] != 3 || others["fewer"] != 1 {
		t.Errorf("others: %v", others)
	}
	r, err = readBook(t, data, Options{Sheet: "no header"})
	check(t, err)
	if r.Sheet != "no header" || len(r.Rows) != 3 {
		t.Errorf("the person's sheet: %q with %d rows", r.Sheet, len(r.Rows))
	}
	if _, err = readBook(t, data, Options{Sheet: "gone"}); code(err) != "intake.no_such_sheet" {
		t.Errorf("a sheet that is gone: %v", err)
	}
}

// The library stops without a word at broken XML. A file must never be read in
// part as if that were all.
func TestASheetIsReadWholeOrNotAtAll(t *testing.T) {
	small := smallWorkbook(t)
	tests := []struct{ name, old, new, want string }{
		{"as it is", `<row r="3">`, `<row r="3">`, "<nil>"},
		{"a character that XML does not have", `<row r="3">`, "<row r=\"3\"><c r=\"C3\"><v>\x01</v></c>", "intake.damaged_file"},
		{"cut off within a tag", `<row r="4">`, `<row r="4"`, "intake.damaged_file"},
		{"cut off after a row", `</sheetData>`, ``, "intake.damaged_file"},
		{"rows out of order", `<row r="4">`, `<row r="1">`, "intake.damaged_file"},
		{"a row beyond the last one", `<row r="4">`, `<row r="99999999">`, "intake.too_large"},
		{"a column beyond the last one", `r="A4"`, `r="ZZZZ4"`, "intake.damaged_file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := readBook(t, editSheet(t, small, tt.old, tt.new), Options{})
			if code(err) != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if err == nil && len(r.Rows) != 3 {
				t.Errorf("%d rows", len(r.Rows))
			}
		})
	}
}

func TestCancelAWorkbook(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	data := workbookOf(t, func(f *excelize.File) {
		for i := range 5000 {
			cell, err := excelize.CoordinatesToCellName(1, i+1)
			check(t, err)
			check(t, f.SetCellValue("Sheet1", cell, "HM0001Q77A"))
		}
	})
	_, err := Read(ctx, "x", bytes.NewReader(data), Options{Progress: func(Progress) { cancel() }})
	if err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

// editSheet changes the XML of the first sheet.
func editSheet(t *testing.T, data []byte, old, new string) []byte {
	t.Helper()
	return rewrite(t, data, func(name string, content []byte, z *zip.Writer) bool {
		if name != "xl/worksheets/sheet1.xml" {
			return false
		}
		if !bytes.Contains(content, []byte(old)) {
			t.Fatalf("no %s in %s", old, content)
		}
		w, err := z.Create(name)
		check(t, err)
		_, err = w.Write(bytes.Replace(content, []byte(old), []byte(new), 1))
		check(t, err)
		return true
	})
}
