package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

func update(t *testing.T, s centre.Store, f func(centre.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, s centre.Store, f func(centre.Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func aFailedUpdateLeavesNothing(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	refused := errors.New("refused")
	err := s.Update(ctx, func(tx centre.Tx) error {
		return errors.Join(tx.SaveAccount(ctx, "a1", "one", ""), tx.SaveOp(ctx, centre.Op{Account: "a1", ID: "o1"}), refused)
	})
	if !errors.Is(err, refused) {
		t.Errorf("got %v", err)
	}
	view(t, s, func(tx centre.Tx) error {
		_, account, err := tx.AccountByName(ctx, "one")
		_, op, err2 := tx.Op(ctx, "a1", "o1")
		if account || op {
			t.Error("something is there")
		}
		return errors.Join(err, err2)
	})
}

func aViewSeesOneMoment(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	look := func(tx centre.Tx) (found bool, err error) {
		_, found, err = tx.AccountByName(ctx, "late")
		return found, err
	}
	view(t, s, func(tx centre.Tx) error {
		before, err := look(tx)
		update(t, s, func(tx centre.Tx) error { return tx.SaveAccount(ctx, "a1", "late", "") })
		after, err2 := look(tx)
		if before || after {
			t.Error("the view has moved on")
		}
		return errors.Join(err, err2)
	})
	view(t, s, func(tx centre.Tx) error {
		found, err := look(tx)
		if !found {
			t.Error("the commit is not seen")
		}
		return err
	})
}

// commit adds a line to a scope's log, as the centre does.
func commit(t *testing.T, s centre.Store, scope centre.Scope) error {
	ctx := t.Context()
	return s.Update(ctx, func(tx centre.Tx) error {
		head, err := tx.Head(ctx, scope)
		if err != nil {
			return err
		}
		at := centre.Mark{Scope: scope, Seq: head.Seq + 1}
		return tx.Append(ctx, centre.Commit{Mark: at, Of: at, Chain: append([]byte{}, byte(at.Seq)), Digest: []byte{1}})
	})
}

func rivalsForAScope(t *testing.T, e Engine) {
	s := e.Open(t)
	const n, each = 8, 5
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			for range each {
				if err := commit(t, s, "a"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	view(t, s, func(tx centre.Tx) error {
		next := int64(1)
		if err := tx.EachCommit(t.Context(), "a", func(c centre.Commit) error {
			if c.Seq != next {
				t.Errorf("line %d follows line %d", c.Seq, next-1)
			}
			next++
			_, found, err := tx.CommitOf(t.Context(), "a", c.Seq) // beside the walk
			if !found {
				t.Errorf("line %d is not found", c.Seq)
			}
			return err
		}); err != nil {
			return err
		}
		head, err := tx.Head(t.Context(), "a")
		if head.Seq != n*each || next != n*each+1 {
			t.Errorf("the head is %d, the lines end before %d", head.Seq, next)
		}
		return err
	})
}

// Two decide on what they have both read. The second must read again.
func whatARivalHasChanged(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	row := centre.Row{T: "quote", ID: "q1", Scope: "a", WorkOrder: "w1", Rev: 1, Body: []byte(`0`)}
	update(t, s, func(tx centre.Tx) error { return tx.Save(ctx, row) })
	const n = 8
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			err := s.Update(ctx, func(tx centre.Tx) error {
				rows, err := tx.OfWorkOrder(ctx, "w1")
				if err != nil {
					return err
				}
				var count int
				if _, err := fmt.Sscan(string(rows[0].Body), &count); err != nil {
					return err
				}
				next := rows[0]
				next.Rev, next.Body = next.Rev+1, fmt.Appendf(nil, "%d", count+1)
				return tx.Save(ctx, next)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	view(t, s, func(tx centre.Tx) error {
		got, _, err := tx.Load(ctx, "quote", "q1")
		if string(got.Body) != fmt.Sprint(n) || got.Rev != n+1 {
			t.Errorf("%s of %d changes are there, rev %d", got.Body, n, got.Rev)
		}
		return err
	})
}

func theSameAnswerTwice(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	var all sync.WaitGroup
	var mu sync.Mutex
	first := 0
	for range 8 {
		all.Go(func() {
			mine := false
			err := s.Update(ctx, func(tx centre.Tx) error {
				mine = false
				_, found, err := tx.Op(ctx, "a", "o1")
				if err != nil || found {
					return err
				}
				mine = true
				return tx.SaveOp(ctx, centre.Op{Account: "a", ID: "o1", Body: []byte("{}")})
			})
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if mine {
				first++
			}
		})
	}
	all.Wait()
	if first != 1 {
		t.Errorf("%d have answered", first)
	}
}

func numbersAreNeverGivenTwice(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	var all sync.WaitGroup
	var given sync.Map
	for range 20 {
		all.Go(func() {
			var n int
			if err := s.Update(ctx, func(tx centre.Tx) (err error) { n, err = tx.NextNumber(ctx, 2026); return err }); err != nil {
				t.Error(err)
			}
			if _, twice := given.LoadOrStore(n, true); twice {
				t.Errorf("%d was given twice", n)
			}
		})
	}
	all.Wait()
}

func orderIsThatOfBytes(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	update(t, s, func(tx centre.Tx) error {
		for _, id := range []string{"é", "a", "_", "B", "-"} {
			if err := tx.Save(ctx, centre.Row{T: "device", ID: id, Scope: "a", Rev: 1}); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(tx centre.Tx) error {
		rows, err := tx.Kept(ctx, "a", centre.RowKey{}, 9)
		got := ""
		for _, r := range rows {
			got += r.ID
		}
		if got != "-B_aé" {
			t.Errorf("got %q", got)
		}
		return err
	})
}

func aTextIsKeptOrRefused(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	for i, name := range []string{"矿机 №1 🛠", `a'b"c\d%_`, "line\nline", "nul\x00nul"} {
		id := repair.AccountID(fmt.Sprint(i))
		err := s.Update(ctx, func(tx centre.Tx) error { return tx.SaveAccount(ctx, id, name, "") })
		if err != nil {
			var told *repair.Error
			if !errors.As(err, &told) || told.Kind != repair.Invalid {
				t.Errorf("%q: %v", name, err)
			}
			view(t, s, func(tx centre.Tx) error { // asking for it is no mistake
				_, found, err := tx.AccountByName(ctx, name)
				if found {
					t.Errorf("%q was refused and is there", name)
				}
				return err
			})
			continue
		}
		view(t, s, func(tx centre.Tx) error {
			got, found, err := tx.AccountByName(ctx, name)
			if !found || got != id {
				t.Errorf("%q is not there", name)
			}
			return err
		})
	}
}
