package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"hashmend/backend/repair"
)

func read(t *testing.T, text string, opt Options) *Result {
	t.Helper()
	r, err := Text(context.Background(), text, opt)
	check(t, err)
	return r
}

// brief writes rows as "serial|model|complaint|shipped|extra …|codes".
func brief(r *Result) string {
	var lines []string
	for _, row := range r.Rows {
		parts := []string{row.Serial, row.Model, row.Complaint, row.Shipped}
		for _, e := range row.Extra {
			parts = append(parts, e.Column+"="+e.Value)
		}
		for _, f := range row.Findings {
			parts = append(parts, "!"+strings.TrimPrefix(f.Code, "intake."))
		}
		lines = append(lines, strings.Join(parts, "|"))
	}
	return strings.Join(lines, "\n")
}

func reasons(r *Result) string {
	var all []string
	for _, s := range r.Skipped {
		line := fmt.Sprint(s.Line)
		if s.To > 0 {
			line += fmt.Sprintf("-%d", s.To)
		}
		all = append(all, line+" "+s.Reason)
	}
	return strings.Join(all, ", ")
}

func TestTables(t *testing.T) {
	const a, b = "HM0001Q77A", "HM0002Q77B"
	tests := []struct {
		name, text, rows, skipped string
	}{
		{"nothing is an empty table", "", "", ""},
		{"blank lines are counted in runs", "\n\n" + a + "\n\n", a + "|||", "1-2 blank, 4 blank"},
		{"one serial number a line", a + "\n" + b, a + "|||\n" + b + "|||", ""},
		{"with the header of one column", "SN\n" + a + "\n" + b, a + "|||\n" + b + "|||", "1 header"},
		{"a sentence above them is a note", "please repair these\n" + a + "\n" + b, a + "|||\n" + b + "|||", "1 note"},
		{"a scanner's tabs make rows", a + "\t" + b + "\t", a + "|||\n" + b + "|||", ""},
		{"separators alone say nothing", "SN,Model\n,,,\n" + a + ",X4\n;;;", a + "|X4||", "1 header, 2 blank, 4 blank"},
		{"a scanner's tabs below a blank line make rows", "\n" + a + "\t" + b, a + "|||\n" + b + "|||", "1 blank"},
		{"a letter is no separator", "sep=t\n" + a, a + "|||", "1 header"},
		{"commas in a message make rows", a + ", " + b, a + "|||\n" + b + "|||", ""},
		{"one row without a header", a + "\tX4-Q\tno power", a + "|X4-Q|no power|", ""},
		{"columns in any order", "Fault,Model,S/N\nno power,x4 q," + a, a + "|X4-Q|no power|", "1 header"},
		{"a title, a header, a total", "Hall 4\n\nSN;Model\n" + a + ";X4-Q\nTotal;1", a + "|X4-Q||", "1 title, 2 blank, 3 header, 5 total"},
		{"a Chinese total", "序列号,型号\n" + a + ",X4-Q\n合计1台,", a + "|X4-Q||", "1 header, 3 total"},
		{"a header again on each page", "SN\tModel\n" + a + "\tX4\nSN\tModel\n" + b + "\tX4", a + "|X4||\n" + b + "|X4||", "1 header, 3 header"},
		{"numbered lines with nothing behind the number", "#,SN,Fault\n1," + a + ",hot\n2,,\n3," + b + ",hot", a + "||hot|\n" + b + "||hot|", "1 header, 3 number_only"},
		{"a serial number is missing", "SN,Fault\n,hot\n" + a + ",cold", "||hot||!missing_serial\n" + a + "||cold|", "1 header"},
		{"a column we do not know is kept", "SN,Rack,Owner\n" + a + ",R1-2,Ли", a + "||||Rack=R1-2|Owner=Ли", "1 header"},
		{"two columns of one name stay two", "SN,Note,Note\n" + a + ",x,y", a + "||x||Note (C)=y", "1 header"},
		{"a cell beyond the header is kept and told", "SN,Model\n" + a + ",X4,extra cell", a + "|X4|||C=extra cell|!extra_cells", "1 header"},
		{"an unknown model stays as typed", "SN,Model\n" + a + ",Antminer S19", a + "|Antminer S19|||!model_unknown", "1 header"},
		{"a duplicate is flagged on the later row", "SN,Rack\n" + a + ",1\n" + strings.ToLower(a) + ",2", a + "||||Rack=1\n" + a + "||||Rack=2|!duplicate_serial", "1 header"},
		{"damage is no duplicate", "SN,Rack\n#N/A,1\n#N/A,2", "#N/A||||Rack=1|!spreadsheet_damage\n#N/A||||Rack=2|!spreadsheet_damage", "1 header"},
		{"a quoted line break is one cell", "SN;Fault\n" + a + ";\"hot\nand loud\"\n" + b + ";\"say \"\"no\"\"\"", a + "||hot\nand loud|\n" + b + "||say \"no\"|", "1 header"},
		{"a header in words we do not know", "Seriennummer;Modell;Rack\n" + a + ";X4-Q;R1", a + "|X4-Q|||Rack=R1", "1 header"},
		{"a word without digits is no serial number", a + "\nBROKEN\n" + b, a + "|||\nBROKEN||||!serial_unusual\n" + b + "|||", ""},
		{"a full row is no total", "SN,Model,Fault,Rack\nTotal 17,X4,hot,R1", "TOTAL17|X4|hot||Rack=R1", "1 header"},
		{"a title that speaks of serial numbers is no header", "Serial numbers and faults of hall 4\n\nSN,Model\n" + a + ",X4", a + "|X4||", "1 title, 2 blank, 3 header"},
		{"a stray quote swallows nothing", "SN;Fault\n" + a + ";\"5 fans\n" + b + ";hot", a + "||\"5 fans|\n" + b + "||hot|", "1 header"},
		{"inches are no quotes", "SN;Fault\n" + a + ";fan 3\" wide\n" + b + ";hot", a + "||fan 3\" wide|\n" + b + "||hot|", "1 header"},
		{"Excel's own first line names the separator", "sep=|\r\nSN|Fault\r\n" + a + "|hot, loud", a + "||hot, loud|", "1 separator, 2 header"},
		{"line ends of an old Macintosh", "SN\tFault\r" + a + "\thot\r", a + "||hot|", "1 header"},
		{"commas in sentences are no columns", a + "\n" + b + "\nwe think, perhaps, that is all", a + "|||\n" + b + "|||", "3 note"},
		{"emoji and right-to-left names are kept", "SN,Owner\n" + a + ",حسن 🔥", a + "||||Owner=حسن 🔥", "1 header"},
		{"a NUL is flagged and kept", "SN,Owner\n" + a + ",a\x00b", a + "||||Owner=a\x00b|!control_character", "1 header"},
		{"the board's serial number is not the device's", "Board SN,SN\nBHM001Q77A," + a, a + "||||Board SN=BHM001Q77A", "1 header"},
		{"an ambiguous day is a finding", "SN,Ship date\n" + a + ",03/04/2026", a + "||||!date_ambiguous", "1 header"},
		{"a date that is none is a finding", "SN,Ship date\n" + a + ",last May", a + "||||!date_unreadable", "1 header"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := read(t, tt.text, Options{})
			if got := brief(r); got != tt.rows {
				t.Errorf("rows:\n%s\nwant:\n%s", got, tt.rows)
			}
			if got := reasons(r); got != tt.skipped {
				t.Errorf("skipped: %s, want: %s", got, tt.skipped)
			}
		})
	}
}

