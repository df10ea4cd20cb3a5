// Package datadir finds the data folder of this person on this PC and makes
// sure that one program at a time uses it: the window, the browser's desk or the
// terminal. Whoever holds the folder may open the databases in it.
package datadir
