package sqlkit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// logOf says how many pages the log has and how many of them are in the file.
func logOf(t *testing.T, db *DB) (pages, folded int) {
	t.Helper()
	var busy int
	if err := db.write.QueryRowContext(t.Context(), "PRAGMA wal_checkpoint(NOOP)").Scan(&busy, &pages, &folded); err != nil {
		t.Fatal(err)
	}
	return pages, folded
}

func addMany(t *testing.T, db *DB, from, count int) {
	t.Helper()
	ctx := t.Context()
	if err := db.Update(ctx, func(tx *Tx) error {
		for i := range count {
			word := strings.Repeat("x", 3000) + string(rune('a'+i%26)) + time.Duration(from+i).String()
			if _, err := tx.Exec(ctx, "add_word", P{"id": from + i, "text": word}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestALargeCommitIsFoldedBehindWhoCommits(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path, Config{Fold: true})
	if at, err := db.Pragma(t.Context(), "wal_autocheckpoint"); err != nil || at[0] != "16000" {
		t.Fatalf("a commit folds by itself at %v pages, %v", at, err)
	}
	addMany(t, db, 0, 1200)
	db.folder.done.Wait()
	if pages, folded := logOf(t, db); pages != folded {
		t.Errorf("%d of %d pages are in the file", folded, pages)
	}
	if info, err := os.Stat(path); err != nil || info.Size() < 1200*3000 {
		t.Errorf("the file has not grown: %v %v", info.Size(), err)
	}
}

func TestASmallCommitIsNotFolded(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), Config{Fold: true})
	addMany(t, db, 0, 10)
	db.folder.done.Wait()
	if pages, folded := logOf(t, db); pages == 0 || folded != 0 {
		t.Errorf("%d of %d pages are in the file: each is a sync more", folded, pages)
	}
}

func TestNothingIsFoldedAfterTheEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path, Config{Fold: true})
	addMany(t, db, 0, 1200) // one may be going on
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db.folder.nudge()
	if _, err := os.Stat(path + "-wal"); !os.IsNotExist(err) {
		t.Errorf("the log is still there: %v", err)
	}
}
