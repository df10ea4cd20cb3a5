package localdb

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hashmend/backend/repair"
)

func draftNamed(t *testing.T, db *DB, id, reference string) {
	t.Helper()
	must(t, db.Update(t.Context(), func(tx VaultTx) error {
		return tx.CreateDraft(t.Context(), id, farm, DraftHeader{Reference: reference}, noon)
	}))
}

func TestABackupIsRestoredAndWhatItReplacesStays(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db := openIn(t, dir)
	draftNamed(t, db, "first", "")
	kept, err := db.BackUp(ctx, BackupManual, noon)
	must(t, err)
	draftNamed(t, db, "second", "")
	must(t, db.Close())
	must(t, Replace(ctx, dir, kept.Name, later(60)))
	db = openIn(t, dir)
	must(t, db.View(ctx, func(tx VaultTx) error {
		if _, err := tx.Draft(ctx, "first"); err != nil {
			t.Error("what the backup has is not there")
		}
		if _, err := tx.Draft(ctx, "second"); err == nil {
			t.Error("what the backup lacks is there")
		}
		return nil
	}))
	all := Backups(dir)
	if len(all) != 2 || all[0].Why != BackupReplace || all[1].Why != BackupManual || all[1].At != noon || all[1].Size == 0 {
		t.Errorf("backups %+v", all)
	}
	must(t, db.Close())
	must(t, Replace(ctx, dir, all[0].Name, later(120))) // and back again
	db = openIn(t, dir)
	must(t, db.View(ctx, func(tx VaultTx) error {
		_, err := tx.Draft(ctx, "second")
		return err
	}))
}

// The oldest backup that is kept is one too many when what goes is backed up: it
// must not be dropped by its own restore.
func TestRestoringTheOldestBackupDoesNotDropIt(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db := openIn(t, dir)
	draftNamed(t, db, "first", "")
	for i := range keptAsked {
		_, err := db.BackUp(ctx, BackupManual, later(60*i))
		must(t, err)
	}
	draftNamed(t, db, "second", "")
	must(t, db.Close())
	all := Backups(dir)
	must(t, Replace(ctx, dir, all[len(all)-1].Name, later(3600)))
	if all = Backups(dir); len(all) != keptAsked+1 || all[0].Why != BackupReplace {
		t.Errorf("backups %+v", all)
	}
	must(t, openIn(t, dir).View(ctx, func(tx VaultTx) error {
		_, err := tx.Draft(ctx, "first")
		if _, second := tx.Draft(ctx, "second"); second == nil {
			t.Error("it was not restored")
		}
		return err
	}))
}

func TestAVaultTooDamagedForABackupIsPutAsideBeforeARestore(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db := openIn(t, dir)
	draftNamed(t, db, "first", "")
	b, err := db.BackUp(ctx, BackupManual, noon)
	must(t, err)
	must(t, db.Close())
	must(t, os.WriteFile(filepath.Join(dir, vaultName), bytes.Repeat([]byte{0xA5}, 8192), 0o600))
	must(t, Replace(ctx, dir, b.Name, later(60)))
	aside, err := filepath.Glob(filepath.Join(dir, asideName, "replaced-*", vaultName))
	if err != nil || len(aside) != 1 {
		t.Errorf("put aside: %v %v", aside, err)
	}
	must(t, openIn(t, dir).View(ctx, func(tx VaultTx) error {
		_, err := tx.Draft(ctx, "first")
		return err
	}))
}

// What was taken back after a backup does not go by itself when it is restored.
func TestARestoreSendsNothingThatWasTakenBack(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db := openIn(t, dir)
	draftNamed(t, db, "d1", "")
	must(t, db.Update(ctx, func(tx VaultTx) error {
		for _, o := range []OutboxItem{{ID: "pay", Kind: "report_payment", WorkOrder: "w1"}, {ID: "stays", Kind: "message", WorkOrder: "w2"},
			{ID: "w3", Kind: KindSubmit, WorkOrder: "w3", Draft: "d1"}} {
			o.Scope, o.CreatedAt = farm, noon
			must(t, tx.Queue(ctx, o, []byte(`{}`)))
		}
		return tx.SetDraftState(ctx, "d1", DraftSent, "w3", noon)
	}))
	b, err := db.BackUp(ctx, BackupManual, noon)
	must(t, err)
	must(t, db.Update(ctx, func(tx VaultTx) error {
		for _, id := range []string{"pay", "w3"} {
			if taken, err := tx.TakeBack(ctx, id); err != nil || !taken {
				t.Errorf("%s: %v", id, err)
			}
		}
		return tx.SetDraftState(ctx, "d1", DraftOpen, "", noon)
	}))
	must(t, db.Close())
	must(t, Replace(ctx, dir, b.Name, later(60)))
	must(t, openIn(t, dir).View(ctx, func(tx VaultTx) error {
		items, err := tx.OpenOutbox(ctx, farm)
		if err != nil || len(items) != 2 || items[0].State != Refused || items[0].Reason.Code != ErrTakenBack.Code || items[1].State != Queued {
			t.Errorf("%+v %v", items, err)
		}
		d, err := tx.Draft(ctx, "d1")
		if d.State != DraftOpen || d.Outbox != "" {
			t.Errorf("the draft is %s of %q", d.State, d.Outbox)
		}
		return err
	}))
}

