package localdb

import (
	"encoding/json"
	"flag"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

func deviceChange(t failer, i int, rev int64, serial string) Change {
	d, err := json.Marshal(repair.Device{ID: repair.DeviceID(fmt.Sprint("d", i)), WorkOrder: "w1", Line: i + 1, Serial: repair.SerialNumber(serial)})
	if err != nil {
		t.Fatal(err)
	}
	return Change{T: "device", ID: fmt.Sprint("d", i), Rev: rev, D: d}
}

func orderChange(t failer, rev int64, note string) Change {
	d, err := json.Marshal(repair.WorkOrder{ID: "w1", Number: "WO-1", Stage: repair.StageSubmitted, Note: note})
	if err != nil {
		t.Fatal(err)
	}
	return Change{T: "work_order", ID: "w1", Rev: rev, D: d}
}

// However far the index of parts has come, and whatever happens to devices
// meanwhile, a search finds what looking at every serial number would.
func TestASearchFindsTheSameHoweverFarTheIndexIs(t *testing.T) {
	ctx := t.Context()
	must(t, flag.Set("rapid.checks", "15")) // each makes its own databases
	defer func() { must(t, flag.Set("rapid.checks", "100")) }()
	rapid.Check(t, func(rt *rapid.T) {
		db := openIn(t, t.TempDir())
		defer func() { _ = db.Close() }()
		truth := map[int]string{}
		rev := int64(1)
		if _, err := db.ApplyChanges(ctx, farm, []Change{orderChange(rt, rev, "")}, "c", noon); err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"put", "put", "delete", "index", "look"}).Draw(rt, "step") {
			case "put":
				var page []Change
				for range rapid.IntRange(1, 4).Draw(rt, "page") {
					i := rapid.IntRange(0, 9).Draw(rt, "device")
					rev++
					truth[i] = rapid.StringMatching(`[AB]{3,6}`).Draw(rt, "serial")
					page = append(page, deviceChange(rt, i, rev, truth[i]))
				}
				if _, err := db.ApplyChanges(ctx, farm, page, "c", noon); err != nil {
					rt.Fatal(err)
				}
			case "delete":
				i := rapid.IntRange(0, 9).Draw(rt, "device")
				rev++
				delete(truth, i)
				gone := Change{T: "device", ID: fmt.Sprint("d", i), Rev: rev, WorkOrder: "w1", Del: true}
				if _, err := db.ApplyChanges(ctx, farm, []Change{gone}, "c", noon); err != nil {
					rt.Fatal(err)
				}
			case "index":
				if _, err := db.indexText(ctx, 2); err != nil {
					rt.Fatal(err)
				}
			case "look":
				part := rapid.StringMatching(`[AB]{3,4}`).Draw(rt, "part")
				want := 0
				for _, serial := range truth {
					if strings.Contains(serial, part) {
						want++
					}
				}
				if err := db.Cached(ctx, farm, func(tx CacheTx) error {
					hits, err := tx.DevicesWithin(ctx, part, 100)
					if len(hits) != want {
						rt.Errorf("%q: %d found, %d are there: %v", part, len(hits), want, truth)
					}
					return err
				}); err != nil {
					rt.Fatal(err)
				}
			}
		}
	})
}

func TestFewDevicesHaveNoIndexOfParts(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	_, err := db.ApplyChanges(ctx, farm, []Change{orderChange(t, 1, ""), deviceChange(t, 0, 2, "JX26001")}, "c", noon)
	must(t, err)
	if more, err := db.IndexText(ctx); more || err != nil {
		t.Errorf("more %t, %v", more, err)
	}
	must(t, db.Cached(ctx, farm, func(tx CacheTx) error {
		upto, err := upkeep(ctx, tx.tx, "text")
		if upto != 0 {
			t.Errorf("the index holds devices up to %d", upto)
		}
		return err
	}))
}

// A program that projects more than the one before takes it from the bodies that
// are here: a word of a note is found although nothing was fetched.
func TestAnUpgradeProjectsAnewFromWhatIsHere(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	_, err := db.ApplyChanges(ctx, farm, []Change{orderChange(t, 1, "Left the heatsink off")}, "c", noon)
	must(t, err)
	p := map[string]any{"scope": int64(1), "t": "martian", "id": "m1", "rev": int64(2), "body": []byte(`{}`), "error": "not known"}
	d := deviceChange(t, 1, 3, "JX26001")
	must(t, db.cache.Update(ctx, func(tx *sqlkit.Tx) error {
		if _, err := tx.Exec(ctx, "order_row_put", map[string]any{ // as an older program left it
			"scope": int64(1), "id": "w1", "number": "WO-1", "reference": "", "customer": "", "stage": "submitted", "flags": "[]", "devices": 0, "updated": "", "search": "wo-1"}); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "quarantine_put", p); err != nil {
			return err
		}
		p["t"], p["id"], p["rev"], p["body"] = d.T, d.ID, d.Rev, []byte(d.D) // an older program did not know it
		_, err := tx.Exec(ctx, "quarantine_put", p)
		return err
	}))
	find := func() int {
		var n int
		must(t, db.Cached(ctx, farm, func(tx CacheTx) (err error) {
			n, err = tx.CountOrders(ctx, ListFilter{Text: "heatsink", Limit: 10})
			return err
		}))
		return n
	}
	if find() != 0 {
		t.Fatal("the row is not as an older program left it")
	}
	for more := true; more; {
		more, err = db.Reproject(ctx)
		must(t, err)
	}
	if find() != 1 {
		t.Error("the note is not found")
	}
	left, err := db.Quarantined(ctx, farm)
	must(t, err)
	if len(left) != 1 || left[0].T != "martian" {
		t.Errorf("in quarantine: %+v", left)
	}
	must(t, db.Cached(ctx, farm, func(tx CacheTx) error {
		hits, err := tx.DevicesFrom(ctx, "JX26", 10)
		if len(hits) != 1 {
			t.Errorf("%d devices", len(hits))
		}
		return err
	}))
}

func TestAPageOfDevicesBeginsAnywhere(t *testing.T) {
	ctx := t.Context()
	for _, missing := range []int{-1, 0, 20} { // a line that is not there, or all are
		db := openIn(t, t.TempDir())
		changes := []Change{orderChange(t, 1, "")}
		var want []string
		for i := range 50 {
			if i != missing {
				changes = append(changes, deviceChange(t, i, int64(i+2), fmt.Sprintf("JX%05d", i)))
				want = append(want, fmt.Sprintf("JX%05d", i))
			}
		}
		_, err := db.ApplyChanges(ctx, farm, changes, "c", noon)
		must(t, err)
		var got []string
		for offset := 0; offset < 60; offset += 7 {
			must(t, db.Cached(ctx, farm, func(tx CacheTx) error {
				rows, total, err := tx.Devices(ctx, "w1", DeviceFilter{Offset: offset, Limit: 7})
				if total != len(want) {
					t.Errorf("total %d", total)
				}
				for _, d := range rows {
					got = append(got, string(d.Serial))
				}
				return err
			}))
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("without line %d: %v", missing+1, got)
		}
	}
}
