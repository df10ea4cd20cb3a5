package main

import (
	"os"
	"testing"
)

func TestMetricsOfABenchmark(t *testing.T) {
	const text = "goos: linux\nBenchmarkCSV-2   \t 5\t 1200 ns/op\t 37 bare-ms\t 180 intake-ms\t 4.8 ratio\nPASS\n"
	m, err := metrics(text, "BenchmarkCSV")
	if err != nil || m["ratio"] != 4.8 || m["bare-ms"] != 37 {
		t.Errorf("got %v, %v", m, err)
	}
	if _, err := metrics(text, "BenchmarkXLSX"); err == nil {
		t.Error("a benchmark that did not run has metrics")
	}
	if _, err := metrics("BenchmarkCSV-2 5 1200 ns/op\n", "BenchmarkCSV"); err == nil {
		t.Error("a benchmark without a ratio is content")
	}
}

func TestARatioOverItsLimitIsOver(t *testing.T) {
	l := limit{name: "x", ratio: 1.5}
	if judge(l, 1.5, "") || !judge(l, 1.51, "") {
		t.Error("the limit is not where it says")
	}
}

func TestMemoryOfATree(t *testing.T) {
	kib, err := pssOfTree(os.Getpid())
	if err != nil || kib < 100 {
		t.Errorf("this test holds %d KiB, %v", kib, err)
	}
}

func TestAGoalIsMissedOnItsOwnSide(t *testing.T) {
	least, most := goal{name: "x", ratio: 0.5}, goal{name: "x", ratio: 1.3, atMost: true}
	if least.missed("", 0.5, "") || !least.missed("", 0.49, "") {
		t.Error("at least is not where it says")
	}
	if most.missed("", 1.3, "") || !most.missed("", 1.31, "") {
		t.Error("at most is not where it says")
	}
}
