package label

import (
	"math"
	"testing"
)

// A decode test alone misses text over a code: redundancy forgives it until the
// print is poor. So the drawing itself is checked.
func TestNothingTouchesACode(t *testing.T) {
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		for n, page := range doc {
			for i, item := range page.Items {
				code, ok := item.(QR)
				if !ok {
					continue
				}
				for _, later := range page.Items[i+1:] {
					if later.Bounds().Overlaps(shrunk(code.Bounds())) {
						t.Errorf("page %d: %#v lies on the code", n+1, later)
					}
				}
				for _, earlier := range page.Items[:i] { // only the draft mark, which the code covers
					if text, ok := earlier.(Text); ok && text.Element == "draft_mark" {
						continue
					}
					if earlier.Bounds().Overlaps(shrunk(code.Bounds())) {
						t.Errorf("page %d: the code covers %#v", n+1, earlier)
					}
				}
			}
		}
	})
}

// shrunk forgives rounding.
func shrunk(b Box) Box { return b.inset(0.01) }

func TestEverythingIsInsideTheMargin(t *testing.T) {
	margins := map[float64]float64{SmallW: 1.4, LargeW: 3.4, 210: 2.6} // on A4, of cut marks
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		for n, page := range doc {
			for _, item := range page.Items {
				safe := Box{W: page.W, H: page.H}.inset(margins[page.W])
				b := item.Bounds()
				if q, ok := item.(QR); ok { // its quiet zone may be the margin
					b = b.inset(QuietModules * q.Module)
				}
				if text, ok := item.(Text); ok && text.Element == "draft_mark" {
					safe = Box{W: page.W, H: page.H}
				}
				if b.X < safe.X || b.Y < safe.Y || b.Right() > safe.Right() || b.Bottom() > safe.Bottom() {
					t.Errorf("page %d: %#v is outside the margin %v", n+1, item, safe)
				}
			}
		}
	})
}

func TestTextsDoNotOverlap(t *testing.T) {
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		for n, page := range doc {
			var texts []Text
			for _, item := range page.Items {
				if text, ok := item.(Text); ok && text.Element != "draft_mark" {
					texts = append(texts, text)
				}
			}
			for i, a := range texts {
				for _, b := range texts[i+1:] {
					// the body of the letters, without the air of the line box
					if body(a).Overlaps(body(b)) {
						t.Errorf("page %d: %s %q overlaps %s %q", n+1, a.Element, a.Line.Text, b.Element, b.Line.Text)
					}
				}
			}
		}
	})
}

func body(t Text) Box {
	return Box{t.X, t.Y - 0.75*t.Size, t.Line.Width * t.Size, 0.8 * t.Size}
}

func TestModulesAreWholeDots(t *testing.T) {
	eachDocument(t, func(t *testing.T, name string, doc []Page) {
		for _, page := range doc {
			for _, item := range page.Items {
				q, ok := item.(QR)
				if !ok {
					continue
				}
				for _, dots := range []float64{DPI203, DPI300} {
					if d := q.Module * dots; math.Abs(d-math.Round(d)) > 1e-9 {
						t.Errorf("a module is %v dots at %v dots a millimetre", d, dots)
					}
				}
				if q.Module*DPI203 < 4 {
					t.Errorf("a module is %v mm, want 4 dots at 203 dpi", q.Module)
				}
			}
		}
	})
}

func TestDraftIsMarkedOnEveryPage(t *testing.T) {
	for _, name := range []string{"box_draft", "device_small_draft", "manifest_draft"} {
		for n, page := range documents()[name] {
			large, band := false, false
			for _, item := range page.Items {
				text, ok := item.(Text)
				if !ok {
					continue
				}
				band = band || text.Line.Text == draftText
				large = large || text.Element == "draft_mark" && text.Line.Width*text.Size > 0.6*page.W
			}
			if !large || !band {
				t.Errorf("R03 R15 %s page %d: mark %v, band %v", name, n+1, large, band)
			}
			for _, code := range codesOf(page) {
				if p, err := ParsePayload(code); err != nil || !p.Draft {
					t.Errorf("R15 %s: the code %q is not a draft's (%v)", name, code, err)
				}
			}
		}
	}
	for _, page := range documents()["box_zh"] {
		for _, item := range page.Items {
			if text, ok := item.(Text); ok && (text.Element == "draft" || text.Element == "draft_mark") {
				t.Errorf("a final label says %q", text.Line.Text)
			}
		}
	}
}
