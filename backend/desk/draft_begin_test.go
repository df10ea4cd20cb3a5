package desk

import (
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func TestANewDraftStartsWithTheAddressOfTheNewestOrder(t *testing.T) {
	h := at(t)
	story := rt.At(repair.StageSubmitted)
	h.tell(story.Case)
	view, err := h.CreateDraft(h.ctx(), "")
	h.ok(err)
	if view.Contact != story.Case.Order.Contact || view.ReturnAddress != story.Case.Order.ReturnAddress {
		t.Errorf("a customer types the address again: %+v", view.ReturnAddress)
	}

	h.who = rt.Technician
	h.tell(story.Case)
	if view, err = h.CreateDraft(h.ctx(), ""); err != nil || view.ReturnAddress != (repair.Address{}) {
		t.Errorf("staff start with somebody else's address: %+v %v", view.ReturnAddress, err)
	}
}
