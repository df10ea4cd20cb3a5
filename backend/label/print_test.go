package label

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/go-text/typesetting/di"
)

// A code that a receiver cannot scan is worse than none: every fixture is
// rendered as a 203 dpi thermal printer would see it, and scanned.
func TestEveryCodeScansFromThePDF(t *testing.T) {
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		path := writePDF(t, doc)
		for _, dpi := range []string{"203", "300"} {
			prefix := filepath.Join(t.TempDir(), "page")
			tool(t, "pdftoppm", "-mono", "-r", dpi, path, prefix)
			pictures, _ := filepath.Glob(prefix + "-*.pbm")
			if len(pictures) != len(doc) {
				t.Fatalf("%d pages rendered, want %d", len(pictures), len(doc))
			}
			for i, page := range doc {
				if want := codesOf(page); len(want) > 0 {
					if got := scan(t, pictures[i]); !slices.Equal(got, want) {
						t.Errorf("page %d at %s dpi reads %q, want %q", i+1, dpi, got, want)
					}
				}
			}
		}
	})
}

func TestEveryCodeScansFromTheDots(t *testing.T) {
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		for i, page := range doc[:1] {
			want := codesOf(page)
			if len(want) == 0 {
				continue
			}
			for _, dots := range []int{DPI203, DPI300} {
				path := filepath.Join(t.TempDir(), fmt.Sprint(i, "-", dots, ".png"))
				f, err := os.Create(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := engine().Raster(page, dots).PNG(f); err != nil {
					t.Fatal(err)
				}
				if err := f.Close(); err != nil {
					t.Fatal(err)
				}
				if got := scan(t, path); !slices.Equal(got, want) {
					t.Errorf("at %d dots a millimetre reads %q, want %q", dots, got, want)
				}
			}
		}
	})
}

func TestTextCanBeExtracted(t *testing.T) {
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		path := writePDF(t, doc)
		for i, page := range doc {
			number := fmt.Sprint(i + 1)
			got := squeeze(tool(t, "pdftotext", "-f", number, "-l", number, path, "-"))
			for _, item := range page.Items {
				line, ok := item.(Text)
				if !ok || line.Element == "draft_mark" { // turned text comes letter by letter
					continue
				}
				want := squeeze(line.Line.Text)
				found := strings.Contains(got, want)
				if direction([]rune(line.Line.Text)) == di.DirectionRTL { // readers disagree where a Latin word in it goes
					found = true
					for _, word := range strings.FieldsFunc(line.Line.Text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) {
						found = found && strings.Contains(got, squeeze(word))
					}
				}
				if !found {
					t.Errorf("page %d: %s %q is not found in\n%s", i+1, line.Element, line.Line.Text, got)
				}
			}
		}
	})
}

// squeeze drops blanks and direction marks: extraction guesses the first from
// distances and adds the second. Vowel signs, too: a reader gives them to the
// letter before or after.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u064b' && r <= '\u0652' {
			return -1
		}
		switch r {
		case ' ', '\n', '\f', '\u00a0', '\u3000', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c':
			return -1
		}
		return r
	}, s)
}

func TestPDFIsSound(t *testing.T) {
	eachDocument(t, func(t *testing.T, _ string, doc []Page) {
		path := writePDF(t, doc)
		tool(t, "qpdf", "--check", path) // warnings are failures, too
		if out := tool(t, "mutool", "draw", "-q", "-r", "50", "-o", filepath.Join(t.TempDir(), "%d.png"), path); out != "" {
			t.Errorf("a second renderer complains: %s", out)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(raw), "/PrintScaling/None") {
			t.Error("the reader is not asked to print without scaling")
		}
		for _, line := range strings.Split(tool(t, "pdffonts", path), "\n")[2:] {
			if line != "" && !strings.Contains(line, "Identity-H       yes yes yes") {
				t.Errorf("font is not an embedded subset with text: %s", line)
			}
		}
		info := tool(t, "pdfinfo", path)
		if !strings.Contains(info, "Label test 标签") {
			t.Errorf("title is lost: %s", info)
		}
	})
}

func TestSameInputSameBytes(t *testing.T) {
	fresh, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	page, err := fresh.BoxLabel(boxZH())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	pdf := fresh.NewPDF(&b, "Label test 标签")
	if err := pdf.Page(page); err != nil {
		t.Fatal(err)
	}
	if err := pdf.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := os.ReadFile(writePDF(t, documents()["box_zh"]))
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(again) {
		t.Error("two runs wrote different files")
	}
}

func TestWriteErrorIsReported(t *testing.T) {
	pdf := engine().NewPDF(fullDisk{}, "")
	if err := pdf.Page(documents()["box_zh"][0]); err == nil {
		t.Error("a page on a full disk was written")
	}
	if err := pdf.Close(); err == nil {
		t.Error("a document on a full disk was closed")
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, os.ErrInvalid }

// Readers that draw modules one by one leave light lines between them; ours are
// one path, so the middle of a finder is solid at any resolution.
func TestCodesHaveNoSeams(t *testing.T) {
	page := documents()["box_zh"][0]
	path := writePDF(t, []Page{page})
	for _, dpi := range []int{110, 150, 300} {
		out := tool(t, "mutool", "draw", "-q", "-c", "gray", "-F", "pgm", "-r", fmt.Sprint(dpi), "-o", "-", path) // poppler would hide a seam
		var w, h, most int
		if _, err := fmt.Sscanf(out, "P5\n%d %d\n%d\n", &w, &h, &most); err != nil {
			t.Fatal(err)
		}
		pixels := out[len(out)-w*h:]
		for _, item := range page.Items {
			q, ok := item.(QR)
			if !ok {
				continue
			}
			at := func(mm float64) int { return int(mm * float64(dpi) / 25.4) }
			// Down the left side of the finder, where several rectangles meet.
			x := at(q.X + q.Module/2)
			for y := at(q.Y) + 2; y < at(q.Y+7*q.Module)-1; y++ {
				if grey := pixels[y*w+x]; grey >= 24 {
					t.Fatalf("at %d dpi the side of the finder has grey %d at %d,%d", dpi, grey, x, y)
				}
			}
			for y := at(q.Y+2*q.Module) + 2; y < at(q.Y+5*q.Module)-1; y++ {
				for x := at(q.X+2*q.Module) + 2; x < at(q.X+5*q.Module)-1; x++ {
					if grey := pixels[y*w+x]; grey >= 24 {
						t.Fatalf("at %d dpi the finder has grey %d at %d,%d", dpi, grey, x, y)
					}
				}
			}
		}
	}
}
