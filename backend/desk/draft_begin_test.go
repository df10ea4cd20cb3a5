package desk

import (
	"strings"
	"sync"
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

func TestLookingIntoANewDraftHeapsUpNoEmptyOnes(t *testing.T) {
	h := at(t)
	first, err := h.BeginDraft(h.ctx())
	h.ok(err)
	again, err := h.BeginDraft(h.ctx())
	h.ok(err)
	if again.ID != first.ID {
		t.Errorf("a second look began a second empty draft")
	}

	address := rt.At(repair.StageSubmitted).Case.Order.ReturnAddress
	_, err = h.SetDraftHeader(h.ctx(), first.ID, DraftHeader{ReturnAddress: address})
	h.ok(err)
	other, err := h.BeginDraft(h.ctx())
	h.ok(err)
	if other.ID == first.ID {
		t.Errorf("what was typed into one draft is offered as a new one")
	}
}

func TestADraftThatAFileIsReadIntoIsNoNewOne(t *testing.T) {
	h := at(t)
	first, err := h.BeginDraft(h.ctx())
	h.ok(err)
	reading, proceed := make(chan struct{}), make(chan struct{})
	var once sync.Once
	h.Importing = func(string) { once.Do(func() { close(reading); <-proceed }) }
	v, err := h.ImportDraft(h.ctx(), first.ID, "farm.csv", strings.NewReader(farmFile))
	h.ok(err)
	<-reading
	other, err := h.BeginDraft(h.ctx())
	close(proceed)
	h.ok(err)
	if other.ID == first.ID {
		t.Error("rows of a file turn up in what somebody began anew")
	}
	_, err = h.WaitImport(h.ctx(), v.Job)
	h.ok(err)
}
