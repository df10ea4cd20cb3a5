package desk

import (
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

const theOrder = "00000000-0000-7000-8001-000000000001"

func (h *hand) scan(box int, code string) PackScan {
	h.t.Helper()
	got, err := h.PackByScan(h.ctx(), theOrder, box, code)
	h.ok(err)
	return got
}

// input is a sound waybill form.
func input(n int) BoxInput {
	w := string(rt.Waybill(n))
	return BoxInput{Carrier: "sf", Waybill: w, WaybillAgain: w, FreightTerms: repair.FreightPrepaid, DeliveryMode: repair.DeliveryDoor,
		SenderPhone: "13800138000", Photos: []repair.FileRef{rt.Photo}}
}

func (h *hand) setBox(box int, in BoxInput) PackView {
	h.t.Helper()
	v, err := h.SetBox(h.ctx(), theOrder, box, in)
	h.ok(err)
	return v
}

func TestR03PackingOpensWhenTheReturnIsConfirmed(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(2).Case)
	if got := h.scan(0, string(rt.Serial(1))); got.Outcome != scanNotOpen {
		t.Errorf("got %+v", got)
	}
	_, err := h.AddBox(h.ctx(), theOrder)
	h.refused(err, "packing.not_open")
	data, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder})
	h.ok(err)
	if !data.Draft || data.DraftWhy != CodeDraftNotConfirmed {
		t.Errorf("a label before that is a draft: %+v", data)
	}
}

func TestR16OnlySerialsOfTheWorkOrderEachInOneBox(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(3).Confirm().Case)
	if got := h.scan(0, string(rt.Serial(1))); got.Outcome != scanPacked || got.Box != 1 || got.Left != 2 {
		t.Errorf("got %+v", got)
	}
	if got := h.scan(0, string(rt.Serial(1))); got.Outcome != scanAlready || got.Box != 1 {
		t.Errorf("twice: %+v", got)
	}
	if got := h.scan(0, "SOMEBODYELSE1"); got.Outcome != scanNotInOrder {
		t.Errorf("a stranger's: %+v", got)
	}
	if _, err := h.AddBox(h.ctx(), theOrder); err != nil {
		t.Fatal(err)
	}
	if got := h.scan(2, "LABEL:JM-260302-0001:"+string(rt.Serial(2))+":"); got.Outcome != scanPacked || got.Box != 2 {
		t.Errorf("by our own label: %+v", got)
	}
	if got := h.scan(2, "LABEL:JM-999:"+string(rt.Serial(3))+":"); got.Outcome != scanNotInOrder {
		t.Errorf("another work order's label: %+v", got)
	}
	if got := h.scan(2, "LABEL:JM-260302-0001::1"); got.Outcome != scanBox || got.Box != 1 {
		t.Errorf("a box label: %+v", got)
	}
	if got := h.scan(1, string(rt.Waybill(4))); got.Outcome != scanWaybill || got.View.Boxes[0].CheckedBy != "scan" || got.View.Boxes[0].Carrier != "sf" {
		t.Errorf("a waybill: %+v", got)
	}
	v, err := h.Unpack(h.ctx(), theOrder, string(rt.DeviceID(1)))
	h.ok(err)
	if v.Left != 2 || len(v.Boxes[0].Devices) != 0 || v.Unpacked[0].Serial != string(rt.Serial(1)) {
		t.Errorf("unpacked: %+v", v)
	}
	if v, err = h.RemoveBox(h.ctx(), theOrder, 1); err != nil || len(v.Boxes) != 1 || v.Boxes[0].Seq != 1 || v.Left != 2 {
		t.Errorf("a box less: %+v %v", v, err)
	}
}

func TestR17AWaybillIsTypedTwiceOrScanned(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(1).Confirm().Case)
	_, err := h.PackRest(h.ctx(), theOrder, 1, 0)
	h.ok(err)
	in := input(1)
	in.WaybillAgain = string(rt.Waybill(2))
	_, err = h.SetBox(h.ctx(), theOrder, 1, in)
	h.refused(err, "packing.waybill_differs")
	in.WaybillAgain = ""
	if v := h.setBox(1, in); !hasCode(v.Findings, "parcel.waybill_unproven") {
		t.Errorf("once is not enough: %s", codes(v.Findings))
	}
	if v := h.setBox(1, input(1)); v.Boxes[0].CheckedBy != "double_entry" || hasCode(v.Findings, "parcel.waybill_unproven") {
		t.Errorf("twice: %+v", v.Boxes[0])
	}
	in = input(1)
	in.WaybillAgain, in.WeightGrams = "", 9000
	if v := h.setBox(1, in); v.Boxes[0].CheckedBy != "double_entry" || v.Boxes[0].WeightGrams != 9000 {
		t.Errorf("the number has not changed: %+v", v.Boxes[0])
	}
}

