package centrehost_test

import (
	"errors"
	"testing"
	"time"

	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

func isCode(err error, code string) bool { return errors.Is(err, &repair.Error{Code: code}) }

// TestAnAccountSeesItsOwnCountOnly: what others do moves no number of mine.
func TestAnAccountSeesItsOwnCountOnly(t *testing.T) {
	s := open(t)
	ann, bob := s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleCustomer, "Bobrov")
	bench := s.joins(repair.RoleTechnician, "")
	j := s.files(ann, Submission(2))
	whole, err := ann.WorkOrder(t.Context(), OrderID)
	if err != nil || whole.Order.Rev != 2 { // after the word of whose key it is
		t.Errorf("the first work order of an account has rev %d %v", whole.Order.Rev, err)
	}
	before, err := bob.Changes(t.Context(), "", 1000)
	if err != nil {
		t.Fatal(err)
	}
	for before.More {
		if before, err = bob.Changes(t.Context(), before.Next, 1000); err != nil {
			t.Fatal(err)
		}
	}
	j.does(bench, Diagnose(repair.NeedInfo, "Which firmware?"))
	after, err := bob.Changes(t.Context(), before.Next, 1000)
	if err != nil || after.Next != before.Next || len(after.Rows) > 0 {
		t.Errorf("another account has moved the cursor: %+v %v", after, err)
	}
}

// TestDeletionsAreForgottenAfterFiveWeeks: who was away for longer begins anew,
// and nobody else does.
func TestDeletionsAreForgottenAfterFiveWeeks(t *testing.T) {
	s := open(t)
	ann, bob := s.joins(repair.RoleCustomer, "Altyn Hash"), s.joins(repair.RoleCustomer, "Bobrov")
	bench := s.joins(repair.RoleTechnician, "")
	j := s.files(ann, Submission(2))
	j.does(bench, Diagnose(repair.ReturnRecommended, ""))
	j.does(ann, SetParcels(Plan(1, 1), Plan(2, 2)))
	behind := map[string]wire.Cursor{"ann": cursorOf(t, ann), "bob": cursorOf(t, bob), "bench": cursorOf(t, bench)}
	j.does(ann, SetParcels(Plan(1, 1, 2))) // box 2 is gone
	here := cursorOf(t, ann)
	forget := func() {
		if err := s.host.Centre().ForgetDeletions(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.now = s.now.Add(wire.TombstonesKept - time.Hour)
	forget()
	if page, err := ann.Changes(t.Context(), behind["ann"], 1000); err != nil || !hasDeletion(page) {
		t.Errorf("before its time the deletion is gone: %v", err)
	}
	s.now = s.now.Add(2 * time.Hour)
	forget()
	for name, by := range map[string]person{"ann": ann, "bench": bench} {
		if _, err := by.Changes(t.Context(), behind[name], 1000); !isCode(err, wire.CodeCursorExpired) {
			t.Errorf("%s, who was away, is told %v", name, err)
		}
	}
	if _, err := ann.Changes(t.Context(), here, 1000); err != nil {
		t.Errorf("who saw the deletion is told %v", err)
	}
	if _, err := bob.Changes(t.Context(), behind["bob"], 1000); err != nil {
		t.Errorf("another account is told %v", err)
	}
	report, err := s.host.Centre().Check(t.Context())
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v %v", report, err)
	}
}

func hasDeletion(page wire.Page) bool {
	for _, row := range page.Rows {
		if row.Del {
			return true
		}
	}
	return false
}

func cursorOf(t *testing.T, by person) (at wire.Cursor) {
	t.Helper()
	for {
		page, err := by.Changes(t.Context(), at, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if at = page.Next; !page.More {
			return at
		}
	}
}
