package label

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"io"
)

// ZPL writes labels in ZPL II. A label is one picture of dots: no font, code or
// text of the printer is used, so every printer prints what the preview shows,
// and nothing that a person typed can reach it as a command. Each label is
// written, whole, before the next page is laid out.
type ZPL struct {
	out    io.Writer
	head   head
	buffer bytes.Buffer
	packed bytes.Buffer
	zip    *zlib.Writer
	err    error
}

// NewZPL begins a job. A device that check refuses fails at the first page.
func (e *Engine) NewZPL(w io.Writer, d Device) *ZPL {
	z := &ZPL{out: w}
	z.err = z.head.init(e, d)
	return z
}

// Page implements Backend.
func (z *ZPL) Page(page Page) error {
	if z.err != nil {
		return z.err
	}
	dots, err := z.head.dots(page)
	if err != nil {
		z.err = err
		return err
	}
	d, b := z.head.device, &z.buffer
	b.Reset()
	if d.Darkness > 0 {
		fmt.Fprintf(b, "~SD%02d\n", d.Darkness)
	}
	fmt.Fprintf(b, "^XA^CI28^PON^LH0,0^PW%d^LL%d", dots.W, dots.H)
	if d.Speed > 0 {
		fmt.Fprintf(b, "^PR%d", d.Speed)
	}
	if mode := zplMedia[d.Media]; mode != "" {
		b.WriteString(mode)
	}
	z.picture(dots)
	fmt.Fprintf(b, "^PQ%d^XZ\n", d.copies())
	_, z.err = z.out.Write(b.Bytes())
	return z.err
}

// Close implements Backend.
func (z *ZPL) Close() error { return z.err }

var zplMedia = map[Media]string{MediaGap: "^MNY", MediaMark: "^MNM", MediaContinuous: "^MNN"}

// picture writes the dots as one graphic field, without the blank paper around
// them.
func (z *ZPL) picture(m *Bitmap) {
	x, y, w, h := m.ink()
	if w == 0 {
		return
	}
	fmt.Fprintf(&z.buffer, "^FO%d,%d^GFA,%d,%d,%d,", x*8, y, w*h, w*h, w)
	if z.head.device.Hex {
		zplHex(&z.buffer, m, x, y, w, h)
	} else {
		z.z64(m, x, y, w, h)
	}
	z.buffer.WriteString("^FS")
}

// z64 writes compressed rows in base 64, with their check sum.
func (z *ZPL) z64(m *Bitmap, x, y, w, h int) {
	z.packed.Reset()
	if z.zip == nil {
		// Dots compress well at any level; the printer waits for us.
		z.zip, _ = zlib.NewWriterLevel(&z.packed, zlib.BestSpeed) // a level that exists
	} else {
		z.zip.Reset(&z.packed)
	}
	for row := y; row < y+h; row++ {
		_, _ = z.zip.Write(m.Bits[row*m.Stride+x : row*m.Stride+x+w]) // into memory: cannot fail
	}
	_ = z.zip.Close()
	text := base64.StdEncoding.AppendEncode(nil, z.packed.Bytes())
	fmt.Fprintf(&z.buffer, ":Z64:%s:%04X", text, crc16(text))
}

// crc16 is the check sum that Z64 ends with: polynomial 0x1021, starting at 0.
func crc16(b []byte) uint16 {
	var sum uint16
	for _, c := range b {
		sum ^= uint16(c) << 8
		for range 8 {
			if sum&0x8000 != 0 {
				sum = sum<<1 ^ 0x1021
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}

// zplHex writes rows as hexadecimal digits in the shorthand of ZPL: a letter
// repeats the digit after it, a comma fills a row with blanks, a colon repeats
// the row above.
func zplHex(b *bytes.Buffer, m *Bitmap, x, y, w, h int) {
	var above []byte
	digits := make([]byte, 2*w)
	for row := y; row < y+h; row++ {
		line := m.Bits[row*m.Stride+x : row*m.Stride+x+w]
		if above != nil && bytes.Equal(line, above) {
			b.WriteByte(':')
			continue
		}
		above = line
		for i, v := range line {
			digits[2*i], digits[2*i+1] = hexDigits[v>>4], hexDigits[v&15]
		}
		zplRow(b, digits)
	}
}

func zplRow(b *bytes.Buffer, digits []byte) {
	rest := digits
	for len(rest) > 0 && rest[len(rest)-1] == '0' {
		rest = rest[:len(rest)-1]
	}
	short := len(rest) < len(digits)
	for len(rest) > 0 {
		n := 1
		for n < len(rest) && rest[n] == rest[0] {
			n++
		}
		zplCount(b, n)
		b.WriteByte(rest[0])
		rest = rest[n:]
	}
	if short {
		b.WriteByte(',')
	}
}

// zplCount writes how often the next digit stands: g to z are multiples of 20,
// G to Y are 1 to 19. A single digit needs none.
func zplCount(b *bytes.Buffer, n int) {
	if n == 1 {
		return
	}
	for ; n >= 400; n -= 400 {
		b.WriteByte('z')
	}
	if n >= 20 {
		b.WriteByte(byte('g' + n/20 - 1))
		n %= 20
	}
	if n > 0 {
		b.WriteByte(byte('G' + n - 1))
	}
}
