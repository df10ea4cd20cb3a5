package storetest

import (
	"errors"
	"reflect"
	"testing"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

func lettersOnce(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	first := centre.Letter{Account: "a1", ID: "l1", WorkOrder: "w1", Rule: "R35", Day: "2026-04-03", From: "2026-06-03",
		Email: "a@b.example", Language: "ru", At: "2026-04-03T00:00:00Z", Next: "2026-04-03T00:00:00Z"}
	other := first
	other.ID, other.Next = "l2", "2026-04-02T00:00:00Z"
	changed := first
	changed.Email, changed.Next = "x@y.example", "2026-01-01T00:00:00Z"
	update(t, s, func(tx centre.Tx) error {
		return errors.Join(tx.SaveLetter(ctx, first), tx.SaveLetter(ctx, other), tx.SaveLetter(ctx, changed))
	})
	due := func(now repair.Instant, want ...centre.Letter) {
		t.Helper()
		view(t, s, func(tx centre.Tx) error {
			got, err := tx.LettersDue(ctx, now, 9)
			if !reflect.DeepEqual(got, append([]centre.Letter(nil), want...)) {
				t.Errorf("due at %s: %+v, want %+v", now, got, want)
			}
			return err
		})
	}
	view(t, s, func(tx centre.Tx) error {
		stranger := first
		stranger.Account = "a2"
		for l, want := range map[centre.Letter]bool{first: true, other: true, stranger: false} {
			if has, err := tx.HasLetter(ctx, l); err != nil || has != want {
				t.Errorf("has %s of %s: %t %v", l.ID, l.Account, has, err)
			}
		}
		return nil
	})
	due("2026-04-01T00:00:00Z")
	due("2026-04-03T00:00:00Z", other, first)
	claims := func(l centre.Letter, want bool) {
		t.Helper()
		update(t, s, func(tx centre.Tx) error {
			done, err := tx.ClaimLetter(ctx, l, "2026-04-03T00:10:00Z")
			if done != want {
				t.Errorf("%s is claimed: %t", l.ID, done)
			}
			return err
		})
	}
	claims(first, true)
	claims(first, false) // another has done so since
	due("2026-04-03T00:00:00Z", other)
	update(t, s, func(tx centre.Tx) error {
		return errors.Join(tx.SettleLetter(ctx, first, "", "2026-04-03T00:01:00Z", "2026-04-03T00:00:01Z"),
			tx.SettleLetter(ctx, other, centre.LetterSent, "", "2026-04-03T00:00:01Z"), tx.SaveLetter(ctx, other))
	})
	first.Next, first.Attempts = "2026-04-03T00:01:00Z", 1
	due("2026-05-01T00:00:00Z", first)
}

func openOnesBehindAKey(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	update(t, s, func(tx centre.Tx) error {
		for i, open := range []bool{true, false, true, true} {
			id := string(rune('a' + i))
			row := centre.Row{T: "work_order", ID: id, Scope: "s", WorkOrder: repair.WorkOrderID(id), Rev: int64(i + 1), Open: open, Body: []byte("{}")}
			if err := tx.Save(ctx, row); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(tx centre.Tx) error {
		first, err := tx.OpenWorkOrders(ctx, "", 2)
		rest, err2 := tx.OpenWorkOrders(ctx, "c", 2)
		if !reflect.DeepEqual(first, []repair.WorkOrderID{"a", "c"}) || !reflect.DeepEqual(rest, []repair.WorkOrderID{"d"}) {
			t.Errorf("%v, then %v", first, rest)
		}
		return errors.Join(err, err2)
	})
}
