package main

import (
	"encoding/json"
	"io"
)

// vitest reads the report of vitest --reporter=json.
func vitest(in io.Reader) (count, error) {
	var r struct {
		Passed  int  `json:"numPassedTests"`
		Failed  int  `json:"numFailedTests"`
		Pending int  `json:"numPendingTests"`
		Todo    int  `json:"numTodoTests"`
		Success bool `json:"success"`
	}
	if err := json.NewDecoder(in).Decode(&r); err != nil {
		return count{}, err
	}
	c := count{passed: r.Passed, failed: r.Failed, skipped: r.Pending + r.Todo}
	if !r.Success && c.failed == 0 {
		c.failed = 1 // a file that could not be loaded has no tests
	}
	return c, nil
}

// playwright reads the report of playwright --reporter=json. A flaky test, one
// that passed only at a second try, has failed once: it counts as failed.
func playwright(in io.Reader) (count, error) {
	var r struct {
		Stats struct {
			Expected   int `json:"expected"`
			Unexpected int `json:"unexpected"`
			Flaky      int `json:"flaky"`
			Skipped    int `json:"skipped"`
		} `json:"stats"`
		Errors []json.RawMessage `json:"errors"`
	}
	if err := json.NewDecoder(in).Decode(&r); err != nil {
		return count{}, err
	}
	return count{
		passed:  r.Stats.Expected,
		failed:  r.Stats.Unexpected + r.Stats.Flaky + len(r.Errors),
		skipped: r.Stats.Skipped,
	}, nil
}
