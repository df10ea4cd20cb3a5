package label

// pdfIndex is where every object of a PDF is, in the rows of its index. It grows
// by blocks, so that a long document never holds it twice.
type pdfIndex struct {
	blocks []*[indexBlock][indexRow]byte
	n      int
}

const (
	indexRow   = 7 // kind, five bytes of place, place in a stream of objects
	indexBlock = 4096
)

// Kinds of a row.
const (
	rowFree   = 0
	rowPlain  = 1 // at an offset in the file
	rowPacked = 2 // the nth of a stream of objects
)

// add appends a row and answers the number of its object.
func (x *pdfIndex) add(kind byte, at int64, n uint8) int {
	if x.n%indexBlock == 0 {
		x.blocks = append(x.blocks, new([indexBlock][indexRow]byte))
	}
	x.n++
	x.set(x.n, kind, at, n)
	return x.n
}

// set says where a numbered object is.
func (x *pdfIndex) set(id int, kind byte, at int64, n uint8) {
	x.blocks[(id-1)/indexBlock][(id-1)%indexBlock] = row(kind, at, n)
}

// moved says in which stream a packed object is, now that it is known.
func (x *pdfIndex) moved(id, stream int) {
	r := &x.blocks[(id-1)/indexBlock][(id-1)%indexBlock]
	*r = row(rowPacked, int64(stream), r[indexRow-1])
}

// rows gives the index from object 0 on, and at its end a row of its own.
func (x *pdfIndex) rows(start int64) []byte {
	out := make([]byte, 0, indexRow*(x.n+2))
	add := func(r [indexRow]byte) { out = append(out, r[:]...) }
	add(row(rowFree, 0, 255))
	for i := range x.n {
		add(x.blocks[i/indexBlock][i%indexBlock])
	}
	add(row(rowPlain, start, 0))
	return out
}

func row(kind byte, at int64, n uint8) [indexRow]byte {
	return [indexRow]byte{kind, byte(at >> 32), byte(at >> 24), byte(at >> 16), byte(at >> 8), byte(at), n}
}
