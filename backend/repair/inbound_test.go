package repair_test

import (
	"slices"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func TestFlags(t *testing.T) {
	tests := []struct {
		name  string
		story func() *rt.Story
		flags []string
	}{
		{"R13 a new work order has none", submitted, nil},
		{"R02 a question waits for an answer", at(repair.StageNeedInfo), []string{"question_open"}},
		{"R02 an answered one does not", func() *rt.Story {
			return rt.At(repair.StageNeedInfo).Must(rt.Farmer, text(repair.CmdAnswer, "4"))
		}, nil},
		{"R20 a correction waits for the office", askedCorrection, []string{"correction_open"}},
		{"R19 a refused box waits to be sent again", at(repair.StageParcelRejected), []string{"parcel_rejected"}},
		{"R08 a box held for pickup waits for a call", func() *rt.Story { return onTheRoad().Must(rt.Technician, rt.TrackParcel(1, repair.ParcelHeld)) }, []string{"parcel_held"}},
		{"R16 a missing device is named", func() *rt.Story { return received1of2() }, []string{"devices_missing"}},
		{"R31 R44 an open choice and an open price", quotedStory, []string{"awaiting_decision", "awaiting_payment"}},
		{"R44 an accepted price is to be paid", accepted, []string{"awaiting_payment"}},
		{"a voucher is to be looked at", paidInStory, []string{"awaiting_payment", "voucher_review"}},
		{"a paid work order waits for nobody", paidStory, nil},
		{"R36 R37 a refused return is at risk at once", refusedStory, []string{"return_refused", "forfeit_risk"}},
		{"R37 an unpaid one from the first reminder", func() *rt.Story { return remindedAfter(30) }, []string{"awaiting_payment", "forfeit_risk"}},
		{"R37 not before", func() *rt.Story { return remindedAfter(29) }, []string{"awaiting_payment"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story()
			s.Case.Derive(s.Env)
			if !slices.Equal(s.Case.Order.Flags, tt.flags) {
				t.Errorf("%v, want %v", s.Case.Order.Flags, tt.flags)
			}
		})
	}
}

func remindedAfter(days int) *rt.Story {
	return accepted().With(func(s *repair.Settings) { s.ForfeitUnpaid = true }).Days(days)
}

// received1of2 has a box of two taken in with one device in it.
func received1of2() *rt.Story {
	return onTheRoad().Must(rt.Technician, with(rt.Receive(1, 1), func(c *repair.Command) { c.Receipt.AcceptMismatch = true }))
}

func TestReceipt(t *testing.T) {
	t.Run("R04 signing says nothing of the condition", func(t *testing.T) {
		s := received()
		for _, d := range s.Case.Devices {
			if d.Inspection != nil || d.Status != repair.Received {
				t.Errorf("device %d: %s, %+v", d.Line, d.Status, d.Inspection)
			}
		}
	})
	t.Run("R22 a receipt has its moments and its counts", func(t *testing.T) {
		s := received()
		p := s.Case.Parcel(rt.ParcelID(1))
		if p.SignedAt == "" || p.SystemReceivedAt == "" || p.CountedDevices != 2 || s.Case.Order.ReceivedAt != p.SystemReceivedAt {
			t.Errorf("%+v", p)
		}
	})
	t.Run("R16 the technician may take in contents that differ", func(t *testing.T) {
		s := onTheRoad()
		cmd := rt.Receive(1, 1)
		cmd.Receipt.Scanned = append(cmd.Receipt.Scanned, "STRANGE0001", "strange 0001")
		cmd.Receipt.AcceptMismatch, cmd.Receipt.Note = true, "one of another farm"
		s.Must(rt.Technician, cmd)
		if len(s.Case.Devices) != 3 || s.Device(1).Status != repair.Received || s.Device(2).Status != repair.Missing || s.Device(3).Status != repair.Unexpected {
			t.Fatalf("%d devices: %+v", len(s.Case.Devices), s.Case.Devices)
		}
		if s.Case.Order.DeviceCount != 3 || s.Case.DeviceBySerial("strange-0001") == nil || len(s.Case.Messages) == 0 {
			t.Errorf("%+v", s.Case.Order)
		}
	})
	t.Run("R16 a device that came in another box moves to that box", func(t *testing.T) {
		s := rt.Filed(2).Confirm().Must(rt.Farmer, rt.SetParcels(rt.Plan(1, 1), rt.Plan(2, 2))).Must(rt.Farmer, rt.HandOver(1, 2))
		s.Must(rt.Technician, with(rt.Receive(1, 1, 2), func(c *repair.Command) { c.Receipt.AcceptMismatch = true }))
		if s.Device(2).Parcel != rt.ParcelID(1) || len(s.Case.Parcels[1].Devices) != 0 {
			t.Errorf("device in %s, second box %v", s.Device(2).Parcel, s.Case.Parcels[1].Devices)
		}
	})
	t.Run("R43 boxes are received one by one", func(t *testing.T) {
		s := rt.At(repair.StagePartiallyReceived).Must(rt.Technician, rt.Receive(2, 2))
		if s.Case.Order.Stage != repair.StageReceived {
			t.Errorf("stands in %s", s.Case.Order.Stage)
		}
	})
	t.Run("a lost box that turns up is received", func(t *testing.T) {
		s := onTheRoad().Must(rt.Technician, rt.TrackParcel(1, repair.ParcelLost))
		if s.Device(1).Status != repair.Missing {
			t.Errorf("device is %s", s.Device(1).Status)
		}
		s.Must(rt.Technician, with(rt.Receive(1, 1), func(c *repair.Command) { c.Receipt.AcceptMismatch = true }))
		if s.Device(1).Status != repair.Received || s.Device(2).Status != repair.Missing {
			t.Errorf("devices are %s and %s", s.Device(1).Status, s.Device(2).Status)
		}
	})
}

func TestRefusedParcels(t *testing.T) {
	t.Run("R15 a parcel without a work order is refused for it", refusalStands(repair.RejectNoWorkOrder))
	t.Run("R16 contents that differ are a reason to refuse", refusalStands(repair.RejectMismatch))
	t.Run("R17 a wrong waybill number is a reason to refuse", refusalStands(repair.RejectWrongWaybill))
	t.Run("R18 incomplete repair information is a reason to refuse", refusalStands(repair.RejectIncomplete))
	t.Run("R19 all losses of a refused parcel are borne by the user", func(t *testing.T) {
		s := onTheRoad().Must(rt.Technician, rt.Reject(1, repair.RejectMismatch))
		if got := s.Case.Parcel(rt.ParcelID(1)).Rejection.Bearer; got != repair.BearerUser {
			t.Errorf("borne by %s", got)
		}
	})
	t.Run("what was refused is sent again in a new box", func(t *testing.T) {
		s := rt.At(repair.StageParcelRejected)
		again := rt.Plan(2, 1, 2)
		again.Replaces = rt.ParcelID(1)
		s.Must(rt.Farmer, rt.SetParcels(again))
		if s.Case.Order.Stage != repair.StageAwaitingParcel || len(s.Case.Order.Flags) != 0 || s.Case.Parcels[1].Seq != 1 || s.Case.Parcels[1].Of != 1 {
			t.Errorf("%s %v, box %d of %d", s.Case.Order.Stage, s.Case.Order.Flags, s.Case.Parcels[1].Seq, s.Case.Parcels[1].Of)
		}
		s.Must(rt.Farmer, rt.HandOver(2)).Must(rt.Technician, rt.Receive(2, 1, 2))
	})
	t.Run("R38 a box refused at the unpacking was not received", func(t *testing.T) {
		s := received().Must(rt.Technician, rt.Reject(1, repair.RejectMismatch))
		if s.Case.Order.ReceivedAt != "" || s.Device(1).ReceivedAt != "" || s.Device(1).Status != repair.Listed {
			t.Errorf("received %q, device %+v", s.Case.Order.ReceivedAt, s.Device(1))
		}
	})
}

func refusalStands(reason string) func(*testing.T) {
	return func(t *testing.T) {
		s := onTheRoad().Must(rt.Technician, rt.Reject(1, reason))
		if s.Case.Order.Stage != repair.StageParcelRejected || s.Device(1).Status != repair.Listed {
			t.Errorf("stands in %s, device %s", s.Case.Order.Stage, s.Device(1).Status)
		}
	}
}

func TestPacking(t *testing.T) {
	t.Run("R14 boxes may be planned again until they leave", func(t *testing.T) {
		s := confirmed().Must(rt.Farmer, rt.SetParcels(rt.Plan(1, 1), rt.Plan(2, 2)))
		touched, err := s.Do(rt.Farmer, rt.SetParcels(rt.Plan(2, 1, 2)))
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Case.Parcels) != 1 || !slices.Equal(touched.RemovedParcels, []repair.ParcelID{rt.ParcelID(1)}) || !slices.Equal(touched.Parcels, []repair.ParcelID{rt.ParcelID(2)}) {
			t.Errorf("%d boxes, touched %+v", len(s.Case.Parcels), touched)
		}
		if s.Device(1).Parcel != rt.ParcelID(2) || s.Case.Parcels[0].Of != 1 {
			t.Errorf("device in %s, box of %d", s.Device(1).Parcel, s.Case.Parcels[0].Of)
		}
	})
	t.Run("what has left keeps the number printed on it", func(t *testing.T) {
		s := onTheRoadAndOne().Must(rt.Farmer, rt.SetParcels(rt.Plan(2, 2)))
		if a, b := s.Case.Parcels[0], s.Case.Parcels[1]; a.Seq != 1 || a.Of != 1 || b.Seq != 2 || b.Of != 2 {
			t.Errorf("box %d of %d and box %d of %d", a.Seq, a.Of, b.Seq, b.Of)
		}
	})
	t.Run("R07 the acknowledged checklist is noted", func(t *testing.T) {
		if s := packedStory(); s.Case.Order.ChecklistAckedAt == "" {
			t.Error("not noted")
		}
	})
}

