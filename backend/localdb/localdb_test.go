package localdb

import (
	"context"
	"encoding/json"
	"errors"
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
	if os.Getenv("UPDATE_GOLDEN") != "" {
		must(t, os.MkdirAll("testdata", 0o755))
		must(t, os.WriteFile(golden, []byte(got.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if got.String() != string(want) {
		t.Errorf("the plans have changed; look at them and run with UPDATE_GOLDEN=1\n%s", got.String())
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

func queue(t *testing.T, db *DB, id, order string, hold repair.Instant) {
	t.Helper()
	must(t, db.Update(t.Context(), func(tx VaultTx) error {
		return tx.Queue(t.Context(), OutboxItem{ID: id, Scope: farm, Kind: "message", WorkOrder: repair.WorkOrderID(order),
			CreatedAt: noon, HoldUntil: hold}, []byte(`{"id":"`+id+`"}`))
	}))
}

func due(t *testing.T, db *DB, now repair.Instant) string {
	t.Helper()
	items, err := db.NextOutbox(t.Context(), farm, now, 10)
	must(t, err)
	var ids []string
	for _, item := range items {
		ids = append(ids, item.ID)
	}
	return strings.Join(ids, " ")
}

func TestThingsOfOneWorkOrderGoOneAtATimeAndInOrder(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	queue(t, db, "a1", "a", "")
	queue(t, db, "a2", "a", "")
	queue(t, db, "b1", "b", "")
	if got := due(t, db, noon); got != "a1 b1" {
		t.Fatalf("due: %s", got)
	}
	body, ok, err := db.MarkSending(ctx, "a1", noon)
	if err != nil || !ok || string(body) != `{"id":"a1"}` {
		t.Fatalf("sending: %s %v %v", body, ok, err)
	}
	if got := due(t, db, noon); got != "b1" {
		t.Errorf("while a1 travels: %s", got)
	}
	must(t, db.MarkRetry(ctx, "a1", &repair.Error{Kind: repair.Offline, Code: "centre.offline"}, noon.Time(), 30*time.Second))
	if got := due(t, db, noon); got != "b1" {
		t.Errorf("while a1 waits for its next try: %s", got)
	}
	if next, err := db.NextDue(ctx, farm); err != nil || next != noon {
		t.Errorf("next due: %s %v", next, err)
	}
	if got := due(t, db, later(30)); got != "a1 b1" {
		t.Errorf("half a minute later: %s", got)
	}
	must(t, db.MarkAccepted(ctx, "a1", 7, []byte(`{"rev":7}`), noon))
	if got := due(t, db, later(30)); got != "a2 b1" {
		t.Errorf("after a1: %s", got)
	}
	must(t, db.MarkRefused(ctx, "a2", &repair.Error{Kind: repair.Conflict, Code: "order.changed"}, noon))
	if got := due(t, db, later(30)); got != "b1" {
		t.Errorf("a refused one is not sent again: %s", got)
	}
	queue(t, db, "a3", "a", "")
	if got := due(t, db, later(30)); got != "b1 a3" {
		t.Errorf("a refused one stops nobody: %s", got)
	}
}

func TestWhatIsHeldMayBeTakenBackUntilItTravels(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	queue(t, db, "a1", "a", later(9))
	if got := due(t, db, later(8)); got != "" {
		t.Errorf("held: %s", got)
	}
	if got := due(t, db, later(9)); got != "a1" {
		t.Errorf("after the hold: %s", got)
	}
	if _, ok, _ := db.MarkSending(ctx, "a1", later(9)); !ok {
		t.Fatal("not sent")
	}
	must(t, db.MarkRetry(ctx, "a1", nil, noon.Time(), 0))
	must(t, db.Update(ctx, func(tx VaultTx) error {
		taken, err := tx.TakeBack(ctx, "a1")
		if taken {
			t.Error("taken back although the centre may have it")
		}
		return err
	}))
}

func TestWhatWasInFlightAtACrashGoesAgainWithTheSameBytes(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	db := openIn(t, dir)
	queue(t, db, "a1", "a", "")
	first, _, err := db.MarkSending(ctx, "a1", noon)
	must(t, err)
	must(t, db.Close())
	db = openIn(t, dir)
	must(t, db.RecoverOutbox(ctx))
	again, ok, err := db.MarkSending(ctx, "a1", noon)
	if err != nil || !ok || string(again) != string(first) {
		t.Errorf("got %s %v %v", again, ok, err)
	}
}

func device(id, serial string, line int) json.RawMessage {
	b, _ := json.Marshal(repair.Device{ID: repair.DeviceID(id), WorkOrder: "w1", Line: line, Serial: repair.SerialNumber(serial), Status: repair.Listed})
	return b
}

func workOrder(stage repair.Stage) json.RawMessage {
	b, _ := json.Marshal(repair.WorkOrder{ID: "w1", Number: "WO-1", Stage: stage, Contact: repair.Contact{Company: "Farm"}, SubmittedAt: noon})
	return b
}

func apply(t *testing.T, db *DB, cursor string, rows ...Change) Applied {
	t.Helper()
	done, err := db.ApplyChanges(t.Context(), farm, rows, cursor, noon)
	must(t, err)
	return done
}

func serials(t *testing.T, db *DB) (out []string) {
	t.Helper()
	must(t, db.Cached(t.Context(), farm, func(tx CacheTx) error {
		rows, _, err := tx.Devices(t.Context(), "w1", DeviceFilter{Limit: 100})
		for _, d := range rows {
			out = append(out, string(d.Serial))
		}
		return err
	}))
	return out
}

func TestAPageOfChangesAndItsCursorAreWrittenTogether(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	apply(t, db, "c1", Change{T: "device", ID: "d1", Rev: 1, D: device("d1", "SN-ONE-1", 1)},
		Change{T: "work_order", ID: "w1", Rev: 1, D: workOrder(repair.StageSubmitted)})
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := db.ApplyChanges(cancelled, farm, []Change{{T: "device", ID: "d2", Rev: 2, D: device("d2", "SN-TWO-2", 2)}}, "c2", noon); err == nil {
		t.Fatal("a cancelled pull was written")
	}
	cursor, _, err := db.Cursor(ctx, farm)
	if err != nil || cursor != "c1" || len(serials(t, db)) != 1 {
		t.Errorf("got %s %v %v", cursor, serials(t, db), err)
	}
}

func TestAnOlderRowChangesNothingAndADeletedOneDoesNotComeBack(t *testing.T) {
	db := openIn(t, t.TempDir())
	apply(t, db, "c1", Change{T: "work_order", ID: "w1", Rev: 1, D: workOrder(repair.StageSubmitted)},
		Change{T: "device", ID: "d1", Rev: 5, D: device("d1", "NEW00001", 1)})
	if done := apply(t, db, "c2", Change{T: "device", ID: "d1", Rev: 4, D: device("d1", "OLD00001", 1)}); done.Known != 1 {
		t.Errorf("got %+v", done)
	}
	if got := serials(t, db); got[0] != "NEW00001" {
		t.Errorf("got %v", got)
	}
	apply(t, db, "c3", Change{T: "device", ID: "d1", Rev: 6, Del: true})
	apply(t, db, "c4", Change{T: "device", ID: "d1", Rev: 5, D: device("d1", "NEW00001", 1)})
	if got := serials(t, db); len(got) != 0 {
		t.Errorf("a deleted device came back: %v", got)
	}
	apply(t, db, "c5", Change{T: "device", ID: "d1", Rev: 7, D: device("d1", "BACK0001", 1)})
	if got := serials(t, db); len(got) != 1 {
		t.Errorf("the centre made it again: %v", got)
	}
}

func TestARowThatCannotBeReadWaitsInQuarantine(t *testing.T) {
	db := openIn(t, t.TempDir())
	done := apply(t, db, "c1",
		Change{T: "work_order", ID: "w1", Rev: 1, D: workOrder(repair.StageSubmitted)},
		Change{T: "device", ID: "d1", Rev: 1, D: json.RawMessage(`{"line":"not a number"}`)},
		Change{T: "spaceship", ID: "s1", Rev: 1, D: json.RawMessage(`{}`)},
		Change{T: "device", ID: "d2", Rev: 1, D: device("d2", "GOOD0002", 2)})
	if done.Quarantined != 2 || len(serials(t, db)) != 1 {
		t.Errorf("got %+v %v", done, serials(t, db))
	}
	apply(t, db, "c2", Change{T: "device", ID: "d1", Rev: 2, D: device("d1", "GOOD0001", 1)})
	left, err := db.Quarantined(t.Context(), farm)
	if err != nil || len(left) != 1 || left[0].ID != "s1" {
		t.Errorf("got %v %v", left, err)
	}
}

func TestASerialNumberIsFoundWholeByItsBeginningAndByAnyThreeCharacters(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	apply(t, db, "c1", Change{T: "work_order", ID: "w1", Rev: 1, D: workOrder(repair.StageSubmitted)},
		Change{T: "device", ID: "d1", Rev: 1, D: device("d1", "sn: ab-cd 1234", 1)})
	find := func() (exact, from, within int) {
		must(t, db.Cached(ctx, farm, func(tx CacheTx) error {
			a, err := tx.DevicesBySerials(ctx, []string{"ABCD1234", "NOSUCH"})
			must(t, err)
			b, err := tx.DevicesFrom(ctx, "ABCD", 10)
			must(t, err)
			c, err := tx.DevicesWithin(ctx, "D12", 10)
			must(t, err)
			exact, from, within = len(a), len(b), len(c)
			return nil
		}))
		return
	}
	if a, b, c := find(); a != 1 || b != 1 || c != 1 {
		t.Errorf("got %d %d %d", a, b, c)
	}
	apply(t, db, "c2", Change{T: "device", ID: "d1", Rev: 2, D: device("d1", "ZZZZ9999", 1)})
	if a, b, c := find(); a+b+c != 0 {
		t.Errorf("the old serial is still found: %d %d %d", a, b, c)
	}
}

func TestOneScopeDoesNotSeeAnother(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	apply(t, db, "c1", Change{T: "work_order", ID: "w1", Rev: 1, D: workOrder(repair.StageSubmitted)})
	must(t, db.Cached(ctx, "centre-1/other", func(tx CacheTx) error {
		rows, err := tx.Orders(ctx, ListFilter{Limit: 10})
		if len(rows) != 0 {
			t.Errorf("got %v", rows)
		}
		return err
	}))
	must(t, db.ForgetCache(ctx, farm))
	if cursor, _, _ := db.Cursor(ctx, farm); cursor != "" || len(serials(t, db)) != 0 {
		t.Error("something was not forgotten")
	}
}
