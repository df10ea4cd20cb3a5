package repairtest

import "hashmend/backend/repair"

// At tells a story that stands in the given stage of a work order; nil for the
// two stages that only a desk knows.
func At(stage repair.Stage) *Story {
	tell, ok := stages[stage]
	if !ok {
		return nil
	}
	return tell()
}

var stages = map[repair.Stage]func() *Story{
	repair.StageSubmitted: func() *Story { return Filed(2) },
	repair.StageNeedInfo:  func() *Story { return Filed(2).Must(Technician, Diagnose(repair.NeedInfo, "which firmware?")) },
	repair.StageResolvedRemote: func() *Story {
		return Filed(2).Must(Technician, Diagnose(repair.ResolvedRemote, "the pool address was wrong"))
	},
	repair.StageReturnConfirmed: func() *Story { return Filed(2).Confirm() },
	repair.StageAwaitingParcel:  func() *Story { return Filed(2).Send() },
	repair.StageParcelRejected: func() *Story {
		return Filed(2).Send().Must(Technician, Reject(1, repair.RejectMismatch))
	},
	repair.StagePartiallyReceived: func() *Story {
		s := Filed(2).Confirm().Must(Farmer, SetParcels(Plan(1, 1), Plan(2, 2))).Must(Farmer, HandOver(1, 2))
		return s.Must(Technician, Receive(1, 1))
	},
	repair.StageReceived:         func() *Story { return Filed(2).Arrive() },
	repair.StageInspecting:       func() *Story { return Filed(2).Arrive().Must(Technician, Find(1, repair.Normal)) },
	repair.StageAwaitingDecision: func() *Story { return Filed(2).Quote(repair.Scrap, repair.Normal) },
	repair.StageAwaitingPayment:  func() *Story { return Filed(2).Accepted() },
	repair.StageRepairing: func() *Story {
		return Filed(2).Paid().Must(Technician, OnDevices(repair.CmdStartRepair, 1))
	},
	repair.StageReadyToShip:      func() *Story { return Filed(2).Paid().Repair(1, 2) },
	repair.StagePartiallyShipped: func() *Story { return Filed(2).Paid().Repair(1, 2).Must(Technician, Ship(1, 1)) },
	repair.StageShipped:          func() *Story { return Filed(2).Home() },
	repair.StageReturnRefused:    func() *Story { return Filed(2).Refused() },
	repair.StageForfeited: func() *Story {
		s := Filed(2).Refused().Days(1)
		cmd := OnDevices(repair.CmdForfeit, 1, 2)
		cmd.Text = "refused, and no answer since"
		return s.Must(Office, cmd)
	},
	repair.StageClosed: func() *Story {
		s := Filed(2).Home().Must(Farmer, repair.Command{Kind: repair.CmdConfirmDelivery, Shipment: ShipmentID(1)})
		return s.Must(Office, repair.Command{Kind: repair.CmdClose})
	},
	repair.StageCancelled: func() *Story { return Filed(2).Must(Farmer, repair.Command{Kind: repair.CmdCancel}) },
}
