package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// scene is a picture with one dark corner, top left.
func scene(w, h int) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			p.Set(x, y, color.White)
			if x < w/4 && y < h/4 {
				p.Set(x, y, color.Black)
			}
		}
	}
	return p
}

func asJPEG(t *testing.T, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t *testing.T, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// marked puts a segment behind the start of a JPEG.
func marked(data []byte, marker byte, body string) []byte {
	out := append([]byte{}, data[:2]...)
	out = append(out, 0xff, marker, byte((len(body)+2)>>8), byte(len(body)+2))
	out = append(out, body...)
	return append(out, data[2:]...)
}

// chunked puts a chunk before the last one of a PNG.
func chunked(data []byte, kind, body string) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(chunk, kind+body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE([]byte(kind+body)))
	last := len(data) - 12
	return append(append(append([]byte{}, data[:last]...), chunk...), data[last:]...)
}

// exif is a heading, which side is up, and a secret place.
func exif(side byte) string {
	return exifHeading + "II*\x00\x08\x00\x00\x00\x02\x00" +
		"\x12\x01\x03\x00\x01\x00\x00\x00" + string([]byte{side, 0, 0, 0}) +
		"\x25\x88\x04\x00\x01\x00\x00\x00\x40\x00\x00\x00\x00\x00\x00\x00" + "SECRET 51.18N 71.44E"
}

func pixels(t *testing.T, data []byte) image.Image {
	t.Helper()
	p, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func same(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

func TestAPictureTellsOnlyWhatItShows(t *testing.T) {
	plain := asJPEG(t, scene(64, 48))
	told := marked(marked(marked(marked(plain, app1, exif(6)), app1, "http://ns.adobe.com/xap/1.0/\x00<SECRET/>"), 0xed, "Photoshop 3.0\x00SECRET"), comment, "SECRET")
	told = append(told, "SECRET behind the end"...)
	png := asPNG(t, scene(64, 48))
	toldPNG := png
	for _, kind := range []string{"eXIf", "tEXt", "iTXt", "zTXt", "tIME"} {
		toldPNG = chunked(toldPNG, kind, "SECRET")
	}
	toldPNG = append(toldPNG, "SECRET behind the end"...)
	for name, p := range map[string]struct{ plain, told []byte }{"JPEG": {plain, told}, "PNG": {png, toldPNG}} {
		clean := Clean(p.told)
		if bytes.Contains(clean, []byte("SECRET")) {
			t.Errorf("%s: the secret is still in it", name)
		}
		if !same(pixels(t, clean), pixels(t, p.plain)) {
			t.Errorf("%s: the picture has changed", name)
		}
		if !bytes.Equal(Clean(clean), clean) {
			t.Errorf("%s: cleaning what is clean changes it", name)
		}
	}
	if list, ok := segments(Clean(told)); !ok || orientation(list) != 6 {
		t.Error("which side is up is lost")
	}
}

func TestWhatIsBrokenComesBackAsItWas(t *testing.T) {
	whole := marked(asJPEG(t, scene(64, 48)), app1, exif(1))
	for _, data := range [][]byte{nil, []byte("text"), whole[:30], whole[:len(whole)-2], append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, 0}, whole...), asPNG(t, scene(8, 8))[:40]} {
		if got := Clean(data); !bytes.Equal(got, data) {
			t.Errorf("%d bytes became %d", len(data), len(got))
		}
	}
}

func TestAPreviewIsSmallUprightAndNothingElse(t *testing.T) {
	dark := map[byte]image.Point{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}}
	for side, corner := range dark {
		got, err := Preview(marked(asJPEG(t, scene(1600, 200)), app1, exif(side)))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(got, []byte("SECRET")) {
			t.Error("the secret is in the preview")
		}
		p := pixels(t, got)
		w, h := p.Bounds().Dx(), p.Bounds().Dy()
		if max(w, h) != 1280 || (w > h) != (side < 5) {
			t.Errorf("side %d: %d by %d", side, w, h)
		}
		for _, c := range []image.Point{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
			r, _, _, _ := p.At(c.X*(w-1), c.Y*(h-1)).RGBA()
			if (r < 0x4000) != (c == corner) {
				t.Errorf("side %d: corner %v has brightness %x", side, c, r)
			}
		}
	}
}

// A file of a hundred bytes may claim to be a wall of pixels: it is not drawn.
func TestAPictureThatIsTooLargeIsNotDrawn(t *testing.T) {
	bomb := asPNG(t, scene(1, 1))
	binary.BigEndian.PutUint32(bomb[16:], 60000)
	binary.BigEndian.PutUint32(bomb[20:], 60000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	if config, err := png.DecodeConfig(bytes.NewReader(bomb)); err != nil || config.Width != 60000 {
		t.Fatalf("the bomb is a dud: %v", err)
	}
	for _, data := range [][]byte{bomb, wall(t, 7500, 7000), nil, []byte("%PDF-1.7"), []byte("GIF89a"), asPNG(t, scene(8, 8))[:50]} {
		if _, err := Preview(data); !errors.Is(err, ErrNoPicture) {
			t.Errorf("%.8q: %v", data, err)
		}
	}
}

// wall is a sound PNG of so many pixels, all black, of one bit each.
func wall(t *testing.T, w, h int) []byte {
	t.Helper()
	head := binary.BigEndian.AppendUint32(nil, uint32(w))
	head = binary.BigEndian.AppendUint32(head, uint32(h))
	var rows bytes.Buffer
	z := zlib.NewWriter(&rows)
	if _, err := z.Write(make([]byte, h*(1+(w+7)/8))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	frame := append(append([]byte{}, pngHead...), "\x00\x00\x00\x00IEND\xaeB`\x82"...)
	return chunked(chunked(frame, "IHDR", string(head)+"\x01\x00\x00\x00\x00"), "IDAT", rows.String())
}

func FuzzClean(f *testing.F) {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, scene(8, 8), nil)
	f.Add(marked(b.Bytes(), app1, exif(3)))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x00IEND"))
	f.Fuzz(func(t *testing.T, data []byte) {
		clean := Clean(data)
		if !bytes.Equal(Clean(clean), clean) {
			t.Error("cleaning what is clean changes it")
		}
		_, _ = Preview(data[:min(len(data), 4096)])
	})
}