func TestADamagedBackupReplacesNothing(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db := openIn(t, dir)
	draftNamed(t, db, "first", "")
	b, err := db.BackUp(ctx, BackupManual, noon)
	must(t, err)
	must(t, db.Close())
	path := filepath.Join(dir, backupsName, b.Name)
	content, err := os.ReadFile(path)
	must(t, err)
	copy(content[len(content)-4096:], bytes.Repeat([]byte{0xA5}, 4096))
	must(t, os.WriteFile(path, content, 0o600))
	if err := Replace(ctx, dir, b.Name, later(60)); !errors.Is(err, ErrBackupDamaged) {
		t.Errorf("got %v", err)
	}
	for _, name := range []string{"../vault.db", "vault-20260101-000000-auto.db", ""} {
		if err := Replace(ctx, dir, name, later(60)); !errors.Is(err, ErrBackupUnknown) {
			t.Errorf("%q: got %v", name, err)
		}
	}
	draftNamed(t, openIn(t, dir), "second", "")
}

func TestABackupIsDueOnceAnHourWhileSomethingChanges(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	if !db.BackupDue(noon) {
		t.Error("none was ever made")
	}
	_, err := db.BackUp(ctx, BackupAuto, noon)
	must(t, err)
	if db.BackupDue(later(7200)) {
		t.Error("due although nothing has changed")
	}
	draftNamed(t, db, "d", "")
	if db.BackupDue(later(3500)) || !db.BackupDue(later(3600)) || !db.BackupDue(later(-60)) {
		t.Error("not once an hour")
	}
}

func TestBackupsRotate(t *testing.T) {
	var all []Backup
	at := noon.Time()
	for i := range 24 * 40 { // every hour of forty days
		all = append(all, Backup{Name: fmt.Sprint(i), Why: BackupAuto, At: repair.At(at.Add(-time.Duration(i) * time.Hour)), Size: 1 << 20})
	}
	kept := len(all) - len(superfluous(all))
	if kept < 24+12 || kept > 24+14 {
		t.Errorf("%d are kept", kept)
	}
	gone := map[string]bool{}
	for _, b := range superfluous(all) {
		gone[b.Name] = true
	}
	for i := range 24 {
		if gone[fmt.Sprint(i)] {
			t.Errorf("hour %d is gone", i)
		}
	}
	for i := range all {
		all[i].Size = 300 << 20
	}
	if kept := len(all) - len(superfluous(all)); kept != keptAlways {
		t.Errorf("%d large ones are kept", kept)
	}
}

// A vault that was backed up and is gone is a loss to be told, not a new start.
func TestAVaultCutToNothingIsNotMistakenForANewOne(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db := openIn(t, dir)
	draftNamed(t, db, "d", "")
	b, err := db.BackUp(ctx, BackupAuto, noon)
	must(t, err)
	must(t, db.Close())
	for _, lose := range []func() error{
		func() error { return os.Truncate(filepath.Join(dir, vaultName), 0) },
		func() error { return os.Remove(filepath.Join(dir, vaultName)) },
	} {
		must(t, lose())
		if _, err := Open(ctx, dir); !errors.Is(err, ErrCorrupt) {
			t.Fatalf("got %v", err)
		}
		if r, err := Salvage(ctx, dir, noon); err != nil || r.Rows["draft"] != 0 {
			t.Fatalf("%+v %v", r, err)
		}
		must(t, Replace(ctx, dir, b.Name, later(60)))
	}
}

func TestTheBundleHoldsWhatWasTypedAndSent(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	draftNamed(t, db, "d1", "spring")
	must(t, db.Update(ctx, func(tx VaultTx) error {
		must(t, tx.ChangeDraft(ctx, "d1", "edit", noon, func(c *DraftChange) error {
			c.Insert(DraftRow{ID: "r1", Serial: "=HYPERLINK(1)", Key: "X", Complaint: "no hash"})
			return nil
		}))
		must(t, tx.Queue(ctx, OutboxItem{ID: "o1", Scope: farm, Kind: "message", CreatedAt: noon}, []byte(`{"text":"when?"}`)))
		must(t, tx.KeepFile(ctx, farm, repair.FileRef{SHA256: strings.Repeat("a", 64), Size: 5, Name: "../board.png"}, noon))
		return tx.KeepFile(ctx, farm, repair.FileRef{SHA256: strings.Repeat("b", 64), Size: 5, Name: "gone.png"}, noon)
	}))
	var out bytes.Buffer
	must(t, db.Bundle(ctx, &out, func(hash string) (io.ReadCloser, error) {
		if hash[0] == 'b' {
			return nil, os.ErrNotExist
		}
		return io.NopCloser(strings.NewReader("bytes")), nil
	}))
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	must(t, err)
	got := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(r)
		must(t, err)
		got[f.Name] = string(text)
	}
	for name, part := range map[string]string{
		"drafts/001-d1.json":                  `"no hash"`,
		"drafts/001-d1.csv":                   `'=HYPERLINK(1)`,
		"sent/000001-message-o1.json":         `{"text":"when?"}`,
		"files/aaaaaaaaaaaaaaaa-.._board.png": "bytes",
		"files/missing.txt":                   "gone.png",
		"vault.db":                            "SQLite format 3",
		"READ-ME.txt":                         "sent/",
	} {
		if !strings.Contains(got[name], part) {
			t.Errorf("%s: %.80q", name, got[name])
		}
	}
}

func TestTwoBackupsAtOnceAreBothWhole(t *testing.T) {
	db := openIn(t, t.TempDir())
	var work sync.WaitGroup
	for i := range 8 {
		work.Go(func() {
			b, err := db.BackUp(t.Context(), BackupManual, repair.At(time.Date(2026, 3, 2, 8, 0, i, 0, time.UTC)))
			if err != nil || b.Size == 0 {
				t.Errorf("%+v: %v", b, err)
			}
		})
	}
	work.Wait()
}
