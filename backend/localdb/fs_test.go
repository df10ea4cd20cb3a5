package localdb

import (
	"fmt"
	"io/fs"
	"testing/fstest"
)

// newer is the migrations of a program far ahead of this one.
type newer struct{}

func (newer) Open(name string) (fs.File, error) { return all().Open(name) }

func all() fstest.MapFS {
	out := fstest.MapFS{}
	for i := 1; i <= 99; i++ {
		out[fmt.Sprintf("%04d_step.sql", i)] = &fstest.MapFile{Data: []byte("SELECT 1")}
	}
	return out
}

// empty is a folder without statements.
type empty struct{}

func (empty) Open(name string) (fs.File, error) { return fstest.MapFS{}.Open(name) }
