package sqlkit

import (
	"errors"

	"github.com/mattn/go-sqlite3"
)

// IsFull reports that the disk, or the file's own limit, is full.
func IsFull(err error) bool { return is(err, sqlite3.ErrFull) }

// IsReadOnly reports that the file or its folder cannot be written.
func IsReadOnly(err error) bool {
	return is(err, sqlite3.ErrReadonly) || is(err, sqlite3.ErrCantOpen) || is(err, sqlite3.ErrPerm)
}

// IsBusy reports that another process kept the file locked for too long.
func IsBusy(err error) bool { return is(err, sqlite3.ErrBusy) || is(err, sqlite3.ErrLocked) }

// IsCorrupt reports that the file is damaged or not a database.
func IsCorrupt(err error) bool { return is(err, sqlite3.ErrCorrupt) || is(err, sqlite3.ErrNotADB) }

// IsForeign reports that a statement does not fit the file's tables: they are not
// those that the migrations make.
func IsForeign(err error) bool { return is(err, sqlite3.ErrError) }

// IsConstraint reports that a unique, check, not-null or foreign key constraint
// refused the row.
func IsConstraint(err error) bool { return is(err, sqlite3.ErrConstraint) }

// endsTransaction reports that SQLite may have rolled the whole transaction back
// with the statement that failed.
func endsTransaction(err error) bool {
	for _, code := range []sqlite3.ErrNo{sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrNomem, sqlite3.ErrBusy, sqlite3.ErrInterrupt, sqlite3.ErrCorrupt} {
		if is(err, code) {
			return true
		}
	}
	return false
}

func is(err error, code sqlite3.ErrNo) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code == code
}
