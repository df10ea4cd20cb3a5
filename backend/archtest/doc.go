// Package archtest holds the house to its plan: which package may import which,
// and why. It has no code but its test; the table in imports_test.go is the plan.
package archtest
