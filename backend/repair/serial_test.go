package repair

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSerialNumberKey(t *testing.T) {
	tests := []struct {
		name, typed, want string
	}{
		{"an ordinary serial number is its own key", "JM4471A20XY", "JM4471A20XY"},
		{"case does not matter", "jm4471a20xy", "JM4471A20XY"},
		{"spaces around and inside do not matter", "  JM44 71A2\u00a00XY ", "JM4471A20XY"},
		{"dashes of every kind do not matter", "JM-4471–A2—0−XY", "JM4471A20XY"},
		{"full-width letters are letters", "ＪＭ４４７１Ａ２０ＸＹ", "JM4471A20XY"},
		{"zero-width marks do not matter", "JM4471\u200bA20XY\ufeff", "JM4471A20XY"},
		{"direction marks of a right-to-left copy do not matter", "\u202bJM4471A20XY\u202c", "JM4471A20XY"},
		{"the label's SN: is not part of it", "SN: JM4471A20XY", "JM4471A20XY"},
		{"nor is S/N:", "s/n:JM4471A20XY", "JM4471A20XY"},
		{"nor a full-width one", "ＳＮ：JM4471A20XY", "JM4471A20XY"},
		{"a serial number may begin with SN", "SN4471A20XY", "SN4471A20XY"},
		{"the apostrophe that keeps text as text goes", "'00120042", "00120042"},
		{"so does the formula that does the same", `="00120042"`, "00120042"},
		{"leading zeros stay", "00120042", "00120042"},
		{"a Cyrillic letter is not its Latin look-alike", "ЈМ4471A20XY", "ЈМ4471A20XY"},
		{"nothing stays nothing", " \u200b\t", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := SerialNumber(tt.typed).Key(); got != tt.want {
				t.Errorf("Key(%q) = %q, want %q", tt.typed, got, tt.want)
			}
		})
	}
}

func TestSerialNumberIsKeptAsTyped(t *testing.T) {
	if got := NewSerialNumber("\u200b jm-4471 A20xy\t"); got != "jm-4471 A20xy" {
		t.Errorf("shown as %q", got)
	}
}

func TestSerialFindings(t *testing.T) {
	tests := []struct {
		name, typed, want string // want: "code why", several joined by "; "
	}{
		{"an ordinary serial number has no finding", "JM4471A20XY", ""},
		{"typed carelessly it still has none", " sn: jm-4471 a20xy ", ""},
		{"a long one of another maker has none", "QTB3CS40HD24083100000000000000000", ""},
		{"a number of fifteen digits has none", "698144169993363", ""},
		{"hexadecimal with an E is no damage", "201E45A7B3", ""},
		{"digits, E, digits without a sign is no damage", "2025080012E14", ""},
		{"empty is missing", "", "intake.missing_serial "},
		{"only marks is missing", " -\u200b- ", "intake.missing_serial "},
		{"a word for nothing is missing", "n/a", "intake.missing_serial "},
		{"so is one in Chinese", "无", "intake.missing_serial "},
		{"so is one in Russian", "нет", "intake.missing_serial "},
		{"scientific notation is damage", "2.02508E+14", "intake.spreadsheet_damage scientific"},
		{"with a decimal comma too", "2,02508E+14", "intake.spreadsheet_damage scientific"},
		{"in lower case too", "2.02508e+14", "intake.spreadsheet_damage scientific"},
		{"without decimals too", "2E+14", "intake.spreadsheet_damage scientific"},
		{"a failed lookup is damage", "#N/A", "intake.spreadsheet_damage error_value"},
		{"a broken reference is damage", "#REF!", "intake.spreadsheet_damage error_value"},
		{"a division is damage", "#DIV/0!", "intake.spreadsheet_damage error_value"},
		{"in a Russian spreadsheet too", "#Н/Д", "intake.spreadsheet_damage error_value"},
		{"in a Spanish spreadsheet too", "#¿NOMBRE?", "intake.spreadsheet_damage error_value"},
		{"in LibreOffice too", "Err:502", "intake.spreadsheet_damage error_value"},
		{"a narrow column is damage", "########", "intake.spreadsheet_damage hashes"},
		{"digits past the fifteenth become zeros", "20250812345678900", "intake.spreadsheet_damage rounded"},
		{"a number with decimals is damage", "698144169993363.0", "intake.spreadsheet_damage decimal"},
		{"thousands are damage", "698,144,169", "intake.spreadsheet_damage thousands"},
		{"a serial number that became a date is damage", "1-Mar", "intake.spreadsheet_damage date"},
		{"four characters are too few", "JM20", "intake.serial_unusual too_short"},
		{"sixty are too many", strings.Repeat("A1", 30), "intake.serial_unusual too_long"},
		{"one character repeated is unusual", strings.Repeat("O", 60), "intake.serial_unusual repeated"},
		{"question marks are what an encoding left", "????", "intake.serial_unusual repeated"},
		{"zeros are one character too", "00000000", "intake.serial_unusual repeated"},
		{"a word is no serial number", "SERIENNUMMER", "intake.serial_unusual no_digits"},
		{"a Cyrillic look-alike is odd", "JМ4471A20XY", "intake.serial_unusual odd_characters"},
		{"an emoji is odd", "JM4471A20🔥", "intake.serial_unusual odd_characters"},
		{"a NUL is odd although it is removed", "JM4471\x00A20XY", "intake.serial_unusual odd_characters"},
		{"letters turned around are odd although the mark is removed", "JM4471\u202eA20XY", "intake.serial_unusual odd_characters"},
		{"isolated ones too", "\u2067JM4471A20XY\u2069", "intake.serial_unusual odd_characters"},
		{"a mark that turns nothing is not", "\u200eJM4471A20XY\ufeff", ""},
		{"short and odd is said twice", "J?1", "intake.serial_unusual odd_characters; intake.serial_unusual too_short"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range SerialFindings(tt.typed) {
				got = append(got, f.Code+" "+f.Args["why"])
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("SerialFindings(%q) = %q, want %q", tt.typed, s, tt.want)
			}
		})
	}
}

func TestSerialFindingNamesTheOddCharacters(t *testing.T) {
	got := SerialFindings("JМ4471\x00A20$$XY")
	if want := "map[characters:U+0000 М $ why:odd_characters]"; len(got) != 1 || fmt.Sprint(got[0].Args) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The quick way for ordinary serial numbers must not differ from the slow one.
func TestSerialNumberProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ '"=]*(SN:|s/n|S/N:)?[A-Za-z0-9 \-]{0,50}`)).Draw(t, "typed")
		key := SerialNumber(typed).Key()
		if again := SerialNumber(key).Key(); again != key {
			t.Fatalf("Key of a Key changed: %q → %q", key, again)
		}
		if shown := NewSerialNumber(typed); shown.Key() != key {
			t.Fatalf("shown %q has key %q, typed %q has %q", shown, shown.Key(), typed, key)
		}
		missing := false
		for _, f := range SerialFindings(typed) {
			missing = missing || f.Code == CodeMissingSerial
		}
		if key == "" && !missing {
			t.Fatalf("%q has no key and is not missing", typed)
		}
	})
}
