package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGoTests(t *testing.T) {
	tests := []struct {
		name, in string
		want     count
		says     string
	}{
		{"a test that passed and one that failed", `
{"Action":"output","Package":"p","Test":"TestA","Output":"--- PASS"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestB","Output":"want 1, got 2\n"}
{"Action":"fail","Package":"p","Test":"TestB"}
{"Action":"fail","Package":"p","Elapsed":0.1}`, count{passed: 1, failed: 1}, "want 1, got 2"},
		{"a package that does not build is one failure", `
{"Action":"build-output","ImportPath":"p [p.test]","Output":"undefined: x\n"}
{"Action":"build-fail","ImportPath":"p [p.test]"}
{"Action":"fail","Package":"p","FailedBuild":"p [p.test]"}`, count{failed: 1}, "undefined: x"},
		{"a process that died is one failure", `
{"Action":"output","Package":"p","Output":"fatal error: all goroutines are asleep\n"}
{"Action":"fail","Package":"p"}`, count{failed: 1}, "asleep"},
		{"what a process that died said is shown, whichever test it is ascribed to", `
{"Action":"output","Package":"p","Test":"TestA","Output":"--- PASS"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Test":"TestB","Output":"panic: test timed out after 15m0s\n"}
{"Action":"fail","Package":"p"}`, count{passed: 1, failed: 1}, "timed out"},
		{"a package without tests is nothing", `{"Action":"skip","Package":"p"}`, count{}, ""},
		{"a skipped test passed nothing", `{"Action":"skip","Package":"p","Test":"TestA"}`, count{skipped: 1}, "skip p TestA"},
		{"what go itself says is shown", "go: cannot find module\n", count{}, "cannot find module"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			got, err := goTests(strings.NewReader(strings.TrimLeft(tt.in, "\n")), &out)
			if err != nil || got != tt.want {
				t.Errorf("got %v, %v; want %v", got, err, tt.want)
			}
			if !strings.Contains(out.String(), tt.says) {
				t.Errorf("it does not say %q:\n%s", tt.says, out.String())
			}
		})
	}
}

func TestJavaScriptReports(t *testing.T) {
	got, err := vitest(strings.NewReader(`{"numPassedTests":3,"numFailedTests":0,"success":false}`))
	if want := (count{passed: 3, failed: 1}); err != nil || got != want {
		t.Errorf("a file that cannot be loaded: got %v, %v; want %v", got, err, want)
	}
	got, err = playwright(strings.NewReader(`{"stats":{"expected":5,"flaky":1,"skipped":2},"errors":[{}]}`))
	if want := (count{passed: 5, failed: 2, skipped: 2}); err != nil || got != want {
		t.Errorf("flaky and error: got %v, %v; want %v", got, err, want)
	}
}

func TestTotal(t *testing.T) {
	totals := filepath.Join(t.TempDir(), "totals")
	if err := run([]string{"check", "gofmt", "passed", totals}, nil, nil); err != nil {
		t.Fatal(err)
	}
	report := filepath.Join(t.TempDir(), "vitest.json")
	if err := os.WriteFile(report, []byte(`{"numPassedTests":41,"success":true}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"vitest", report, totals}, nil, nil); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run([]string{"total", totals}, nil, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(out.String(), "\n42 passed, 0 failed\n") {
		t.Errorf("the last line is not the sum:\n%s", out.String())
	}
}

func TestARunThatProvesNothingFails(t *testing.T) {
	totals := filepath.Join(t.TempDir(), "totals")
	if err := run([]string{"go", totals}, strings.NewReader(""), &strings.Builder{}); err == nil {
		t.Error("no test ran, and report is content")
	}
	if err := run([]string{"playwright", "missing.json", totals}, nil, nil); err == nil {
		t.Error("there is no report, and report is content")
	}
	var out strings.Builder
	if err := run([]string{"total", totals}, nil, &out); err == nil || !strings.HasSuffix(out.String(), "\n0 passed, 2 failed\n") {
		t.Errorf("the sum looks better than the run: %v\n%s", err, out.String())
	}
}
