package datadir

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

var errTaken error = windows.ERROR_LOCK_VIOLATION

// tryLock takes the file's lock or fails with errTaken. The lock belongs to the
// open file, so it goes when the process does.
func tryLock(f *os.File) error {
	return windows.LockFileEx(windows.Handle(f.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, new(windows.Overlapped))
}

func isDiskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

func isReadOnly(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
