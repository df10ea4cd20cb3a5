package sqlkit

import (
	"context"
	"database/sql"
	"os"
	"strconv"
	"sync"
)

// SQLite folds its log into the file on the way out of a commit, once the log has
// a thousand pages. After a large commit that takes longer than all before it, and
// whoever committed waits. A file that is written in large commits lets the
// background do it.
//
// What it guarantees: a commit is on the disk before anything is folded, as ever;
// folding stops no reader and no writer; one folding goes on at a time; and where
// it cannot keep up, a commit folds itself before the log grows without end.
const (
	foldPages = 1000
	// foldAtLast is in pages: the log of a file that is written without a pause
	// stays below 64 MB or so.
	foldAtLast = 16000
	pageBytes  = 4096
)

type folder struct {
	own *sql.DB // a connection of its own: neither pool waits for it
	log string

	mu      sync.Mutex
	running bool
	closed  bool
	done    sync.WaitGroup
}

func newFolder(path string) *folder {
	f := &folder{own: sql.OpenDB(connector(dsn(path, "_txlock=deferred"))), log: path + "-wal"}
	f.own.SetMaxOpenConns(1)
	return f
}

// late says that a connection folds by itself only at last.
func late() string { return "PRAGMA wal_autocheckpoint = " + strconv.Itoa(foldAtLast) }

// nudge begins to fold when the log has grown, and returns at once.
func (f *folder) nudge() {
	// The log keeps its size when it begins anew: a small one needs no question.
	if info, err := os.Stat(f.log); err != nil || info.Size() < foldPages*pageBytes {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.running || f.closed {
		return
	}
	f.running = true
	f.done.Go(func() {
		f.fold()
		f.mu.Lock()
		defer f.mu.Unlock()
		f.running = false
	})
}

// fold does its work once. An error leaves the log as it is, for the next time: so
// SQLite does itself.
func (f *folder) fold() {
	ctx := context.Background()
	var busy, pages, folded int
	ask := f.own.QueryRowContext(ctx, "PRAGMA wal_checkpoint(NOOP)")
	if err := ask.Scan(&busy, &pages, &folded); err != nil || pages-folded < foldPages {
		return
	}
	_, _ = f.own.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)")
}

// close waits for a folding that goes on.
func (f *folder) close() error {
	f.mu.Lock()
	f.closed = true
	f.mu.Unlock()
	f.done.Wait()
	return f.own.Close()
}
