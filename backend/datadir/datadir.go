package datadir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"hashmend/backend/repair"
)

// What may stand in the way of a data folder.
var (
	ErrInUse    = &repair.Error{Kind: repair.Conflict, Code: "data_folder.in_use"}       // args: dir
	ErrReadOnly = &repair.Error{Kind: repair.Unavailable, Code: "data_folder.read_only"} // args: dir
	ErrUnusable = &repair.Error{Kind: repair.Unavailable, Code: "data_folder.unusable"}  // args: dir
	ErrDiskFull = &repair.Error{Kind: repair.Unavailable, Code: "data_folder.disk_full"} // args: dir
)

// lockName is the file whose lock says that the folder is taken. Its content
// means nothing, and it stays when the program ends.
const lockName = "in-use.lock"

// Default is the data folder when nobody names another: the platform's place
// for a program's own files.
func Default() (string, error) {
	if runtime.GOOS == "linux" {
		if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return filepath.Join(dir, "hashmend"), nil
		}
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		return filepath.Join(home, ".local", "share", "hashmend"), nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "Hashmend"), nil
}

// Folder is a data folder that this process holds. Use Take.
type Folder struct {
	Dir  string
	lock *os.File
}

// Take makes the folder if need be, readable by its owner only, and holds it
// until Release or the end of the process, however it ends. A folder that another
// program copies away, or that lies on another machine, is refused untouched.
func Take(dir string) (*Folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, ErrUnusable.With("dir", dir).Because(err)
	}
	if err := misplaced(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, refusal(dir, err)
	}
	lock, err := os.OpenFile(filepath.Join(dir, lockName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, refusal(dir, err)
	}
	if err := tryLock(lock); err != nil {
		_ = lock.Close()
		if errors.Is(err, errTaken) {
			return nil, ErrInUse.With("dir", dir)
		}
		return nil, ErrUnusable.With("dir", dir).Because(err)
	}
	if err := writable(dir); err != nil {
		_ = lock.Close()
		return nil, refusal(dir, err)
	}
	return &Folder{Dir: dir, lock: lock}, nil
}

// Release lets the next program have the folder.
func (f *Folder) Release() error { return f.lock.Close() }

// writable proves that a byte can be kept here now, which neither the mode nor
// the lock tells: a read-only mount and a full disk look alike until one writes.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".probe-")
	if err != nil {
		return err
	}
	_, werr := f.Write(make([]byte, 4096))
	cerr := f.Close()
	return errors.Join(werr, cerr, os.Remove(f.Name()))
}

// refusal names what a person can do something about.
func refusal(dir string, err error) error {
	switch {
	case isDiskFull(err):
		return ErrDiskFull.With("dir", dir).Because(err)
	case errors.Is(err, fs.ErrPermission), isReadOnly(err):
		return ErrReadOnly.With("dir", dir).Because(err)
	}
	return ErrUnusable.With("dir", dir).Because(err)
}
