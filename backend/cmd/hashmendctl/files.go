package main

import (
	"io"
	"os"

	"hashmend/backend/repair"
)

// errNotAFile means a pipe, a device or a folder: nobody knows whether reading it
// would ever end.
var errNotAFile = &repair.Error{Kind: repair.Invalid, Code: "file.not_ordinary"} // args: name

// openFile opens an ordinary file.
func openFile(name string) (*os.File, error) {
	info, err := os.Stat(name) // before it is opened: opening a pipe waits for who writes it
	if err != nil {
		return nil, noFile(name, err)
	}
	if !info.Mode().IsRegular() {
		return nil, errNotAFile.With("name", name)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, noFile(name, err)
	}
	return file, nil
}

// readFile reads an ordinary file to its end.
func readFile(name string) ([]byte, error) {
	file, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	content, err := io.ReadAll(file)
	if err != nil {
		return nil, noFile(name, err)
	}
	return content, nil
}

// noFile is a file that cannot be read.
func noFile(name string, err error) error {
	e := &repair.Error{Kind: repair.Unavailable, Code: "file.unreadable"}
	if os.IsNotExist(err) {
		e = &repair.Error{Kind: repair.NotFound, Code: "file.not_found"}
	}
	return e.With("file", name, "name", name).Because(err)
}
