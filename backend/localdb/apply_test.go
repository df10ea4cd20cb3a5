package localdb

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"hashmend/backend/repair"
)

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
	must(t, db.Stage(ctx, farm, ""))
	must(t, db.Swap(ctx, farm, noon))
	if cursor, _, _ := db.Cursor(ctx, farm); cursor != "" || len(serials(t, db)) != 0 {
		t.Error("something was not forgotten")
	}
}

func TestAWorkOrderIsAsNewAsWhatCameBesideIt(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	at := repair.At(noon.Time().Add(time.Hour))
	later, _ := json.Marshal(repair.Device{ID: "d1", WorkOrder: "w1", Line: 1, Serial: "SN-ONE-1", Status: repair.Received, ReceivedAt: at})
	// In the order of a snapshot the device comes first.
	apply(t, db, "c1", Change{T: "device", ID: "d1", Rev: 2, D: later},
		Change{T: "work_order", ID: "w1", Rev: 1, D: workOrder(repair.StageReceived)})
	must(t, db.Cached(ctx, farm, func(tx CacheTx) error {
		row, found, err := tx.OrderRow(ctx, "w1")
		if !found || row.Updated != at {
			t.Errorf("got %+v %v", row, found)
		}
		return err
	}))
}

func TestTheNewestOfTwoRowsInAPageStays(t *testing.T) {
	db := openIn(t, t.TempDir())
	apply(t, db, "c1", Change{T: "device", ID: "d1", Rev: 3, D: device("d1", "NEW00001", 1)},
		Change{T: "device", ID: "d1", Rev: 2, D: device("d1", "OLD00001", 1)})
	if got := serials(t, db); len(got) != 1 || got[0] != "NEW00001" {
		t.Errorf("got %v", got)
	}
	apply(t, db, "c2", Change{T: "device", ID: "d1", Rev: 4, D: device("d1", "OLD00001", 1)},
		Change{T: "device", ID: "d1", Rev: 5, D: device("d1", "NEW00002", 1)})
	if got := serials(t, db); len(got) != 1 || got[0] != "NEW00002" {
		t.Errorf("got %v", got)
	}
}
