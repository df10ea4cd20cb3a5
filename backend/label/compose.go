package label

import "math"

// composer puts items on a page. The first error stops it: every later call
// does nothing, so that a layout reads as a list of what is where.
type composer struct {
	engine *Engine
	page   Page
	err    error
}

func (e *Engine) compose(w, h float64) *composer {
	return &composer{engine: e, page: Page{W: w, H: h}}
}

func (c *composer) add(items ...Item) {
	if c.err == nil {
		c.page.Items = append(c.page.Items, items...)
	}
}

// text places a field and answers the height it takes.
func (c *composer) text(f field) float64 {
	if c.err != nil {
		return 0
	}
	lines, used, err := c.engine.fit(f)
	c.err = err
	for _, line := range lines {
		c.add(line)
	}
	return used
}

func (c *composer) fill(b Box, ink Ink) { c.add(Rect{b, ink}) }

func (c *composer) frame(b Box, width float64) { c.add(Frame{b, width}) }

func (c *composer) horizontal(x, y, w, width float64, ink Ink) {
	c.add(Line{x, y, x + w, y, width, ink})
}

func (c *composer) vertical(x, y, h, width float64, ink Ink) {
	c.add(Line{x, y, x, y + h, width, ink})
}

// badge is white text on black.
func (c *composer) badge(element, text string, b Box, size float64) {
	c.fill(b, Black)
	c.text(field{element: element, text: text, box: b.inset(0.5), size: size, min: 5 * pt, bold: true, ink: Paper, align: centre, middle: true, oneLine: true})
}

// draftText is the mark itself; it is one string on every page so that nobody
// can take a page out of a draft.
const draftText = "草稿 DRAFT — 不得寄出 / do not ship"

// draft writes the mark: large and faint behind the page, and as a black band.
// It must be drawn first, so that everything else stays readable. It falls or
// rises so as to keep away from the corner with the code.
func (c *composer) draft(band Box, falling bool) {
	if c.err != nil {
		return
	}
	word, err := c.engine.shape("draft_mark", "草稿 DRAFT", true)
	if err != nil {
		c.err = err
		return
	}
	// The largest size at which the turned line box stays on the page.
	angle := math.Atan2(c.page.H, c.page.W)
	if falling {
		angle = -angle
	}
	mark := Text{Element: "draft_mark", Size: 1, Angle: angle * 180 / math.Pi, Ink: Faint, Line: word}
	unit := mark.Bounds()
	mark.Size = 0.96 * min(c.page.W/unit.W, c.page.H/unit.H)
	area := mark.Bounds()
	mark.X = (c.page.W-area.W)/2 - area.X
	mark.Y = (c.page.H-area.H)/2 - area.Y
	c.add(mark)
	c.badge("draft", draftText, band, 11*pt)
}
