package centredb

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

var update = flag.Bool("update", false, "write the golden files")

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "centre.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestPlans(t *testing.T) {
	got, err := open(t).db.Plans(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "plans.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || got != string(want) {
		t.Errorf("the plans have changed (%v); when that is meant, run with -update:\n%s", err, got)
	}
}

func TestARowOfAnotherWorkOrderIsNotOverwritten(t *testing.T) {
	s, ctx := open(t), t.Context()
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

func TestTheLogAndTheAnswersAreAppendOnly(t *testing.T) {
	s, ctx := open(t), t.Context()
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
		if !sqlkit.IsConstraint(err) {
			t.Errorf("got %v, want a refusal", err)
		}
	}
	for _, statement := range []string{"UPDATE commit_log SET at = 'x'", "UPDATE commit_log SET seq = 9", "DELETE FROM commit_log", "UPDATE op SET body = 'x'", "DELETE FROM op"} {
		if err := exec(ctx, s, statement); err == nil {
			t.Errorf("%s: must be refused", statement)
		}
	}
}

func TestAHeadMovesForwardOnly(t *testing.T) {
	s, ctx := open(t), t.Context()
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

func TestARowIsInItsOwnFeedAndInThatOfEverything(t *testing.T) {
	s, ctx := open(t), t.Context()
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

func TestNumbersAreGivenInOrderWithinAYear(t *testing.T) {
	s, ctx := open(t), t.Context()
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

func TestAnInviteIsUsedOnce(t *testing.T) {
	s, ctx := open(t), t.Context()
	use := func() error {
		return s.Update(ctx, func(tx centre.Tx) error { return tx.UseInvite(ctx, []byte("h"), "i1", "2026-01-01T00:00:00Z") })
	}
	if err := s.Update(ctx, func(tx centre.Tx) error { return tx.SaveInvite(ctx, centre.Invite{Hash: []byte("h")}) }); err != nil {
		t.Fatal(err)
	}
	if err := use(); err != nil {
		t.Fatal(err)
	}
	if err := use(); !errors.Is(err, centre.ErrTaken) {
		t.Errorf("got %v, want ErrTaken", err)
	}
}

// exec runs a statement that the program does not have.
func exec(ctx context.Context, s *Store, statement string) error {
	_, err := s.db.Pragma(ctx, "user_version; "+statement)
	return err
}

func TestAFullDiskIsToldAndLeavesNothingHalf(t *testing.T) {
	s, ctx := open(t), t.Context()
	pages, err := s.db.Pragma(ctx, "page_count")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.db.Pragma(ctx, "max_page_count = "+pages[0]); err != nil { // no page more
		t.Fatal(err)
	}
	big := centre.Row{T: "device", ID: "d1", WorkOrder: "w1", Rev: 1, Body: make([]byte, 100_000)}
	err = s.Update(ctx, func(tx centre.Tx) error {
		if err := tx.SaveAccount(ctx, "a1", "small", ""); err != nil {
			return err
		}
		return tx.Save(ctx, big)
	})
	if !errors.Is(err, &repair.Error{Code: "centre.disk_full"}) {
		t.Errorf("got %v", err)
	}
	if err := s.View(ctx, func(tx centre.Tx) error {
		_, found, err := tx.AccountByName(ctx, "small")
		if found {
			t.Error("half of the transaction is there")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Integrity(ctx); err != nil {
		t.Error(err)
	}
}

func TestAFileOfANewerProgramIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "centre.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := exec(t.Context(), s, "PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); !errors.Is(err, sqlkit.ErrNewer) {
		t.Errorf("got %v, want ErrNewer", err)
	}
}
