package mr1

import (
	"crypto/ed25519"
	"crypto/sha256"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// alphabet is what a QR code of this size can hold: what a scanner may misread.
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

func keyOf(name string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte(name))
	return ed25519.NewKeyFromSeed(seed[:])
}

func publicOf(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

func signed(p Payload, name string) Payload {
	return p.Sign("K2ABCDEF", func(message []byte) []byte { return ed25519.Sign(keyOf(name), message) })
}

func TestASignedCodeComesBackAndProvesItsSigner(t *testing.T) {
	code := signed(samplePayloads[0], "packer")
	got, err := ParsePayload(code.String())
	if err != nil || got != code || got.Key != "K2" {
		t.Fatalf("%s parses as %+v, %v", code, got, err)
	}
	if !got.SignedBy(publicOf(keyOf("packer"))) {
		t.Error("the signer's own key does not verify it")
	}
	if got.SignedBy(publicOf(keyOf("stranger"))) || got.SignedBy(nil) {
		t.Error("another key verifies it")
	}
	if unsigned, _ := ParsePayload(samplePayloads[0].String()); unsigned.SignedBy(publicOf(keyOf("packer"))) {
		t.Error("an unsigned code is signed")
	}
	for _, r := range code.String() {
		if !strings.ContainsRune(alphabet, r) {
			t.Errorf("%q makes the code larger", r)
		}
	}
}

// The form is a contract with every label already printed.
func TestASignedCodeIsStable(t *testing.T) {
	const begins = "HTTPS://RMA.JASMINE.CN/1B/JM-2026-004711/53NA0FYMNT/3/12/K2"
	text := signed(samplePayloads[0], "packer").String()
	if rest, ok := strings.CutPrefix(text, begins); !ok || len(rest) != 155 {
		t.Errorf("code is %s", text)
	}
}

// A draft is nobody's word.
func TestADraftIsNotSigned(t *testing.T) {
	if p := signed(samplePayloads[3], "packer"); p.Key != "" || p != samplePayloads[3] {
		t.Errorf("draft became %+v", p)
	}
}

// Every position, every other character, left out, and doubled: none of them is
// still the signer's word.
func TestEveryChangedCharacterOfASignedCodeIsRefused(t *testing.T) {
	public := publicOf(keyOf("packer"))
	text := signed(samplePayloads[0], "packer").String()
	good := func(text string) bool {
		p, err := ParsePayload(text)
		return err == nil && p.SignedBy(public) && p.Key == "K2"
	}
	if !good(text) {
		t.Fatal("the unchanged code is refused")
	}
	for i := range len(text) {
		for _, c := range []byte(alphabet) {
			if c != text[i] && good(text[:i]+string(c)+text[i+1:]) {
				t.Fatalf("with %q at %d it is still good", c, i)
			}
		}
		if good(text[:i]+text[i+1:]) || good(text[:i]+text[i:i+1]+text[i:]) {
			t.Fatalf("without or with a second character %d it is still good", i)
		}
	}
}

func TestAnyPayloadComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := Payload{
			Host: rapid.StringMatching(`[A-Z0-9.:-]{1,20}`).Draw(t, "host"),
			Kind: rapid.SampledFrom([]PayloadKind{BoxCode, DeviceCode, ManifestCode}).Draw(t, "kind"),
			N:    rapid.IntRange(0, 999).Draw(t, "n"), Of: rapid.IntRange(0, 999).Draw(t, "of"),
			WorkOrder: rapid.StringN(0, 20, 40).Draw(t, "work order"), ID: rapid.StringN(0, 20, 40).Draw(t, "id"),
		}
		if rapid.Bool().Draw(t, "signed") {
			want.Key = rapid.StringMatching(`[A-Z2-7]{2}`).Draw(t, "key")
			copy(want.Signature[:], rapid.SliceOfN(rapid.Byte(), 64, 64).Draw(t, "signature"))
		}
		if got, err := ParsePayload(want.String()); err != nil || got != want {
			t.Fatalf("%s came back as %+v, %v", want, got, err)
		}
	})
}

// 155 digits can say more than 512 bits: that is nobody's signature.
func TestANumberTooLargeForASignatureIsRefused(t *testing.T) {
	covered := samplePayloads[0].covered()
	for _, digits := range []string{strings.Repeat("9", 155), "+" + strings.Repeat("1", 154), strings.Repeat(" ", 155)} {
		if p, err := ParsePayload(covered + "/K2" + digits); err == nil {
			t.Errorf("%s parses as %+v", digits, p)
		}
	}
}
