package wreck

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// pageSize is that of every file this program makes.
const pageSize = 4096

// File is a database file with its write-ahead log laid over it. Use Open.
type File struct {
	main, log *os.File
	pages     uint32           // how many there are
	overlay   map[uint32]int64 // page → where its newest content stands in the log
}

// Open opens a file, and the log beside it if there is one, for reading only.
func Open(path string) (*File, error) {
	main, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f := &File{main: main, overlay: map[uint32]int64{}}
	info, err := main.Stat()
	if err != nil {
		return nil, errors.Join(err, main.Close())
	}
	f.pages = uint32((info.Size() + pageSize - 1) / pageSize)
	f.log, err = os.Open(path + "-wal")
	switch {
	case errors.Is(err, os.ErrNotExist):
		return f, nil
	case err != nil:
		return nil, errors.Join(err, main.Close())
	}
	f.layLog()
	return f, nil
}

// Close closes the files.
func (f *File) Close() error {
	err := f.main.Close()
	if f.log != nil {
		err = errors.Join(err, f.log.Close())
	}
	return err
}

// Version is the file's user_version; 0 when its first page is gone.
func (f *File) Version() int {
	p := f.page(1)
	if p == nil || string(p[:16]) != "SQLite format 3\x00" {
		return 0
	}
	return int(binary.BigEndian.Uint32(p[60:]))
}

// Pages gives every page as it stands with the log laid over it, nil for one that
// cannot be read.
func (f *File) Pages(yield func(n uint32, content []byte)) {
	for n := uint32(1); n <= f.pages; n++ {
		yield(n, f.page(n))
	}
}

// page reads one page, nil when there is none. What a cut-off file lacks of its
// last page is zero.
func (f *File) page(n uint32) []byte {
	if n == 0 || n > f.pages {
		return nil
	}
	p := make([]byte, pageSize)
	from, at := f.main, int64(n-1)*pageSize
	if in, ok := f.overlay[n]; ok {
		from, at = f.log, in
	}
	got, err := from.ReadAt(p, at)
	if got == 0 || err != nil && !errors.Is(err, io.EOF) {
		return nil // a bad sector, or behind the end
	}
	return p
}

const (
	logHeader   = 32
	frameHeader = 24
	frameSize   = frameHeader + pageSize
)

// layLog finds the newest content of each page up to the last commit that can be
// trusted. SQLite stops at the first damaged frame; here a later commit whose own
// sum is right still counts, for the frames between bear the log's own mark.
func (f *File) layLog() {
	head := make([]byte, logHeader)
	if _, err := f.log.ReadAt(head, 0); err != nil {
		return
	}
	var order binary.ByteOrder = binary.LittleEndian
	if head[3]&1 == 1 {
		order = binary.BigEndian
	}
	salt := string(head[16:24])
	a, b := sum(order, head[:24], 0, 0)
	if a != binary.BigEndian.Uint32(head[24:]) || b != binary.BigEndian.Uint32(head[28:]) {
		first := make([]byte, frameHeader) // the header is damaged: the first frame tells its mark
		if _, err := f.log.ReadAt(first, logHeader); err != nil {
			return
		}
		salt = string(first[8:16])
		a, b = 0, 0
	}
	pending := map[uint32]int64{}
	frame := make([]byte, frameSize)
	for at := int64(logHeader); ; at += frameSize {
		if _, err := io.ReadFull(io.NewSectionReader(f.log, at, frameSize), frame); err != nil {
			return
		}
		page, size := binary.BigEndian.Uint32(frame), binary.BigEndian.Uint32(frame[4:])
		ours := string(frame[8:16]) == salt
		c, d := sum(order, frame[:8], a, b)
		c, d = sum(order, frame[frameHeader:], c, d)
		a, b = binary.BigEndian.Uint32(frame[16:]), binary.BigEndian.Uint32(frame[20:])
		if !ours || page == 0 {
			continue
		}
		pending[page] = at + frameHeader
		if size == 0 || a != c || b != d {
			continue
		}
		for n, where := range pending {
			f.overlay[n] = where
		}
		clear(pending)
		f.pages = size
	}
}

// sum goes on with the log's sum over whole pairs of words.
func sum(order binary.ByteOrder, data []byte, a, b uint32) (uint32, uint32) {
	for i := 0; i+8 <= len(data); i += 8 {
		a += order.Uint32(data[i:]) + b
		b += order.Uint32(data[i+4:]) + a
	}
	return a, b
}
