// Package wreck reads what can still be read of a damaged SQLite file, page by
// page, without SQLite: it stops at no damaged page, and a row on a whole page is
// found even when every page that leads to it is gone.
//
// It looks in three places. From the roots of the tables down come the rows that
// the file itself still holds together. What no root leads to any more, and the
// list of free pages does not name, are strays: they may be older than what is
// held together, so a stray never replaces a row. The write-ahead log is laid
// over the file first, as SQLite would.
//
// It knows the file format (page size 4096, nothing reserved, UTF-8, which is how
// this program's files are made) and no table of ours.
package wreck
