//go:build !race

package qr

const payloads = 10_000
