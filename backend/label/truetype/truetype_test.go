package truetype_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"

	"hashmend/backend/label/truetype"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "fonts", name+".ttf"))
	if err != nil {
		t.Fatalf("%v: run go run ./build/fontprep first", err)
	}
	return data
}

func parse(t testing.TB, data []byte) (*truetype.Font, *font.Face) {
	t.Helper()
	ours, err := truetype.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return ours, theirs
}

// Our outlines are compared with those of the shaping library, glyph by glyph,
// composites and all.
func TestOutlinesAgreeWithAnotherReader(t *testing.T) {
	for _, name := range []string{"NotoSans-Regular", "NotoSansArabic-Bold", "NotoSansSC-Bold"} {
		ours, theirs := parse(t, read(t, name))
		for gid := range ours.NumGlyphs() {
			if w := theirs.HorizontalAdvance(font.GID(gid)); w != float32(ours.Advance(gid)) {
				t.Fatalf("%s: advance of glyph %d is %d, want %v", name, gid, ours.Advance(gid), w)
			}
			outline, _ := theirs.GlyphData(font.GID(gid)).(font.GlyphOutline)
			if got, want := extent(ours.Outline(gid)), extentOf(outline.Segments); got != want {
				t.Fatalf("%s: glyph %d reaches over %v, want %v", name, gid, got, want)
			}
		}
	}
}

type area struct{ x0, y0, x1, y1 float32 }

func (a *area) grow(first bool, x, y float32) {
	if first {
		*a = area{x, y, x, y}
		return
	}
	*a = area{min(a.x0, x), min(a.y0, y), max(a.x1, x), max(a.y1, y)}
}

func extent(segments []truetype.Segment) (a area) {
	for i, s := range segments {
		a.grow(i == 0, s.X, s.Y)
		if s.Op == truetype.Quad {
			a.grow(false, s.CX, s.CY)
		}
	}
	return a
}

func extentOf(segments []opentype.Segment) (a area) {
	for i, s := range segments {
		for j, p := range s.ArgsSlice() {
			a.grow(i == 0 && j == 0, p.X, p.Y)
		}
	}
	return a
}

func TestSubsetKeepsShapesAndCharacters(t *testing.T) {
	full, face := parse(t, read(t, "NotoSans-Regular"))
	glyphs, chars := []int{0}, map[rune]int{}
	for _, r := range "AÅéЖқ 9" {
		gid, ok := face.NominalGlyph(r)
		if !ok {
			t.Fatalf("no glyph for %q", r)
		}
		chars[r] = len(glyphs)
		glyphs = append(glyphs, int(gid))
	}
	data := full.Subset(glyphs, chars, "OS/2", "name")
	small, again := parse(t, data)
	for r, at := range chars {
		gid, ok := again.NominalGlyph(r)
		if !ok || int(gid) != at {
			t.Fatalf("%q became glyph %d, want %d", r, gid, at)
		}
		if got, want := extent(small.Outline(at)), extent(full.Outline(glyphs[at])); got != want {
			t.Errorf("%q reaches over %v, want %v", r, got, want)
		}
		if small.Advance(at) != full.Advance(glyphs[at]) {
			t.Errorf("%q has another width", r)
		}
	}
	if len(data) > 10_000 {
		t.Errorf("seven characters take %d bytes", len(data))
	}
	if !bytes.Equal(data, full.Subset(glyphs, chars, "OS/2", "name")) {
		t.Error("the same subset came out differently")
	}
	if got := small.Metrics().PostScriptName; got != "NotoSans-Regular" {
		t.Errorf("name is %q", got)
	}
}

func TestDamagedFontsAreRefusedNotCrashedOn(t *testing.T) {
	whole := read(t, "NotoSansThai-Regular")
	for _, n := range []int{0, 4, 11, 12, 100, 1000, len(whole) / 2} {
		if _, err := truetype.Parse(whole[:n]); !errors.Is(err, truetype.ErrFormat) {
			t.Errorf("%d bytes: error is %v", n, err)
		}
	}
	if _, err := truetype.Parse([]byte("OTTO font with other outlines")); !errors.Is(err, truetype.ErrFormat) {
		t.Errorf("error is %v", err)
	}
}

func FuzzDamagedGlyphs(f *testing.F) {
	whole := read(f, "NotoSansThai-Regular")
	f.Add(uint32(3000), byte(0xff))
	f.Add(uint32(40), byte(1))
	f.Fuzz(func(t *testing.T, at uint32, value byte) {
		data := bytes.Clone(whole)
		data[int(at)%len(data)] = value
		damaged, err := truetype.Parse(data)
		if err != nil {
			return
		}
		for gid := range damaged.NumGlyphs() {
			damaged.Outline(gid)
		}
		damaged.Subset([]int{0, 1, 2, damaged.NumGlyphs() - 1}, nil)
		damaged.Metrics()
	})
}
