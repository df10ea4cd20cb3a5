package label

import (
	"bytes"
	"image"
	"image/color"
	_ "image/jpeg" // pictures of a shop are photographs, too
	"image/png"
	"io"
)

// Picture is a grey picture, stretched over its box.
type Picture struct {
	Element string
	Box
	Image *Image
}

// Bounds implements Item.
func (p Picture) Bounds() Box { return p.Box }

// Image is the content of a picture: one byte of grey a pixel, 0 is black.
type Image struct {
	W, H int
	Grey []byte
}

// Limits of a picture: it is to be printed on a label.
const (
	mostPixels       = 4 << 20
	mostPictureBytes = 8 << 20
)

// ReadImage reads a PNG or JPEG on white paper. The size is looked at before the
// pixels are unpacked.
func ReadImage(r io.Reader) (*Image, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostPictureBytes+1))
	if err != nil {
		return nil, ErrPicture.Because(err)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || len(data) > mostPictureBytes || config.Width < 1 || config.Height < 1 || config.Width > mostPixels/config.Height {
		return nil, ErrPicture.Because(err)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, ErrPicture.Because(err)
	}
	b := img.Bounds()
	out := &Image{W: b.Dx(), H: b.Dy(), Grey: make([]byte, b.Dx()*b.Dy())}
	for y := range out.H {
		for x := range out.W {
			r, g, bl, a := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
			grey := (299*r+587*g+114*bl)/1000 + 0xffff - a // the paper shows through
			out.Grey[y*out.W+x] = byte(min(grey, 0xffff) >> 8)
		}
	}
	return out, nil
}

// png is the picture as a file.
func (m *Image) png() []byte {
	img := &image.Gray{Pix: m.Grey, Stride: m.W, Rect: image.Rect(0, 0, m.W, m.H)}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // into memory: cannot fail
	return b.Bytes()
}

// at is the mean grey of the area from (x0, y0) to (x1, y1), in pixels.
func (m *Image) at(x0, y0, x1, y1 float64) Ink {
	fx, fy := min(max(int(x0), 0), m.W-1), min(max(int(y0), 0), m.H-1)
	tx, ty := min(max(int(x1), fx+1), m.W), min(max(int(y1), fy+1), m.H)
	sum, n := 0, 0
	for y := fy; y < ty; y++ {
		for x := fx; x < tx; x++ {
			sum += int(m.Grey[y*m.W+x])
			n++
		}
	}
	return Ink(color.Gray{Y: uint8(sum / n)}.Y)
}
