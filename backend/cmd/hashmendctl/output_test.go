//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A printer's pipe gets the labels, in ZPL; it is not replaced by a file.
func TestLabelsGoIntoWhatIsNoFile(t *testing.T) {
	t.Parallel()
	csv := write(t, "rows.csv", labelTable)
	pipe := filepath.Join(t.TempDir(), "lp0")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	kept, err := os.OpenFile(pipe, os.O_RDWR, 0) // so that neither end waits for the other
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	const end = "THE END"
	came := make(chan string)
	go func() {
		var all strings.Builder
		for piece := make([]byte, 4096); !strings.HasSuffix(all.String(), end); {
			n, err := kept.Read(piece)
			all.Write(piece[:n])
			if err != nil {
				break
			}
		}
		came <- all.String()
	}()
	r := ctl(t, "labels", "--csv", csv, "--template", "bench-100x150", "--out", pipe)
	writer, err := os.OpenFile(pipe, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(writer, end); err != nil {
		t.Fatal(err)
	}
	_ = writer.Close()
	if got := <-came; r.code != exitOK || !strings.HasPrefix(got, "^XA") {
		t.Errorf("code %d, %s, %.20q came", r.code, r.err, got)
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Errorf("the pipe is now %v, %v", info, err)
	}
}

// A link stays a link, and the file behind it holds the labels.
func TestLabelsGoThroughALink(t *testing.T) {
	t.Parallel()
	csv := write(t, "rows.csv", labelTable)
	file := write(t, "real.pdf", "old")
	link := filepath.Join(t.TempDir(), "link.pdf")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	ctl(t, "labels", "--csv", csv, "--template", "bench-100x150", "--out", link).want(t, exitOK, nil)
	content, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(string(content), "%PDF-") {
		t.Errorf("the file holds %.20q, %v", content, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is now %v, %v", info, err)
	}
}

// Without an ending nobody said which language the labels shall be in.
func TestAFileOfLabelsHasAnEnding(t *testing.T) {
	t.Parallel()
	csv := write(t, "rows.csv", labelTable)
	out := filepath.Join(t.TempDir(), "labels")
	if r := ctl(t, "labels", "--csv", csv, "--template", "bench-100x150", "--out", out); r.code != exitUsage {
		t.Errorf("code %d, %s", r.code, r.err)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("a file was made")
	}
}
