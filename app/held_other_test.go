//go:build !linux

package app

import "syscall"

// narrow leaves a line as it is.
func narrow(string, string, syscall.RawConn) error { return nil }
