package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hashmend/backend/atomicfile"
	"hashmend/backend/repair"
)

// save writes labels to where --out names. A file is whole or not there; a link
// stays one, and the file behind it is written. What is no file, such as
// /dev/usb/lp0 or a pipe, is written into: replacing it would cut the printer off.
func save(name string, write func(io.Writer) error) error {
	if isStream(name) {
		return unwritable(name, writeInto(name, write))
	}
	target := name
	if link, err := os.Lstat(name); err == nil && link.Mode()&os.ModeSymlink != 0 {
		if target, err = filepath.EvalSymlinks(name); err != nil {
			return unwritable(name, err)
		}
	}
	return unwritable(name, atomicfile.WriteFrom(target, os.FileMode(0o644), write))
}

// isStream reports whether a name is there and neither a file nor a folder.
func isStream(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

func writeInto(name string, write func(io.Writer) error) error {
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = write(file)
	return errors.Join(err, file.Close())
}

// ending is the language that --out asks for: of a stream without one, such as
// standard output, ZPL, since a printer may be behind it.
func (f labelFlags) ending() string {
	ending := strings.ToLower(filepath.Ext(f.out))
	if ending == "" && (f.out == "-" || isStream(f.out)) {
		return ".zpl"
	}
	return ending
}

// unwritable tells a disk's refusal from a label's and from the table's.
func unwritable(name string, err error) error {
	var known *repair.Error
	var file *os.PathError
	if errors.As(err, &known) || !errors.As(err, &file) {
		return err
	}
	return (&repair.Error{Kind: repair.Unavailable, Code: "file.unwritable"}).With("file", name).Because(err)
}
