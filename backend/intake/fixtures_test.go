package intake

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"hashmend/backend/repair"
)

var update = flag.Bool("update", false, "write the fixtures, their truth and the golden results anew")

// truth is what a fixture was made of.
type truth struct {
	Good      []string `json:"good"`      // keys, each once
	Duplicate []string `json:"duplicate"` // keys that stand there again
	Damaged   []string `json:"damaged"`   // as they stand there
	Empty     int      `json:"empty"`     // lines with something but no serial number
}

// messy makes the rows of a farm's table: serial, model, fault, shipped.
type messy struct {
	*rand.Rand
	truth
	rows [][]string
}

func newMessy(seed uint64, faults, dates []string) *messy {
	m := &messy{Rand: rand.New(rand.NewPCG(seed, 7))}
	for i := range 30 {
		key := fmt.Sprintf("HM%02dQ%06dK%c", i, m.IntN(1_000_000), 'A'+rune(m.IntN(26)))
		row := []string{m.disguise(key), pick(m, "X16-Q", "x16 q pro", "X4-1U", "X44 P"), pick(m, faults...), pick(m, dates...)}
		m.Good = append(m.Good, key)
		m.rows = append(m.rows, row)
		switch i % 6 {
		case 1:
			m.Duplicate = append(m.Duplicate, key)
			m.rows = append(m.rows, append([]string{strings.ToLower(key)}, row[1:]...))
		case 3:
			damaged := pick(m, "#N/A", "2.02508E+14", "######", "HM20", strings.Repeat("8", 50))
			m.Damaged = append(m.Damaged, damaged)
			m.rows = append(m.rows, append([]string{damaged}, row[1:]...))
		case 5:
			m.Empty++
			m.rows = append(m.rows, append([]string{pick(m, "", " ", "n/a")}, row[1:]...), []string{"", "", "", ""})
		}
	}
	return m
}

// disguise writes a serial number as people do.
func (m *messy) disguise(key string) string {
	wide := strings.Map(func(r rune) rune { return r - '0' + '０' }, key)
	return pick(m, key, key, key, " "+key+" ", strings.ToLower(key), "SN:"+key, key[:4]+"-"+key[4:], key+"\u200b", wide)
}

func pick(m *messy, from ...string) string { return from[m.IntN(len(from))] }

// fixture is a file with the truth about it.
type fixture struct {
	name string
	data []byte
	truth
}

func makeFixtures(t *testing.T) []fixture {
	zh := newMessy(1, []string{"无算力", "风扇故障", "掉板"}, []string{"2026-01-05", "2026/1/5", "2026.01.05", "2026年1月5日", "46027"})
	en := newMessy(2, []string{"no hash rate", "fan 2; and smell", "says \"no board\"\nsince Monday"}, []string{"2026-01-05", "03/04/2026", "25/12/2025", "last spring"})
	ru := newMessy(3, []string{"нет хешрейта", "шум вентилятора"}, []string{"05 янв 2026", "17.02.2026"})
	es := newMessy(4, []string{"sin energía", "ventilador roto"}, []string{"5 de enero de 2026"})
	list := newMessy(5, []string{""}, []string{""})
	list.rows = slices.DeleteFunc(list.rows, func(r []string) bool { return repair.SerialNumber(r[0]).Key() == "" || r[0] == "n/a" })
	list.Empty = 0
	headless := newMessy(6, []string{"boots no more", "overheats after an hour"}, []string{"2026-01-05"})
	book, bookTruth := makeWorkbook(t)

	gb, err := simplifiedchinese.GB18030.NewEncoder().String("一号仓库返修清单,,,\n机身号,机型,故障现象,出厂日期\n" + delimit(zh.rows, ",", "\n") + "合计：30台,,,\n")
	check(t, err)
	le, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("Серийный №\tМодель\tНеисправность\tОтгружен\r\n" + delimit(ru.rows, "\t", "\r\n"))
	check(t, err)
	be, err := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String("Número de serie|Modelo|Avería|Fecha de envío\r\n" + delimit(es.rows, "|", "\r\n"))
	check(t, err)
	return []fixture{
		{"warehouse-zh-gb18030.csv", []byte(gb), zh.truth},
		{"warehouse-en-bom.csv", []byte("\ufeffS/N;Model;\"What is wrong; briefly\";Ship date\n" + delimit(en.rows, ";", "\n")), en.truth},
		{"paste-ru-utf16le.txt", []byte(le), ru.truth},
		{"export-es-utf16be.txt", []byte(be), es.truth},
		{"list.txt", []byte(delimit(columns(list.rows, 1), "", "\n")), list.truth},
		{"headless.tsv", []byte(delimit(headless.rows, "\t", "\r")), headless.truth},
		{"warehouse.xlsx", book, bookTruth},
	}
}

func columns(rows [][]string, n int) [][]string {
	var cut [][]string
	for _, r := range rows {
		cut = append(cut, r[:n])
	}
	return cut
}

