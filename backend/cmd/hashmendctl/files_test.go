//go:build unix

package main

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What may never end is refused before it is opened.
func TestATableIsReadFromAnOrdinaryFileOnly(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{pipe, "/dev/zero", t.TempDir()} {
		for _, args := range [][]string{{"intake", name}, {"draft", "import", "any", name}, {"labels", "--csv", name, "--template", "device-60x40", "--out", "x.pdf"}} {
			if r := ctl(t, args...); r.code != exitRefused || !strings.Contains(r.err, "file.not_ordinary") {
				t.Errorf("%q: code %d, %s", args, r.code, r.err)
			}
		}
	}
}
