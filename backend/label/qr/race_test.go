//go:build race

package qr

// The race detector makes the library 20 times slower and there is nothing to
// race; the tests run once more without it.
const payloads = 500
