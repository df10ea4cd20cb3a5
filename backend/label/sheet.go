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

// Stocks are plain sheets for the labels of this package, to cut by hand, and
// common sheets of stickers. A label smaller than its sticker lies in the middle.
var Stocks = []Stock{
	{ID: "a4_large_2", PageW: 210, PageH: 297, LabelW: LargeW, LabelH: LargeH, NX: 2, NY: 1, X0: 4, Y0: 10, DX: 102, DY: 150, CutMarks: true},
	{ID: "a4_small_18", PageW: 210, PageH: 297, LabelW: SmallW, LabelH: SmallH, NX: 3, NY: 6, X0: 12, Y0: 20, DX: 63, DY: 43, CutMarks: true},
	{ID: "a4_64x46_18", PageW: 210, PageH: 297, LabelW: SmallW, LabelH: SmallH, NX: 3, NY: 6, X0: 9.5, Y0: 13.65, DX: 66, DY: 46.6},
	{ID: "a4_99x68_8", PageW: 210, PageH: 297, LabelW: 99.1, LabelH: 67.7, NX: 2, NY: 4, X0: 4.65, Y0: 13.1, DX: 101.6, DY: 67.7},
	{ID: "a4_64x38_21", PageW: 210, PageH: 297, LabelW: 63.5, LabelH: 38.1, NX: 3, NY: 7, X0: 7.25, Y0: 15.15, DX: 66, DY: 38.1},
	{ID: "a4_200x144_2", PageW: 210, PageH: 297, LabelW: 199.6, LabelH: 143.5, NX: 1, NY: 2, X0: 5.2, Y0: 5, DX: 199.6, DY: 143.5},
	{ID: "letter_large_2", PageW: 215.9, PageH: 279.4, LabelW: LargeW, LabelH: LargeH, NX: 2, NY: 1, X0: 6.5, Y0: 10, DX: 103, DY: 150, CutMarks: true},
	{ID: "letter_small_18", PageW: 215.9, PageH: 279.4, LabelW: SmallW, LabelH: SmallH, NX: 3, NY: 6, X0: 15, Y0: 12, DX: 63, DY: 43, CutMarks: true},
	{ID: "letter_4x2_10", PageW: 215.9, PageH: 279.4, LabelW: 101.6, LabelH: 50.8, NX: 2, NY: 5, X0: 3.97, Y0: 12.7, DX: 106.36, DY: 50.8},
	{ID: "letter_4x3_6", PageW: 215.9, PageH: 279.4, LabelW: 101.6, LabelH: 84.67, NX: 2, NY: 3, X0: 3.97, Y0: 12.7, DX: 106.36, DY: 84.67},
	{ID: "letter_3x1_30", PageW: 215.9, PageH: 279.4, LabelW: 66.68, LabelH: 25.4, NX: 3, NY: 10, X0: 4.76, Y0: 12.7, DX: 69.85, DY: 25.4},
}

// Holds reports whether a label of a size fits a cell.
func (s Stock) Holds(w, h float64) bool { return w <= s.LabelW+1e-9 && h <= s.LabelH+1e-9 }

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
	if !s.stock.Holds(label.W, label.H) {
		return ErrSheetTooSmall.With("stock", s.stock.ID)
	}
	if s.next == s.stock.Cells() {
		if err := s.flush(); err != nil {
			return err
		}
	}
	x := s.stock.X0 + float64(s.next%s.stock.NX)*s.stock.DX + (s.stock.LabelW-label.W)/2
	y := s.stock.Y0 + float64(s.next/s.stock.NX)*s.stock.DY + (s.stock.LabelH-label.H)/2
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
