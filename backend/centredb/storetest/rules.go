package storetest

import (
	"errors"
	"fmt"
	"testing"

	"hashmend/backend/centre"
)

func aRowOfAnotherWorkOrderIsNotOverwritten(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	save := func(r centre.Row) error {
		return s.Update(ctx, func(tx centre.Tx) error { return tx.Save(ctx, r) })
	}
	mine := centre.Row{T: "quote", ID: "q1", Scope: "a1", WorkOrder: "w1", Rev: 1, Body: []byte(`{"n":1}`)}
	if err := save(mine); err != nil {
		t.Fatal(err)
	}
	for _, other := range []centre.Row{
		{T: "quote", ID: "q1", Scope: "a2", WorkOrder: "w1", Rev: 2, Body: []byte("{}")},
		{T: "quote", ID: "q1", Scope: "a1", WorkOrder: "w2", Rev: 2, Body: []byte("{}")},
	} {
		if err := save(other); !errors.Is(err, centre.ErrTaken) {
			t.Errorf("got %v, want ErrTaken", err)
		}
	}
	mine.Rev, mine.Body = 3, []byte(`{"n":2}`)
	if err := save(mine); err != nil {
		t.Fatal(err)
	}
	err := s.View(ctx, func(tx centre.Tx) error {
		got, _, err := tx.Load(ctx, "quote", "q1")
		if got.Rev != 3 || string(got.Body) != `{"n":2}` {
			t.Errorf("got rev %d, body %s", got.Rev, got.Body)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func theLogAndTheAnswersAreAppendOnly(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	if err := s.Update(ctx, func(tx centre.Tx) error {
		if err := tx.Append(ctx, centre.Commit{Mark: centre.Mark{Scope: "a", Seq: 1}, Chain: []byte{1}, Digest: []byte{1}}); err != nil {
			return err
		}
		return tx.SaveOp(ctx, centre.Op{Account: "a", ID: "1", Body: []byte("{}")})
	}); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		s.Update(ctx, func(tx centre.Tx) error {
			return tx.Append(ctx, centre.Commit{Mark: centre.Mark{Scope: "a", Seq: 1}, Chain: []byte{2}, Digest: []byte{1}})
		}),
		s.Update(ctx, func(tx centre.Tx) error {
			return tx.SaveOp(ctx, centre.Op{Account: "a", ID: "1", Body: []byte("[]")})
		}),
	} {
		if !e.Refused(err) {
			t.Errorf("got %v, want a refusal", err)
		}
	}
	for _, statement := range []string{"UPDATE commit_log SET at = 'x'", "UPDATE commit_log SET seq = 9", "DELETE FROM commit_log", "UPDATE op SET body = 'x'", "DELETE FROM op"} {
		if err := e.Exec(ctx, s, statement); err == nil {
			t.Errorf("%s: must be refused", statement)
		}
	}
}

func aHeadMovesForwardOnly(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	append := func(seq int64) error {
		return s.Update(ctx, func(tx centre.Tx) error {
			return tx.Append(ctx, centre.Commit{Mark: centre.Mark{Scope: "a", Seq: seq}, Chain: []byte{byte(seq)}, Digest: []byte{1}})
		})
	}
	if err := append(7); err != nil {
		t.Fatal(err)
	}
	if err := append(6); !errors.Is(err, centre.ErrMoved) {
		t.Errorf("got %v, want ErrMoved", err)
	}
	err := s.View(ctx, func(tx centre.Tx) error {
		head, err := tx.Head(ctx, "a")
		if head.Seq != 7 || head.Chain[0] != 7 {
			t.Errorf("the head is %+v", head)
		}
		if _, found, _ := tx.CommitOf(ctx, "a", 6); found {
			t.Error("the refused line is there")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func aRowIsInItsOwnFeedAndInThatOfEverything(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	err := s.Update(ctx, func(tx centre.Tx) error {
		for i, scope := range []centre.Scope{"a", "b", "a"} { // d0 and d2 of a, d1 of b
			seq := int64(i/2 + 1)
			row := centre.Row{T: "device", ID: "d" + string(rune('0'+i)), Scope: scope, Rev: seq, Body: []byte("{}")}
			line := centre.Commit{Mark: centre.Mark{Scope: scope, Seq: seq}, Of: centre.Mark{Scope: scope, Seq: seq}, Chain: []byte{1}, Digest: []byte{1}}
			all := line
			all.Mark = centre.Mark{Scope: centre.Own, Seq: int64(i + 1)}
			if err := errors.Join(tx.Save(ctx, row), tx.Append(ctx, line), tx.Append(ctx, all)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got := func(rows []centre.Row, err error) (text string) {
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			text += fmt.Sprintf("%s %d/%d ", r.ID, r.Rev, r.Seq)
		}
		return text
	}
	err = s.View(ctx, func(tx centre.Tx) error {
		for _, c := range []struct{ got, want string }{
			{got(tx.Since(ctx, "a", 0, 9)), "d0 1/1 d2 2/2 "},
			{got(tx.Since(ctx, "a", 1, 9)), "d2 2/2 "},
			{got(tx.OfCommit(ctx, "b", 1)), "d1 1/1 "},
			{got(tx.Since(ctx, centre.Own, 0, 9)), "d0 1/1 d1 1/2 d2 2/3 "},
			{got(tx.OfCommit(ctx, centre.Own, 2)), "d1 1/2 "},
			{got(tx.Kept(ctx, "a", centre.RowKey{T: "device", ID: "d0"}, 9)), "d2 2/2 "},
			{got(tx.Kept(ctx, centre.Own, centre.RowKey{}, 2)), "d0 1/1 d1 1/2 "},
			{got(tx.Kept(ctx, centre.Own, centre.RowKey{T: "device", ID: "d1"}, 2)), "d2 2/3 "},
		} {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		}
		counts, err := tx.KeptCounts(ctx, "a")
		if counts["device"] != 2 {
			t.Errorf("counted %v", counts)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func numbersAreGivenInOrderWithinAYear(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	next := func(year int) (n int) {
		if err := s.Update(ctx, func(tx centre.Tx) (err error) { n, err = tx.NextNumber(ctx, year); return err }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if got := []int{next(2026), next(2026), next(2027), next(2026)}; got[0] != 1 || got[1] != 2 || got[2] != 1 || got[3] != 3 {
		t.Errorf("got %v", got)
	}
}

func anInviteIsUsedOnce(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	use := func() error {
		return s.Update(ctx, func(tx centre.Tx) error { return tx.UseInvite(ctx, []byte("h"), "i1", "2026-01-01T00:00:00Z") })
	}
	if err := s.Update(ctx, func(tx centre.Tx) error { return tx.SaveInvite(ctx, centre.Invite{Hash: []byte("h")}) }); err != nil {
		t.Fatal(err)
	}
	if err := use(); err != nil {
		t.Fatal(err)
	}
	if err := use(); !errors.Is(err, centre.ErrMoved) {
		t.Errorf("got %v, want ErrMoved", err)
	}
}
