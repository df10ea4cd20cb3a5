package intake

import "testing"

func TestEnvelopesOfOtherMakersAreOpened(t *testing.T) {
	tests := []struct {
		name, code string
		want       Carried
	}{
		{"ISO 15434 with data identifiers", "[)>\x1e06\x1dKJM-2026-004711\x1dSJYZZBC4BABJAH0123\x1d1JUN123456789ABCDEF\x1e\x04",
			Carried{Serial: "JYZZBC4BABJAH0123", Order: "JM-2026-004711", Licence: "UN123456789ABCDEF"}},
		{"a scanner that writes its control characters out", "[)>{RS}06{GS}SJYZZBC4BABJAH0123{RS}{EOT}", Carried{Serial: "JYZZBC4BABJAH0123"}},
		{"symbols for control characters", "[)>␞06␝SA1␞␄", Carried{Serial: "A1"}},
		{"no end of transmission", "[)>\x1e06\x1dSA1", Carried{Serial: "A1"}},
		{"ISO 15434 with application identifiers", "[)>\x1e05\x1d0109506000134352\x1d21ABC123\x1e\x04", Carried{Item: "09506000134352", Serial: "ABC123"}},
		{"two records", "[)>\x1e06\x1dSA1\x1e06\x1d1JB2\x1e\x04", Carried{Serial: "A1", Licence: "B2"}},
		{"a GS1 Digital Link", "https://id.gs1.org/01/09506000134352/10/ABC/21/S%2F12", Carried{Item: "09506000134352", Serial: "S/12"}},
		{"in a maker's own domain, below a path", "HTTP://maker.example/a/b/01/09506000134352/21/12345", Carried{Item: "09506000134352", Serial: "12345"}},
		{"with the serial behind the question mark", "https://id.gs1.org/01/09506000134352?21=XY", Carried{Item: "09506000134352", Serial: "XY"}},
		{"of a parcel", "https://id.gs1.org/00/106141412345678908?10=1&21=5", Carried{Licence: "106141412345678908", Serial: "5"}},
	}
	for _, test := range tests {
		if got, ok := Envelope(test.code); !ok || got != test.want {
			t.Errorf("%s: got %+v, %t", test.name, got, ok)
		}
	}
}

func TestOtherCodesAreNoEnvelopes(t *testing.T) {
	for _, code := range []string{
		"", "JYZZBC4BABJAH0123", "SF1234567890123", "https://example.com/01/2026/21/photo", "https://example.com/01/09506000134353/21/A",
		"[)>", "[)>\x1e06", "[)>\x1e07\x1dfree text\x1e\x04", "HTTPS://RMA.EXAMPLE/1B/A/B/1/1/000000000000", "01/09506000134352/21/A",
	} {
		if got, ok := Envelope(code); ok {
			t.Errorf("%q carries %+v", code, got)
		}
	}
}

func TestTheBestFieldNamesOneThing(t *testing.T) {
	for _, test := range []struct {
		c    Carried
		want string
	}{{Carried{Serial: "S", Order: "K", Licence: "L"}, "S"}, {Carried{Order: "K", Licence: "L"}, "L"}, {Carried{Order: "K", Item: "1"}, "K"}, {Carried{Item: "1"}, ""}} {
		if got := test.c.Best(); got != test.want {
			t.Errorf("%+v: best is %q", test.c, got)
		}
	}
}

func FuzzEnvelope(f *testing.F) {
	f.Add("[)>\x1e06\x1dSA1\x1e\x04")
	f.Add("https://id.gs1.org/01/09506000134352/21/A")
	f.Fuzz(func(t *testing.T, code string) {
		if c, ok := Envelope(code); ok && (c == Carried{}) {
			t.Errorf("%q is an envelope with nothing in it", code)
		}
	})
}
