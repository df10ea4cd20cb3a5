package desk

import (
	"testing"

	rt "hashmend/backend/repairtest"
)

func TestScanBackFindsMissingDoubleAndForeignLabels(t *testing.T) {
	h := at(t)
	s := rt.Filed(3).Confirm()
	h.tell(s.Case)
	number := s.Case.Order.Number
	label := func(n int) string { return "LABEL:" + number + ":" + string(rt.Serial(n)) + ":" }
	request := LabelRequest{Order: theOrder, Document: "device", Fresh: true}
	tests := []struct {
		name                            string
		codes                           []string
		found, missing, double, foreign int
		last                            string
		done                            bool
	}{
		{"nothing yet", nil, 0, 3, 0, 0, "", false},
		{"one stuck twice, one forgotten", []string{label(1), label(2), label(1)}, 2, 1, 1, 0, "double", false},
		{"another work order's", []string{label(1), "LABEL:JM-999:" + string(rt.Serial(2)) + ":", "LABEL:JM-999:" + string(rt.Serial(2)) + ":"}, 1, 2, 0, 1, "foreign", false},
		{"a maker's own sticker", []string{string(rt.Serial(1))}, 0, 3, 0, 1, "foreign", false},
		{"the label of a box", []string{"LABEL:" + number + "::1"}, 0, 3, 0, 1, "foreign", false},
		{"each once", []string{label(3), label(1), " " + label(2)}, 3, 0, 0, 0, "found", true},
	}
	for _, test := range tests {
		got, err := h.ScanBackCheck(h.ctx(), request, test.codes)
		if h.ok(err); got.Found != test.found || got.Missing != test.missing || got.Double != test.double || len(got.Foreign) != test.foreign ||
			got.Last != test.last || got.Done != test.done {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}

func TestScanBackOfBoxes(t *testing.T) {
	h := at(t)
	s := rt.Filed(2).Confirm()
	h.tell(s.Case)
	h.scan(1, string(rt.Serial(1)))
	_, err := h.AddBox(h.ctx(), theOrder)
	h.ok(err)
	h.scan(2, string(rt.Serial(2)))
	got, err := h.ScanBackCheck(h.ctx(), LabelRequest{Order: theOrder, Document: "box"},
		[]string{"LABEL:" + s.Case.Order.Number + "::2/2", "LABEL:" + s.Case.Order.Number + "::3/3"})
	if h.ok(err); got.Found != 1 || got.Missing != 1 || len(got.Foreign) != 1 || got.Expected[1].Name != "2 / 2" {
		t.Errorf("got %+v", got)
	}
}
