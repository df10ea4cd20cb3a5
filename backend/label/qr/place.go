package qr

import (
	"math/bits"
	"sync"
)

// grid is a symbol, once by rows and once by columns: bit x of rows[y] is bit y
// of cols[x].
type grid struct{ rows, cols [17 + 4*largest]uint64 }

func (g *grid) set(x, y int) {
	g.rows[y] |= 1 << x
	g.cols[x] |= 1 << y
}

// frame is what all symbols of a version share.
type frame struct {
	n     int
	dark  grid    // finders, timing, alignment, version
	masks [8]grid // what a mask turns over, outside the patterns
	order []spot  // where the bits of the code words go
}

type spot struct{ x, y uint8 }

var (
	framesMu sync.Mutex
	frames   [largest + 1]*frame
)

func frameOf(version int) *frame {
	framesMu.Lock()
	defer framesMu.Unlock()
	if frames[version] == nil {
		frames[version] = newFrame(version)
	}
	return frames[version]
}

func newFrame(version int) *frame {
	f := &frame{n: 17 + 4*version}
	n := f.n
	var used grid
	square := func(cx, cy, reach int, dark func(ring int) bool) {
		for y := max(cy-reach, 0); y <= min(cy+reach, n-1); y++ {
			for x := max(cx-reach, 0); x <= min(cx+reach, n-1); x++ {
				used.set(x, y)
				if dark(max(abs(x-cx), abs(y-cy))) {
					f.dark.set(x, y)
				}
			}
		}
	}
	for _, c := range [][2]int{{3, 3}, {n - 4, 3}, {3, n - 4}} {
		square(c[0], c[1], 4, func(ring int) bool { return ring != 2 && ring != 4 })
	}
	for _, x := range alignment[version] {
		for _, y := range alignment[version] {
			if used.rows[y]>>x&1 == 0 {
				square(x, y, 2, func(ring int) bool { return ring != 1 })
			}
		}
	}
	for i := 8; i < n-8; i++ {
		used.set(i, 6)
		used.set(6, i)
		if i%2 == 0 {
			f.dark.set(i, 6)
			f.dark.set(6, i)
		}
	}
	for i := range 8 { // the place of the format
		used.set(i, 8)
		used.set(8, i)
		used.set(n-1-i, 8)
		used.set(8, n-1-i)
	}
	used.set(8, 8)
	f.dark.set(8, n-8)
	if version >= 7 {
		value := checked(version, 12, 0x1F25)
		for i := range 18 {
			for _, at := range [][2]int{{i / 3, n - 11 + i%3}, {n - 11 + i%3, i / 3}} {
				used.set(at[0], at[1])
				if value>>i&1 != 0 {
					f.dark.set(at[0], at[1])
				}
			}
		}
	}
	for y := range n {
		for x := range n {
			if used.rows[y]>>x&1 != 0 {
				continue
			}
			for m, turns := range masks {
				if turns(x, y) {
					f.masks[m].set(x, y)
				}
			}
		}
	}
	f.order = order(n, &used)
	return f
}

// order runs upwards and downwards in double columns, from the right.
func order(n int, used *grid) (spots []spot) {
	up := true
	for x := n - 1; x > 0; x -= 2 {
		if x == 6 { // the timing column is skipped
			x--
		}
		for i := range n {
			y := i
			if up {
				y = n - 1 - i
			}
			for _, x := range []int{x, x - 1} {
				if used.rows[y]>>x&1 == 0 {
					spots = append(spots, spot{uint8(x), uint8(y)})
				}
			}
		}
		up = !up
	}
	return spots
}

var masks = [8]func(x, y int) bool{
	func(x, y int) bool { return (x+y)%2 == 0 },
	func(_, y int) bool { return y%2 == 0 },
	func(x, _ int) bool { return x%3 == 0 },
	func(x, y int) bool { return (x+y)%3 == 0 },
	func(x, y int) bool { return (y/2+x/3)%2 == 0 },
	func(x, y int) bool { return x*y%2+x*y%3 == 0 },
	func(x, y int) bool { return (x*y%2+x*y%3)%2 == 0 },
	func(x, y int) bool { return ((x+y)%2+x*y%3)%2 == 0 },
}

// place lays the code words into the symbol under the mask that disturbs a
// scanner least, and answers its rows.
func place(words []byte, version int, level Level) [17 + 4*largest]uint64 {
	f := frameOf(version)
	var data grid
	for i := range 8 * len(words) {
		if words[i/8]<<(i%8)&0x80 != 0 {
			data.set(int(f.order[i].x), int(f.order[i].y))
		}
	}
	var best, g grid
	least := -1
	for m := range f.masks {
		mask := &f.masks[m]
		for i := range f.n {
			g.rows[i] = f.dark.rows[i] | data.rows[i] ^ mask.rows[i]
			g.cols[i] = f.dark.cols[i] | data.cols[i] ^ mask.cols[i]
		}
		f.format(&g, level, m)
		if p := penalty(&g, f.n, least); least < 0 || p < least {
			best, least = g, p
		}
	}
	return best.rows
}

// format writes level and mask, twice.
func (f *frame) format(g *grid, level Level, mask int) {
	value := checked([...]int{L: 1, M: 0, Q: 3, H: 2}[level]<<3|mask, 10, 0x537) ^ 0x5412
	n := f.n
	for i := range 15 {
		if value>>i&1 == 0 {
			continue
		}
		switch {
		case i < 6:
			g.set(8, i)
		case i < 8:
			g.set(8, i+1)
		case i == 8:
			g.set(7, 8)
		default:
			g.set(14-i, 8)
		}
		if i < 8 {
			g.set(n-1-i, 8)
		} else {
			g.set(8, n-15+i)
		}
	}
}

// checked appends check bits to a value.
func checked(value, checks, generator int) int {
	rest := value << checks
	for bits.Len(uint(rest)) > checks {
		rest ^= generator << (bits.Len(uint(rest)) - checks - 1)
	}
	return value<<checks | rest
}

func abs(v int) int { return max(v, -v) }
