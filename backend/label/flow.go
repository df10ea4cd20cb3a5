package label

import "fmt"

// A4, and the area a flow fills.
const (
	a4W, a4H   = 210.0, 297.0
	flowX      = 15.0
	flowW      = a4W - 2*flowX
	flowTop    = 14.0
	flowBottom = 278.0 // the foot is below
)

// flow fills A4 pages from top to bottom. It runs twice: once to count the
// pages, once to write them with "page n / N".
type flow struct {
	*composer
	out   Backend
	head  func(*composer) (y float64) // drawn on every page; answers where content begins
	foot  string
	draft bool

	y           float64
	page, total int
}

// run lays out body on as many pages as it takes.
func (e *Engine) run(f flow, body func(*flow)) error {
	for _, out := range []Backend{nil, f.out} {
		f.out, f.page = out, 0
		f.begin(e)
		body(&f)
		f.end()
		if f.err != nil {
			return f.err
		}
		f.total = f.page
	}
	return nil
}

func (f *flow) begin(e *Engine) {
	f.composer = e.compose(a4W, a4H)
	f.page++
	f.y = flowTop
	if f.draft {
		f.composer.draft(Box{flowX, 5, flowW, 7}, true)
	}
	f.y = f.head(f.composer)
}

// end writes the foot and passes the page on.
func (f *flow) end() {
	f.horizontal(flowX, 281, flowW, 0.25, Black)
	f.text(field{element: "foot", text: f.foot, box: Box{flowX, 282.5, flowW - 40, 6}, size: 8 * pt, min: 5 * pt, oneLine: true})
	f.text(field{element: "page", text: fmt.Sprintf("%d / %d", f.page, f.total), box: Box{flowX + flowW - 38, 282.5, 38, 6}, size: 9 * pt, min: 6 * pt, bold: true, align: right, oneLine: true})
	if f.err == nil && f.out != nil {
		f.err = f.out.Page(f.composer.page)
	}
}

// fresh begins a new page when fewer than h millimetres are left, and reports
// whether it did.
func (f *flow) fresh(h float64) bool {
	if f.err != nil || f.y+h <= flowBottom {
		return false
	}
	f.end()
	err := f.err
	f.begin(f.engine)
	if f.err == nil {
		f.err = err
	}
	return true
}

// block fits a field as if at the top of the page, for later placement.
func (f *flow) block(fd field) (lines []Text, height float64) {
	if f.err != nil {
		return nil, 0
	}
	lines, height, f.err = f.engine.fit(fd)
	return lines, height
}

// drop places fitted lines the given distance down.
func (f *flow) drop(lines []Text, y float64) {
	for _, line := range lines {
		f.add(moved(line, 0, y))
	}
}
