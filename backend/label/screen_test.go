package label

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"strings"
	"testing"
)

func TestSVGIsWellFormed(t *testing.T) {
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		var b bytes.Buffer
		if err := engine().SVG(&b, doc[0]); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "<text") || strings.Count(b.String(), "href=") != strings.Count(b.String(), `href="#f`) {
			t.Error("the picture depends on something outside it")
		}
		for _, use := range strings.Split(b.String(), `href="#`)[1:] {
			if id, _, _ := strings.Cut(use, `"`); strings.Count(b.String(), `id="`+id+`"`) != 1 {
				t.Errorf("glyph %s is not defined once", id)
			}
		}
		for d := xml.NewDecoder(&b); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A letter stands on its baseline, upright, in every back end.
func TestLettersStandUpright(t *testing.T) {
	line, err := engine().shape("test", "L", true)
	if err != nil {
		t.Fatal(err)
	}
	page := Page{W: 20, H: 20, Items: []Item{Text{X: 5, Y: 15, Size: 10, Line: line}}}

	var b bytes.Buffer
	if err := engine().SVG(&b, page); err != nil {
		t.Fatal(err)
	}
	_, d, _ := strings.Cut(b.String(), `<defs><path id="f1g`)
	_, d, _ = strings.Cut(d, `d="`)
	d, _, _ = strings.Cut(d, `"`)
	lowest, highest := 0.0, 0.0
	for _, point := range strings.FieldsFunc(d, func(r rune) bool { return strings.ContainsRune("MLQz", r) }) {
		var x, y float64
		if _, err := fmt.Sscan(point, &x, &y); err != nil {
			t.Fatalf("%q: %v", point, err)
		}
		lowest, highest = max(lowest, y), min(highest, y)
	}
	if lowest != 0 || highest > -700 || highest < -730 {
		t.Errorf("SVG: the letter reaches from %v to %v", lowest, highest)
	}

	// The stroke of the L is at its left, its foot at the bottom right.
	m := engine().Raster(page, DPI203)
	if !m.Black(5*8+10, 12*8) || m.Black(9*8, 10*8) || !m.Black(9*8, 15*8-4) || m.Black(9*8, 15*8+4) {
		t.Error("dots: the letter is not upright")
	}
}

// What a person typed must not become markup in the preview.
func TestSVGHoldsNoTypedText(t *testing.T) {
	b := boxZH()
	b.Sender = `"><script>alert(1)</script>`
	page, err := engine().BoxLabel(b)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := engine().SVG(&out, page); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "script") {
		t.Error("typed text reached the markup")
	}
}

func TestDotsAreTheSizeOfThePaper(t *testing.T) {
	page := documents()["box_zh"][0]
	for dots, w := range map[int]int{DPI203: 800, DPI300: 1200} {
		m := engine().Raster(page, dots)
		if m.W != w || m.H != w*3/2 {
			t.Errorf("%d × %d dots, want %d wide", m.W, m.H, w)
		}
		var b bytes.Buffer
		if err := m.PNG(&b); err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		black := 0
		for y := range m.H {
			for x := range m.W {
				r, _, _, _ := img.At(x, y).RGBA()
				if (r == 0) != m.Black(x, y) {
					t.Fatalf("dot %d,%d differs in the picture", x, y)
				}
				if r == 0 {
					black++
				}
			}
		}
		if share := float64(black) / float64(m.W*m.H); share < 0.05 || share > 0.4 {
			t.Errorf("%.0f %% of the label is black", share*100)
		}
	}
}

// The code on the label is, dot for dot, the code's modules.
func TestModulesAreWholeInTheDots(t *testing.T) {
	page := documents()["box_zh"][0]
	for _, item := range page.Items {
		q, ok := item.(QR)
		if !ok {
			continue
		}
		for _, dots := range []int{DPI203, DPI300} {
			m, n := engine().Raster(page, dots), int(q.Module*float64(dots))
			x0, y0 := int(q.X*float64(dots)+0.5), int(q.Y*float64(dots)+0.5)
			for y := range q.Code.N * n {
				for x := range q.Code.N * n {
					if m.Black(x0+x, y0+y) != q.Code.Dark[y/n][x/n] {
						t.Fatalf("module %d,%d is not whole", x/n, y/n)
					}
				}
			}
		}
	}
}

func TestStepsAreCompleteInEveryLanguage(t *testing.T) {
	en, zh := Steps("en"), Steps("zh-Hans")
	if len(en) != 15 || len(zh) != 15 {
		t.Fatalf("R07 %d and %d steps, want 15", len(en), len(zh))
	}
	for i := range en {
		if en[i].ID != zh[i].ID || en[i].Title == "" || zh[i].Title == "" || en[i].Text == "" || zh[i].Text == "" || en[i].Text == zh[i].Text {
			t.Errorf("step %d: %+v, %+v", i+1, en[i], zh[i])
		}
	}
	for _, name := range []string{"guidance_en", "guidance_zh"} {
		if n := len(documents()[name]); n != 1 {
			t.Errorf("%s takes %d pages, want one to hang up", name, n)
		}
	}
}

// Every serial number stands on the manifest once, and the code's digest is of
// exactly these.
func TestManifestListsEverySerial(t *testing.T) {
	m := manifestOf(6, 9)
	var all []string
	for _, page := range documents()["manifest"] {
		for _, item := range page.Items {
			if text, ok := item.(Text); ok && text.Element == "serial" {
				all = append(all, text.Line.Text)
			}
		}
	}
	if len(all) != 54 {
		t.Errorf("%d serial numbers, want 54", len(all))
	}
	if p := m.Payload(); p.ID != DigestSerials(all) || p.Of != 6 {
		t.Errorf("payload is %+v", p)
	}
	if n := len(documents()["manifest"]); n < 2 {
		t.Errorf("the fixture fills %d page, want several", n)
	}
}
