package localdb

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"hashmend/backend/repair"
)

// TestAStagedSnapshotTakesTheOldCopysPlaceWhole: until then everything reads the
// old copy, after it only the new one.
func TestAStagedSnapshotTakesTheOldCopysPlaceWhole(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	db := openIn(t, dir)
	apply(t, db, "c1", Change{T: "work_order", ID: "w1", Rev: 1, D: workOrder(repair.StageSubmitted)},
		Change{T: "device", ID: "d1", Rev: 9, D: device("d1", "OLD00001", 1)},
		Change{T: "device", ID: "d2", Rev: 9, D: device("d2", "GONE0002", 2)})
	must(t, db.Stage(ctx, farm, "cursor.diverged"))
	for i, row := range []Change{
		{T: "device", ID: "d1", Rev: 3, D: device("d1", "NEW00001", 1)},
		{T: "work_order", ID: "w1", Rev: 1, D: workOrder(repair.StageSubmitted)},
	} {
		_, err := db.StageRows(ctx, farm, "at", 2, []Change{row})
		must(t, err)
		if got := serials(t, db); len(got) != 2 || got[0] != "OLD00001" {
			t.Errorf("while the snapshot comes, %v is read", got)
		}
		must(t, db.Close()) // a crash in the middle
		db = openIn(t, dir)
		s, found, err := db.Staged(ctx, farm)
		if err != nil || !found || s.AfterT != row.T || s.AfterID != row.ID || s.At != "at" || s.Arrived != int64(i+1) || s.Why != "cursor.diverged" {
			t.Errorf("after %d rows it goes on at %+v %v", i+1, s, err)
		}
	}
	missing, err := db.OnlyLive(ctx, farm, "", "", 10)
	if err != nil || len(missing) != 1 || missing[0].ID != "d2" || missing[0].WorkOrder != "w1" {
		t.Errorf("missing are %+v %v", missing, err)
	}
	must(t, db.Swap(ctx, farm, noon))
	if got := serials(t, db); len(got) != 1 || got[0] != "NEW00001" {
		t.Errorf("after it %v is read", got)
	}
	if cursor, _, err := db.Cursor(ctx, farm); err != nil || cursor != "at" {
		t.Errorf("it goes on at %q %v", cursor, err)
	}
	for more := true; more; {
		more, err = db.SweepLeft(ctx)
		must(t, err)
	}
	if got := serials(t, db); len(got) != 1 {
		t.Errorf("sweeping took %v", got)
	}
	must(t, db.Cached(ctx, farm, func(tx CacheTx) error {
		found, err := tx.DevicesWithin(ctx, "GONE", 10)
		if len(found) > 0 {
			t.Error("what was swept away is still found")
		}
		return err
	}))
	// Its place is free for the next one.
	must(t, db.Stage(ctx, farm, ""))
	if s, found, err := db.Staged(ctx, farm); err != nil || !found || s.Arrived != 0 || s.AfterID != "" {
		t.Errorf("the next one begins at %+v %v", s, err)
	}
}

func TestWhatWasAcceptedIsOfferedAgainOnceForEachLostCursor(t *testing.T) {
	ctx, now := t.Context(), noon.Time()
	db := openIn(t, t.TempDir())
	for i, kind := range []string{KindSubmit, string(repair.CmdMessage), string(repair.CmdSendVoucher), string(repair.CmdCancel)} {
		id := fmt.Sprint("op", i)
		must(t, db.Update(ctx, func(tx VaultTx) error {
			return tx.Queue(ctx, OutboxItem{ID: id, Scope: farm, Kind: kind, WorkOrder: "w1", CreatedAt: noon}, []byte(`{"n":`+fmt.Sprint(i)+`}`))
		}))
		at := noon
		if kind == string(repair.CmdCancel) {
			at = repair.At(now.Add(-87600 * time.Hour)) // by a clock that was wrong
		}
		must(t, db.MarkAccepted(ctx, id, int64(i+1), []byte(`{"number":"WO-1"}`), at))
	}
	photo := repair.FileRef{SHA256: fmt.Sprintf("%064x", 1), Size: 5, Type: "image/png", Name: "a.png"}
	must(t, db.Update(ctx, func(tx VaultTx) error {
		return errors.Join(tx.KeepFile(ctx, farm, photo, noon), tx.SendFiles(ctx, farm, []repair.FileRef{photo}, noon))
	}))
	must(t, db.Uploaded(ctx, farm, photo.SHA256))
	for range 2 { // the same cursor is refused twice
		_, err := db.NoteRestored(ctx, farm, "c9", now)
		must(t, err)
	}
	if files, err := db.NextFiles(ctx, farm, noon, 10); err != nil || len(files) != 1 || files[0].FileRef != photo {
		t.Errorf("the files that travel again are %v %v", files, err)
	}
	look := func() (items []OutboxItem) {
		must(t, db.View(ctx, func(tx VaultTx) (err error) { items, err = tx.OfferedAgain(ctx, farm); return err }))
		return items
	}
	items := look()
	if len(items) != 4 || items[0].Again != AgainSent || items[1].Again != AgainSent || items[2].Again != AgainAsks || items[3].Again != AgainSent {
		t.Fatalf("offered again are %+v", items)
	}
	if items[0].State != Queued || string(items[0].Was) != `{"number":"WO-1"}` || items[0].Fingerprint == "" {
		t.Errorf("the first is %+v", items[0])
	}
	must(t, db.Update(ctx, func(tx VaultTx) error {
		n, err := tx.SayAgain(ctx, farm, "op2", false, noon)
		if n != 1 {
			t.Errorf("the word went to %d", n)
		}
		return err
	}))
	must(t, db.MarkAccepted(ctx, "op0", 1, []byte(`{"number":"WO-2"}`), noon))
	if items = look(); items[2].Again != AgainLeft || items[2].State != Accepted || string(items[0].Was) != `{"number":"WO-1"}` || string(items[0].Answer) != `{"number":"WO-2"}` {
		t.Errorf("then they are %+v", items)
	}
	_, err := db.NoteRestored(ctx, farm, "c10", now) // and again another time
	must(t, err)
	if items = look(); items[0].State != Queued || items[2].State != Accepted {
		t.Errorf("the next time %+v", items)
	}
}

func TestWhatIsOnlyHereStaysUntilItComesBackOrAPersonForgetsIt(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	rows := []Change{{T: "work_order", ID: "w1", WorkOrder: "w1", D: json.RawMessage(`{}`)},
		{T: "device", ID: "d1", WorkOrder: "w1", D: json.RawMessage(`{"a":1}`)}, {T: "device", ID: "d2", WorkOrder: "w2", D: json.RawMessage(`{}`)}}
	for range 2 {
		must(t, db.KeepOnlyHere(ctx, farm, rows, noon))
	}
	look := func() (text string) {
		must(t, db.View(ctx, func(tx VaultTx) error {
			all, err := tx.OnlyHere(ctx, farm, 10)
			for _, o := range all {
				text += o.ID + " "
			}
			return err
		}))
		return text
	}
	if got := look(); got != "w1 d1 d2 " {
		t.Errorf("only here: %s", got)
	}
	must(t, db.CameBack(ctx, farm, rows[1:2]))
	if got := look(); got != "w1 d2 " {
		t.Errorf("one came back: %s", got)
	}
	must(t, db.Update(ctx, func(tx VaultTx) error { return tx.ForgetOnlyHere(ctx, farm, "w2") }))
	if got := look(); got != "w1 " {
		t.Errorf("one was forgotten: %s", got)
	}
}
