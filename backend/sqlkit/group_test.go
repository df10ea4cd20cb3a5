package sqlkit

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

func openGroup(t *testing.T) *DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "x.db"), Config{Group: true})
}

func add(id int) func(context.Context, *Tx) error {
	return func(ctx context.Context, tx *Tx) error {
		_, err := tx.Exec(ctx, "add_word", P{"id": id, "text": fmt.Sprint(id)})
		return err
	}
}

func ids(t *testing.T, db *DB) (list []int) {
	t.Helper()
	err := db.View(t.Context(), func(tx *Tx) error {
		return tx.Each(t.Context(), "words", P{"after": 0}, func(scan func(...any) error) error {
			var id int
			var text string
			err := scan(&id, &text)
			list = append(list, id)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// queue starts Updates that wait behind a first one, and gives their errors when
// it lets them go on.
func queue(t *testing.T, db *DB, ctx []context.Context, parts []func(context.Context, *Tx) error) (release func() []error) {
	t.Helper()
	begun, hold := make(chan struct{}), make(chan struct{})
	errs := make([]error, len(parts)+1)
	var all sync.WaitGroup
	all.Go(func() {
		errs[0] = db.Update(t.Context(), func(tx *Tx) error {
			close(begun)
			<-hold
			return add(1)(t.Context(), tx)
		})
	})
	<-begun
	for i, part := range parts {
		all.Go(func() {
			errs[i+1] = db.Update(ctx[i], func(tx *Tx) error { return part(ctx[i], tx) })
		})
		for db.turns.waiting.Load() != int64(i+1) {
			runtime.Gosched()
		}
	}
	return func() []error {
		close(hold)
		all.Wait()
		return errs
	}
}

func same(ctx context.Context, n int) []context.Context {
	list := make([]context.Context, n)
	for i := range list {
		list[i] = ctx
	}
	return list
}

func TestWaitingUpdatesShareOneTransaction(t *testing.T) {
	db := openGroup(t)
	var seen sync.Map
	part := func(id int) func(context.Context, *Tx) error {
		return func(ctx context.Context, tx *Tx) error {
			seen.Store(tx.shared, true)
			return add(id)(ctx, tx)
		}
	}
	release := queue(t, db, same(t.Context(), 3), []func(context.Context, *Tx) error{part(2), part(3), part(4)})
	if err := errors.Join(release()...); err != nil {
		t.Fatal(err)
	}
	transactions := 0
	seen.Range(func(any, any) bool { transactions++; return true })
	if got := ids(t, db); len(got) != 4 || transactions != 1 {
		t.Errorf("kept %v in %d transactions", got, transactions)
	}
}

func TestAFailingPartIsUndoneAlone(t *testing.T) {
	db := openGroup(t)
	refused := errors.New("refused")
	release := queue(t, db, same(t.Context(), 2), []func(context.Context, *Tx) error{
		func(ctx context.Context, tx *Tx) error { return errors.Join(add(2)(ctx, tx), refused) },
		add(3),
	})
	errs := release()
	if errs[0] != nil || !errors.Is(errs[1], refused) || errs[2] != nil {
		t.Errorf("got %v", errs)
	}
	if got := ids(t, db); fmt.Sprint(got) != "[1 3]" {
		t.Errorf("kept %v", got)
	}
}

func TestAPartThatPanicsIsUndoneAlone(t *testing.T) {
	db := openGroup(t)
	panicked := make(chan any, 1)
	func() {
		defer func() { panicked <- recover() }()
		_ = db.Update(t.Context(), func(tx *Tx) error {
			_ = add(2)(t.Context(), tx)
			panic("a fault")
		})
	}()
	if got := <-panicked; got != "a fault" {
		t.Fatalf("got %v", got)
	}
	if err := db.Update(t.Context(), func(tx *Tx) error { return add(3)(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, db); fmt.Sprint(got) != "[3]" {
		t.Errorf("kept %v", got)
	}
}

// The one that the others left the transaction open for goes away.
func TestAWaiterThatGivesUpHoldsNobodyUp(t *testing.T) {
	db := openGroup(t)
	gone, cancel := context.WithCancel(t.Context())
	release := queue(t, db, []context.Context{gone}, []func(context.Context, *Tx) error{add(2)})
	cancel()
	errs := release()
	if errs[0] != nil {
		t.Errorf("the first got %v", errs[0])
	}
	want := "[1]"
	if errs[1] == nil { // it had the turn before it saw that it was cancelled
		want = "[1 2]"
	}
	if got := ids(t, db); fmt.Sprint(got) != want {
		t.Errorf("kept %v, its error is %v", got, errs[1])
	}
}

// SQLite takes back the whole transaction then, so nobody may be told otherwise.
func TestAFullDiskFailsAllWhoHaveWrittenInTheTransaction(t *testing.T) {
	db := openGroup(t)
	pages, err := db.Pragma(t.Context(), "page_count")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Pragma(t.Context(), "max_page_count = "+pages[0]); err != nil {
		t.Fatal(err)
	}
	long := func(ctx context.Context, tx *Tx) error {
		_, err := tx.Exec(ctx, "add_word", P{"id": 2, "text": string(make([]byte, 1<<20))})
		_ = add(3)(ctx, tx) // goes on all the same
		return err
	}
	release := queue(t, db, same(t.Context(), 2), []func(context.Context, *Tx) error{long, add(4)})
	errs := release()
	if !IsFull(errs[0]) || !IsFull(errs[1]) || errs[2] != nil { // the last has a transaction of its own
		t.Errorf("got %v", errs)
	}
	if got := ids(t, db); fmt.Sprint(got) != "[4]" {
		t.Errorf("kept %v", got)
	}
}

func TestManyAtOnceAreAllKept(t *testing.T) {
	db := openGroup(t)
	var all sync.WaitGroup
	const n = 300
	errs := make([]error, n+1)
	for id := 1; id <= n; id++ {
		all.Go(func() {
			errs[id] = db.Update(t.Context(), func(tx *Tx) error { return add(id)(t.Context(), tx) })
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if got := ids(t, db); len(got) != n {
		t.Errorf("kept %d", len(got))
	}
}
