package repair

import "testing"

func TestParseModel(t *testing.T) {
	tests := []struct {
		name, typed, want string
		known             bool
	}{
		{"as in the catalogue", "X16-Q Pro", "X16-Q Pro", true},
		{"in lower case with a space", "x4 1u", "X4-1U", true},
		{"written together", "x16qpro", "X16-Q Pro", true},
		{"with its bin", "X16-Q Pro 2050", "X16-Q Pro 2050", true},
		{"with the maker and the bin, as the machine says it", "Jasminer X16-Q 1950", "X16-Q 1950", true},
		{"with the bin and its unit", "X16-Q 1950 MH/s", "X16-Q 1950", true},
		{"with the bin in brackets", "X16-QE (1750)", "X16-QE 1750", true},
		{"with the bin glued on", "X16-Q1950", "X16-Q 1950", true},
		{"with underscores", "x16_p", "X16-P", true},
		{"X44-P is no X4", "x44p", "X44-P", true},
		{"X4-Q-C is no X4-Q", "X4 Q C", "X4-Q-C", true},
		{"X4 alone is the server", "X4", "X4", true},
		{"X4 with its bin", "X4 2500", "X4 2500", true},
		{"a number is not cut into model and bin", "X42500", "X42500", false},
		{"in full-width letters", "Ｘ１６－Ｐ", "X16-P", true},
		{"with Cyrillic look-alikes", "Х16-Р", "X16-P", true},
		{"with the Russian word for it", "Майнер X4-Q", "X4-Q", true},
		{"with Chinese around it", "茉莉矿机 X16-Q", "X16-Q", true},
		{"with invisible marks", "\u200bX4-Q\u00a0", "X4-Q", true},
		{"another maker's is kept as typed", "Antminer S19 XP", "Antminer S19 XP", false},
		{"an unlisted model is kept as typed", "x16-zz  turbo", "x16-zz turbo", false},
		{"words after the model make it another", "X16-Q boards only", "X16-Q boards only", false},
		{"nothing is no model", "  ", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, known := ParseModel(tt.typed)
			if got.String() != tt.want || known != tt.known {
				t.Errorf("ParseModel(%q) = %q, %v; want %q, %v", tt.typed, got, known, tt.want, tt.known)
			}
		})
	}
}

func TestParseModelNamesTheMaker(t *testing.T) {
	for typed, want := range map[string]string{
		"x16 p": "Jasminer", "Whatsminer M50": "MicroBT", "antminer s19": "Bitmain", "Avalon A1346": "Canaan", "S19": "",
	} {
		if got, _ := ParseModel(typed); got.Maker != want {
			t.Errorf("maker of %q is %q, want %q", typed, got.Maker, want)
		}
	}
}

func TestEveryModelOfTheCatalogueIsUnderstood(t *testing.T) {
	for _, facts := range Models() {
		for _, bin := range append([]string{""}, facts.Bins...) {
			m, known := ParseModel(Model{Name: facts.Name, Bin: bin}.String())
			if !known || m.Name != facts.Name || m.Bin != bin {
				t.Errorf("%s %s understood as %v, %v", facts.Name, bin, m, known)
			}
			if again, ok := m.Facts(); !ok || again.Name != facts.Name {
				t.Errorf("%v has no facts", m)
			}
		}
	}
}

func TestFactsOfAnUnknownModel(t *testing.T) {
	m, _ := ParseModel("Antminer S19")
	if _, ok := m.Facts(); ok {
		t.Error("facts of a model that is not in the catalogue")
	}
}
