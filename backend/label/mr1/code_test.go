package mr1

import (
	"errors"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

var samplePayloads = []Payload{
	{Host: "RMA.JASMINE.CN", Kind: BoxCode, WorkOrder: "JM-2026-004711", ID: "53NA0FYMNT", N: 3, Of: 12},
	{Host: "127.0.0.1:8443", Kind: DeviceCode, WorkOrder: "A", ID: "sn 12/ß$", N: 0, Of: 0},
	{Host: "H", Kind: ManifestCode, WorkOrder: "-", ID: "", N: 0, Of: 4},
	{Draft: true, Host: "RMA.JASMINE.CN", Kind: BoxCode, ID: "53NA0FYMNT", N: 1, Of: 1},
}

func TestPayloadRoundTrip(t *testing.T) {
	for _, want := range samplePayloads {
		text := want.String()
		got, err := ParsePayload(text)
		if err != nil || got != want {
			t.Errorf("%s parses as %+v, %v", text, got, err)
		}
		for _, r := range text {
			if !strings.ContainsRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", r) {
				t.Errorf("%s holds %q, which makes the code larger", text, r)
			}
		}
	}
}

// The form is a contract with every label already printed: it never changes
// under the same version.
func TestPayloadIsStable(t *testing.T) {
	const want = "HTTPS://RMA.JASMINE.CN/1B/JM-2026-004711/53NA0FYMNT/3/12/003SPR12G439"
	if got := samplePayloads[0].String(); got != want {
		t.Errorf("payload is %s, want %s", got, want)
	}
	if got := samplePayloads[0].Check(); got != "12G439" {
		t.Errorf("check is %s", got)
	}
}

func TestEveryChangedCharacterIsRefused(t *testing.T) {
	for _, p := range samplePayloads {
		text := p.String()
		for i := range len(text) {
			for c := 0x20; c < 0x7f; c++ {
				if byte(c) == text[i] {
					continue
				}
				if got, err := ParsePayload(text[:i] + string(rune(c)) + text[i+1:]); err == nil {
					t.Fatalf("with %q at %d it parses as %+v", c, i, got)
				}
			}
			if _, err := ParsePayload(text[:i] + text[i+1:]); err == nil {
				t.Fatalf("without character %d it parses", i)
			}
		}
	}
}

func TestPayloadRefusals(t *testing.T) {
	sealed := func(covered string) string { return covered + "/00" + tag(covered) }
	tests := []struct{ name, text, code string }{
		{"empty", "", "label.payload_invalid"},
		{"a serial number", "JSMX16Q24A00129", "label.payload_invalid"},
		{"another site", "HTTPS://EXAMPLE.COM/", "label.payload_invalid"},
		{"a newer version", sealed("HTTPS://H/2B/A/B/1/1"), "label.payload_version_unknown"},
		{"an unknown key", strings.Replace(sealed("HTTPS://H/1B/A/B/1/1"), "/00", "/01", 1), "label.payload_key_unknown"},
		{"an unknown kind", sealed("HTTPS://H/1Z/A/B/1/1"), "label.payload_invalid"},
		{"a number written otherwise", sealed("HTTPS://H/1B/A/B/01/1"), "label.payload_invalid"},
		{"an escape that was not needed", sealed("HTTPS://H/1B/$41/B/1/1"), "label.payload_invalid"},
		{"an empty field", sealed("HTTPS://H/1B//B/1/1"), "label.payload_invalid"},
		{"lower case", strings.ToLower(sealed("HTTPS://H/1B/A/B/1/1")), "label.payload_invalid"},
		{"a flood", "HTTPS://" + strings.Repeat("/", 10000), "label.payload_invalid"},
	}
	for _, test := range tests {
		var e *repair.Error
		if _, err := ParsePayload(test.text); !errors.As(err, &e) || e.Code != test.code {
			t.Errorf("%s: error is %v, want %s", test.name, err, test.code)
		}
	}
}

func TestDigestIsOfTheSet(t *testing.T) {
	a, b := DigestSerials([]string{"A1", "B2", "C3"}), DigestSerials([]string{"C3", "A1", "B2"})
	if a != b || len(a) != 10 {
		t.Errorf("digests %q and %q differ", a, b)
	}
	for _, other := range [][]string{{"A1", "B2"}, {"A1B2", "C3"}, nil, {"A1", "B2", "C4"}} {
		if DigestSerials(other) == a {
			t.Errorf("%q has the same digest", other)
		}
	}
}

func FuzzParsePayload(f *testing.F) {
	for _, p := range samplePayloads {
		f.Add(p.String())
		f.Add(signed(p, "packer").String())
	}
	for _, covered := range []string{ // tagged rightly, written otherwise than we write it
		"HTTPS://H/1D/JM-1/SN1/03/12", "HTTPS://H/1D/JM-1/SN1/3/+12", "HTTPS://H/1D/JM-1/SN1/3/12/MORE", "HTTPS://H/1D/JM$2d1/SN1/3/12", "HTTPS://H/1D//SN1/3/12",
	} {
		f.Add(covered + "/" + tagOnlyKey + tag(covered))
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePayload(text)
		if err == nil && p.String() != text {
			t.Errorf("%q parses and is written as %q", text, p.String())
		}
	})
}

func FuzzPayloadFields(f *testing.F) {
	f.Add("JM-2026", "SN 1", 1, 2)
	f.Fuzz(func(t *testing.T, workOrder, id string, n, of int) {
		want := Payload{Host: "H", Kind: DeviceCode, WorkOrder: workOrder, ID: id, N: max(n, 0), Of: max(of, 0)}
		if len(want.String()) > maxPayload {
			return
		}
		if got, err := ParsePayload(want.String()); err != nil || got != want {
			t.Errorf("%+v came back as %+v, %v", want, got, err)
		}
	})
}
