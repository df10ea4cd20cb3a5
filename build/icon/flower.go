package main

import (
	"image"
	"image/color"
	"math"
)

// The brand's colours.
var (
	leaf   = color.NRGBA{0x14, 0x80, 0x5A, 0xFF}
	petal  = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	pollen = color.NRGBA{0xF6, 0xC9, 0x45, 0xFF}
	clear  = color.NRGBA{}
)

// at is the colour of the icon at a point of the square from -1 to 1.
func at(x, y float64) color.NRGBA {
	if !inRoundedSquare(x, y) {
		return clear
	}
	if math.Hypot(x, y) < 0.17 {
		return pollen
	}
	const petals = 5
	for i := range petals {
		turn := 2 * math.Pi * float64(i) / petals
		along := x*math.Sin(turn) - y*math.Cos(turn) // outwards
		across := x*math.Cos(turn) + y*math.Sin(turn)
		if inPetal(along, across) {
			return petal
		}
	}
	return leaf
}

func inRoundedSquare(x, y float64) bool {
	const edge, corner = 0.98, 0.42
	dx, dy := math.Abs(x)-(edge-corner), math.Abs(y)-(edge-corner)
	if dx <= 0 || dy <= 0 {
		return math.Max(math.Abs(x), math.Abs(y)) <= edge
	}
	return math.Hypot(dx, dy) <= corner
}

// inPetal is an egg on its tip: narrow at the flower's middle, round outside.
func inPetal(along, across float64) bool {
	const middle, half, width = 0.46, 0.38, 0.22
	t := (along - middle) / half
	if math.Abs(t) > 1 {
		return false
	}
	return math.Abs(across) <= width*(1+0.25*t)*math.Sqrt(1-t*t)
}

// draw paints the icon with soft edges: each pixel is the mean of its points.
func draw(size int) *image.NRGBA {
	const points = 4
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	scale := 2 / float64(size*points)
	for py := range size {
		for px := range size {
			var r, g, b, a int
			for sy := range points {
				for sx := range points {
					c := at(float64(px*points+sx)*scale+scale/2-1, float64(py*points+sy)*scale+scale/2-1)
					n := int(c.A) / 0xFF
					r, g, b, a = r+n*int(c.R), g+n*int(c.G), b+n*int(c.B), a+n
				}
			}
			if a > 0 {
				img.SetNRGBA(px, py, color.NRGBA{uint8(r / a), uint8(g / a), uint8(b / a), uint8(a * 0xFF / (points * points))})
			}
		}
	}
	return img
}
