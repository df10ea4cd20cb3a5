package storetest

import (
	"reflect"
	"testing"

	"hashmend/backend/centre"
)

func checkoutsAsSaved(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	one := centre.Watched{Scope: "a", Payment: "p1", WorkOrder: "w1", AskAt: "2026-01-01T00:00:00Z"}
	two := centre.Watched{Scope: "b", Payment: "p1", WorkOrder: "w2", AskAt: "2026-01-02T00:00:00Z", Tries: 3}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	expect := func(tx centre.Tx, what string, want ...centre.Watched) {
		t.Helper()
		got, err := tx.CheckoutsDue(ctx, "2026-01-02T00:00:00Z", 9)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\n%+v, want\n%+v", what, err, got, want)
		}
	}
	claim := func(tx centre.Tx, w centre.Watched, want bool) {
		t.Helper()
		if got, err := tx.ClaimCheckout(ctx, w, "2026-01-03T00:00:00Z"); err != nil || got != want {
			t.Errorf("claimed %t, %v, want %t", got, err, want)
		}
	}
	update(t, s, func(tx centre.Tx) error { must(tx.WatchCheckout(ctx, two)); return tx.WatchCheckout(ctx, one) })
	update(t, s, func(tx centre.Tx) error {
		expect(tx, "the longest due first", one, two)
		if got, err := tx.CheckoutsDue(ctx, "2026-01-02T00:00:00Z", 1); err != nil || len(got) != 1 {
			t.Errorf("%v %v", got, err)
		}
		claim(tx, one, true)
		claim(tx, one, false)
		expect(tx, "claimed", two)
		return nil
	})
	update(t, s, func(tx centre.Tx) error {
		again := one
		again.Tries = 1
		must(tx.WatchCheckout(ctx, again))
		expect(tx, "put off", again, two)
		must(tx.DropCheckout(ctx, "b", "p1"))
		expect(tx, "dropped", again)
		return nil
	})
}
