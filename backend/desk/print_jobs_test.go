package desk

import (
	"maps"
	"slices"
	"testing"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// begun begins to print what a request asks for.
func (h *hand) begun(request LabelRequest) PrintOrder {
	h.t.Helper()
	data, err := h.LabelData(h.ctx(), request)
	h.ok(err)
	job, err := h.BeginPrint(h.ctx(), PrintOrder{Request: request, Kind: data.Kind, Items: data.Items})
	h.ok(err)
	h.job = job.ID
	return h.taken()
}

// taken takes the job that was begun for sending.
func (h *hand) taken() PrintOrder {
	h.t.Helper()
	o, ok, err := h.PrintBegins(h.ctx(), h.job)
	if h.ok(err); !ok {
		h.t.Fatal("the job was not queued")
	}
	_, err = h.DrawPrint(h.ctx(), h.job, &o)
	h.ok(err)
	return o
}

// A job that broke halfway and came out at the second try is on paper twice,
// perhaps: the next one is the third.
func TestCopiesAreNumberedAfterAJobThatBrokeHalfway(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(1).Confirm().Case)
	h.scan(1, string(rt.Serial(1)))
	request := LabelRequest{Order: theOrder, Document: "box"}
	box := h.begun(request).Items[0]
	h.ok(h.PrintEnds(h.ctx(), h.job, localdb.PrintFailed, 5000, ErrPrintBroken))
	_, err := h.RetryPrint(h.ctx(), h.job)
	h.ok(err)
	if got := h.taken().Before; !maps.Equal(got, map[string]int{box: 1}) {
		t.Errorf("the second try comes after %v", got)
	}
	h.ok(h.PrintEnds(h.ctx(), h.job, localdb.PrintSent, 9000, nil))
	request.Why = "damaged"
	if got := h.begun(request).Before; !maps.Equal(got, map[string]int{box: 2}) {
		t.Errorf("the third paper comes after %v", got)
	}
}

// A label that does not say what its box is now has to come off: the box counts as
// not printed, the new label is no copy of the wrong one, and the bench says so.
func TestALabelThatIsNoLongerTrueIsNotPrinted(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(4).Confirm().Case)
	fresh := LabelRequest{Order: theOrder, Document: "box", Fresh: true}
	paper := func(wantBefore int) {
		t.Helper()
		if o := h.begun(fresh); len(o.Items) != 1 || len(o.Before) != wantBefore || o.Again != wantBefore {
			t.Errorf("prints %v, copies %v", o.Items, o.Before)
		}
		h.ok(h.PrintEnds(h.ctx(), h.job, localdb.PrintSent, 9000, nil))
	}
	wrong := func(want ...string) {
		t.Helper()
		v, err := h.Packing(h.ctx(), theOrder)
		h.ok(err)
		var got []string
		for _, f := range v.Findings {
			if f.Code == codeLabelOutdated && f.Severity == repair.Warning {
				got = append(got, itoa(f.Row)+": "+f.Args["box"]+" as "+f.Args["was"])
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("labels that have to come off: %q, want %q", got, want)
		}
	}
	none := func() {
		t.Helper()
		data, err := h.LabelData(h.ctx(), fresh)
		if h.ok(err); !data.AllOut {
			t.Errorf("still to print: %v", data.Items)
		}
	}

	h.scan(1, string(rt.Serial(1)))
	paper(0)
	none()
	wrong()
	h.scan(1, string(rt.Serial(2))) // other contents
	wrong("1: 1 as 1/1")
	paper(0)
	none()
	wrong()

	_, err := h.AddBox(h.ctx(), theOrder) // another number of boxes
	h.ok(err)
	none()
	h.scan(2, string(rt.Serial(3)))
	wrong("1: 1 as 1/1")
	data, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder, Document: "box"})
	if h.ok(err); data.Again() != 0 {
		t.Errorf("%d labels are said to be copies", data.Again())
	}
	h.ok(h.LabelsFiled(h.ctx(), theOrder, data.Kind, data.Items, data.Says))
	none()
	wrong()

	_, err = h.Unpack(h.ctx(), theOrder, string(rt.DeviceID(3))) // nothing in it any more
	h.ok(err)
	wrong("1: 1 as 1/2", "2: 2 as 2/2")
	h.scan(2, string(rt.Serial(3))) // as it was printed
	none()
	wrong()
}

// What may have come out of a job that broke halfway says what the box was then.
func TestAJobTriedAgainAfterABoxWasPackedOtherwisePrintsNoCopy(t *testing.T) {
	h := at(t)
	h.tell(rt.Filed(2).Confirm().Case)
	h.scan(1, string(rt.Serial(1)))
	h.begun(LabelRequest{Order: theOrder, Document: "box", Fresh: true})
	h.ok(h.PrintEnds(h.ctx(), h.job, localdb.PrintFailed, 5000, ErrPrintBroken))
	h.scan(1, string(rt.Serial(2)))
	data, err := h.LabelData(h.ctx(), LabelRequest{Order: theOrder, Document: "box", Fresh: true})
	if h.ok(err); len(data.Items) != 1 || data.Again() != 0 {
		t.Errorf("fresh are %v, %d copies", data.Items, data.Again())
	}
	again, err := h.RetryPrint(h.ctx(), h.job)
	if h.ok(err); again.Again != 0 {
		t.Errorf("tried again: %+v", again)
	}
}