// A quote that opens on one row and closes sixty rows below is two stray ones.
func TestStrayQuotesFarApartSwallowNothing(t *testing.T) {
	var rows []string
	for i := range 200 {
		rows = append(rows, fmt.Sprintf("HM%04dQ77A;hot", i))
	}
	rows[10], rows[150] = `HM0010Q77A;"hot`, `HM0150Q77A;hot"`
	if r := read(t, "SN;Fault\n"+strings.Join(rows, "\n"), Options{}); len(r.Rows) != 200 {
		t.Errorf("%d rows", len(r.Rows))
	}
}

func TestHeadersInFourLanguages(t *testing.T) {
	for _, heads := range []string{
		"Serial number,Model,Fault description,Ship date", "SN,Miner Model,Problem,Shipped", "Serial No.,MODEL,Issue,Factory date",
		"序列号,型号,故障描述,出厂日期", "机身号,机型,故障现象,发货日期", "整机SN,矿机型号,问题描述,出货日期", "设备序列号,设备型号,故障原因,日期",
		"Серийный номер,Модель,Неисправность,Дата отгрузки", "серийный №,модель устройства,Проблема,Отгружен", "С/Н,Тип,Описание,Дата",
		"Número de serie,Modelo,Falla,Fecha de envío", "N° de serie,MODELO,Avería,Fecha despacho", "Nro. Serie,Equipo,Descripción,Fecha",
	} {
		t.Run(heads, func(t *testing.T) {
			r := read(t, heads+"\nHM0001Q77A,X4-Q,abcd efgh,2026-01-05", Options{})
			if got, want := brief(r), "HM0001Q77A|X4-Q|abcd efgh|2026-01-05"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			if c := r.Columns[Serial]; c.By != "header" && c.By != "content" || c.Confidence < 0.5 {
				t.Errorf("serial number found by %s with %v", c.By, c.Confidence)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	ru := "Серийный номер;Модель;Неисправность\nHM0001Q77A;X4-Q;нет хешрейта, перегрев\n"
	zh := "序列号,型号,故障描述\nHM0001Q77A,X4-Q,风扇故障并且重启\n"
	es := "Número de serie;Modelo;Avería\nHM0001Q77A;X4-Q;sin energía, señal débil\n"
	tests := []struct {
		name, text string
		data       func(string) (string, error)
		want       string
	}{
		{"UTF-8", zh, func(s string) (string, error) { return s, nil }, "utf-8"},
		{"UTF-8 with a mark", zh, func(s string) (string, error) { return "\ufeff" + s, nil }, "utf-8"},
		{"UTF-16 little-endian with a mark", ru, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String, "utf-16le"},
		{"UTF-16 little-endian without", ru, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String, "utf-16le"},
		{"UTF-16 big-endian with a mark", zh, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String, "utf-16be"},
		{"UTF-16 big-endian without", zh, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String, "utf-16be"},
		{"GB18030", zh, simplifiedchinese.GB18030.NewEncoder().String, "gb18030"},
		{"Windows in Russia", ru, charmap.Windows1251.NewEncoder().String, "windows-1251"},
		{"Windows in Spain", es, charmap.Windows1252.NewEncoder().String, "windows-1252"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data, err := tt.data(tt.text)
			check(t, err)
			r, err := Read(context.Background(), "x.csv", strings.NewReader(data), Options{})
			check(t, err)
			if r.Encoding != tt.want {
				t.Errorf("taken for %s", r.Encoding)
			}
			if want := brief(read(t, tt.text, Options{})); brief(r) != want || len(r.Rows) != 1 || r.Columns[Complaint].By != "header" {
				t.Errorf("got %s, want %s", brief(r), want)
			}
		})
	}
}

func TestBytesThatNoEncodingHasAreFlagged(t *testing.T) {
	r, err := Read(context.Background(), "x.csv", strings.NewReader("SN,Owner\nHM0001Q77A,a\xff\xffb\n"), Options{Encoding: "utf-8"})
	check(t, err)
	if want := "HM0001Q77A||||Owner=a\ufffdb|!undecodable"; brief(r) != want {
		t.Errorf("got %s", brief(r))
	}
}

func TestThePersonsWordOnColumns(t *testing.T) {
	const text = "Code A,Code B,When\nHM0001Q77A,KK9001Z55B,03/04/2026\n"
	r := read(t, text, Options{Mapping: map[Field]int{Serial: 1, Shipped: 2, Model: -1}, Dates: "day_first"})
	if got, want := brief(r), "KK9001Z55B|||2026-04-03|Code A=HM0001Q77A"; got != want || r.Columns[Serial].By != "person" {
		t.Errorf("got %s by %s", got, r.Columns[Serial].By)
	}
}

func TestDuplicatesElsewhereAreShown(t *testing.T) {
	r := read(t, "sn: hm-0001q77a\nHM0002Q77B", Options{Known: func(key string) (string, bool) { return "draft 7", key == "HM0001Q77A" }})
	f := r.Rows[0].Findings
	if len(f) != 1 || f[0].Code != CodeDuplicateSerial || f[0].Args["where"] != "draft 7" || len(r.Rows[1].Findings) != 0 {
		t.Errorf("got %v", r.Rows)
	}
}

func TestBurst(t *testing.T) {
	got := Burst("HM0001Q77A\r\nHM0002Q77B\tHM0001Q77A\r\r\n  \nSF 12 \x00")
	if want := []string{"HM0001Q77A", "HM0002Q77B", "HM0001Q77A", "SF 12"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestProgressAndCancel(t *testing.T) {
	data := benchCSV(t)
	var last Progress
	calls := 0
	r, err := Read(context.Background(), "big.csv", bytes.NewReader(data), Options{Progress: func(p Progress) { calls++; last = p }})
	check(t, err)
	if len(r.Rows) != benchRows || last.Rows != benchRows || last.Done != last.Total || calls < 50 {
		t.Errorf("%d rows, %d calls, last %+v", len(r.Rows), calls, last)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err = Read(ctx, "big.csv", bytes.NewReader(data), Options{Progress: func(p Progress) {
		if p.Rows > 5000 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func code(err error) string {
	var e *repair.Error
	if errors.As(err, &e) {
		return strings.TrimSpace(e.Code + " " + e.Args["is"])
	}
	return fmt.Sprint(err)
}
