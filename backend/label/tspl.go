package label

import (
	"bytes"
	"fmt"
	"io"
)

// TSPL writes labels in the language of TSC and the many printers that speak it
// too. As in ZPL, a label is one picture of dots. Here a set bit is blank paper
// and a zero burns.
type TSPL struct {
	out    io.Writer
	head   head
	buffer bytes.Buffer
	err    error
}

// NewTSPL begins a job. A device that check refuses fails at the first page.
func (e *Engine) NewTSPL(w io.Writer, d Device) *TSPL {
	t := &TSPL{out: w}
	t.err = t.head.init(e, d)
	return t
}

// Page implements Backend.
func (t *TSPL) Page(page Page) error {
	if t.err != nil {
		return t.err
	}
	dots, err := t.head.dots(page)
	if err != nil {
		t.err = err
		return err
	}
	d, b := t.head.device, &t.buffer
	b.Reset()
	w, h := d.turned(page)
	fmt.Fprintf(b, "SIZE %s mm,%s mm\r\n", millimetres(w), millimetres(h))
	switch d.Media {
	case MediaGap:
		fmt.Fprintf(b, "GAP %s mm,0 mm\r\n", millimetres(d.gap()))
	case MediaMark:
		fmt.Fprintf(b, "BLINE %s mm,0 mm\r\n", millimetres(d.gap()))
	case MediaContinuous:
		b.WriteString("GAP 0 mm,0 mm\r\n")
	}
	if d.Darkness > 0 {
		fmt.Fprintf(b, "DENSITY %d\r\n", min(d.Darkness, 15))
	}
	if d.Speed > 0 {
		fmt.Fprintf(b, "SPEED %d\r\n", d.Speed)
	}
	b.WriteString("DIRECTION 0\r\nREFERENCE 0,0\r\nCLS\r\n")
	t.picture(dots)
	fmt.Fprintf(b, "PRINT 1,%d\r\n", d.copies())
	_, t.err = t.out.Write(b.Bytes())
	return t.err
}

// Close implements Backend.
func (t *TSPL) Close() error { return t.err }

// picture writes the dots, without the blank paper around them: uncompressed
// they are what makes a label slow to send.
func (t *TSPL) picture(m *Bitmap) {
	x, y, w, h := m.ink()
	if w == 0 {
		return
	}
	fmt.Fprintf(&t.buffer, "BITMAP %d,%d,%d,%d,0,", x*8, y, w, h)
	for row := y; row < y+h; row++ {
		for _, v := range m.Bits[row*m.Stride+x : row*m.Stride+x+w] {
			t.buffer.WriteByte(^v)
		}
	}
	t.buffer.WriteString("\r\n")
}
