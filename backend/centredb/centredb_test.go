package centredb

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"hashmend/backend/centre"
	"hashmend/backend/centredb/storetest"
	"hashmend/backend/repair"
	"hashmend/backend/sqlkit"
)

var update = flag.Bool("update", false, "write the golden files")

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "centre.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestTheStoreDoesWhatEveryStoreMust(t *testing.T) {
	storetest.Run(t, storetest.Engine{
		Open: func(t testing.TB) centre.Store { return open(t) },
		Exec: func(ctx context.Context, s centre.Store, statement string) error {
			return exec(ctx, s.(*Store), statement)
		},
		Refused: sqlkit.IsConstraint,
	})
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
