package localdb

import (
	"strings"
	"testing"
	"time"

	"hashmend/backend/repair"
)

func queue(t *testing.T, db *DB, id, order string, hold repair.Instant) {
	t.Helper()
	must(t, db.Update(t.Context(), func(tx VaultTx) error {
		return tx.Queue(t.Context(), OutboxItem{ID: id, Scope: farm, Kind: "message", WorkOrder: repair.WorkOrderID(order),
			CreatedAt: noon, HoldUntil: hold}, []byte(`{"id":"`+id+`"}`))
	}))
}

// standing gives what is not confirmed yet, in its order, and how it stands.
func standing(t *testing.T, db *DB) string {
	t.Helper()
	var out []string
	must(t, db.View(t.Context(), func(tx VaultTx) error {
		items, err := tx.OpenOutbox(t.Context(), farm)
		for _, item := range items {
			out = append(out, item.ID+" "+string(item.State))
		}
		return err
	}))
	return strings.Join(out, ", ")
}

func TestWhatIsOnItsWayKeepsItsOrder(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	stands := func(when, want string) {
		t.Helper()
		if got := standing(t, db); got != want {
			t.Errorf("%s: %s", when, got)
		}
	}
	queue(t, db, "a1", "a", "")
	queue(t, db, "a2", "a", "")
	queue(t, db, "b1", "b", "")
	stands("at first", "a1 queued, a2 queued, b1 queued")
	body, ok, err := db.MarkSending(ctx, "a1", noon)
	if err != nil || !ok || string(body) != `{"id":"a1"}` {
		t.Fatalf("sending: %s %v %v", body, ok, err)
	}
	stands("while a1 travels", "a1 sending, a2 queued, b1 queued")
	must(t, db.MarkRetry(ctx, "a1", &repair.Error{Kind: repair.Offline, Code: "centre.offline"}, noon.Time(), 30*time.Second))
	stands("while a1 waits for its next try", "a1 queued, a2 queued, b1 queued")
	must(t, db.View(ctx, func(tx VaultTx) error {
		item, err := tx.OutboxItem(ctx, "a1")
		if item.NextAt != later(30) || item.Attempts != 1 {
			t.Errorf("next due: %s after %d tries", item.NextAt, item.Attempts)
		}
		return err
	}))
	must(t, db.MarkAccepted(ctx, "a1", 7, []byte(`{"rev":7}`), noon))
	stands("after a1", "a2 queued, b1 queued")
	must(t, db.MarkRefused(ctx, "a2", &repair.Error{Kind: repair.Conflict, Code: "order.changed"}, noon))
	stands("a refused one stays to be seen", "a2 refused, b1 queued")
	queue(t, db, "a3", "a", "")
	stands("and stops nobody", "a2 refused, b1 queued, a3 queued")
}

func TestWhatIsHeldMayBeTakenBackUntilItTravels(t *testing.T) {
	ctx := t.Context()
	db := openIn(t, t.TempDir())
	queue(t, db, "a1", "a", later(9))
	if _, ok, err := db.MarkSending(ctx, "a1", later(8)); ok || err != nil {
		t.Errorf("held, and sent: %v", err)
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
