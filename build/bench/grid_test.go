package main

import (
	"os"
	"path/filepath"
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
	for began := time.Now(); time.Since(began) < 50*time.Millisecond; { // some CPU to count
	}
	if used, err := cpuOf(os.Getpid(), name[:min(len(name), 15)]); err != nil || used < tick {
		t.Errorf("this test used %v, %v", used, err)
	}
	if _, err := cpuOf(os.Getpid(), "nobody"); err == nil {
		t.Error("a process that does not run has CPU")
	}
}
