package sqlkit

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
)

func countWords(t *testing.T, db *DB) (n int) {
	t.Helper()
	if err := db.View(t.Context(), func(tx *Tx) error {
		return tx.Each(t.Context(), "words", P{"after": 0}, func(func(...any) error) error { n++; return nil })
	}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAStatementRunsManyTimes(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), Config{})
	ctx := t.Context()
	if err := db.Update(ctx, func(tx *Tx) error {
		add, err := tx.Many(ctx, "add_word", "text", "id")
		if err != nil {
			return err
		}
		find, err := tx.Many(ctx, "word_by_text", "text")
		if err != nil {
			return err
		}
		for i, text := range []string{"one", "two", "three"} {
			if row, err := add.Run(text, int64(i+1)); err != nil || row != nil {
				t.Errorf("got %v %v", row, err)
			}
		}
		if row, err := find.Run("two"); err != nil || len(row) != 1 || row[0] != int64(2) {
			t.Errorf("got %v %v", row, err)
		}
		if row, err := find.Run("four"); err != nil || row != nil {
			t.Errorf("a word that is not there: %v %v", row, err)
		}
		if _, err := add.Run("one", int64(9)); !IsConstraint(err) {
			t.Errorf("a word that is there: %v", err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if n := countWords(t, db); n != 3 {
		t.Errorf("%d words", n)
	}
}

func TestManyIsGivenWhatTheStatementNames(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), Config{})
	ctx := t.Context()
	if err := db.Update(ctx, func(tx *Tx) error {
		if _, err := tx.Many(ctx, "add_word", "id"); err == nil {
			t.Error("a parameter may not be missing")
		}
		if _, err := tx.Many(ctx, "no_such"); err == nil {
			t.Error("a statement that is not there")
		}
		find, err := tx.Many(ctx, "word_by_text", "text")
		if err != nil {
			return err
		}
		if _, err := find.Run(); err == nil {
			t.Error("a value may not be missing")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestNothingIsWrittenForOneWhoHasLeft(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), Config{})
	ctx, leave := context.WithCancel(t.Context())
	err := db.Update(ctx, func(tx *Tx) error {
		add, err := tx.Many(ctx, "add_word", "id", "text")
		if err != nil {
			return err
		}
		if _, err := add.Run(int64(1), "before"); err != nil {
			return err
		}
		leave()
		for i := range int64(500) { // one of them meets whoever would roll back beside it
			if _, err = add.Run(2+i, fmt.Sprint("after ", i)); err != nil {
				return err
			}
			runtime.Gosched()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n := countWords(t, db); n != 0 {
		t.Errorf("%d words were written", n)
	}
}

func TestASharedTransactionHasNoMany(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "x.db"), Config{Group: true})
	if err := db.Update(t.Context(), func(tx *Tx) error {
		if _, err := tx.Many(t.Context(), "words", "after"); err == nil {
			t.Error("what fails in it would be the others' failure")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
