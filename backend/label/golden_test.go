package label

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "accept the present layouts into testdata/layout.txt")

// Every layout has a hash of all it draws, to a hundredth of a millimetre. A
// change here is a changed label: render it, look at it, then accept it with
//
//	go test -tags sqlite_fts5 ./backend/label -run TestLayoutIsGolden -update
func TestLayoutIsGolden(t *testing.T) {
	var got strings.Builder
	eachDocument(t, func(_ *testing.T, name string, doc []Page) {
		for i, page := range doc {
			fmt.Fprintf(&got, "%s %d/%d %gx%g items=%d %s\n", name, i+1, len(doc), page.W, page.H, len(page.Items), layoutHash(page))
		}
	})
	path := filepath.Join("testdata", "layout.txt")
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("layouts changed:\n%s", difference(string(want), got.String()))
	}
}

func layoutHash(page Page) string {
	h := sha256.New()
	for _, item := range page.Items {
		b := item.Bounds()
		fmt.Fprintf(h, "%T %.2f %.2f %.2f %.2f ", item, b.X+1e-6, b.Y+1e-6, b.W+1e-6, b.H+1e-6)
		switch i := item.(type) {
		case Text:
			fmt.Fprintf(h, "%q %.2f %.1f %d", i.Line.Text, i.Size, i.Angle, i.Ink)
			for _, g := range i.Line.Glyphs {
				fmt.Fprintf(h, " %d.%d", g.Face, g.ID)
			}
		case QR:
			fmt.Fprintf(h, "%s %v", i.Code.Payload, i.Code.Dark)
		case Rect:
			fmt.Fprint(h, i.Ink)
		case Path:
			fmt.Fprint(h, i.Ink, i.Segments)
		}
		fmt.Fprintln(h)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

func difference(want, got string) string {
	var b strings.Builder
	old := map[string]bool{}
	for line := range strings.Lines(want) {
		old[line] = true
	}
	for line := range strings.Lines(got) {
		if !old[line] {
			b.WriteString(line)
		}
	}
	return b.String()
}
