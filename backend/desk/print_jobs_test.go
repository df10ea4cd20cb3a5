package desk

import (
	"maps"
	"testing"

	"hashmend/backend/localdb"
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
