package label

import (
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"

	"hashmend/backend/label/qr"
)

// picture is an area of a bitmap, in millimetres.
func (m *Bitmap) picture(b Box, dots int) image.Image {
	x0, y0 := int(b.X*float64(dots)), int(b.Y*float64(dots))
	img := image.NewGray(image.Rect(0, 0, int(b.W*float64(dots)), int(b.H*float64(dots))))
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			v := byte(255)
			if x0+x >= 0 && y0+y >= 0 && x0+x < m.W && y0+y < m.H && m.Black(x0+x, y0+y) {
				v = 0
			}
			img.Pix[y*img.Stride+x] = v
		}
	}
	return img
}

// A second reader, in Go, reads every code of every fixture from the dots.
func TestEveryCodeDecodesInGo(t *testing.T) {
	read := 0
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		for n, page := range doc {
			codes := 0
			for _, item := range page.Items {
				q, ok := item.(QR)
				if !ok {
					continue
				}
				if codes++; codes > 3 { // a sheet repeats one label
					break
				}
				source, err := gozxing.NewBinaryBitmapFromImage(engine().Raster(page, DPI203).picture(q.Bounds(), DPI203))
				if err != nil {
					t.Fatal(err)
				}
				hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true}
				got, err := qrcode.NewQRCodeReader().Decode(source, hints)
				if err != nil || got.GetText() != q.Code.Payload {
					t.Errorf("page %d: reads %v, %v; want %s", n+1, got, err, q.Code.Payload)
				}
				read++
			}
		}
	})
	if read < 20 {
		t.Errorf("only %d codes were read", read)
	}
}

// A blot over a tenth of the code, off the finders, is survived: level Q is for
// that. Scattered damage is not promised.
func TestACodeSurvivesABlot(t *testing.T) {
	const payload, trials, dots = "HTTPS://RMA.JASMINE.CN/1D/JM-2026-004711/JSMX16Q24A00129/3/12/003SPR12G439", 60, 8
	code, err := qr.Encode(payload, qr.Q, 0)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(10, 100))
	dir := t.TempDir()
	args := []string{"--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"}
	n, quiet := code.N, QuietModules
	side := 0
	for side*side*10 < n*n {
		side++
	}
	for trial := range trials {
		x, y := 9+random.IntN(n-9-side+1), 9+random.IntN(n-9-side+1) // right of and below all finders
		if trial%3 == 0 {
			x = 9 + random.IntN(max(1, n-18-side)) // between the two upper ones
			y = random.IntN(n - 9 - side)
		}
		var m Bitmap
		m.reset((n+2*quiet)*dots, (n+2*quiet)*dots)
		for cy := range n {
			for cx := range n {
				dark := code.Dark[cy][cx]
				if cx >= x && cx < x+side && cy >= y && cy < y+side {
					dark = trial%2 == 0 // ink, or a scrape
				}
				for i := range dots * dots {
					if dark {
						m.set((cx+quiet)*dots+i%dots, (cy+quiet)*dots+i/dots, true)
					}
				}
			}
		}
		path := filepath.Join(dir, fmt.Sprint(trial, ".png"))
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.PNG(f); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	out := scanMany(t, args)
	if got := strings.Count(out, payload+"\n"); got*100 < trials*95 {
		t.Errorf("%d of %d blotted codes were read, want 95 %%", got, trials)
	}
}

// A bar code's reader finds what was written, upright and turned.
func TestBarsAreRead(t *testing.T) {
	for _, text := range []string{"JSMX16Q24A00129", "JM-2026-004711", "12", "123456", "A1234567B", "00123456789012345675", "~x {y}", "1234A", "A12345"} {
		for _, turned := range []bool{false, true} {
			page := Page{W: 120, H: 30}
			box := Box{2, 2, 116, 20}
			if turned {
				page = Page{W: 30, H: 120}
				box = Box{2, 2, 20, 116}
			}
			bars, err := placeBars("bars", text, box, turned)
			if err != nil {
				t.Fatal(err)
			}
			page.Items = []Item{bars}
			rotation := 0
			if turned {
				rotation = 270
			}
			m, err := engine().Dots(page, Device{Rotation: rotation})
			if err != nil {
				t.Fatal(err)
			}
			source, err := gozxing.NewBinaryBitmapFromImage(m.picture(Box{0, 0, 120, 30}, DPI203))
			if err != nil {
				t.Fatal(err)
			}
			got, err := oned.NewCode128Reader().Decode(source, nil)
			if err != nil || got.GetText() != text {
				t.Errorf("%q turned %v: reads %v, %v", text, turned, got, err)
			}
		}
	}
	for _, text := range []string{"", "返修", "a\nb"} {
		if _, err := placeBars("bars", text, Box{0, 0, 100, 20}, false); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
	if _, err := placeBars("bars", "JSMX16Q24A00129", Box{0, 0, 20, 10}, false); err == nil {
		t.Error("bars thinner than a head can print were drawn")
	}
}