func delimit(rows [][]string, delimiter, lineEnd string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteString(delimiter)
			}
			if strings.ContainsAny(cell, "\"\n") || delimiter != "" && strings.Contains(cell, delimiter) {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString(lineEnd)
	}
	return b.String()
}

// makeWorkbook has a title over merged cells, a header on line 3, numbered
// lines, numbers as serial numbers, real dates, a rack column and a second sheet.
func makeWorkbook(t *testing.T) ([]byte, truth) {
	m := newMessy(8, []string{"no power", "board 2 missing"}, []string{""})
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // it was only written to memory
	check(t, f.SetSheetName("Sheet1", "Лист ремонта 修理"))
	sheet := f.GetSheetName(0)
	dates, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	check(t, err)
	check(t, f.SetSheetRow(sheet, "A1", &[]any{"Machines for repair, hall 4"}))
	check(t, f.MergeCell(sheet, "A1", "F1"))
	check(t, f.SetSheetRow(sheet, "A3", &[]any{"#", "Serial No.", "Miner model", "Problem", "Factory date", "Rack"}))
	for i, row := range m.rows {
		line := 4 + i
		values := []any{i + 1, row[0], row[1], row[2], time.Date(2026, 1, 1+i%28, 0, 0, 0, 0, time.UTC), fmt.Sprintf("H4-%d", i)}
		if row[1] == "" {
			values = []any{i + 1} // numbered, but nothing behind the number
		}
		check(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", line), &values))
		check(t, f.SetCellStyle(sheet, fmt.Sprintf("E%d", line), fmt.Sprintf("E%d", line), dates))
	}
	number := 698_100_000_000_123
	check(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", 4+len(m.rows)), &[]any{len(m.rows) + 1, number, "X4-Q"}))
	m.Good = append(m.Good, fmt.Sprint(number))
	_, err = f.NewSheet("prices")
	check(t, err)
	check(t, f.SetSheetRow("prices", "A1", &[]any{"Model", "Price"}))
	check(t, f.SetSheetRow("prices", "A2", &[]any{"X4-Q", 120}))
	check(t, f.SetSheetDimension(sheet, "A1:B2")) // a lie, as some programs write it
	buf, err := f.WriteToBuffer()
	check(t, err)
	return buf.Bytes(), m.truth
}

func TestFixtures(t *testing.T) {
	if *update {
		truths := map[string]truth{}
		for _, f := range makeFixtures(t) {
			check(t, os.WriteFile(filepath.Join("testdata", f.name), f.data, 0o644))
			truths[f.name] = f.truth
		}
		writeJSON(t, "truth.json", truths)
	}
	var truths map[string]truth
	raw, err := os.ReadFile(filepath.Join("testdata", "truth.json"))
	check(t, err)
	check(t, json.Unmarshal(raw, &truths))
	for name, want := range truths {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", name))
			check(t, err)
			r, err := Read(context.Background(), name, bytes.NewReader(data), Options{})
			check(t, err)
			agree(t, r, want)
			golden(t, name+".golden.json", r)
		})
	}
}

// agree holds the result against the truth: every good serial number once
// without a finding, all else flagged.
func agree(t *testing.T, r *Result, want truth) {
	clean, duplicate, flagged := map[string]int{}, map[string]int{}, map[string]int{}
	missing := 0
	for _, row := range r.Rows {
		switch {
		case hasCode(row.Findings, repair.CodeMissingSerial):
			missing++
		case hasCode(row.Findings, repair.CodeSpreadsheetDamage), hasCode(row.Findings, repair.CodeSerialUnusual):
			flagged[row.Raw]++
		case hasCode(row.Findings, CodeDuplicateSerial):
			duplicate[row.Serial]++
		default:
			clean[row.Serial]++
		}
	}
	same(t, "good", clean, want.Good)
	same(t, "duplicate", duplicate, want.Duplicate)
	same(t, "damaged", flagged, want.Damaged)
	if missing != want.Empty {
		t.Errorf("%d rows without a serial number, want %d", missing, want.Empty)
	}
}

func same(t *testing.T, what string, got map[string]int, want []string) {
	t.Helper()
	for _, s := range want {
		got[s]--
	}
	for s, n := range got {
		if n != 0 {
			t.Errorf("%s: %q is off by %d", what, s, n)
		}
	}
}

func golden(t *testing.T, name string, r *Result) {
	t.Helper()
	if *update {
		writeJSON(t, name, r)
	}
	want, err := os.ReadFile(filepath.Join("testdata", name))
	check(t, err)
	if got := encode(t, r); !bytes.Equal(got, want) {
		t.Errorf("%s differs; look at it with go test -update and git diff", name)
	}
}

func writeJSON(t *testing.T, name string, v any) {
	t.Helper()
	check(t, os.WriteFile(filepath.Join("testdata", name), encode(t, v), 0o644))
}

func encode(t *testing.T, v any) []byte {
	t.Helper()
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	check(t, e.Encode(v))
	return buf.Bytes()
}
