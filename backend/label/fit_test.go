package label

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"hashmend/backend/repair"
)

func TestFitShrinksThenWrapsThenFails(t *testing.T) {
	tests := []struct {
		name  string
		text  string
		box   Box
		lines int // 0: an error
		size  func(float64) bool
	}{
		{"short text keeps its size", "WO-1", Box{W: 50, H: 10}, 1, func(s float64) bool { return s == 5 }},
		{"longer text shrinks", "JM-2026-0047112345-ABCD", Box{W: 50, H: 10}, 1, func(s float64) bool { return s < 5 && s >= 3 }},
		{"longer still wraps", "one two three four five six seven eight", Box{W: 50, H: 14}, 2, func(s float64) bool { return s >= 3 }},
		{"Chinese wraps between characters", "广东省深圳市宝安区航城街道黄田社区甲岸路", Box{W: 40, H: 14}, 2, func(s float64) bool { return s >= 3 }},
		{"a word without breaks is broken", strings.Repeat("A1", 24), Box{W: 50, H: 20}, 3, func(s float64) bool { return s >= 3 }},
		{"what does not fit is an error", strings.Repeat("word ", 60), Box{W: 50, H: 10}, 0, nil},
		{"nothing is nothing", " \n ", Box{W: 50, H: 10}, -1, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			lines, used, err := engine().fit(field{element: "sender", text: test.text, box: test.box, size: 5, min: 3})
			switch {
			case test.lines == 0:
				var e *repair.Error
				if !errors.As(err, &e) || e.Code != "label.text_does_not_fit" || e.Args["element"] != "sender" || e.Args["text"] == "" {
					t.Errorf("error is %v", err)
				}
				return
			case test.lines < 0:
				if err != nil || lines != nil || used != 0 {
					t.Errorf("got %v, %v, %v", lines, used, err)
				}
				return
			case err != nil:
				t.Fatal(err)
			}
			if len(lines) != test.lines || !test.size(lines[0].Size) {
				t.Errorf("%d lines of size %v", len(lines), lines[0].Size)
			}
			var all strings.Builder
			for _, line := range lines {
				all.WriteString(line.Line.Text)
				if w := line.Line.Width * line.Size; w > test.box.W+1e-9 {
					t.Errorf("%q is %v wide", line.Line.Text, w)
				}
			}
			if squeeze(all.String()) != squeeze(test.text) {
				t.Errorf("wrapping lost text: %q", all.String())
			}
			if used > test.box.H+1e-6 {
				t.Errorf("used %v of %v", used, test.box.H)
			}
		})
	}
}

func TestTooLongTextNamesItsElement(t *testing.T) {
	long := strings.Repeat("very long ", 200)
	tests := []struct {
		element string
		layOut  func() error
	}{
		{"sender", func() error { b := boxZH(); b.Sender = long; _, err := engine().BoxLabel(b); return err }},
		{"centre_address_zh", func() error {
			b := boxZH()
			b.CentreAddressZH = strings.Repeat("很长的地址", 200)
			_, err := engine().BoxLabel(b)
			return err
		}},
		{"models", func() error { b := boxZH(); b.Models = long; _, err := engine().BoxLabel(b); return err }},
		{"complaint", func() error { d := deviceZH(); d.Complaint = long; _, err := engine().DeviceLabel(d); return err }},
		{"complaint", func() error {
			m := manifestOf(1, 1)
			m.Boxes[0].Devices[0].Complaint = long
			return engine().Manifest(m, &Pages{})
		}},
	}
	for _, test := range tests {
		var e *repair.Error
		if err := test.layOut(); !errors.As(err, &e) || e.Code != "label.text_does_not_fit" || e.Args["element"] != test.element {
			t.Errorf("%s: error is %v", test.element, err)
		}
	}
}

func TestMissingGlyphIsAnError(t *testing.T) {
	for _, text := range []string{"Miner 😀", "\U0002A700", "שלום", "\uFFFD"} {
		b := boxZH()
		b.Sender = text
		_, err := engine().BoxLabel(b)
		var e *repair.Error
		if !errors.As(err, &e) || e.Code != "label.glyph_missing" || e.Args["element"] != "sender" || e.Args["code_point"] == "" {
			t.Errorf("%q: error is %v", text, err)
		}
	}
}

func TestEveryGlyphExists(t *testing.T) {
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		for _, page := range doc {
			for _, item := range page.Items {
				text, ok := item.(Text)
				if !ok {
					continue
				}
				for _, g := range text.Line.Glyphs {
					if g.ID == 0 {
						t.Errorf("%s %q has a glyph that is missing", text.Element, text.Line.Text)
					}
				}
			}
		}
	})
}

