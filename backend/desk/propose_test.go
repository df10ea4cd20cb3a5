package desk

import (
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func TestR26ThePriceListProposesAndDecidesNothing(t *testing.T) {
	h := at(t)
	h.who = rt.Technician
	find := rt.Find(1, repair.Normal, "V01")
	find.Inspection.Faults = []string{"F09"}
	s := rt.Filed(1).Arrive().Must(rt.Technician, find)
	h.tell(s.Case)
	if lines, err := h.Propose(h.ctx(), theOrder, []string{string(rt.DeviceID(1))}, "USD"); err != nil || lines == nil || len(lines) != 0 {
		t.Errorf("without a list: %v %v", lines, err)
	}
	priced := centre
	priced.Prices = []repair.PriceRow{{Fault: "F09", Text: "Fan replaced", Amount: rt.USD(2500)}}
	h.tellCentre(priced)
	lines, err := h.Propose(h.ctx(), theOrder, []string{string(rt.DeviceID(1))}, "USD")
	h.ok(err)
	if len(lines) != 1 || lines[0].Text != "Fan replaced" || lines[0].Amount != rt.USD(2500) || lines[0].Code != "F09" {
		t.Errorf("%+v", lines)
	}
	_, err = h.Propose(h.ctx(), theOrder, []string{"another"}, "USD")
	h.refused(err, "device.not_found")
}
