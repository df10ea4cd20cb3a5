//go:build bindings

package app

// generating is true in the program that Wails builds to read the types of the
// bound structs. It must not touch anybody's data folder.
const generating = true
