// Package atomicfile replaces files so that a reader, or the next start after a
// power cut, finds either the old content or the new one, whole.
//
// The new content is written beside the target, synced, renamed over it, and
// the folder is synced.
package atomicfile

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Write replaces the file at path with data.
func Write(path string, data []byte, perm os.FileMode) error {
	f, err := Create(filepath.Dir(path), perm)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(data); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return f.Commit(path)
}

// WriteFrom replaces the file at path with what write produces. When write
// fails the old file stays.
func WriteFrom(path string, perm os.FileMode, write func(io.Writer) error) error {
	f, err := Create(filepath.Dir(path), perm)
	if err != nil {
		return err
	}
	defer f.Abort()
	if err := write(f); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return f.Commit(path)
}

// File is a file without a name yet. End it with Commit, and defer Abort.
type File struct {
	file *os.File
	done bool
}

// Create begins a file in the folder where Commit will name it.
func Create(dir string, perm os.FileMode) (*File, error) {
	file, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return nil, err
	}
	f := &File{file: file}
	if err := file.Chmod(perm); err != nil {
		f.Abort()
		return nil, err
	}
	return f, nil
}

// Write appends to the file.
func (f *File) Write(p []byte) (int, error) { return f.file.Write(p) }

// Commit syncs the file and gives it its name, replacing what has it. The path
// must be on the volume of the folder given to Create.
func (f *File) Commit(path string) error {
	if err := f.file.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", filepath.Base(path), err)
	}
	if err := f.file.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.file.Name(), path); err != nil {
		return err
	}
	f.done = true
	return SyncDir(filepath.Dir(path))
}

// Abort removes the file unless it was committed.
func (f *File) Abort() {
	if f.done {
		return
	}
	f.done = true
	_ = f.file.Close()
	_ = os.Remove(f.file.Name())
}