func TestDiagnosis(t *testing.T) {
	t.Run("R02 a later word takes the return back as long as nothing has left", func(t *testing.T) {
		s := packedStory().Must(rt.Technician, rt.Diagnose(repair.NeedInfo, "which pool?"))
		if _, err := s.Do(rt.Farmer, rt.HandOver(1)); err == nil {
			t.Error("R03: it left all the same")
		}
		s.Must(rt.Farmer, text(repair.CmdAnswer, "that one")).Must(rt.Technician, rt.Diagnose(repair.ReturnRecommended, "")).Must(rt.Farmer, rt.HandOver(1))
	})
	t.Run("R13 the customer is told of the confirmed return", func(t *testing.T) {
		s := confirmed()
		if last := s.Case.Messages[len(s.Case.Messages)-1]; last.Code != "message.return_confirmed" || s.Case.Order.Stage != repair.StageReturnConfirmed {
			t.Errorf("%+v in %s", last, s.Case.Order.Stage)
		}
	})
	t.Run("what was resolved and opened again is diagnosed again", func(t *testing.T) {
		s := rt.At(repair.StageResolvedRemote).Must(rt.Farmer, text(repair.CmdReopen, "again"))
		if s.Case.Order.Stage != repair.StageSubmitted || s.Case.Message(s.Case.Messages[1].ID) == nil {
			t.Errorf("stands in %s", s.Case.Order.Stage)
		}
	})
}
