package label

import (
	"fmt"
	"io"
	"testing"
)

// Every label differs in place, number, contents and waybill, as in a real
// batch.
func benchLabels(b *testing.B, print func(Page) error) {
	for i := range 1000 {
		box := boxZH()
		box.N, box.Of = i+1, 1000
		box.Serials = []string{fmt.Sprintf("JSMX16Q24A%05d", i)}
		box.Waybill = fmt.Sprintf("SF%013d", i)
		page, err := engine().BoxLabel(box)
		if err != nil {
			b.Fatal(err)
		}
		if err := print(page); err != nil {
			b.Fatal(err)
		}
	}
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

func BenchmarkThousandBoxLabelsPDF(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var out counter
		pdf := engine().NewPDF(&out, "bench")
		benchLabels(b, pdf.Page)
		if err := pdf.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.n), "pdf-bytes")
	}
}

// What a person waits for after a keystroke in the editor.
func BenchmarkPreviewWarm(b *testing.B) {
	for b.Loop() {
		page, err := engine().BoxLabel(boxZH())
		if err != nil {
			b.Fatal(err)
		}
		if err := engine().SVG(io.Discard, page); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBoxLabelDots(b *testing.B) {
	page := documents()["box_zh"][0]
	for b.Loop() {
		engine().Raster(page, DPI203)
	}
}

// From nothing to the first preview.
func BenchmarkPreviewCold(b *testing.B) {
	for b.Loop() {
		e, err := Open()
		if err != nil {
			b.Fatal(err)
		}
		page, err := e.BoxLabel(boxZH())
		if err != nil {
			b.Fatal(err)
		}
		if err := e.SVG(io.Discard, page); err != nil {
			b.Fatal(err)
		}
	}
}