func hasCode(found []repair.Finding, code string) bool {
	for _, f := range found {
		if f.Code == code {
			return true
		}
	}
	return false
}

func TestR07R08R10WhatIsForbiddenIsNotFiled(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(1).Confirm().Case)
	_, err := h.PackRest(h.ctx(), theOrder, 1, 0)
	h.ok(err)
	h.setBox(1, input(1))
	_, err = h.ConfirmPacking(h.ctx(), theOrder)
	h.refused(err, "parcel.checklist_not_acked")
	_, err = h.TickChecklist(h.ctx(), theOrder, []string{"P1", "P2"})
	h.ok(err)
	for code, spoil := range map[string]func(*BoxInput){
		"parcel.self_pickup":     func(in *BoxInput) { in.DeliveryMode = repair.DeliverySelfPickup },
		"parcel.freight_collect": func(in *BoxInput) { in.FreightTerms = repair.FreightCollect },
	} {
		in := input(1)
		spoil(&in)
		h.setBox(1, in)
		_, err = h.ConfirmPacking(h.ctx(), theOrder)
		h.refused(err, code)
	}
	if rows, _ := h.Outbox(h.ctx()); len(rows) != 0 {
		t.Errorf("something was filed: %+v", rows)
	}
}

func TestBoxesAreFiledHandedOverRefusedAndSentAgain(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Confirm()
	h.tell(s.Case)
	_, err := h.PackRest(h.ctx(), theOrder, 0, 0)
	h.ok(err)
	h.setBox(1, input(1))
	_, err = h.TickChecklist(h.ctx(), theOrder, []string{"P1", "P2"})
	h.ok(err)
	_, err = h.HandOver(h.ctx(), theOrder, []int{1})
	h.refused(err, "packing.box_not_filed")
	v, err := h.ConfirmPacking(h.ctx(), theOrder)
	h.ok(err)
	if v.Sync != MarkWaiting || v.Blocking != 0 {
		t.Errorf("got %s %s", v.Sync, codes(v.Findings))
	}
	if v, err = h.HandOver(h.ctx(), theOrder, []int{1}); err != nil || v.Boxes[0].Status != repair.ParcelHandedOver {
		t.Fatalf("offline, behind the filing: %+v %v", v.Boxes, err)
	}
	_, err = h.RemoveBox(h.ctx(), theOrder, 1)
	h.refused(err, "packing.not_open")
	h.deliver(s)
	box := s.Case.Parcels[0]
	s.Must(rt.Technician, repair.Command{Kind: repair.CmdRejectParcel, Rejection: &repair.RejectionGiven{Parcel: box.ID, Reason: repair.RejectMismatch, Note: "as found"}})
	h.tell(s.Case)
	needs, err := h.Needs(h.ctx())
	h.ok(err)
	if len(needs) == 0 || needs[0].Kind != "parcel_rejected" || needs[0].Count != 1 {
		t.Errorf("needs: %+v", needs)
	}
	if v, err = h.PackRest(h.ctx(), theOrder, 0, 0); err != nil {
		t.Fatal(err)
	}
	if len(v.Boxes) != 2 || v.Boxes[1].Replaces != string(box.ID) || len(v.Boxes[1].Devices) != 2 || v.Boxes[1].Of != 1 || v.Left != 0 {
		t.Errorf("the new box: %+v", v.Boxes)
	}
	h.setBox(1, input(2))
	_, err = h.ConfirmPacking(h.ctx(), theOrder)
	h.ok(err)
	_, err = h.HandOver(h.ctx(), theOrder, []int{1})
	h.ok(err)
	h.deliver(s)
	if rows, _ := h.Outbox(h.ctx()); len(rows) != 0 || len(s.Case.Parcels) != 2 || s.Case.Parcels[1].Status != repair.ParcelHandedOver {
		t.Errorf("the centre has %+v, left %+v", s.Case.Parcels, rows)
	}
}

func TestABoxThatIsSentAgainIsNotBeyondTheLast(t *testing.T) {
	h := at(t)
	s := rt.Filed(3).Confirm().Must(rt.Farmer, rt.SetParcels(rt.Plan(1, 1), rt.Plan(2, 2), rt.Plan(3, 3))).Must(rt.Farmer, rt.HandOver(1, 2, 3))
	s.Must(rt.Technician, rt.Reject(1, repair.RejectMismatch))
	h.tell(s.Case)
	v, err := h.PackRest(h.ctx(), theOrder, 0, 0)
	h.ok(err)
	if again := v.Boxes[len(v.Boxes)-1]; len(v.Boxes) != 4 || again.Seq != 4 || again.Of != 4 {
		t.Errorf("box %d of %d", again.Seq, again.Of)
	}
	data, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder, Document: "box"})
	h.ok(err)
	for _, b := range data.Boxes {
		if b.Of != 4 {
			t.Errorf("label: box %d of %d", b.Seq, b.Of)
		}
	}
}

