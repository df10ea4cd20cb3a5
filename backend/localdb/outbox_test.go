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
