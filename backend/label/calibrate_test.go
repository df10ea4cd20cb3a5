package label

import (
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

func testPages(t *testing.T) map[string]Page {
	t.Helper()
	e := engine()
	out := map[string]Page{}
	for name, size := range map[string][2]float64{"large": {LargeW, LargeH}, "small": {SmallW, SmallH}, "a4": {210, 297}} {
		page, err := e.TestPage(TestPage{W: size[0], H: size[1], Printer: "Zebra ZD421 · 标签"})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = page
	}
	return out
}

// crosses finds the crosses of a page drawn in dots: the first and last long
// vertical and horizontal line.
func TestTheCrossesLieWhereTheyAreSaidTo(t *testing.T) {
	for name, page := range testPages(t) {
		x1, y1, x2, y2 := TestPage{W: page.W, H: page.H}.Crosses()
		found := 0
		for _, item := range page.Items {
			line, is := item.(Line)
			if !is {
				continue
			}
			b := line.Bounds()
			for _, c := range [][2]float64{{x1, y1}, {x2, y2}} {
				if b.W > 5.9 && b.W < 6.3 && near(line.Y1, c[1]) && near(b.X+b.W/2, c[0]) || b.H > 5.9 && b.H < 6.3 && near(line.X1, c[0]) && near(b.Y+b.H/2, c[1]) {
					found++
				}
			}
			if b.X < 0 || b.Y < 0 || b.Right() > page.W || b.Bottom() > page.H {
				t.Errorf("%s: a line lies at %+v", name, b)
			}
		}
		if found != 4 {
			t.Errorf("%s: %d of 4 lines of the crosses are in place", name, found)
		}
	}
}

func near(a, b float64) bool { return a-b < 0.01 && b-a < 0.01 }

// Whatever a printer does, within the limits: what was measured and calibrated
// comes out where it belongs, and codes keep their size.
func TestACalibratedPageComesOutWhereItBelongs(t *testing.T) {
	page := testPages(t)["large"]
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.Float64Range(0.99, 1.01).Draw(t, "printer's scale")
		off := rapid.Float64Range(-0.5, 0.5).Draw(t, "printer's offset")
		moved, err := page.Calibrated(Calibration{ScaleX: 1 / scale, OffX: -off / scale})
		if err != nil {
			t.Fatal(err)
		}
		for i, item := range page.Items {
			switch was := item.(type) {
			case Line:
				if got := moved.Items[i].(Line).X1*scale + off; !near(got, was.X1) {
					t.Fatalf("a line of %.2f mm comes out at %.2f", was.X1, got)
				}
			case QR:
				now := moved.Items[i].(QR)
				if now.Module != was.Module || now.Y != was.Y {
					t.Fatalf("the code was stretched: %+v", now)
				}
			}
		}
	})
}

func TestInkIsNeverPushedOffThePaper(t *testing.T) {
	page := testPages(t)["small"]
	if _, err := page.Calibrated(Calibration{OffX: -4}); !errors.Is(err, ErrOffPaper) {
		t.Errorf("error is %v", err)
	}
	same, err := page.Calibrated(Calibration{})
	if err != nil || len(same.Items) != len(page.Items) {
		t.Errorf("nothing to do: %v", err)
	}
}

// A calibrated code is whole dots, and reads.
func TestACalibratedCodeStillReads(t *testing.T) {
	e := engine()
	page, err := testPages(t)["large"].Calibrated(Calibration{OffX: 0.37, OffY: -0.41, ScaleX: 0.991, ScaleY: 1.008})
	if err != nil {
		t.Fatal(err)
	}
	for _, dots := range []int{DPI203, DPI300} {
		picture := filepath.Join(t.TempDir(), "page.png")
		f, err := os.Create(picture)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(e.Raster(page, dots).PNG(f), f.Close()); err != nil {
			t.Fatal(err)
		}
		if got := scan(t, picture); len(got) != 1 || got[0] != "HASHMEND TEST" {
			t.Errorf("at %d dots it reads %q", dots, got)
		}
	}
}

// A signed code is the largest on a box label; it still scans at the coarsest head.
func TestASignedBoxLabelReads(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	b := boxZH()
	b.Copy = 2
	b.Seal = func(p Payload) Payload {
		return p.Sign("K2", func(message []byte) []byte { return ed25519.Sign(key, message) })
	}
	page, err := engine().BoxLabel(b)
	if err != nil {
		t.Fatal(err)
	}
	picture := filepath.Join(t.TempDir(), "page.png")
	f, err := os.Create(picture)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(engine().Raster(page, DPI203).PNG(f), f.Close()); err != nil {
		t.Fatal(err)
	}
	codes := scan(t, picture)
	got, err := ParsePayload(codes[0])
	public, _ := key.Public().(ed25519.PublicKey)
	if err != nil || !got.SignedBy(public) || got.ID != DigestSerials(b.Serials) {
		t.Errorf("%q: %+v, %v", codes, got, err)
	}
}
