package main

import (
	"os"
	"path/filepath"
	"testing"
	"unicode"
)

func TestGB2312IsComplete(t *testing.T) {
	han := 0
	for r := range gb2312 {
		if unicode.Is(unicode.Han, r) && r >= 0x4E00 {
			han++
		}
	}
	if han != 6763 {
		t.Errorf("%d Han characters, the standard has 6763", han)
	}
}

func TestWhatIsKept(t *testing.T) {
	for _, r := range "广东省 ABC 09 ，。《》〇 ㎡ 囍 龘 珺" {
		if !inAddresses(r) {
			t.Errorf("addresses lose %q", r)
		}
	}
	for _, r := range "返修运费现付草稿 /—" {
		if !inHeadings(r) {
			t.Errorf("headings lose %q", r)
		}
	}
	if inHeadings('龘') {
		t.Error("the bold font keeps what no heading needs")
	}
}

// A font that is missing or another one is noticed; a complete set costs only
// the reading.
func TestCompleteMeansTheStatedFonts(t *testing.T) {
	dir, sums := t.TempDir(), map[string]string{}
	for _, s := range sources {
		if err := replace(filepath.Join(dir, s.file), []byte(s.file)); err != nil {
			t.Fatal(err)
		}
		sums[s.file] = hash([]byte(s.file))
	}
	if err := writeSums(filepath.Join(dir, "SHA256SUMS"), sums); err != nil {
		t.Fatal(err)
	}
	read, err := readSums(filepath.Join(dir, "SHA256SUMS"))
	if err != nil || !complete(dir, read) {
		t.Fatalf("complete set is not complete (%v)", err)
	}
	victim := filepath.Join(dir, sources[3].file)
	if err := os.WriteFile(victim, []byte("another font"), 0o600); err != nil {
		t.Fatal(err)
	}
	if complete(dir, read) {
		t.Error("another font passes")
	}
	if err := os.Remove(victim); err != nil {
		t.Fatal(err)
	}
	if complete(dir, read) {
		t.Error("a missing font passes")
	}
}

func TestUnexpectedArchiveIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.tgz")
	if err := os.WriteFile(path, []byte("<html>portal</html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sources[0].unpack(path); err == nil {
		t.Error("a page of a captive portal was unpacked")
	}
}
