package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/centredb/storetest"
	"hashmend/backend/enginetest"
	"hashmend/backend/pgkit"
	"hashmend/backend/repair"
)

var databases atomic.Int64

func open(t testing.TB, url string) *Store {
	t.Helper()
	s, err := Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestTheStoreDoesWhatEveryStoreMust(t *testing.T) {
	server := enginetest.StartPostgres(t)
	storetest.Run(t, storetest.Engine{
		Open: func(t testing.TB) centre.Store {
			return open(t, server.Create(t, fmt.Sprintf("d%d", databases.Add(1))))
		},
		Exec: func(ctx context.Context, s centre.Store, statement string) error {
			_, err := s.(*Store).db.Pool().Exec(ctx, statement)
			return err
		},
		Refused: pgkit.IsConstraint,
	})
}

func TestTheServerGoesAndComesBack(t *testing.T) {
	server := enginetest.StartPostgres(t)
	s := open(t, server.URL())
	save := func(id repair.AccountID) error {
		return s.Update(t.Context(), func(tx centre.Tx) error { return tx.SaveAccount(t.Context(), id, string(id), "") })
	}
	if err := save("before"); err != nil {
		t.Fatal(err)
	}
	server.Kill()
	for _, err := range []error{save("meanwhile"), s.View(t.Context(), func(tx centre.Tx) error { return nil })} {
		if !errors.Is(err, &repair.Error{Code: "centre.busy"}) {
			t.Errorf("got %v, want centre.busy", err)
		}
	}
	server.Start(t)
	if err := save("after"); err != nil { // over connections that died
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"before": true, "meanwhile": false, "after": true} {
		if err := s.View(t.Context(), func(tx centre.Tx) error {
			_, found, err := tx.AccountByName(t.Context(), name)
			if found != want {
				t.Errorf("%s: found %t", name, found)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOtherCentresOnTheDatabaseHearOfCommits(t *testing.T) {
	server := enginetest.StartPostgres(t)
	one, other := open(t, server.URL()), open(t, server.URL())
	heard := make(chan []centre.Scope, 100)
	other.Hear(func(scopes []centre.Scope) { heard <- scopes })
	again := time.NewTicker(50 * time.Millisecond) // a word before it listens is lost
	defer again.Stop()
	for {
		select {
		case scopes := <-heard:
			if len(scopes) != 1 || scopes[0] != "a1" {
				t.Errorf("heard %v", scopes)
			}
			return
		case <-again.C:
			one.Announce([]centre.Scope{"a1", centre.Own})
		case <-t.Context().Done():
			t.Fatal("nothing was heard")
		}
	}
}
