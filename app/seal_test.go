package app

import (
	"strings"
	"testing"

	"hashmend/backend/desk"
	"hashmend/backend/label"
	"hashmend/backend/repair"
)

// boxCodes are the codes on the box labels as they would be printed now.
func (j *journey) boxCodes() (codes []string) {
	j.t.Helper()
	job, err := j.app.inside.Load().document(j.app.inside.Load().ctx, desk.LabelRequest{Order: j.order, Document: documentBox})
	if err != nil || len(job.findings) > 0 {
		j.t.Fatalf("box labels: %v, %+v", err, job.findings)
	}
	for _, page := range job.pages {
		for _, item := range page.Items {
			if qr, is := item.(label.QR); is {
				codes = append(codes, qr.Code.Payload)
			}
		}
	}
	return codes
}

// vouch lets the workshop check the boxes with the network cut: what it learnt
// at its last pull is enough to say who packed a box, and what.
func (j *journey) vouch(codes []string) {
	j.t.Helper()
	j.as(repair.RoleTechnician)
	j.way.set("before")
	defer func() { j.way.set(""); j.as(repair.RoleCustomer) }()
	bench := &Bench{j.app}
	check := func(code string, counted ...string) desk.LabelCheck {
		return must[desk.LabelCheck](j.t)(bench.CheckLabel(code, counted))
	}
	first, second := string(j.devices[0].Serial), string(j.devices[1].Serial)
	if got := check(codes[0]); got.Outcome != desk.CheckVerified || got.Packer != "practice" || got.Holder == "" || got.Staff {
		j.t.Errorf("box 1 as listed: %+v", got)
	}
	if got := check(codes[0], second, strings.ToLower(first)); got.Outcome != desk.CheckVerified {
		j.t.Errorf("box 1 as counted: %+v", got)
	}
	if got := check(codes[0], first); got.Outcome != desk.CheckContentsDiffer {
		j.t.Errorf("a device less: %+v", got)
	}
	if got := check(codes[1], first, second); got.Outcome != desk.CheckContentsDiffer {
		j.t.Errorf("another box's devices: %+v", got)
	}
	last := len(codes[0]) - 1
	forged := codes[0][:last] + string('0'+(codes[0][last]-'0'+1)%10)
	if got := check(forged, first, second); got.Outcome != desk.CheckNotVerified || got.Why != "label.check_signature_wrong" {
		j.t.Errorf("a forged label: %+v", got)
	}
	if found := must[desk.ParcelFound](j.t)(bench.FindParcel(codes[1])); found.Outcome != "expected" || found.Parcel.Seq != 2 || found.Check.Outcome != desk.CheckVerified {
		j.t.Errorf("at the door: %s, %+v", found.Outcome, found.Check)
	}
}

// Without its key an install still prints; the preview says what that means.
func TestWithoutItsKeyAnInstallSignsNothing(t *testing.T) {
	t.Parallel()
	a := opened(t)
	if a.inside.Load().sealer() != nil {
		t.Error("a desk that speaks for nobody signs")
	}
	must[desk.Session](t)((&Start{a}).Practise())
	if a.inside.Load().sealer() == nil {
		t.Fatal("a desk that has joined does not sign")
	}
	s, _ := a.inside.Load().whom()
	if err := a.inside.Load().keychain(s).Delete(secretName(s, "key")); err != nil {
		t.Fatal(err)
	}
	if a.inside.Load().sealer() != nil {
		t.Error("it signs without its key")
	}
}

// Labels that are scanned back are those that are printed now: what was forged, or
// packed and counted otherwise since, is none of them.
func TestScanBackTakesTheLabelsAsTheyAreNow(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels, request := &Labels{j.app}, desk.LabelRequest{Order: j.order, Document: documentBox}
	codes := j.boxCodes()
	check := func(codes ...string) desk.ScanBack {
		return must[desk.ScanBack](t)(labels.ScanBack(request, codes))
	}
	if got := check(codes...); !got.Done {
		t.Errorf("as printed: %+v", got)
	}
	last := len(codes[0]) - 1
	forged := codes[0][:last] + string('0'+(codes[0][last]-'0'+1)%10)
	if got := check(forged, codes[1]); got.Done || got.Missing != 1 || len(got.Foreign) != 1 {
		t.Errorf("a forged label: %+v", got)
	}
	moved := j.devices[len(j.devices)-1].Serial
	view := must[desk.PackView](t)(j.packing.Get(j.order))
	must[desk.PackView](t)(j.packing.Unpack(j.order, view.Boxes[1].Devices[len(view.Boxes[1].Devices)-1].ID))
	if got := check(codes...); got.Done || got.Found != 1 || len(got.Foreign) != 1 || got.Last != "foreign" {
		t.Errorf("box 2 was packed again: %+v", got)
	}
	must[desk.PackView](t)(j.packing.AddBox(j.order))
	must[desk.PackScan](t)(j.packing.Scan(j.order, 3, string(moved)))
	if got := check(codes...); got.Done || got.Missing != 3 || len(got.Foreign) != 2 {
		t.Errorf("of three boxes, no longer of two: %+v", got)
	}
}
