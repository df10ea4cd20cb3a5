package sqlkit

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
)

func files(pairs ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return out
}

var one = files("0001_start.sql", "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;")

var queries = files("word.sql", `
-- name: add_word
-- A comment is not part of it.
INSERT INTO word (id, text) VALUES (:id, :text);
-- name: words
SELECT id, text FROM word WHERE id > :after ORDER BY id;
-- name: word_by_text
SELECT id FROM word WHERE text = :text;
`)

func open(t *testing.T, path string, c Config) *DB {
	t.Helper()
	c.Path = path
	if c.Migrations == nil {
		c.Migrations = one
	}
	if c.Queries == nil {
		c.Queries = queries
	}
	db, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestEveryConnectionIsOpenedTheOneWay(t *testing.T) {
	// The name holds what a DSN would trip over.
	db := open(t, filepath.Join(t.TempDir(), "a b#c?d%20.db"), Config{})
	want := map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
		"trusted_schema": "0", "busy_timeout": "10000", "query_only": "0",
	}
	for pragma, value := range want {
		got, err := db.Pragma(t.Context(), pragma)
		if err != nil || len(got) != 1 || got[0] != value {
			t.Errorf("%s: got %v %v, want %s", pragma, got, err, value)
		}
	}
}

func TestWhatIsCommittedIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db := open(t, path, Config{})
	ctx := t.Context()
	if err := db.Update(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, "add_word", P{"id": 1, "text": "one"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	refused := errors.New("refused")
	if err := db.Update(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(ctx, "add_word", P{"id": 2, "text": "two"}); err != nil {
			return err
		}
		return refused
	}); !errors.Is(err, refused) {
		t.Fatalf("got %v", err)
	}
	var got []string
	if err := db.View(ctx, func(tx *Tx) error {
		return tx.Each(ctx, "words", P{"after": 0}, func(scan func(...any) error) error {
			var id int
			var text string
			err := scan(&id, &text)
			got = append(got, text)
			return err
		})
	}); err != nil {
		t.Fatal(err)
	}
	if strings.Join(got, ",") != "one" {
		t.Errorf("got %v", got)
	}
}

func TestAViewCannotWrite(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), Config{})
	ctx := t.Context()
	err := db.View(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, "add_word", P{"id": 1, "text": "one"})
		return err
	})
	if !IsReadOnly(err) {
		t.Errorf("got %v, want a read-only refusal", err)
	}
}

func TestErrorsAreKnownByCode(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), Config{})
	ctx := t.Context()
	err := db.Update(ctx, func(tx *Tx) error {
		for id := 1; id <= 2; id++ {
			if _, err := tx.Exec(ctx, "add_word", P{"id": id, "text": "same"}); err != nil {
				return err
			}
		}
		return nil
	})
	if !IsConstraint(err) {
		t.Errorf("got %v, want a constraint refusal", err)
	}
	junk := filepath.Join(t.TempDir(), "junk.db")
	if err := os.WriteFile(junk, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, Config{Path: junk, Migrations: one, Queries: queries}); !IsCorrupt(err) {
		t.Errorf("got %v, want a damaged file", err)
	}
}

func TestAMigrationIsAppliedOnceAndWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	ctx := t.Context()
	open(t, path, Config{})
	broken := files("0001_start.sql", string(one["0001_start.sql"].Data),
		"0002_broken.sql", "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE word (id INTEGER) STRICT;")
	if _, err := Open(ctx, Config{Path: path, Migrations: broken, Queries: queries}); err == nil {
		t.Fatal("a broken migration must be refused")
	}
	mended := files("0001_start.sql", string(one["0001_start.sql"].Data),
		"0002_half.sql", "CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT;")
	db := open(t, path, Config{Migrations: mended})
	if v, _ := db.Pragma(ctx, "user_version"); len(v) != 1 || v[0] != "2" {
		t.Errorf("user_version %v, want 2", v)
	}
}

func TestAFileOfANewerProgramIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	newer := files("0001_start.sql", string(one["0001_start.sql"].Data),
		"0002_more.sql", "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;")
	_ = open(t, path, Config{Migrations: newer}).Close()
	_, err := Open(t.Context(), Config{Path: path, Migrations: one, Queries: queries})
	if !errors.Is(err, ErrNewer) {
		t.Errorf("got %v, want ErrNewer", err)
	}
}

func TestMigrationsAreNumberedWithoutAGap(t *testing.T) {
	gap := files("0001_a.sql", "SELECT 1;", "0003_c.sql", "SELECT 1;")
	_, err := Open(context.Background(), Config{Path: filepath.Join(t.TempDir(), "x.db"), Migrations: gap, Queries: queries})
	if err == nil || !strings.Contains(err.Error(), "expected number 0002") {
		t.Errorf("got %v", err)
	}
}

func TestPlansShowTheIndex(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), Config{})
	plans, err := db.Plans(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plans, "word_by_text\n    SEARCH word USING COVERING INDEX") {
		t.Errorf("got\n%s", plans)
	}
}

func TestACopyIsWhole(t *testing.T) {
	dir := t.TempDir()
	ctx := t.Context()
	db := open(t, filepath.Join(dir, "x.db"), Config{})
	if err := db.Update(ctx, func(tx *Tx) error {
		_, err := tx.Exec(ctx, "add_word", P{"id": 1, "text": "one"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, "copy.db")
	if err := db.VacuumInto(ctx, copied); err != nil {
		t.Fatal(err)
	}
	other := open(t, copied, Config{})
	var id int
	if err := other.View(ctx, func(tx *Tx) error {
		found, err := tx.Row(ctx, "word_by_text", P{"text": "one"}, &id)
		if !found {
			t.Error("the row is missing")
		}
		return err
	}); err != nil || id != 1 {
		t.Errorf("got %d %v", id, err)
	}
}

// A data folder that the operator made may be open to all of the machine; what
// is in the file, keys and addresses, is its owner's.
func TestOnlyTheOwnerReadsTheFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // the folder's own list says who may read
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	open(t, filepath.Join(dir, "x.db"), Config{})
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("%v %v", files, err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", f.Name(), info.Mode(), err)
		}
	}
}
