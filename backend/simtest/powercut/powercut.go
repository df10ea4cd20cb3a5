//go:build linux

// Package powercut stands between SQLite and the disk and does what disks do: it
// loses at a power cut what was not synced, in any order and a page in part, it
// fills up, and it fails to read, to write or to sync. Only tests link it.
//
// It is the default file system of every SQLite file of the process once it is
// installed, and changes nothing for files outside the folder that is armed.
// Shared memory passes through, so the write-ahead log works as always.
package powercut

/*
#cgo CFLAGS: -std=gnu11 -O1
#include <stdlib.h>
#include "vfs.h"
*/
import "C"

import (
	"errors"
	"unsafe"
)

// Kind is what goes wrong.
type Kind int

// What may go wrong.
const (
	None      Kind = iota
	Cut            // the power goes at the n-th write or sync; nothing works behind it
	WriteFail      // the n-th write fails
	Full           // the disk is full at the n-th write
	SyncFail       // the n-th sync fails, and what it was for may be lost
	ReadFail       // the n-th read fails
)

// Fault is what goes wrong, and when.
type Fault struct {
	Kind  Kind
	Nth   int  // from 1
	Stays bool // from then on, not once
	Seed  uint64
}

// Install puts this file system before the usual one.
func Install() error {
	if C.powercut_install() != 0 {
		return errors.New("SQLite does not take the file system")
	}
	return nil
}

// Arm watches the SQLite files of a folder, "" for none, from as they are now. A
// file that is open must be opened anew.
func Arm(dir string, f Fault) {
	text := C.CString(dir)
	defer C.free(unsafe.Pointer(text))
	stays := C.int(0)
	if f.Stays {
		stays = 1
	}
	C.powercut_arm(text, C.int(f.Kind), C.i64(f.Nth), stays, C.ulonglong(f.Seed))
}

// Fired reports how often the fault has happened.
func Fired() int { return int(C.powercut_fired()) }

// Crash cuts the power and writes what is left of the files. All of them must be
// closed by then or never used again.
func Crash() error {
	if C.powercut_crash() != 0 {
		return errors.New("the files cannot be written as a power cut leaves them")
	}
	return nil
}
