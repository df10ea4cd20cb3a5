package repair_test

import (
	"testing"

	"hashmend/backend/repair"
	"hashmend/backend/repairtest"
)

func TestEveryStageIsReached(t *testing.T) {
	for _, stage := range repair.Stages() {
		if stage == repair.StageDraft || stage == repair.StageQueued {
			continue // only a desk knows these
		}
		t.Run(string(stage), func(t *testing.T) {
			story := repairtest.At(stage)
			if story == nil {
				t.Fatal("no story leads here")
			}
			if got := story.Case.Order.Stage; got != stage {
				t.Errorf("stands in %s", got)
			}
		})
	}
}
