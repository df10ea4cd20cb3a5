//go:build race

package simtest

// Under the race detector a seed costs four times as much: a sample of them
// looks for races, and the run without it does the rest.
const (
	usualSeeds = 60
	usualEvery = 40
)
