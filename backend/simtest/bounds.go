package simtest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// What the programs of a run may hold when nothing happens (inv.L4). A log is
// folded into its file every thousand pages.
const (
	mostGoroutines = 150
	mostOpen       = 150
	largestLog     = 6 << 20
)

// checkBounds looks at what the programs hold when all is calm.
func (w *World) checkBounds() {
	if n := bubbleMates(); n > mostGoroutines {
		w.history.breaks("L4", "%d goroutines are at work when there is nothing to do", n)
	}
	if open := openUnder(w.dir); len(open) > mostOpen {
		w.history.breaks("L4", "%d files are open, such as %s", len(open), open[0])
	}
	logs, _ := filepath.Glob(filepath.Join(w.dir, "*", "*.db-wal"))
	for _, log := range logs {
		if info, err := os.Stat(log); err == nil && info.Size() > largestLog {
			w.history.breaks("L4", "%s has %d bytes", filepath.Base(log), info.Size())
		}
	}
}

// checkClosed: who has ended holds nothing any more.
func (w *World) checkClosed() {
	if open := openUnder(w.dir); len(open) > 0 {
		w.history.breaks("L4", "%d files are still open behind the end, such as %s", len(open), open[0])
	}
}

// bubble names the clock that a goroutine lives under.
var bubble = regexp.MustCompile(`synctest bubble \d+`)

// bubbleMates counts the goroutines under the clock of the caller.
func bubbleMates() int {
	own := bubble.FindString(stack(false))
	if own == "" {
		return 0
	}
	n := 0
	for one := range strings.SplitSeq(stack(true), "\n\n") {
		head, _, _ := strings.Cut(one, "\n")
		if bubble.FindString(head) == own {
			n++
		}
	}
	return n
}

func stack(all bool) string {
	text := make([]byte, 1<<20)
	for {
		n := runtime.Stack(text, all)
		if n < len(text) || !all {
			return string(text[:n])
		}
		text = make([]byte, 2*len(text))
	}
}

// openUnder lists the files of a folder that this process has open, where the
// system tells.
func openUnder(dir string) (open []string) {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if target, err := os.Readlink(fmt.Sprint("/proc/self/fd/", e.Name())); err == nil && strings.HasPrefix(target, dir+"/") {
			open = append(open, strings.TrimPrefix(target, dir+"/"))
		}
	}
	return open
}
