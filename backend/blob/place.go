package blob

import (
	"context"
	"io"
)

// Place is where a centre keeps its files: a folder, or a bucket. Uploads grow
// at Append; Finish keeps a whole one under its hash.
type Place interface {
	Append(ctx context.Context, id string, offset, size int64, r io.Reader) (int64, error)
	Head(id string, n int) ([]byte, error)
	Finish(ctx context.Context, id, hash string, size int64) error
	Drop(id string) error
	Open(ctx context.Context, hash string) (io.ReadSeekCloser, error)
	// Reachable reports what keeps the place from being used: nil, or the reason.
	Reachable(ctx context.Context) error
}

// Folder is a Store as a Place.
type Folder struct{ *Store }

var _ Place = Folder{}

// Open opens a kept file for reading. The caller closes it.
func (f Folder) Open(_ context.Context, hash string) (io.ReadSeekCloser, error) {
	file, err := f.Store.Open(hash)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// Reachable is always so: a folder is there or the program does not start.
func (f Folder) Reachable(context.Context) error { return nil }