func TestR16AnEmptyBoxHasNoLabelAndIsNotCounted(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(2).Confirm().Case)
	h.scan(0, string(rt.Serial(1)))
	for range 2 {
		_, err := h.AddBox(h.ctx(), theOrder)
		h.ok(err)
	}
	h.scan(3, string(rt.Serial(2)))
	data, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder, Document: "box"})
	h.ok(err)
	if data.Of != 2 || len(data.Boxes) != 2 || len(data.Items) != 2 || data.Boxes[0].Seq != 1 || data.Boxes[1].Seq != 2 || data.Boxes[1].Of != 2 {
		t.Errorf("got %+v", data.Boxes)
	}
	third, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder, Document: "box", Boxes: []int{3}})
	h.ok(err)
	if len(third.Boxes) != 1 || third.Boxes[0].Seq != 2 || third.Boxes[0].Devices[0].Serial != string(rt.Serial(2)) {
		t.Errorf("the third on the bench: %+v", third.Boxes)
	}
	empty, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder, Document: "box", Boxes: []int{2}})
	h.ok(err)
	if len(empty.Boxes) != 0 || len(empty.Items) != 0 {
		t.Errorf("of an empty box: %+v", empty.Boxes)
	}
	v, err := h.RemoveBox(h.ctx(), theOrder, 2)
	h.ok(err)
	if v.Boxes[1].Seq != data.Boxes[1].Seq || v.Boxes[1].Of != data.Of {
		t.Errorf("it is filed as %d / %d", v.Boxes[1].Seq, v.Boxes[1].Of)
	}
}

func TestABoxPackedOnAnotherPCIsTakenOverWhole(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Confirm().Must(rt.Farmer, rt.SetParcels(rt.Plan(1, 1)))
	h.tell(s.Case)
	v, err := h.Packing(h.ctx(), theOrder)
	h.ok(err)
	if len(v.Boxes) != 1 || v.Left != 1 || v.Sync != MarkSent {
		t.Errorf("got %+v", v)
	}
	got := h.scan(1, string(rt.Serial(2)))
	if got.Outcome != scanPacked || len(got.View.Boxes) != 1 || len(got.View.Boxes[0].Devices) != 2 || got.View.Sync != MarkSaved {
		t.Errorf("got %+v", got)
	}
	boxes, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder, Document: "box"})
	h.ok(err)
	h.ok(h.LabelsFiled(h.ctx(), theOrder, boxes.Kind, boxes.Items, boxes.Says))
	data, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder, Boxes: []int{1}})
	h.ok(err)
	if data.Draft || len(data.Boxes) != 1 || data.Boxes[0].LabelPrinted != 1 || data.Boxes[0].Devices[1].Serial != string(rt.Serial(2)) {
		t.Errorf("got %+v", data)
	}
}

func TestWhatAnotherPCHasSentLiesInNoBoxHere(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Confirm()
	h.tell(s.Case)
	h.scan(0, string(rt.Serial(1)))
	h.scan(0, string(rt.Serial(2)))
	s.Must(rt.Farmer, rt.SetParcels(rt.Plan(1, 1))).Must(rt.Farmer, rt.HandOver(1))
	h.tell(s.Case)
	v, err := h.Packing(h.ctx(), theOrder)
	h.ok(err)
	if len(v.Boxes) != 2 || v.Boxes[0].Status != repair.ParcelHandedOver || len(v.Boxes[1].Devices) != 1 ||
		v.Boxes[1].Devices[0].Serial != string(rt.Serial(2)) || v.Boxes[1].Seq != 2 || v.Boxes[1].Of != 2 {
		t.Errorf("got %+v", v.Boxes)
	}
	_, err = h.RemoveBox(h.ctx(), theOrder, 1)
	h.refused(err, "packing.box_handed_over")
}

func TestALabelOfADraftIsADraft(t *testing.T) {
	h := at(t)
	id := h.draft(2)
	data, err := h.LabelData(h.ctx(), LabelRequest{Order: id})
	h.ok(err)
	if !data.Draft || data.DraftWhy != CodeDraftNoNumber || len(data.Devices) != 2 {
		t.Errorf("got %+v", data)
	}
}
