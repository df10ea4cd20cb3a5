//go:build !linux

package app

func prepareWindow() error { return nil }
