package localdb

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

const (
	farm = Scope("centre-1/farm")
	noon = repair.Instant("2026-03-01T12:00:00Z")
)

func openIn(t *testing.T, dir string) *DB {
	t.Helper()
	db, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func later(seconds int) repair.Instant {
	return repair.At(noon.Time().Add(time.Duration(seconds) * time.Second))
}

var update = flag.Bool("update", false, "write the golden files anew")

func TestEveryStatementHasAPlanAndUsesAnIndex(t *testing.T) {
	db := openIn(t, t.TempDir())
	var got strings.Builder
	for _, file := range []struct {
		name string
		db   *sqlkit.DB
	}{{"vault", db.vault}, {"cache", db.cache}} {
		plans, err := file.db.Plans(t.Context())
		must(t, err)
		fmt.Fprintf(&got, "== %s\n%s", file.name, plans)
	}
	golden := filepath.Join("testdata", "plans.txt")
	if *update {
		must(t, os.MkdirAll("testdata", 0o755))
		must(t, os.WriteFile(golden, []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if got.String() != string(want) {
		t.Errorf("the plans have changed; look at them and run make golden\n%s", got.String())
	}
}

func TestAVaultOfANewerProgramIsRefusedUntouched(t *testing.T) {
	dir := t.TempDir()
	db := openIn(t, dir)
	must(t, db.Close())
	raw, err := sqlkit.Open(t.Context(), sqlkit.Config{Path: filepath.Join(dir, vaultName), Migrations: newer{}, Queries: empty{}})
	must(t, err)
	must(t, raw.Close())
	before, err := os.ReadFile(filepath.Join(dir, vaultName))
	must(t, err)
	_, err = Open(t.Context(), dir)
	if !errors.Is(err, ErrNewer) {
		t.Fatalf("got %v, want data.newer", err)
	}
	after, err := os.ReadFile(filepath.Join(dir, vaultName))
	must(t, err)
	if string(before) != string(after) {
		t.Error("the file was touched")
	}
}

func TestADamagedFileIsNamedAndNeverOverwritten(t *testing.T) {
	for _, name := range []string{vaultName, cacheName} {
		dir := t.TempDir()
		junk := []byte(strings.Repeat("this is no database ", 500))
		must(t, os.WriteFile(filepath.Join(dir, name), junk, 0o600))
		_, err := Open(t.Context(), dir)
		var e *repair.Error
		if !errors.As(err, &e) || e.Code != "data.corrupt" || e.Args["file"] != name {
			t.Errorf("%s: got %v, want data.corrupt", name, err)
		}
		kept, err := os.ReadFile(filepath.Join(dir, name))
		must(t, err)
		if string(kept) != string(junk) {
			t.Errorf("%s was overwritten", name)
		}
	}
}

func TestADamagedCacheCanBeSetAside(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, cacheName), []byte(strings.Repeat("junk ", 2000)), 0o600))
	aside, err := SetAsideCache(dir, noon)
	must(t, err)
	openIn(t, dir)
	if _, err := os.Stat(aside); err != nil {
		t.Errorf("the damaged file is gone: %v", err)
	}
}

func TestAFolderThatCannotBeWrittenSaysSo(t *testing.T) {
	_, err := Open(t.Context(), filepath.Join(t.TempDir(), "no", "such", "folder"))
	if !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v, want data.read_only", err)
	}
}

func TestADeviceLiesInOneBox(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	must(t, db.Update(ctx, func(tx VaultTx) error {
		for i, id := range []repair.ParcelID{"b1", "b2"} {
			must(t, tx.SaveBox(ctx, farm, "w1", Box{Seq: i + 1, Plan: repair.ParcelPlan{ID: id}}))
		}
		first, err := tx.PackDevice(ctx, farm, "w1", "d1", "b1")
		must(t, err)
		again, err := tx.PackDevice(ctx, farm, "w1", "d1", "b2")
		must(t, err)
		boxes, err := tx.Boxes(ctx, farm, "w1")
		if !first || again || len(boxes[0].Plan.Devices) != 1 || len(boxes[1].Plan.Devices) != 0 {
			t.Errorf("%v %v %+v", first, again, boxes)
		}
		return err
	}))
}
