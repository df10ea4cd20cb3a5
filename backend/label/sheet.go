package label

import "strconv"

// Stock is a sheet of labels. All measures are millimetres; X0, Y0 is the corner
// of the first label, DX, DY the way to the next.
type Stock struct {
	ID             string
	PageW, PageH   float64
	LabelW, LabelH float64
	NX, NY         int
	X0, Y0, DX, DY float64
	CutMarks       bool // fine frames to cut along, on plain paper
}

// Stocks are plain A4 sheets for the labels of this package, to cut by hand, and
// the common sheets of stickers that hold the small label.
var Stocks = []Stock{
	{ID: "a4_large_2", PageW: 210, PageH: 297, LabelW: LargeW, LabelH: LargeH, NX: 2, NY: 1, X0: 4, Y0: 10, DX: 102, DY: 150, CutMarks: true},
	{ID: "a4_small_18", PageW: 210, PageH: 297, LabelW: SmallW, LabelH: SmallH, NX: 3, NY: 6, X0: 12, Y0: 20, DX: 63, DY: 43, CutMarks: true},
	{ID: "a4_64x46_18", PageW: 210, PageH: 297, LabelW: SmallW, LabelH: SmallH, NX: 3, NY: 6, X0: 9.5, Y0: 13.65, DX: 66, DY: 46.6},
}

// StockByID finds a stock.
func StockByID(id string) (Stock, bool) {
	for _, s := range Stocks {
		if s.ID == id {
			return s, true
		}
	}
	return Stock{}, false
}

// Cells is the number of labels on one sheet.
func (s Stock) Cells() int { return s.NX * s.NY }

// Sheet collects labels into the cells of a stock and passes full pages on. The
// first page begins at a chosen cell, so that a half-used sheet is not wasted;
// later pages begin at the first.
type Sheet struct {
	stock Stock
	next  int // cell, from 0
	page  Page
	out   Backend
}

// NewSheet begins with the given cell, counted from 1, row by row.
func NewSheet(stock Stock, start int, out Backend) (*Sheet, error) {
	if stock.Cells() == 0 || start < 1 || start > stock.Cells() {
		return nil, ErrSheet.With("start", strconv.Itoa(start), "cells", strconv.Itoa(stock.Cells()))
	}
	return &Sheet{stock: stock, next: start - 1, out: out}, nil
}

// Page implements Backend: it places one label.
func (s *Sheet) Page(label Page) error {
	if label.W > s.stock.LabelW+1e-9 || label.H > s.stock.LabelH+1e-9 {
		return ErrSheet.With("stock", s.stock.ID)
	}
	if s.next == s.stock.Cells() {
		if err := s.flush(); err != nil {
			return err
		}
	}
	x := s.stock.X0 + float64(s.next%s.stock.NX)*s.stock.DX
	y := s.stock.Y0 + float64(s.next/s.stock.NX)*s.stock.DY
	for _, item := range label.Items {
		s.page.Items = append(s.page.Items, moved(item, x, y))
	}
	if s.stock.CutMarks {
		s.page.Items = append(s.page.Items, cutMarks(Box{x, y, label.W, label.H})...)
	}
	s.page.W, s.page.H = s.stock.PageW, s.stock.PageH
	s.next++
	return nil
}

// Close implements Backend: it passes the last page on and closes what is behind.
func (s *Sheet) Close() error {
	if len(s.page.Items) > 0 {
		if err := s.flush(); err != nil {
			return err
		}
	}
	return s.out.Close()
}

func (s *Sheet) flush() error {
	err := s.out.Page(s.page)
	s.page, s.next = Page{}, 0
	return err
}

// moved is the item, shifted.
func moved(item Item, x, y float64) Item {
	switch i := item.(type) {
	case Rect:
		i.X, i.Y = i.X+x, i.Y+y
		return i
	case Frame:
		i.X, i.Y = i.X+x, i.Y+y
		return i
	case Line:
		i.X1, i.Y1, i.X2, i.Y2 = i.X1+x, i.Y1+y, i.X2+x, i.Y2+y
		return i
	case Path:
		i.X, i.Y = i.X+x, i.Y+y
		return i
	case Text:
		i.X, i.Y = i.X+x, i.Y+y
		return i
	case QR:
		i.X, i.Y = i.X+x, i.Y+y
		return i
	case Bars:
		i.X, i.Y = i.X+x, i.Y+y
		return i
	case Picture:
		i.X, i.Y = i.X+x, i.Y+y
		return i
	}
	return item
}

// cutMarks are short lines outside the corners of a label.
func cutMarks(b Box) []Item {
	const gap, length, width = 0.3, 1.0, 0.1
	var marks []Item
	for _, x := range []float64{b.X, b.Right()} {
		marks = append(marks, Line{x, b.Y - gap - length, x, b.Y - gap, width, Rule}, Line{x, b.Bottom() + gap, x, b.Bottom() + gap + length, width, Rule})
	}
	for _, y := range []float64{b.Y, b.Bottom()} {
		marks = append(marks, Line{b.X - gap - length, y, b.X - gap, y, width, Rule}, Line{b.Right() + gap, y, b.Right() + gap + length, y, width, Rule})
	}
	return marks
}
