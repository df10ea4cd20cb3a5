package qr

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	qrcode "github.com/skip2/go-qrcode"
)

// text makes payloads as we print them and others: digits, capitals, bytes and
// mixtures of stretches.
func text(random *rand.Rand) string {
	sets := []string{"0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$-./:", "abcxyz{}_?=&", "0123456789ABCDEF", "ü", "返修"}
	var b strings.Builder
	if random.IntN(2) == 0 {
		b.WriteString("HTTPS://RMA.EXAMPLE.ORG/1B/")
	}
	for range 1 + random.IntN(4) {
		set := []rune(sets[random.IntN(len(sets))])
		for range random.IntN(40) {
			b.WriteRune(set[random.IntN(len(set))])
		}
	}
	if b.Len() == 0 {
		return "7"
	}
	return b.String()
}

// The matrix is the library's, module for module, for 10,000 payloads at every
// level, at the version it chooses and at larger ones.
func TestMatricesAreTheLibrarys(t *testing.T) {
	random := rand.New(rand.NewPCG(18004, 2024))
	for i := range payloads {
		payload, level := text(random), Level(random.IntN(4))
		theirs, err := qrcode.New(payload, qrcode.RecoveryLevel(level))
		if err != nil {
			t.Fatal(err)
		}
		version, err := Version(payload, level)
		if err != nil || version != theirs.VersionNumber {
			t.Fatalf("%q at level %d: version %d, %v; want %d", payload, level, version, err, theirs.VersionNumber)
		}
		if i%4 == 0 && version < largest {
			version += 1 + random.IntN(largest-version)
			if theirs, err = qrcode.NewWithForcedVersion(payload, version, qrcode.RecoveryLevel(level)); err != nil {
				t.Fatal(err)
			}
		}
		ours, err := (&content{text: payload}).encode(version, level)
		if err != nil {
			t.Fatal(err)
		}
		theirs.DisableBorder = true
		if !slices.EqualFunc(ours.Dark, theirs.Bitmap(), slices.Equal[[]bool]) {
			t.Fatalf("%q, version %d, level %d: other modules", payload, version, level)
		}
	}
}

func TestALevelIsRaisedWhereItCostsNothing(t *testing.T) {
	const payload = "HTTPS://R.EXAMPLE.ORG/1/R24100000/HTM23X42445A/1/12/KHPP6A"
	for _, c := range []struct {
		level, want      Level
		atLeast, version int
	}{{L, M, 0, 3}, {M, M, 0, 3}, {Q, Q, 0, 4}, {Q, H, 6, 6}, {M, H, 20, 20}} {
		code, err := Encode(payload, c.level, c.atLeast)
		if err != nil || code.Level != c.want || code.Version != c.version || code.N != 17+4*c.version || len(code.Dark) != code.N {
			t.Errorf("level %d, at least %d: level %d, version %d, %v", c.level, c.atLeast, code.Level, code.Version, err)
		}
	}
}

func TestNothingAndTooMuchAreRefused(t *testing.T) {
	for _, payload := range []string{"", strings.Repeat("é", 2000)} {
		if _, err := Encode(payload, Q, 0); !errors.Is(err, ErrTooLong) {
			t.Errorf("%d bytes: error is %v", len(payload), err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	const payload = "HTTPS://R.EXAMPLE.ORG/1/R24100000/HTM23X42445A/1/12/KHPP6A"
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			if _, err := Encode(payload, Q, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			code, err := qrcode.New(payload, qrcode.High)
			if err != nil {
				b.Fatal(err)
			}
			code.Bitmap()
		}
	})
}
