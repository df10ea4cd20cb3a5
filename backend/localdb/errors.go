package localdb

import (
	"errors"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

// What may be wrong with the files themselves. Args["file"] names which.
var (
	ErrNewer    = &repair.Error{Kind: repair.Unavailable, Code: "data.newer"}
	ErrCorrupt  = &repair.Error{Kind: repair.Unavailable, Code: "data.corrupt"}
	ErrDiskFull = &repair.Error{Kind: repair.Unavailable, Code: "data.disk_full"}
	ErrReadOnly = &repair.Error{Kind: repair.Unavailable, Code: "data.read_only"}
	ErrBusy     = &repair.Error{Kind: repair.Unavailable, Code: "data.busy"}
)

// coded gives an error of the store the code a person can understand. What has
// one already, and what is a fault of the program, passes unchanged.
func coded(err error, file string) error {
	var known *repair.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	for _, row := range []struct {
		is    bool
		coded *repair.Error
	}{
		{errors.Is(err, sqlkit.ErrNewer), ErrNewer},
		{sqlkit.IsCorrupt(err), ErrCorrupt},
		{sqlkit.IsFull(err), ErrDiskFull},
		{sqlkit.IsReadOnly(err), ErrReadOnly},
		{sqlkit.IsBusy(err), ErrBusy},
	} {
		if row.is {
			return row.coded.With("file", file).Because(err)
		}
	}
	return err
}

// notFound is a thing that this PC does not know.
func notFound(code, id string) error {
	return (&repair.Error{Kind: repair.NotFound, Code: code}).With("id", id)
}
