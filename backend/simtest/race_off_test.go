//go:build !race

package simtest

const (
	usualSeeds = 500
	usualEvery = 5
)
