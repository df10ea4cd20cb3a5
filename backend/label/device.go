package label

import (
	"math"
	"strconv"
)

// Media is how a printer tells where one label ends.
type Media string

// Kinds of media.
const (
	MediaAsSet      Media = ""           // as the printer was set up
	MediaGap        Media = "gap"        // labels on a liner, with a gap
	MediaMark       Media = "mark"       // a black mark on the back
	MediaContinuous Media = "continuous" // no end
)

// Device says how one print head is driven. The zero value is a 203 dpi printer
// that keeps its own settings.
//
// Nothing here is stored in the printer: turning and shifting happen in the dots
// that we send, because stored offsets of printers add up and differ by model.
type Device struct {
	DotsPerMM  int  // DPI203, DPI300 or DPI600; 0 is DPI203
	Rotation   int  // clockwise: 0, 90, 180 or 270
	OffX, OffY int  // dots to the right and down, after turning
	Darkness   int  // of the printer's own scale (ZPL to 30, TSPL to 15); 0 leaves it
	Speed      int  // inches a second; 0 leaves it
	Hex        bool // ZPL: hexadecimal digits, for printers that refuse Z64
	Media      Media
	Gap        float64 // millimetres of gap or mark; 0 is 3. TSPL states it
	Copies     int     // of each label; 0 is 1
}

// mostDarkness, mostSpeed and mostCopies bound what is written into a command.
const (
	mostDarkness = 30
	mostSpeed    = 18
	mostPrints   = 9999
)

// check refuses what no printer does, so that a mistake in a profile is not a
// command that a printer takes for another.
func (d Device) check() error {
	for _, field := range []struct {
		name string
		ok   bool
		has  int
	}{
		{"dots", d.DotsPerMM == 0 || d.DotsPerMM == DPI203 || d.DotsPerMM == DPI300 || d.DotsPerMM == DPI600, d.DotsPerMM},
		{"rotation", d.Rotation == 0 || d.Rotation == 90 || d.Rotation == 180 || d.Rotation == 270, d.Rotation},
		{"darkness", d.Darkness >= 0 && d.Darkness <= mostDarkness, d.Darkness},
		{"speed", d.Speed >= 0 && d.Speed <= mostSpeed, d.Speed},
		{"copies", d.Copies >= 0 && d.Copies <= mostPrints, d.Copies},
		{"gap", d.Gap >= 0 && d.Gap <= 50, int(d.Gap)},
	} {
		if !field.ok {
			return ErrDevice.With("field", field.name, "value", strconv.Itoa(field.has))
		}
	}
	switch d.Media {
	case MediaAsSet, MediaGap, MediaMark, MediaContinuous:
		return nil
	}
	return ErrDevice.With("field", "media", "value", string(d.Media))
}

func (d Device) dots() int {
	if d.DotsPerMM == 0 {
		return DPI203
	}
	return d.DotsPerMM
}

func (d Device) copies() int { return max(d.Copies, 1) }

func (d Device) gap() float64 {
	if d.Gap == 0 {
		return 3
	}
	return d.Gap
}

// turned is the size of a page as it lies under the head, in millimetres.
func (d Device) turned(page Page) (w, h float64) {
	if d.Rotation == 90 || d.Rotation == 270 {
		return page.H, page.W
	}
	return page.W, page.H
}

// Dots gives the page as this device burns it: turned and shifted. Ink that the
// shift would push off the paper is label.off_the_paper, never cut off.
func (e *Engine) Dots(page Page, d Device) (*Bitmap, error) {
	var h head
	if err := h.init(e, d); err != nil {
		return nil, err
	}
	return h.dots(page)
}

// head renders page after page for one device, with the same memory.
type head struct {
	device Device
	raster raster
	plain  Bitmap // upright
	moved  Bitmap // as burnt, when that differs
}

func (h *head) init(e *Engine, d Device) error {
	h.device, h.raster.engine = d, e
	return d.check()
}

// dots gives the page as burnt. It is valid until the next page.
func (h *head) dots(page Page) (*Bitmap, error) {
	d := h.device
	h.raster.draw(&h.plain, page, d.dots())
	if d.Rotation == 0 && d.OffX == 0 && d.OffY == 0 {
		return &h.plain, nil
	}
	w, tall := h.plain.W, h.plain.H
	if d.Rotation == 90 || d.Rotation == 270 {
		w, tall = tall, w
	}
	h.moved.reset(w, tall)
	lost := false
	h.plain.eachBlack(func(x, y int) {
		switch d.Rotation {
		case 90:
			x, y = h.plain.H-1-y, x
		case 180:
			x, y = h.plain.W-1-x, h.plain.H-1-y
		case 270:
			x, y = y, h.plain.W-1-x
		}
		x, y = x+d.OffX, y+d.OffY
		if x < 0 || y < 0 || x >= w || y >= tall {
			lost = true
			return
		}
		h.moved.set(x, y, true)
	})
	if lost {
		return nil, ErrOffPaper.With("x", strconv.Itoa(d.OffX), "y", strconv.Itoa(d.OffY))
	}
	return &h.moved, nil
}

// ink is the smallest area with all black dots, its left edge on a whole byte:
// x in bytes, the rest in dots. Blank paper has w 0.
func (m *Bitmap) ink() (x, y, w, h int) {
	x0, x1, y0, y1 := m.Stride, 0, m.H, 0
	for row := range m.H {
		line := m.Bits[row*m.Stride : (row+1)*m.Stride]
		from, to := 0, len(line)
		for from < to && line[from] == 0 {
			from++
		}
		if from == to {
			continue
		}
		for line[to-1] == 0 {
			to--
		}
		x0, x1, y0, y1 = min(x0, from), max(x1, to), min(y0, row), row+1
	}
	if x1 == 0 {
		return 0, 0, 0, 0
	}
	return x0, y0, x1 - x0, y1 - y0
}

// reset makes the bitmap blank paper of a size, in the memory it has.
func (m *Bitmap) reset(w, h int) {
	m.W, m.H, m.Stride = w, h, (w+7)/8
	n := m.Stride * h
	if cap(m.Bits) < n {
		m.Bits = make([]byte, n)
		return
	}
	m.Bits = m.Bits[:n]
	clear(m.Bits)
}

// eachBlack calls f for every black dot.
func (m *Bitmap) eachBlack(f func(x, y int)) {
	for i, b := range m.Bits {
		for ; b != 0; b &= b - 1 { // lowest set bit first
			bit := 0
			for b>>bit&1 == 0 {
				bit++
			}
			f(i%m.Stride*8+7-bit, i/m.Stride)
		}
	}
}

// millimetres writes a length for a printer command.
func millimetres(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}
