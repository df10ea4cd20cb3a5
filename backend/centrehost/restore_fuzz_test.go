package centrehost_test

import (
	"archive/tar"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"hashmend/backend/centrehost"
)

// tarOf is a file such as a backup, of one entry.
func tarOf(name, content string, kind byte) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	_ = w.WriteHeader(&tar.Header{Name: name, Typeflag: kind, Linkname: "/etc/passwd", Mode: 0o600, Size: int64(len(content))})
	_, _ = w.Write([]byte(content))
	_ = w.Close()
	return out.Bytes()
}

// FuzzRestore: what is no backup makes no centre, and writes nothing beside it.
func FuzzRestore(f *testing.F) {
	f.Add(tarOf("centre.db", "SQLite format 3\x00", tar.TypeReg))
	f.Add(tarOf("../outside", "x", tar.TypeReg))
	f.Add(tarOf("files/sha256/aa/../../../../outside", "x", tar.TypeReg))
	f.Add(tarOf("centre.db", "", tar.TypeSymlink))
	f.Add(tarOf("checkpoints.jsonl", "{", tar.TypeReg))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, backup []byte) {
		root := t.TempDir()
		dir := filepath.Join(root, "centre")
		if err := centrehost.Restore(t.Context(), dir, bytes.NewReader(backup)); err == nil {
			return // a whole centre: the fuzzer has built one
		}
		left, err := os.ReadDir(root)
		if err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	})
}
