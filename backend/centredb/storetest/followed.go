package storetest

import (
	"reflect"
	"testing"

	"hashmend/backend/centre"
)

func followedAsSaved(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	one := centre.Followed{RowKey: centre.RowKey{T: "parcel", ID: "p1"}, Scope: "a", WorkOrder: "w1", Carrier: "sf", Number: "SF1", AskAt: "2026-01-01T00:00:00Z"}
	two := centre.Followed{RowKey: centre.RowKey{T: "shipment", ID: "s1"}, Scope: "b", WorkOrder: "w2", Carrier: "kye", Number: "SF1", AskAt: "2026-01-02T00:00:00Z"}
	moved := one
	moved.AskAt, moved.AskedAt, moved.Tries, moved.PushedBy = "2026-01-03T00:00:00Z", "2026-01-01T00:00:00Z", 2, "kuaidi100"
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	expect := func(what string, got []centre.Followed, err error, want ...centre.Followed) {
		t.Helper()
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\n%+v, want\n%+v", what, err, got, want)
		}
	}
	update(t, s, func(tx centre.Tx) error { must(tx.Follow(ctx, one)); return tx.Follow(ctx, two) })
	update(t, s, func(tx centre.Tx) error {
		due, err := tx.FollowedDue(ctx, "2026-01-01T12:00:00Z", 9)
		expect("due", due, err, one)
		due, err = tx.FollowedDue(ctx, "2026-01-09T00:00:00Z", 1)
		expect("due longest", due, err, one)
		same, err := tx.FollowedBy(ctx, "SF1")
		expect("by number", same, err, one, two)
		done, err := tx.MoveFollowed(ctx, moved, one.AskAt)
		if err != nil || !done {
			t.Errorf("moved %t, %v", done, err)
		}
		if done, err = tx.MoveFollowed(ctx, moved, one.AskAt); err != nil || done {
			t.Errorf("moved again %t, %v", done, err)
		}
		return nil
	})
	update(t, s, func(tx centre.Tx) error {
		must(tx.Follow(ctx, one)) // the same number goes on where it stood
		same, err := tx.FollowedBy(ctx, "SF1")
		expect("again", same, err, moved, two)
		other := one
		other.Number = "SF2"
		must(tx.Follow(ctx, other))
		same, err = tx.FollowedBy(ctx, "SF2")
		expect("another number", same, err, other)
		other.AskAt = "9999-12-31T23:59:59Z"
		must(tx.Follow(ctx, other))
		same, err = tx.FollowedBy(ctx, "SF2")
		expect("not asked about any more", same, err, other)
		must(tx.Unfollow(ctx, "a", one.RowKey))
		same, err = tx.FollowedBy(ctx, "SF2")
		expect("not followed", same, err)
		return nil
	})
	update(t, s, func(tx centre.Tx) error {
		for n, want := range []bool{true, true, false, false} {
			if got, err := tx.CountAsk(ctx, "", "sf", "2026-01-01", 2); err != nil || got != want {
				t.Errorf("question %d: %t, %v", n+1, got, err)
			}
		}
		if got, err := tx.CountAsk(ctx, "a", "sf", "2026-01-01", 1); err != nil || !got {
			t.Errorf("another scope's are counted: %t, %v", got, err)
		}
		must(tx.ForgetAsks(ctx, "2026-01-01"))
		if got, err := tx.CountAsk(ctx, "", "sf", "2026-01-01", 2); err != nil || got {
			t.Errorf("today is forgotten: %t, %v", got, err)
		}
		must(tx.ForgetAsks(ctx, "2026-01-02"))
		if got, err := tx.CountAsk(ctx, "", "sf", "2026-01-01", 2); err != nil || !got {
			t.Errorf("yesterday is kept: %t, %v", got, err)
		}
		if got, err := tx.CountAsk(ctx, "a", "sf", "2026-01-01", 1); err != nil || !got {
			t.Errorf("yesterday is kept of another scope: %t, %v", got, err)
		}
		return nil
	})
}
