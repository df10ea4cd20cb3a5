package label

import (
	"crypto/ed25519"
	"strings"
	"testing"

	qrcode "github.com/skip2/go-qrcode"
)

// How large a code becomes decides whether it fits a label. The digest of the
// contents is in each of these.
func TestSizesOfCodes(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	sign := func(p Payload) Payload {
		return p.Sign("K2", func(message []byte) []byte { return ed25519.Sign(key, message) })
	}
	box := Payload{Kind: BoxCode, WorkOrder: "HM-2026-000123", ID: "53NA0FYMNT", N: 12, Of: 12}
	device := Payload{Kind: DeviceCode, WorkOrder: "HM-2026-000123", ID: "JYZZBC4BABJAH0123", N: 3, Of: 12}
	tests := []struct {
		host    string
		p       Payload
		signed  bool
		version int
	}{
		{"RMA.EXAMPLE", box, true, 8},
		{"RMA.JASMINE.CN", box, true, 8},
		{"SERVICE.JASMINE.EXAMPLE", box, true, 9},
		{"RMA.EXAMPLE", box, false, 4},
		{"RMA.EXAMPLE", device, false, 5},
	}
	for _, test := range tests {
		p := test.p
		p.Host = test.host
		if test.signed {
			p = sign(p)
		}
		code, err := qrcode.New(p.String(), qrcode.High)
		if err != nil || code.VersionNumber != test.version {
			t.Errorf("%s, %d characters: version %d, %v, want %d", strings.TrimRight(p.String()[:min(70, len(p.String()))], "0123456789"), len(p.String()), code.VersionNumber, err, test.version)
		}
	}
}
