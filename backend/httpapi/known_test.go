package httpapi_test

import (
	"path/filepath"
	"testing"

	"hashmend/backend/blob"
	"hashmend/backend/centre"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
)

// What a centre says about itself is remembered between requests. Another program
// on the same store may change it, and what was undone is not remembered.
func TestSettingsThatAnotherProgramHasChangedHoldAtOnce(t *testing.T) {
	c := newCourt(t, sqliteOf(t))
	c.files(Submission(1)) // and has read its settings
	files, err := blob.Open(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := centre.New(t.Context(), c.store.Store, blob.Folder{Store: files}, centre.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, days := range []int{10, 400} {
		if err := other.ChangeInfo(t.Context(), func(info *repair.CentreInfo) error { info.Settings.WarrantyDays = days; return nil }); err != nil {
			t.Fatal(err)
		}
		seen, err := c.centre.Info(t.Context())
		if err != nil || seen.Settings.WarrantyDays != days {
			t.Errorf("%d days are %d: %v", days, seen.Settings.WarrantyDays, err)
		}
	}
	c.does(Technician, Diagnose(repair.ReturnRecommended, ""))
	c.does(Farmer, SetParcels(Plan(1, 1)))
	c.does(Technician, Receive(1, 1))
	c.does(Technician, Find(1, repair.Normal))
	is(c, "the days that counted", c.inspected(1).WarrantyWhy.Inputs["warranty_days"], "400")
}
