package centrehost

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

// office is a centre that is opened and closed, by a clock that can be set.
type office struct {
	t     *testing.T
	dir   string
	skew  atomic.Int64
	named int
	*Host
}

func (o *office) opens() {
	o.t.Helper()
	var err error
	if o.Host, err = Open(o.t.Context(), o.dir, Options{Now: func() time.Time { return time.Now().Add(time.Duration(o.skew.Load())) }}); err != nil {
		o.t.Fatal(err)
	}
	o.beginUpkeep()
}

func (o *office) closes() {
	o.t.Helper()
	if err := o.Close(); err != nil {
		o.t.Fatal(err)
	}
}

// works does something, so that the log grows.
func (o *office) works() {
	o.t.Helper()
	o.named++
	if err := o.centre.ChangeInfo(o.t.Context(), func(info *repair.CentreInfo) error { info.Name = strings.Repeat("x", o.named); return nil }); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) after(d time.Duration) {
	time.Sleep(d) // of the bubble's clock: it costs nothing
	synctest.Wait()
}

func (o *office) wants(n int, when string) {
	o.t.Helper()
	lines, err := o.checkpoints()
	if err != nil || len(lines) != n {
		o.t.Errorf("%s: %d checkpoints, want %d: %v", when, len(lines), n, err)
	}
	if report, err := o.Check(o.t.Context()); err != nil || len(report.Faults) > 0 {
		o.t.Errorf("%s: %v %v", when, report.Faults, err)
	}
}

func inBubble(t *testing.T, test func(o *office)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		o := &office{t: t, dir: filepath.Join(t.TempDir(), "centre")}
		o.opens()
		defer func() { o.closes() }()
		test(o)
	})
}

func TestACheckpointIsWrittenEveryDay(t *testing.T) {
	inBubble(t, func(o *office) {
		o.wants(1, "at the first start")
		o.works()
		o.after(23 * time.Hour)
		o.wants(1, "before the day is over")
		o.after(2 * time.Hour)
		o.wants(2, "a day later")
		for range 10 {
			o.works()
			o.after(24 * time.Hour)
		}
		o.wants(12, "ten days later")
		o.closes()
		o.opens()
		o.wants(12, "started again on the same day")
		o.closes()
		o.after(100 * time.Hour)
		o.opens()
		o.wants(13, "started again after days")
		o.skew.Store(int64(-48 * time.Hour))
		o.after(time.Hour)
		o.wants(14, "its clock was set back by days")
		text, err := os.ReadFile(filepath.Join(o.dir, CheckpointsName))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(o.dir, CheckpointsName), bytes.Repeat(text, 30), 0o600); err != nil {
			t.Fatal(err)
		}
		o.after(25 * time.Hour)
		o.wants(checkpointsKept, "after more than a year")
	})
}

// TestTheOwnCheckpointsProveThePast puts an older copy of the log in its place and
// works on: the chain fits together, and the checkpoints say that it was another.
func TestTheOwnCheckpointsProveThePast(t *testing.T) {
	inBubble(t, func(o *office) {
		o.closes()
		before, err := os.ReadFile(filepath.Join(o.dir, "centre.db"))
		if err != nil {
			t.Fatal(err)
		}
		o.opens()
		for range 3 {
			o.works()
			o.after(25 * time.Hour)
		}
		o.closes()
		if err := os.WriteFile(filepath.Join(o.dir, "centre.db"), before, 0o600); err != nil {
			t.Fatal(err)
		}
		o.opens()
		for range 5 {
			o.works()
		}
		report, err := o.Check(o.t.Context())
		if err != nil || len(report.Faults) == 0 || !strings.Contains(report.Faults[0], CheckpointsName) {
			t.Errorf("another past: %v %v", report.Faults, err)
		}
	})
}

// TestABackupBringsItsCheckpoints: and none that is of a later moment than it.
func TestABackupBringsItsCheckpoints(t *testing.T) {
	inBubble(t, func(o *office) {
		o.works()
		o.after(25 * time.Hour)
		var file bytes.Buffer
		if err := o.Backup(o.t.Context(), &file); err != nil {
			t.Fatal(err)
		}
		o.works()
		restored := &office{t: o.t, dir: filepath.Join(t.TempDir(), "restored")}
		if err := Restore(o.t.Context(), restored.dir, &file); err != nil {
			t.Fatal(err)
		}
		restored.opens()
		defer restored.closes()
		restored.wants(2, "restored")
		lines, err := restored.checkpoints()
		if err != nil {
			t.Fatal(err)
		}
		damaged := append(bytes.Join(lines, []byte("\n")), "\n{\"seq\":"...)
		if err := os.WriteFile(filepath.Join(restored.dir, CheckpointsName), damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		report := centre.Report{}
		if err := restored.checkCheckpoints(o.t.Context(), &report); err != nil || len(report.Faults) != 1 {
			t.Errorf("a line that is none: %v %v", report.Faults, err)
		}
	})
}
