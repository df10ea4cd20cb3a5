package localdb

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

func TestAFullDiskIsSaidAndLosesNothingThatWasSaved(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	db := openIn(t, dir)
	must(t, db.Update(ctx, func(tx VaultTx) error { return tx.CreateDraft(ctx, "d", farm, DraftHeader{Reference: "before"}, noon) }))
	pages, err := db.vault.Pragma(ctx, "page_count")
	must(t, err)
	n, err := strconv.Atoi(pages[0])
	must(t, err)
	if _, err := db.vault.Pragma(ctx, "max_page_count = "+strconv.Itoa(n+2)); err != nil {
		t.Fatal(err)
	}
	err = db.Update(ctx, func(tx VaultTx) error {
		return tx.ChangeDraft(ctx, "d", "header", noon, func(c *DraftChange) error {
			c.SetHeader(DraftHeader{Reference: "after", Note: strings.Repeat("too much ", 10_000)})
			return nil
		})
	})
	var e *repair.Error
	if !errors.Is(err, ErrDiskFull) || !errors.As(err, &e) || e.Kind != repair.Unavailable {
		t.Fatalf("got %v, want data.disk_full", err)
	}
	must(t, db.Close())
	db = openIn(t, dir)
	must(t, db.View(ctx, func(tx VaultTx) error {
		d, err := tx.Draft(ctx, "d")
		if d.Reference != "before" || d.Step != 0 {
			t.Errorf("got %+v", d)
		}
		return err
	}))
}

func TestWritingWhereOnlyReadingIsAllowedSaysSo(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	err := db.View(ctx, func(tx VaultTx) error { return tx.CreateDraft(ctx, "d", farm, DraftHeader{}, noon) })
	if !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v, want data.read_only", err)
	}
}

func TestADamagedPageIsFoundAtTheStart(t *testing.T) {
	dir := t.TempDir()
	must(t, openIn(t, dir).Close())
	f, err := os.OpenFile(filepath.Join(dir, vaultName), os.O_RDWR, 0o600)
	must(t, err)
	size, err := f.Seek(0, io.SeekEnd)
	must(t, err)
	_, err = f.WriteAt(bytes.Repeat([]byte{0xA5}, 2048), size-4096)
	must(t, err)
	must(t, f.Close())
	if _, err := Open(t.Context(), dir); !errors.Is(err, ErrCorrupt) {
		t.Errorf("got %v, want data.corrupt", err)
	}
}
