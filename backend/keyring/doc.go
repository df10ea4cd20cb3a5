// Package keyring keeps the desk's secrets: the token and the signing key that a
// centre gave this install.
//
// They live in the keychain of the operating system. Where there is none, or it
// does not answer within three seconds, they live in a file of the data folder
// that only its owner can read, and Place says so: the person is told, not
// surprised.
package keyring
