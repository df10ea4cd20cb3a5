package localdb

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

// TestRowsThatNoProgramShouldSendStopNobody: whatever a row is called and holds, it
// is kept or waits in quarantine, and those beside it are there.
func TestRowsThatNoProgramShouldSendStopNobody(t *testing.T) {
	db := openIn(t, t.TempDir())
	const huge = 1<<63 - 1
	order := func(id string) json.RawMessage {
		text, err := json.Marshal(repair.WorkOrder{ID: repair.WorkOrderID(id), Number: "WO-" + id, Stage: repair.StageSubmitted})
		must(t, err)
		return text
	}
	rows := []Change{{T: "work_order", ID: "first", Rev: 1, WorkOrder: "first", D: order("first")}}
	for n, c := range []Change{
		{T: "__proto__", ID: "__proto__", D: json.RawMessage(`{"__proto__":{"stage":"closed"}}`)},
		{T: "work_order", ID: "../../vault.db", D: order("../../vault.db")},
		{T: "work_order", ID: "NUL\x00inside", D: json.RawMessage(`{"id":"NUL\u0000inside","number":"\u0000"}`)},
		{T: "work_order", ID: "'; DROP TABLE entity; --", D: order("x")},
		{T: "device", ID: "deep", D: json.RawMessage(strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000))},
		{T: "device", ID: "2^63", D: json.RawMessage(`{"id":"2^63","line":9223372036854775808}`)},
		{T: "device", ID: "twice", D: json.RawMessage(`{"id":"a","id":{"b":1}}`)},
		{T: "device", ID: "no JSON", D: json.RawMessage("\xff\xfe")},
		{T: "device", ID: "large", D: json.RawMessage(`{"id":"large","complaint":"` + strings.Repeat("x", 8<<20) + `"}`)},
		{T: "device", ID: "nothing"},
		{T: "", ID: ""},
	} {
		c.Rev = int64(n + 2)
		rows = append(rows, c)
	}
	rows = append(rows, Change{T: "work_order", ID: "last", Rev: huge, WorkOrder: "last", D: order("last")})
	done, err := db.ApplyChanges(t.Context(), farm, rows, "c1", noon)
	must(t, err)
	if done.Changed+done.Quarantined != len(rows) {
		t.Errorf("of %d rows %+v", len(rows), done)
	}
	if done.Quarantined < 6 {
		t.Errorf("%d rows wait in quarantine", done.Quarantined)
	}
	must(t, db.Cached(t.Context(), farm, func(tx CacheTx) error {
		for _, id := range []repair.WorkOrderID{"first", "last", "../../vault.db", "'; DROP TABLE entity; --"} {
			if _, found, err := tx.OrderRow(t.Context(), id); err != nil || !found {
				t.Errorf("%s is not here: %v", id, err)
			}
		}
		return nil
	}))
	if cursor, _, err := db.Cursor(t.Context(), farm); err != nil || cursor != "c1" {
		t.Errorf("the pull stands at %q: %v", cursor, err)
	}
	again, err := db.ApplyChanges(t.Context(), farm, rows, "c2", noon)
	must(t, err)
	if again.Changed != 0 {
		t.Errorf("the same once more: %s", fmt.Sprint(again))
	}
}
