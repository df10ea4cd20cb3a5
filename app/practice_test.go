package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// opened is a program on a folder of its own.
func opened(t *testing.T, tune ...func(*Config)) *App {
	t.Helper()
	cfg := Config{Version: "test", Dir: t.TempDir()}
	for _, f := range tune {
		f(&cfg)
	}
	a, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// eventually waits until something is so, as the page does: at each change it is
// told of, and now and then.
func eventually(t *testing.T, a *App, what string, so func() bool) {
	t.Helper()
	events, _, cancel := a.Events.Subscribe()
	defer cancel()
	deadline := time.NewTimer(30 * time.Second)
	defer deadline.Stop()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for !so() {
		select {
		case <-events:
		case <-again.C:
		case <-deadline.C:
			t.Fatalf("not within half a minute: %s", what)
		}
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestANewDeskSpeaksForNobody(t *testing.T) {
	a := opened(t)
	s := must[desk.Session](t)((&Start{a}).Session())
	if s.Mode != "none" || s.Roles == nil {
		t.Errorf("session %+v", s)
	}
	status := must[desk.SyncStatus](t)((&Sync{a}).Status())
	if status.State != "signed_out" {
		t.Errorf("status %+v", status)
	}
}

func TestPractisePlaysBothSidesAndIsThereAgain(t *testing.T) {
	a := opened(t)
	start, sync, orders := &Start{a}, &Sync{a}, &Orders{a}
	s := must[desk.Session](t)(start.Practise())
	if s.Mode != "practice" || s.Role != repair.RoleCustomer || len(s.Roles) != 3 || s.Centre == "" || s.CentreZh == "" {
		t.Fatalf("session %+v", s)
	}
	eventually(t, a, "the pill says up to date", func() bool {
		return must[desk.SyncStatus](t)(sync.Status()).State == "up_to_date"
	})
	mine := must[desk.OrderPage](t)(orders.List(desk.OrderQuery{Limit: 50}))
	if mine.Total == 0 {
		t.Fatal("practice has no work orders")
	}
	s = must[desk.Session](t)(start.SwitchRole(repair.RoleTechnician))
	if s.Role != repair.RoleTechnician || s.Account != "" {
		t.Errorf("session %+v", s)
	}
	eventually(t, a, "the bench sees more than one customer", func() bool {
		return must[desk.OrderPage](t)(orders.List(desk.OrderQuery{Limit: 50})).Total > mine.Total
	})
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}

	again := opened(t, func(c *Config) { c.Dir = a.Dir })
	s = must[desk.Session](t)((&Start{again}).Session())
	if s.Mode != "practice" || s.Role != repair.RoleTechnician {
		t.Errorf("after a restart: %+v", s)
	}
	eventually(t, again, "the pill says up to date after a restart", func() bool {
		return must[desk.SyncStatus](t)((&Sync{again}).Status()).State == "up_to_date"
	})
}

func TestRolesAreSwitchedInPracticeOnly(t *testing.T) {
	a := opened(t)
	start := &Start{a}
	if _, err := start.SwitchRole(repair.RoleOffice); !errors.Is(err, errNotPractice) {
		t.Errorf("without practice: %v", err)
	}
	must[desk.Session](t)(start.Practise())
	if _, err := start.SwitchRole(repair.RoleAdmin); !errors.Is(err, errNoRole) {
		t.Errorf("as admin: %v", err)
	}
	s := must[desk.Session](t)(start.Leave(false))
	if s.Mode != "none" {
		t.Errorf("after leaving: %+v", s)
	}
	s = must[desk.Session](t)(start.Practise())
	if s.Mode != "practice" {
		t.Errorf("practice again: %+v", s)
	}
}

func TestPracticeIsJoinedAgainWhenItsTokenIsGone(t *testing.T) {
	a := opened(t)
	must[desk.Session](t)((&Start{a}).Practise())
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(a.Dir, "secrets.json")); err != nil {
		t.Fatal(err)
	}
	again := opened(t, func(c *Config) { c.Dir = a.Dir })
	eventually(t, again, "up to date", func() bool {
		return must[desk.SyncStatus](t)((&Sync{again}).Status()).State == "up_to_date"
	})
}
