package centrehost_test

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
)

// TestADeedHasOneTime: a clock that jumps while a work order is filed does not
// give the case one time and the log, or the answer that is kept, another.
func TestADeedHasOneTime(t *testing.T) {
	dir, now := t.TempDir(), time.Date(2026, 3, 2, 0, 9, 34, 0, time.UTC)
	host, err := centrehost.Open(t.Context(), dir, centrehost.Options{Now: func() time.Time {
		now = now.Add(time.Hour)
		return now
	}})
	if err != nil {
		t.Fatal(err)
	}
	by := centre.Caller{Person: repair.Person{User: "u", Role: repair.RoleCustomer, Account: "a"}, Install: "i"}
	body, err := json.Marshal(Submission(2))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := host.Centre().Submit(t.Context(), by, OrderID, body); err != nil {
		t.Fatal(err)
	}
	whole, err := host.Centre().WorkOrder(t.Context(), by, OrderID)
	if err != nil {
		t.Fatal(err)
	}
	if err := host.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", filepath.Join(dir, "centre.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, question := range []string{"SELECT at FROM commit_log WHERE op = ?", "SELECT at FROM op WHERE id = ?"} {
		var at repair.Instant
		if err := db.QueryRow(question, string(OrderID)).Scan(&at); err != nil || at != whole.Order.SubmittedAt {
			t.Errorf("%s: %s %v, the order says %s", question, at, err, whole.Order.SubmittedAt)
		}
	}
}
