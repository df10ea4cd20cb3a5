package wreck

import "encoding/binary"

// Kinds of pages of a tree.
const (
	indexInner = 2
	tableInner = 5
	indexLeaf  = 10
	tableLeaf  = 13
)

// cell is one entry of a page: where it leads, and the row in it.
type cell struct {
	child   uint32
	rowid   int64
	payload []byte
	whole   bool     // the payload could be read to its end
	chain   []uint32 // pages that it goes on in
}

func isLeaf(kind byte) bool { return kind == indexLeaf || kind == tableLeaf }

// kindOf gives the kind of a page and where its header begins.
func kindOf(n uint32, p []byte) (kind byte, head int) {
	if n == 1 {
		head = 100
	}
	return p[head], head
}

// cells reads the entries of a page as those of a kind. An entry that makes no
// sense is left out; right is where an inner page ends, 0 for a leaf.
func (f *File) cells(p []byte, head int, kind byte) (out []cell, right uint32) {
	first := head + 8
	if !isLeaf(kind) {
		right = binary.BigEndian.Uint32(p[head+8:])
		first += 4
	}
	count := int(binary.BigEndian.Uint16(p[head+3:]))
	for i := 0; i < count && first+2*i+2 <= len(p); i++ {
		at := int(binary.BigEndian.Uint16(p[first+2*i:]))
		if at < first || at >= len(p) {
			continue
		}
		if c, ok := f.cell(p[at:], kind); ok {
			out = append(out, c)
		}
	}
	return out, right
}

func (f *File) cell(b []byte, kind byte) (c cell, ok bool) {
	if kind == indexInner || kind == tableInner {
		if len(b) < 4 {
			return c, false
		}
		c.child = binary.BigEndian.Uint32(b)
		b = b[4:]
	}
	if kind == tableInner {
		_, n := varint(b)
		return c, n > 0
	}
	size, n := varint(b)
	if n == 0 || size < 0 || size > int64(f.pages)*pageSize {
		return c, false
	}
	b = b[n:]
	if kind == tableLeaf {
		if c.rowid, n = varint(b); n == 0 {
			return c, false
		}
		b = b[n:]
	}
	local := localSize(int(size), kind)
	if local > len(b) {
		return c, false
	}
	c.payload = append([]byte(nil), b[:local]...)
	c.whole = local == int(size)
	if !c.whole {
		if len(b) < local+4 {
			return c, false
		}
		f.follow(&c, binary.BigEndian.Uint32(b[local:]), int(size))
	}
	return c, true
}

// localSize is how much of a payload stands on the page itself.
func localSize(size int, kind byte) int {
	const usable = pageSize
	most, least := usable-35, (usable-12)*32/255-23
	if kind != tableLeaf {
		most = (usable-12)*64/255 - 23
	}
	if size <= most {
		return size
	}
	if k := least + (size-least)%(usable-4); k <= most {
		return k
	}
	return least
}

// follow reads the rest of a payload from its chain of pages.
func (f *File) follow(c *cell, next uint32, size int) {
	for len(c.payload) < size {
		p := f.page(next)
		if p == nil || len(c.chain)*(pageSize-4) > size {
			return
		}
		c.chain = append(c.chain, next)
		c.payload = append(c.payload, p[4:4+min(pageSize-4, size-len(c.payload))]...)
		next = binary.BigEndian.Uint32(p)
	}
	c.whole = next == 0
}

// varint reads SQLite's number of one to nine bytes; n is 0 when it is cut off.
func varint(b []byte) (v int64, n int) {
	var u uint64
	for i := 0; i < 9; i++ {
		if i >= len(b) {
			return 0, 0
		}
		if i == 8 {
			return int64(u<<8 | uint64(b[i])), 9
		}
		u = u<<7 | uint64(b[i]&0x7f)
		if b[i] < 0x80 {
			return int64(u), i + 1
		}
	}
	return 0, 0
}

// free are the pages that the file says hold nothing any more. A list that does
// not agree with itself is damaged, and names nobody: a page too many is read
// rather than one too few.
func (f *File) free() map[uint32]bool {
	p := f.page(1)
	if p == nil {
		return nil
	}
	out := map[uint32]bool{}
	count := int(binary.BigEndian.Uint32(p[36:]))
	for trunk := binary.BigEndian.Uint32(p[32:]); trunk != 0; {
		p := f.page(trunk)
		if p == nil || out[trunk] {
			return nil
		}
		leaves := int(binary.BigEndian.Uint32(p[4:]))
		if leaves > pageSize/4-2 {
			return nil
		}
		out[trunk] = true
		for i := range leaves {
			leaf := binary.BigEndian.Uint32(p[8+4*i:])
			if leaf < 2 || leaf > f.pages || out[leaf] {
				return nil
			}
			out[leaf] = true
		}
		trunk = binary.BigEndian.Uint32(p)
	}
	if len(out) != count {
		return nil
	}
	return out
}
