package seed_test

import (
	"encoding/json"
	"path/filepath"
	"testing"
	"time"

	"hashmend/backend/centre/seed"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

var now = time.Date(2026, 6, 15, 9, 30, 0, 0, time.UTC)

func tell(t *testing.T) (*centrehost.Host, seed.Story) {
	t.Helper()
	ctx := t.Context()
	host, err := centrehost.Open(ctx, filepath.Join(t.TempDir(), "centre"), centrehost.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	story, err := seed.Seed(ctx, host.Centre(), now)
	if err != nil {
		t.Fatal(err)
	}
	return host, story
}

func TestTheStoryHasACaseInEveryStageOfTheCentre(t *testing.T) {
	host, story := tell(t)
	stages, devices := map[repair.Stage]int{}, 0
	err := host.Centre().Dump(t.Context(), func(row wire.Row) error {
		if row.T == wire.RowDevice {
			devices++
		}
		if row.T != wire.RowWorkOrder {
			return nil
		}
		var o repair.WorkOrder
		err := json.Unmarshal(row.D, &o)
		stages[o.Stage]++
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, stage := range repair.Stages() {
		if stage == repair.StageDraft || stage == repair.StageQueued {
			continue // only a desk knows them
		}
		if stages[stage] == 0 {
			t.Errorf("no case stands in %s", stage)
		}
	}
	t.Logf("%+v, %d devices, %v", story, devices, stages)
	report, err := host.Centre().Check(t.Context())
	if err != nil || len(report.Faults) > 0 {
		t.Errorf("%+v %v", report, err)
	}
}

func TestTheSameMomentTellsTheSameStory(t *testing.T) {
	cases := func() (ids []string) {
		host, _ := tell(t)
		err := host.Centre().Dump(t.Context(), func(row wire.Row) error {
			if row.T != wire.RowCentre && row.T != wire.RowSigner { // keys are made anew
				ids = append(ids, string(row.T)+" "+row.ID)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	first, second := cases(), cases()
	if len(first) != len(second) {
		t.Fatalf("%d rows, then %d", len(first), len(second))
	}
	for i := range first {
		if first[i] != second[i] {
			t.Fatalf("row %d is %s, then %s", i, first[i], second[i])
		}
	}
}
