package centrehost_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// oldCentre gives a folder with the practice centre as the first program made it.
func oldCentre(t *testing.T) (dir string) {
	t.Helper()
	packed, err := os.Open("testdata/centre-2.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = packed.Close() }()
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "centre.db"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestAnOlderCentreGetsALogForEachScope opens a centre of the one log for all.
func TestAnOlderCentreGetsALogForEachScope(t *testing.T) {
	host, err := centrehost.Open(t.Context(), oldCentre(t), centrehost.Options{Now: func() time.Time { return Start.AddDate(2, 0, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = host.Close() }()
	c := host.Centre()
	whole := func(want int) {
		t.Helper()
		report, err := c.Check(t.Context())
		if err != nil || len(report.Faults) > 0 || report.WorkOrders != want {
			t.Errorf("%+v %v", report, err)
		}
	}
	whole(28)
	list, err := c.Installs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	staff := centre.Operator()
	all := everything(t, c, staff, 1000)
	seen, keys := 0, 0
	for _, install := range list {
		if install.Person.Role != repair.RoleCustomer {
			keys++ // whose it is, only the centre's own people are told
			continue
		}
		by := centre.Caller{Person: install.Person, Install: install.ID}
		rows := everything(t, c, by, 1000)
		if small := everything(t, c, by, 3); len(small) != len(rows) {
			t.Errorf("in small pages the feed has %d rows, at once %d", len(small), len(rows))
		}
		seen += len(rows) - 1 // the centre's own row comes to each
	}
	if seen+keys+1+2 != len(all) { // two parcels are nobody's
		t.Errorf("the accounts see %d rows, the centre's own people %d", seen, len(all))
	}
	if _, err := c.Changes(t.Context(), staff, "AQEqAAAAAAAAAOjM_AxWpkX4pQ", 1); !isCode(err, wire.CodeCursorExpired) {
		t.Errorf("a cursor of the old form: %v", err)
	}
	// The next commits go on in both logs.
	if err := c.ChangeInfo(t.Context(), func(*repair.CentreInfo) error { return nil }); err != nil {
		t.Fatal(err)
	}
	whole(28)
}

// everything pulls a caller's feed from its beginning.
func everything(t *testing.T, c *centre.Centre, by centre.Caller, limit int) (rows []wire.Row) {
	t.Helper()
	for at := wire.Cursor(""); ; {
		page, err := c.Changes(t.Context(), by, at, limit)
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, page.Rows...)
		if !page.More {
			return rows
		}
		at = page.Next
	}
}
