// Package localdb is what this PC knows, in two SQLite files.
//
// vault.db holds what nobody else has: drafts with their steps to undo, boxes
// being packed, the outbox of frozen bytes, files, sessions, preferences. It is
// never rebuilt. cache.db holds what centres told us and can be had again: rows
// of the change feed as they came, and projections of them for lists and search.
//
// Deeds read the cache and write only the vault; the pull applier writes only
// the cache. No transaction writes both, for two files do not commit together.
//
// Everything is kept by Scope: the centre and the account, or the person, for
// which it was said.
package localdb
