package main

import (
	"context"
	"errors"
	"testing"
)

// Only a test that says that it failed has noticed what is missing.
func TestATestThatSaidNothingInTimeHasNoticedNothing(t *testing.T) {
	exit := errors.New("exit status 1")
	for name, c := range map[string]struct {
		out         string
		ended, over error
		notices     bool
	}{
		"it fails":                  {"--- FAIL: TestX", exit, nil, true},
		"it panics":                 {"panic: nil", exit, nil, true},
		"it passes":                 {"PASS", nil, nil, false},
		"it does not begin":         {"no such file", exit, nil, false},
		"its time is over":          {"", errors.New("signal: killed"), context.DeadlineExceeded, false},
		"somebody stops everything": {"", errors.New("signal: killed"), context.Canceled, false},
	} {
		if err := noticed(c.out, c.ended, c.over); (err == nil) != c.notices {
			t.Errorf("%s: %v", name, err)
		}
	}
}
