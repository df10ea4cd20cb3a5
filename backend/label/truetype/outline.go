package truetype

import "encoding/binary"

// Op is what a segment does.
type Op byte

// Operations of an outline. Contours are closed by the next Move or the end.
const (
	Move Op = iota
	Line
	Quad // one control point
)

// Segment is one step of an outline, in font units, y upwards. A Quad bends
// towards (CX, CY).
type Segment struct {
	Op           Op
	CX, CY, X, Y float32
}

// Flags of simple and composite glyphs, as the glyf specification names them.
const (
	onCurve     = 1 << 0
	xShort      = 1 << 1
	yShort      = 1 << 2
	repeatFlag  = 1 << 3
	xSame       = 1 << 4 // or positive, when short
	ySame       = 1 << 5
	wordArgs    = 1 << 0
	argsAreXY   = 1 << 1
	hasScale    = 1 << 3
	moreParts   = 1 << 5
	hasXYScale  = 1 << 6
	has2x2      = 1 << 7
	hasHints    = 1 << 8
	maxNesting  = 6
	f2dot14Unit = 1 << 14
)

// Outline is the shape of a glyph; nil for a space or a damaged glyph.
func (f *Font) Outline(gid int) []Segment {
	return f.outline(nil, gid, [6]float32{1, 0, 0, 1, 0, 0}, 0)
}

func (f *Font) outline(dst []Segment, gid int, m [6]float32, depth int) []Segment {
	data := f.glyphData(gid)
	if data == nil || depth > maxNesting {
		return dst
	}
	if i16(data) >= 0 {
		return simpleOutline(dst, data, m)
	}
	for _, part := range compositeParts(data) {
		a, b, c, d, e, g := part.matrix[0], part.matrix[1], part.matrix[2], part.matrix[3], part.matrix[4], part.matrix[5]
		dst = f.outline(dst, part.gid, [6]float32{
			a*m[0] + b*m[2], a*m[1] + b*m[3],
			c*m[0] + d*m[2], c*m[1] + d*m[3],
			e*m[0] + g*m[2] + m[4], e*m[1] + g*m[3] + m[5],
		}, depth+1)
	}
	return dst
}

type point struct {
	x, y float32
	on   bool
}

func simpleOutline(dst []Segment, data []byte, m [6]float32) []Segment {
	contours := int(i16(data))
	ends, points, ok := simplePoints(data, contours)
	if !ok {
		return dst
	}
	for i := range points {
		p := &points[i]
		p.x, p.y = p.x*m[0]+p.y*m[2]+m[4], p.x*m[1]+p.y*m[3]+m[5]
	}
	from := 0
	for _, end := range ends {
		if end >= from {
			dst = contour(dst, points[from:end+1])
		}
		from = end + 1
	}
	return dst
}

// simplePoints unpacks the flags and deltas of a simple glyph.
func simplePoints(data []byte, contours int) (ends []int, points []point, ok bool) {
	at := 10 + 2*contours
	if len(data) < at+2 || contours == 0 {
		return nil, nil, false
	}
	count := 0
	for i := range contours {
		end := int(binary.BigEndian.Uint16(data[10+2*i:]))
		if end+1 < count {
			return nil, nil, false
		}
		ends, count = append(ends, end), end+1
	}
	at += 2 + int(binary.BigEndian.Uint16(data[at:]))

	flags := make([]byte, 0, count)
	for len(flags) < count {
		if at >= len(data) {
			return nil, nil, false
		}
		flag, times := data[at], 1
		at++
		if flag&repeatFlag != 0 {
			if at >= len(data) {
				return nil, nil, false
			}
			times += int(data[at])
			at++
		}
		for ; times > 0 && len(flags) < count; times-- {
			flags = append(flags, flag)
		}
	}
	points = make([]point, count)
	if at, ok = deltas(data, at, flags, xShort, xSame, func(i int, v float32) { points[i].x = v }); !ok {
		return nil, nil, false
	}
	if _, ok = deltas(data, at, flags, yShort, ySame, func(i int, v float32) { points[i].y = v }); !ok {
		return nil, nil, false
	}
	for i, flag := range flags {
		points[i].on = flag&onCurve != 0
	}
	return ends, points, true
}

