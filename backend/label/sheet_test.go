package label

import (
	"errors"
	"math/rand/v2"
	"testing"
)

// A half-used sheet begins where the user says, later sheets at the first cell,
// and no label lies on another, whatever the numbers.
func TestSheetsOfAnySize(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		stock := Stock{
			ID: "any", LabelW: 10 + 40*random.Float64(), LabelH: 10 + 40*random.Float64(),
			NX: 1 + random.IntN(5), NY: 1 + random.IntN(9), X0: 10 * random.Float64(), Y0: 10 * random.Float64(),
		}
		stock.DX, stock.DY = stock.LabelW+3*random.Float64(), stock.LabelH+3*random.Float64()
		stock.PageW, stock.PageH = stock.X0+float64(stock.NX)*stock.DX, stock.Y0+float64(stock.NY)*stock.DY
		start, count := 1+random.IntN(stock.Cells()), random.IntN(60)

		var got Pages
		sheet, err := NewSheet(stock, start, &got)
		if err != nil {
			t.Fatal(err)
		}
		label := Page{W: stock.LabelW, H: stock.LabelH, Items: []Item{Rect{Box: Box{W: stock.LabelW, H: stock.LabelH}}}}
		for range count {
			if err := sheet.Page(label); err != nil {
				t.Fatal(err)
			}
		}
		if err := sheet.Close(); err != nil {
			t.Fatal(err)
		}

		want := 0
		if count > 0 {
			want = (start - 1 + count + stock.Cells() - 1) / stock.Cells()
		}
		if len(got) != want {
			t.Fatalf("%d labels from cell %d of %d took %d pages, want %d", count, start, stock.Cells(), len(got), want)
		}
		placed := 0
		for n, page := range got {
			if n > 0 && page.Items[0].Bounds().X != stock.X0 {
				t.Fatalf("page %d does not begin at the first cell", n+1)
			}
			for i, a := range page.Items {
				placed++
				if b := a.Bounds(); b.Right() > page.W+1e-9 || b.Bottom() > page.H+1e-9 {
					t.Fatalf("label %v leaves the page", b)
				}
				for _, b := range page.Items[i+1:] {
					if a.Bounds().inset(1e-6).Overlaps(b.Bounds()) {
						t.Fatalf("%v lies on %v", a, b)
					}
				}
			}
		}
		if placed != count {
			t.Fatalf("%d labels printed, want %d", placed, count)
		}
	}
}

func TestSheetRefusesWhatItCannotDo(t *testing.T) {
	stock, ok := StockByID("a4_small_18")
	if !ok {
		t.Fatal("stock is unknown")
	}
	for _, start := range []int{0, -1, 19} {
		if _, err := NewSheet(stock, start, &Pages{}); !errors.Is(err, ErrSheet) {
			t.Errorf("start %d: error is %v", start, err)
		}
	}
	sheet, err := NewSheet(stock, 1, &Pages{})
	if err != nil {
		t.Fatal(err)
	}
	if err := sheet.Page(Page{W: LargeW, H: LargeH}); !errors.Is(err, ErrSheetTooSmall) {
		t.Errorf("a label larger than the cell: error is %v", err)
	}
}

func TestStocksHoldTheirLabels(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Stocks {
		if seen[s.ID] {
			t.Errorf("%s occurs twice", s.ID)
		}
		seen[s.ID] = true
		right, bottom := s.X0+float64(s.NX-1)*s.DX+s.LabelW, s.Y0+float64(s.NY-1)*s.DY+s.LabelH
		if right > s.PageW || bottom > s.PageH || s.NX > 1 && s.DX < s.LabelW || s.NY > 1 && s.DY < s.LabelH {
			t.Errorf("%s: labels reach %v × %v", s.ID, right, bottom)
		}
	}
	if _, ok := StockByID("unknown"); ok {
		t.Error("an unknown stock was found")
	}
}
