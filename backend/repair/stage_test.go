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

func TestStages(t *testing.T) {
	tests := []struct {
		name  string
		stage repair.Stage
	}{
		{"R13 a submission waits for the diagnosis", repair.StageSubmitted},
		{"R02 a question waits for its answer", repair.StageNeedInfo},
		{"R02 a remote remedy ends it for now", repair.StageResolvedRemote},
		{"R03 a confirmed return unlocks the sending", repair.StageReturnConfirmed},
		{"R14 with a waybill the parcel is awaited", repair.StageAwaitingParcel},
		{"R19 a refused parcel waits to be sent again", repair.StageParcelRejected},
		{"R22 some parcels are received", repair.StagePartiallyReceived},
		{"R22 all parcels are received", repair.StageReceived},
		{"R05 the unpacking and the check go on", repair.StageInspecting},
		{"R31 a choice is open for scrap or mixed boards", repair.StageAwaitingDecision},
		{"R44 unpaid devices hold the work order", repair.StageAwaitingPayment},
		{"R43 some devices are on their way home", repair.StagePartiallyShipped},
		{"R42 all devices are on their way home", repair.StageShipped},
		{"R36 the customer refused the return", repair.StageReturnRefused},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := repairtest.At(tt.stage).Case.Order.Stage; got != tt.stage {
				t.Errorf("stands in %s, want %s", got, tt.stage)
			}
		})
	}
}
