package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of what an .xlsx may unpack to. Big sheets go to a temporary file, all
// else stays in memory and must be smaller.
const (
	maxUnpacked     = 1 << 30
	maxUnpackedRest = 256 << 20
	maxSheetLines   = 1 << 20 // of the format itself
)

// readXLSX reads the best sheet of a workbook and lists the others as skipped.
func readXLSX(ctx context.Context, data []byte, opt Options) (*Result, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrDamagedFile.Because(err)
	}
	if err := checkUnpacked(z); err != nil {
		return nil, err
	}
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: 64 << 20,
	})
	if err != nil {
		return nil, ErrDamagedFile.Because(err)
	}
	defer book.Close() //nolint:errcheck // only removes temporary files

	sheets := book.GetSheetList()
	if opt.Sheet != "" {
		sheets = []string{opt.Sheet}
		if i, err := book.GetSheetIndex(opt.Sheet); err != nil || i < 0 {
			return nil, ErrNoSuchSheet.With("sheet", opt.Sheet)
		}
	}
	w := &workbook{book: book, zip: z, opt: opt}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		w.from1904 = *props.Date1904
	}
	best, others, err := w.bestSheet(ctx, sheets)
	if err != nil {
		return nil, err
	}
	r := best.result()
	r.Skipped = append(r.Skipped, others...)
	opt.progress(Progress{Rows: len(r.Rows)})
	return r, nil
}

// checkUnpacked refuses a zip bomb before anything is unpacked. Each entry's
// size is checked again by the unpacking itself.
func checkUnpacked(z *zip.Reader) error {
	var all, rest uint64
	for _, f := range z.File {
		size := min(f.UncompressedSize64, maxUnpacked+1)
		all += size
		if name := strings.ToLower(f.Name); !strings.HasPrefix(name, "xl/worksheets/") && name != "xl/sharedstrings.xml" {
			rest += size
		}
	}
	if all > maxUnpacked || rest > maxUnpackedRest {
		return ErrTooLarge.With("limit_mb", strconv.Itoa(maxUnpacked>>20))
	}
	return nil
}

type workbook struct {
	book     *excelize.File
	zip      *zip.Reader
	opt      Options
	from1904 bool
}

// bestSheet takes the sheet with a header and most serial numbers. The others
// are counted, so that a person can choose one of them.
func (w *workbook) bestSheet(ctx context.Context, sheets []string) (best *builder, others []Skipped, err error) {
	for _, sheet := range sheets {
		b, err := w.readSheet(ctx, sheet)
		if err != nil {
			return nil, nil, err
		}
		if best != nil && !b.betterThan(best) {
			b, best = best, b
		}
		if best != nil {
			others = append(others, Skipped{Sheet: best.sheet, Reason: ReasonOtherSheet, Serials: best.serials})
		}
		best = b
	}
	if best == nil {
		best = newBuilder("", w.opt)
		return best, nil, best.finish()
	}
	return best, others, nil
}

func (w *workbook) readSheet(ctx context.Context, sheet string) (*builder, error) {
	b := newBuilder(sheet, w.opt)
	b.dates.from1904 = w.from1904
	rows, err := w.book.Rows(sheet)
	if err != nil {
		var none excelize.ErrSheetNotExist
		if errors.As(err, &none) {
			return b, b.finish() // a chart, not a table
		}
		return nil, ErrDamagedFile.Because(err)
	}
	defer rows.Close() //nolint:errcheck // nothing was written
	line := 0
	for rows.Next() {
		line++
		cells, err := rows.Columns()
		if err != nil {
			return nil, ErrDamagedFile.With("sheet", sheet, "line", strconv.Itoa(line)).Because(err)
		}
		if line > maxSheetLines {
			return nil, ErrTooLarge.With("limit_rows", strconv.Itoa(maxSheetLines))
		}
		if err := b.add(ctx, line, expandNumbers(cells), Progress{}); err != nil {
			return nil, err
		}
	}
	if err := w.checkComplete(sheet, line); err != nil {
		return nil, err
	}
	if err := b.finish(); err != nil {
		return nil, err
	}
	for i := range b.rows {
		if looksSerial(b.rows[i].Raw) {
			b.serials++
		}
	}
	return b, nil
}

// betterThan prefers serial numbers under a header, then serial numbers, then
// more of them; among equals the first.
func (b *builder) betterThan(other *builder) bool {
	rank := func(b *builder) int {
		switch {
		case b.serials == 0:
			return 0
		case b.layout.line == 0:
			return 1
		}
		return 2
	}
	if r, o := rank(b), rank(other); r != o {
		return r > o
	}
	return b.serials > other.serials
}

// wholeScientific is a whole number as some programs write it into a cell, with
// all of its digits: nothing is lost, unlike in 2.02508E+14.
var wholeScientific = regexp.MustCompile(`^(?i)(\d)\.(\d{5,14})E\+?(\d{1,2})$`)

// expandNumbers writes out whole numbers. A cell keeps the number, not how it
// looked.
func expandNumbers(cells []string) []string {
	for i, cell := range cells {
		if len(cell) < 9 || cell[1] != '.' {
			continue
		}
		m := wholeScientific.FindStringSubmatch(cell)
		if m == nil || atoi(m[3]) != len(m[2]) {
			continue
		}
		if n, ok := new(big.Int).SetString(m[1]+m[2], 10); ok {
			cells[i] = n.String()
		}
	}
	return cells
}
