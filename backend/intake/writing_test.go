package intake

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// A table is read piece by piece as it would be read whole, however it is
// written and wherever its first letter beyond ASCII stands.
func TestATableIsReadInPieces(t *testing.T) {
	for _, name := range []string{"utf-8", "utf-16le", "utf-16be", "gb18030"} {
		for _, mark := range []string{"", "\ufeff"} {
			for _, delimiter := range []string{",", ";", "\t", "|"} {
				for _, filler := range []int{0, 1, 40_000} {
					if name == "gb18030" && mark != "" {
						continue
					}
					heading := strings.Join([]string{"serial", "model", "place"}, delimiter) + "\n"
					row := strings.Join([]string{"SN1", "X16-Q", "1"}, delimiter) + "\n"
					text := heading + strings.Repeat(row, filler) + strings.Join([]string{"SN2", "X16-Q", "深圳市龙岗区"}, delimiter) + "\n"
					data := mark + text
					if e := encodings[name]; e != nil {
						encoded, err := e.NewEncoder().String(data)
						if err != nil {
							t.Fatal(err)
						}
						data = encoded
					}
					w, err := Survey(strings.NewReader(data))
					if err != nil {
						t.Fatal(err)
					}
					got, err := io.ReadAll(w.Text(strings.NewReader(data)))
					if err != nil || string(got) != text || string(rune(w.Delimiter)) != delimiter {
						t.Errorf("%s, mark %q, delimiter %q, %d rows: surveyed %+v, text alike: %v, %v", name, mark, delimiter, filler, w, string(got) == text, err)
					}
				}
			}
		}
	}
}

func TestATableMaySayItsSeparator(t *testing.T) {
	const data = "sep=;\r\nserial;place\r\nA,1;B\r\n"
	w, err := Survey(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(w.Text(strings.NewReader(data)))
	if err != nil || string(got) != data[7:] || w.Delimiter != ';' {
		t.Errorf("surveyed %+v, %q, %v", w, got, err)
	}
}

// A letter cut off between two pieces does not make a table another encoding.
func TestALetterBetweenTwoPiecesIsWhole(t *testing.T) {
	for shift := range 3 {
		data := "serial,place\n" + strings.Repeat("x", shift) + strings.Repeat("深", 3*surveyed)
		if w, err := Survey(strings.NewReader(data)); err != nil || w.Encoding != "utf-8" {
			t.Errorf("shift %d: %+v, %v", shift, w, err)
		}
	}
}

func TestASurveySaysThatAFileCannotBeRead(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, before := range []int{0, 2 * surveyed} {
		r := io.MultiReader(strings.NewReader(strings.Repeat("a", before)), iotest.ErrReader(broken))
		if _, err := Survey(r); !errors.Is(err, broken) {
			t.Errorf("after %d bytes: %v", before, err)
		}
	}
}
