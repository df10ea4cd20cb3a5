package photo

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

const (
	maxPixels   = 50 << 20 // of a picture that is drawn: about 200 MB for a moment
	previewSide = 1280
)

// ErrNoPicture means that there is nothing to show: no JPEG or PNG, a broken one,
// or one with more pixels than a camera has.
var ErrNoPicture = errors.New("no picture that can be shown")

// Preview draws a JPEG or PNG anew, upright and at most 1280 pixels long, as a JPEG:
// of what was in the file only what is seen remains.
func Preview(data []byte) ([]byte, error) {
	config, decode := jpeg.DecodeConfig, jpeg.Decode
	side := 0
	switch {
	case bytes.HasPrefix(data, pngHead):
		config, decode = png.DecodeConfig, png.Decode
	case bytes.HasPrefix(data, jpegHead):
		if list, ok := segments(data); ok {
			side = orientation(list)
		}
	default:
		return nil, ErrNoPicture
	}
	size, err := config(bytes.NewReader(data))
	if err != nil || size.Width < 1 || size.Height < 1 || int64(size.Width)*int64(size.Height) > maxPixels {
		return nil, ErrNoPicture
	}
	picture, err := decode(bytes.NewReader(data))
	if err != nil {
		return nil, ErrNoPicture
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, turn(shrink(picture), side), &jpeg.Options{Quality: 80})
	return out.Bytes(), err
}

// shrink draws a picture on white, no longer than a preview.
func shrink(picture image.Image) *image.RGBA {
	w, h := picture.Bounds().Dx(), picture.Bounds().Dy()
	if long := max(w, h); long > previewSide {
		w, h = max(1, w*previewSide/long), max(1, h*previewSide/long)
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(small, small.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(small, small.Bounds(), picture, picture.Bounds(), draw.Over, nil)
	return small
}

// turn puts upright what Exif says lies on a side: 2 to 8 are its turns and mirrors.
func turn(p *image.RGBA, side int) *image.RGBA {
	if side < 2 || side > 8 {
		return p
	}
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if side >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			to := [...]image.Point{2: {X: w - 1 - x, Y: y}, 3: {X: w - 1 - x, Y: h - 1 - y}, 4: {X: x, Y: h - 1 - y},
				5: {X: y, Y: x}, 6: {X: h - 1 - y, Y: x}, 7: {X: h - 1 - y, Y: w - 1 - x}, 8: {X: y, Y: w - 1 - x}}[side]
			out.SetRGBA(to.X, to.Y, p.RGBAAt(x, y))
		}
	}
	return out
}
