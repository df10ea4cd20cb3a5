package centrehost_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"hashmend/backend/centrehost"
	. "hashmend/backend/repairtest"
)

// TestCheckNoticesAChangedPast changes the file behind the centre's back.
func TestCheckNoticesAChangedPast(t *testing.T) {
	for _, test := range []struct{ name, statement, fault string }{
		{"who did it", "DROP TRIGGER commit_log_is_not_changed; UPDATE commit_log SET user = 'nobody' WHERE scope > '*' AND seq = 20", "chain"},
		{"whose it was", "DROP TRIGGER commit_log_is_not_changed; UPDATE commit_log SET of_seq = of_seq + 1000 WHERE scope = '' AND seq = 20", "chain"},
		{"that it was done", "DROP TRIGGER commit_log_is_not_cut; DELETE FROM commit_log WHERE scope = '' AND seq = 20", "follows"},
		{"the last thing that was done", "DROP TRIGGER commit_log_is_not_cut; DELETE FROM commit_log WHERE scope = '' AND seq = (SELECT max(seq) FROM commit_log WHERE scope = '')", "ends at"},
		{"that an account did it", "DROP TRIGGER commit_log_is_not_cut; DELETE FROM commit_log WHERE scope > '*' AND seq = 20", "stands for"},
		{"a stage", "UPDATE entity SET body = json_set(body, '$.stage', 'shipped') WHERE t = 'work_order' AND body LIKE '%NR-118%'", "facts say submitted"},
		{"a device is gone", "UPDATE entity SET deleted = 1 WHERE seq = (SELECT max(seq) FROM entity WHERE t = 'device')", "counts"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "practice")
			host, err := centrehost.OpenPractice(t.Context(), dir, Start, centrehost.Options{Now: func() time.Time { return Start }})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = host.Close() }()
			db, err := sql.Open("sqlite3", filepath.Join(dir, "centre.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			if _, err := db.Exec(test.statement); err != nil {
				t.Fatal(err)
			}
			report, err := host.Centre().Check(t.Context())
			if err != nil || !strings.Contains(strings.Join(report.Faults, "; "), test.fault) {
				t.Errorf("got %v %v, want %q", report.Faults, err, test.fault)
			}
		})
	}
}
