package desk

import (
	"encoding/json"
	"reflect"
	"testing"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// What is kept in memory and brought up to date is at every step what a desk
// that has just been started reads.
func TestAWorkOrderKeptInMemoryIsTheOneOnTheDisk(t *testing.T) {
	h := at(t)
	s := rt.Filed(3)
	id := s.Case.Order.ID
	same := func(step string) {
		t.Helper()
		kept, _, err := h.told(h.ctx(), h.session().Scope, id)
		h.ok(err)
		fresh := Desk{Deps: h.Deps}
		read, _, err := fresh.told(h.ctx(), h.session().Scope, id)
		h.ok(err)
		if !reflect.DeepEqual(kept, read) {
			t.Errorf("%s: memory has %+v\ndisk has %+v", step, kept, read)
		}
	}
	do := func(by repair.Person, cmd repair.Command) {
		t.Helper()
		touched, err := s.Do(by, cmd)
		h.ok(err)
		h.tellTouched(s.Case, touched)
		same(string(cmd.Kind))
	}
	h.tell(s.Case)
	same("filed")
	do(rt.Technician, rt.Diagnose(repair.ReturnRecommended, ""))
	do(rt.Farmer, rt.SetParcels(rt.Plan(1, 1), rt.Plan(2, 2, 3)))
	do(rt.Farmer, rt.SetParcels(rt.Plan(2, 1, 2, 3))) // box 1 is gone
	do(rt.Farmer, repair.Command{Kind: repair.CmdMessage, Text: "on its way"})
	do(rt.Farmer, rt.HandOver(2))
	do(rt.Technician, rt.Receive(2, 1, 2, 3))

	h.ok(h.DB.Stage(h.ctx(), h.session().Scope, "cursor.diverged")) // the centre lost its history
	h.ok(h.DB.Swap(h.ctx(), h.session().Scope, repair.At(h.now)))
	h.rev += 100
	s = rt.Filed(20)
	h.tell(s.Case)
	same("begun anew")
	if v, err := h.OrderDevices(h.ctx(), DeviceQuery{Order: string(id)}); err != nil || v.Total != 20 {
		t.Errorf("%d devices, %v", v.Total, err)
	}
}

// tellTouched lets the cache learn what a command changed, and no more.
func (h *hand) tellTouched(c *repair.Case, touched repair.Touched) {
	h.t.Helper()
	h.rev++
	order := c.Order
	order.Rev = h.rev
	rows := []localdb.Change{h.row("work_order", string(order.ID), order)}
	for _, id := range touched.Devices {
		rows = append(rows, h.row("device", string(id), c.Device(id)))
	}
	for _, id := range touched.Parcels {
		rows = append(rows, h.row("parcel", string(id), c.Parcel(id)))
	}
	for _, id := range touched.RemovedParcels {
		rows = append(rows, localdb.Change{T: "parcel", ID: string(id), Rev: h.rev, WorkOrder: order.ID, Del: true})
	}
	for _, id := range touched.Messages {
		rows = append(rows, h.row("message", string(id), c.Message(id)))
	}
	h.apply(rows...)
}

func (h *hand) row(kind, id string, v any) localdb.Change {
	h.t.Helper()
	body, err := json.Marshal(v)
	h.ok(err)
	return localdb.Change{T: kind, ID: id, Rev: h.rev, D: body}
}
