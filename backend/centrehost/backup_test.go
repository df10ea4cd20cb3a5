package centrehost_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
)

// What a killed backup has left is taken away, and one under way is left alone.
func TestACopyOfABrokenOffBackupDoesNotStay(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "centre")
	dead, live := filepath.Join(dir, ".backup-1"), filepath.Join(dir, ".backup-2")
	for _, copied := range []string{dead, live} {
		if err := errors.Join(os.MkdirAll(copied, 0o700), os.WriteFile(filepath.Join(copied, "centre.db"), []byte("half"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	yesterday := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(dead, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	host, err := centrehost.Open(t.Context(), dir, centrehost.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = host.Close() }()
	if _, err := host.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dead); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
	if _, err := os.Stat(live); err != nil {
		t.Errorf("one that may be under way is gone: %v", err)
	}
}

// Two people may back up at once: each file is whole.
func TestTwoBackupsAtOnceAreEachWhole(t *testing.T) {
	s := open(t)
	s.files(s.joins(repair.RoleCustomer, "Altyn Hash"), Submission(3))
	var copies [2]bytes.Buffer
	var all sync.WaitGroup
	errs := make([]error, len(copies))
	for i := range copies {
		all.Go(func() { errs[i] = s.host.Backup(t.Context(), &copies[i]) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for i := range copies {
		dir := filepath.Join(t.TempDir(), "again")
		if err := centrehost.Restore(t.Context(), dir, &copies[i]); err != nil {
			t.Fatal(err)
		}
		host, err := centrehost.Open(t.Context(), dir, centrehost.Options{})
		if err != nil {
			t.Fatal(err)
		}
		report, err := host.Check(t.Context())
		if err != nil || report.WorkOrders != 1 || len(report.Faults) > 0 {
			t.Errorf("backup %d: %+v %v", i, report, err)
		}
		_ = host.Close()
	}
}
