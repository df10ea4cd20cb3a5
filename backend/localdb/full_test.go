package localdb

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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

// Damage in a large cache is found while people work, and the next start sets the
// file aside. A small one is looked at by every start.
func TestADamagedPageOfTheCacheHealsAtTheNextStart(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db := openIn(t, dir)
	var rows []Change
	for i := range 500 {
		d, err := json.Marshal(repair.Device{ID: repair.DeviceID(fmt.Sprint("d", i)), WorkOrder: "w1", Complaint: strings.Repeat("x", 300)})
		must(t, err)
		rows = append(rows, Change{T: "device", ID: fmt.Sprint("d", i), Rev: int64(i + 1), D: d})
	}
	_, err := db.ApplyChanges(ctx, farm, rows, "c1", noon)
	must(t, err)
	must(t, db.Close())
	db = openIn(t, dir)
	must(t, db.CheckCache(ctx))
	path := filepath.Join(dir, cacheName)
	content, err := os.ReadFile(path)
	must(t, err)
	at := bytes.LastIndex(content, []byte(strings.Repeat("x", 300)))
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	_, err = f.WriteAt(bytes.Repeat([]byte{0xA5}, 4096), int64(at/4096*4096))
	must(t, err)
	must(t, f.Close())
	must(t, db.Close())

	if db, err = Open(ctx, dir); err == nil {
		must(t, db.Close())
	}
	var e *repair.Error
	if !errors.As(err, &e) || e.Code != ErrCorrupt.Code || e.Args["file"] != cacheName {
		t.Fatalf("the next start: %v, want the cache named as damaged", err)
	}
	aside, err := SetAsideCache(dir, noon)
	must(t, err)
	db = openIn(t, dir)
	if cursor, _, err := db.Cursor(ctx, farm); err != nil || cursor != "" {
		t.Errorf("begun anew at %q, %v", cursor, err)
	}
	if _, err := os.Stat(aside); err != nil {
		t.Errorf("the damaged file is gone: %v", err)
	}
}

func TestDamageFoundInALargeCacheIsNotedForTheNextStart(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db := openIn(t, dir)
	must(t, db.Close())
	db = openIn(t, dir)
	path := filepath.Join(dir, cacheName)
	info, err := os.Stat(path)
	must(t, err)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	_, err = f.WriteAt(bytes.Repeat([]byte{0xA5}, 4096), info.Size()-4096) // behind our back, where nobody has read yet
	must(t, err)
	must(t, f.Close())
	must(t, db.MarkPulled(ctx, farm, noon)) // readers look at the file again
	if err := db.CheckCache(ctx); !errors.Is(err, ErrCorrupt) {
		t.Errorf("got %v, want data.corrupt", err)
	}
	must(t, db.Close())
	if _, err := Open(ctx, dir); !errors.Is(err, ErrCorrupt) {
		t.Errorf("the next start: %v", err)
	}
}
