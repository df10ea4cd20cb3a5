package app

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// selfCheck is one thing that a build must be able to do on the machine it landed
// on. It works in a folder of its own and says in a few words what it saw.
type selfCheck struct {
	name string
	run  func(dir string) (string, error)
}

// SelfTest tries the program's parts on this machine without a window or a
// network, one line each, and fails if one of them does. If picture names a file,
// the label is drawn there as a label printer would print it, for a scanner to read.
func SelfTest(out io.Writer, picture string) error {
	selfChecks := []selfCheck{
		{"data folder", checkFolder},
		{"databases", checkDatabases},
		{"search", checkSearch},
		{"fonts", checkFonts},
		{"label", func(string) (string, error) { return checkLabel(picture) }},
	}
	failed := 0
	for _, check := range selfChecks {
		saw, err := inFreshFolder(check.run)
		if err != nil {
			failed++
			fmt.Fprintf(out, "FAIL %s: %v\n", check.name, err)
			continue
		}
		fmt.Fprintf(out, "ok   %s: %s\n", check.name, saw)
	}
	if failed > 0 {
		return fmt.Errorf("selftest: %d of %d failed", failed, len(selfChecks))
	}
	fmt.Fprintf(out, "selftest: %d passed\n", len(selfChecks))
	return nil
}

func inFreshFolder(run func(dir string) (string, error)) (saw string, err error) {
	dir, err := os.MkdirTemp("", "hashmend-selftest-")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, removeTree(dir)) }()
	return run(dir)
}

// removeTree is os.RemoveAll by the oldest means: the Windows build is tried
// under wine, whose version in Debian 12 does not know the newer ones.
func removeTree(dir string) error {
	var names []string
	err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		names = append(names, name)
		return err
	})
	for _, name := range slices.Backward(names) { // what is in a folder before the folder
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// checkFolder takes a folder, is refused it while it is taken, and gets it again
// after its release.
func checkFolder(dir string) (string, error) {
	a, err := Open(Config{Dir: dir})
	if err != nil {
		return "", err
	}
	if second, err := Open(Config{Dir: dir}); err == nil {
		return "", errors.Join(errors.New("two programs may use one folder"), second.Close(), a.Close())
	}
	if err := a.Close(); err != nil {
		return "", err
	}
	again, err := Open(Config{Dir: dir})
	if err != nil {
		return "", err
	}
	return "taken, kept from a second program, given back", again.Close()
}