func deltas(data []byte, at int, flags []byte, short, same byte, set func(int, float32)) (int, bool) {
	v := 0
	for i, flag := range flags {
		switch {
		case flag&short != 0:
			if at >= len(data) {
				return 0, false
			}
			d := int(data[at])
			at++
			if flag&same == 0 {
				d = -d
			}
			v += d
		case flag&same == 0:
			if at+2 > len(data) {
				return 0, false
			}
			v += int(i16(data[at:]))
			at += 2
		}
		set(i, float32(v))
	}
	return at, true
}

// contour turns on- and off-curve points into segments: between two off-curve
// points lies an implied one on the curve.
func contour(dst []Segment, pts []point) []Segment {
	start, first := pts[0], 1
	if !start.on {
		last := pts[len(pts)-1]
		first = 0
		start = last
		if !last.on {
			start = point{(pts[0].x + last.x) / 2, (pts[0].y + last.y) / 2, true}
		}
	}
	dst = append(dst, Segment{Op: Move, X: start.x, Y: start.y})
	var ctrl point
	pending := false
	for _, p := range pts[first:] {
		switch {
		case p.on && pending:
			dst = append(dst, Segment{Quad, ctrl.x, ctrl.y, p.x, p.y})
			pending = false
		case p.on:
			dst = append(dst, Segment{Op: Line, X: p.x, Y: p.y})
		case pending:
			dst = append(dst, Segment{Quad, ctrl.x, ctrl.y, (ctrl.x + p.x) / 2, (ctrl.y + p.y) / 2})
			ctrl = p
		default:
			ctrl, pending = p, true
		}
	}
	if pending {
		return append(dst, Segment{Quad, ctrl.x, ctrl.y, start.x, start.y})
	}
	return append(dst, Segment{Op: Line, X: start.x, Y: start.y})
}

// part is one component of a composite glyph. gidAt is where its id stands in
// the glyph's data, for renumbering.
type part struct {
	gid, gidAt int
	flags      uint16
	flagsAt    int
	end        int
	matrix     [6]float32
}

func compositeParts(data []byte) []part {
	var parts []part
	at := 10
	for {
		if at+4 > len(data) {
			return parts
		}
		p := part{flags: binary.BigEndian.Uint16(data[at:]), flagsAt: at, gidAt: at + 2, matrix: [6]float32{1, 0, 0, 1, 0, 0}}
		p.gid = int(binary.BigEndian.Uint16(data[at+2:]))
		at += 4
		size := 2
		if p.flags&wordArgs != 0 {
			size = 4
		}
		scale := 0
		switch {
		case p.flags&hasScale != 0:
			scale = 2
		case p.flags&hasXYScale != 0:
			scale = 4
		case p.flags&has2x2 != 0:
			scale = 8
		}
		if at+size+scale > len(data) {
			return parts
		}
		p.place(data[at:at+size], data[at+size:at+size+scale])
		at += size + scale
		p.end = at
		parts = append(parts, p)
		if p.flags&moreParts == 0 {
			return parts
		}
	}
}

func (p *part) place(args, scale []byte) {
	if p.flags&argsAreXY != 0 {
		if len(args) == 4 {
			p.matrix[4], p.matrix[5] = float32(i16(args)), float32(i16(args[2:]))
		} else {
			p.matrix[4], p.matrix[5] = float32(int8(args[0])), float32(int8(args[1]))
		}
	}
	f := func(i int) float32 { return float32(i16(scale[2*i:])) / f2dot14Unit }
	switch len(scale) {
	case 2:
		p.matrix[0], p.matrix[3] = f(0), f(0)
	case 4:
		p.matrix[0], p.matrix[3] = f(0), f(1)
	case 8:
		p.matrix[0], p.matrix[1], p.matrix[2], p.matrix[3] = f(0), f(1), f(2), f(3)
	}
}
