package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

func TestTheMedianOfThePassesIsJudged(t *testing.T) {
	median := func(s scroll) float64 { return s.median }
	quiet := []scroll{{median: 16}, {median: 90}, {median: 17}}
	if judgeTime("x", quiet, median, 17) {
		t.Error("one bad pass of three is over")
	}
	if !judgeTime("x", append(quiet, scroll{median: 40}, scroll{median: 18}), median, 17) {
		t.Error("a median of 18 is within 17")
	}
}

func TestCPUOfATree(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(self)
	for spent := time.Duration(0); spent < 5*tick; { // on a busy machine the wall tells nothing
		var used syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
			t.Fatal(err)
		}
		spent = time.Duration(used.Utime.Nano() + used.Stime.Nano())
	}
	if used, err := cpuOf(os.Getpid(), name[:min(len(name), 15)]); err != nil || used < tick {
		t.Errorf("this test used %v, %v", used, err)
	}
	if _, err := cpuOf(os.Getpid(), "nobody"); err == nil {
		t.Error("a process that does not run has CPU")
	}
}