func TestCleanMakesOneHarmlessLine(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\nb\tc":             "a b c",
		"  x  ":                 "x",
		"a\u202eb\u2066c":       "abc", // direction overrides
		"e\u0301":               "é",
		"zero\u200bwidth\ufeff": "zerowidth",
		"می\u200cخواهم":         "می\u200cخواهم",
		"\x00\x1b[31m":          "[31m",
		"bad\xffbyte":           "bad\uFFFDbyte",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFinalLabelNeedsItsFields(t *testing.T) {
	tests := []struct {
		name, code, element string
		change              func(*BoxLabel)
	}{
		{"R15 no number", "label.number_missing", "", func(b *BoxLabel) { b.WorkOrder = " " }},
		{"no address", "label.field_missing", "centre_address", func(b *BoxLabel) { b.CentreAddressZH, b.CentreAddressEN = "", "" }},
		{"R16 nothing inside", "label.field_missing", "devices", func(b *BoxLabel) { b.Serials = nil }},
		{"no host", "label.host_invalid", "", func(b *BoxLabel) { b.Host = "" }},
		{"host that a code cannot carry", "label.host_invalid", "", func(b *BoxLabel) { b.Host = "rma.例子.cn" }},
		{"number too long for any code", "label.text_does_not_fit", "work_order", func(b *BoxLabel) { b.WorkOrder = strings.Repeat("W", 900) }},
	}
	for _, test := range tests {
		b := boxZH()
		test.change(&b)
		_, err := engine().BoxLabel(b)
		var e *repair.Error
		if !errors.As(err, &e) || e.Code != test.code || e.Args["element"] != test.element {
			t.Errorf("%s: error is %v", test.name, err)
		}
	}
}

func TestWithoutFontsOpenSaysSo(t *testing.T) {
	_, err := open(fstest.MapFS{"fonts/README.md": {}})
	if !errors.Is(err, ErrFontsMissing) {
		t.Errorf("error is %v", err)
	}
	if !strings.Contains(Licence(), "SIL OPEN FONT LICENSE") {
		t.Error("the fonts' licence is not embedded")
	}
}

// A letter within a word has another form than one that stands alone. A shaper
// that overlooks it prints words that no Arab would read.
func TestArabicLettersTakeTheFormOfTheirPlace(t *testing.T) {
	letter := func(word string, at int, bold bool) Glyph {
		line, err := engine().shape("word", word, bold)
		if err != nil {
			t.Fatal(err)
		}
		want := string([]rune(word)[at])
		for _, g := range line.Glyphs {
			if g.Text == want {
				return g
			}
		}
		t.Fatalf("%s is not in %+v", want, line.Glyphs)
		return Glyph{}
	}
	for _, bold := range []bool{false, true} {
		for _, r := range "بتثجحخسشصضطظعغفقكلمنهيئ" {
			alone, inside := letter(string(r), 0, bold), letter("م"+string(r)+"م", 1, bold)
			if alone.ID == inside.ID {
				t.Errorf("%c stands in a word as it stands alone", r)
			}
		}
	}
}

// What a company is called in full is on its papers, and so on its boxes: on two
// lines that can be read from a step away.
func TestAFullCompanyNameFitsABoxLabel(t *testing.T) {
	for _, name := range []string{
		"Общество с ограниченной ответственностью «Сибирские вычислительные технологии и энергетика»",
		"Công ty Trách nhiệm hữu hạn Một thành viên Thương mại Dịch vụ Kỹ thuật số Miền Đông",
		"شركة الخليج للحوسبة عالية الأداء والطاقة المتجددة ذات المسؤولية المحدودة، المنطقة الحرة",
	} {
		label := boxZH()
		label.Sender = name
		page, err := engine().BoxLabel(label)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		lines := 0
		for _, item := range page.Items {
			if text, ok := item.(Text); ok && text.Element == "sender" {
				lines++
				if text.Size < 8*pt {
					t.Errorf("%q is printed at %.1f points, want 8", text.Line.Text, text.Size/pt)
				}
			}
		}
		if lines != 2 {
			t.Errorf("%s: %d lines, want 2", name, lines)
		}
	}
}

// Ten of one model and two of another are not to be taken for each other.
func TestACountStaysWithItsModel(t *testing.T) {
	label := boxZH()
	label.Models = "X16-P ×2, X16-Q ×2, X16-Q Pro ×2, X4-Q ×2, X44-P ×2"
	page, err := engine().BoxLabel(label)
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, item := range page.Items {
		if text, ok := item.(Text); ok && text.Element == "models" {
			lines++
			if !strings.HasPrefix(text.Line.Text, "X") {
				t.Errorf("a line begins within a model or with its count: %q", text.Line.Text)
			}
		}
	}
	if lines != 2 {
		t.Errorf("%d lines, want 2", lines)
	}
}
