package wire

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"hashmend/backend/repair"
)

var carrierKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

func carrier(CarriedHead) (ed25519.PublicKey, error) {
	return carrierKey.Public().(ed25519.PublicKey), nil
}

func carriedFile(t interface{ Fatal(...any) }, bodies ...string) []byte {
	c := Carried{CarriedHead: CarriedHead{ServerID: "s1", Account: "a1", Install: "i1"}}
	for _, body := range bodies {
		c.Items = append(c.Items, CarriedItem{ID: "o1", Kind: "submit", State: CarriedWaiting, Body: body, Fingerprint: Fingerprint([]byte(body)),
			Reason: &repair.Error{Kind: repair.Offline, Code: CodeUnreachable}, Answer: []byte(`{"number":"WO-1"}`)})
	}
	file, err := WriteCarried(c, KeyID(carrierKey.Public().(ed25519.PublicKey)), func(m []byte) []byte { return ed25519.Sign(carrierKey, m) })
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestACarriedBodyIsTheFrozenBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bodies := rapid.SliceOfN(rapid.String(), 0, 4).Draw(t, "bodies")
		bodies = append(bodies, "{\n  \"note\": \"<b>&\u2028 一 \"}\n")
		c, err := ReadCarried(carriedFile(t, bodies...), carrier)
		if err != nil || len(c.Items) != len(bodies) {
			t.Fatalf("%d of %d items: %v", len(c.Items), len(bodies), err)
		}
		for i, body := range bodies {
			if c.Items[i].Body != body {
				t.Fatalf("%q became %q", body, c.Items[i].Body)
			}
		}
	})
}

func TestNoChangedByteOfACarriedFileIsBelieved(t *testing.T) {
	file := carriedFile(t, `{"a":1}`, `{"b":2}`)
	for i := range file {
		changed := bytes.Clone(file)
		changed[i] ^= 1
		c, err := ReadCarried(changed, carrier)
		if err == nil {
			t.Fatalf("byte %d changed: %+v", i, c)
		}
		var e *repair.Error
		if !errors.As(err, &e) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	for n := range file {
		if _, err := ReadCarried(file[:n], carrier); err == nil {
			t.Fatalf("the first %d of %d bytes are believed", n, len(file))
		}
	}
	lines := bytes.SplitAfter(file, []byte("\n"))
	for name, forged := range map[string][][]byte{
		"an item is missing": {lines[0], lines[1], lines[3]}, "an item is doubled": {lines[0], lines[1], lines[1], lines[2], lines[3]},
		"the items have changed places": {lines[0], lines[2], lines[1], lines[3]},
	} {
		if _, err := ReadCarried(bytes.Join(forged, nil), carrier); !errors.Is(err, ErrCarriedAltered) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFileWithoutASealIsKeptAndNotBelieved(t *testing.T) {
	file, err := WriteCarried(Carried{Items: []CarriedItem{{ID: "o1"}}}, "", nil)
	if err != nil || !bytes.Contains(file, []byte(`"o1"`)) {
		t.Fatalf("%s %v", file, err)
	}
	if _, err := ReadCarried(file, carrier); !errors.Is(err, ErrCarriedUnsealed) {
		t.Errorf("believed: %v", err)
	}
}

func FuzzCarried(f *testing.F) {
	f.Add(carriedFile(f, `{"a":1}`))
	f.Add([]byte(`{"form":"hashmend outbox 1"}` + "\n" + `{"signature":"AA=="}` + "\n"))
	f.Add([]byte("\n\n"))
	sealed := carriedFile(f, `{"a":1}`)
	f.Fuzz(func(t *testing.T, file []byte) {
		if c, err := ReadCarried(file, carrier); err == nil && !bytes.Equal(file, sealed) {
			t.Errorf("nobody sealed %+v", c)
		}
	})
}
