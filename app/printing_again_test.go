package app

import (
	"bytes"
	"testing"

	"hashmend/backend/desk"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// pages is how a document comes out of a printer with the labels that it has now.
func (j *journey) pages(request desk.LabelRequest, printer string, before map[string]int) []byte {
	j.t.Helper()
	h := j.app.inside.Load()
	asked := must[desk.LabelData](j.t)(h.deeds.LabelData(h.ctx, request))
	order := desk.PrintOrder{Request: request, Printer: printer, Before: before, Kind: asked.Kind, Items: asked.Items}
	data := must[desk.LabelData](j.t)(h.deeds.DataOf(h.ctx, order))
	var out bytes.Buffer
	if err := h.draw(h.ctx, order, data, must[desk.PrinterProfile](j.t)(h.target(h.ctx, printer)), &out); err != nil {
		j.t.Fatal(err)
	}
	return out.Bytes()
}

// What waits or is on its way counts as printed: a second press of Print gives no
// second original.
func TestWhatIsOnItsWayIsPrintedAgainOnlyWithAReason(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	slow, quick := plugIn(t, true), plugIn(t, false)
	first := j.set(desk.PrinterProfile{Name: "Slow", Target: "tcp", Address: slow.address, Language: "tspl", DPI: 203})
	second := j.set(desk.PrinterProfile{Name: "Quick", Target: "tcp", Address: quick.address, Language: "tspl", DPI: 203})
	request := desk.LabelRequest{Order: j.order, Document: "box", Boxes: []int{1}}
	box := must[desk.PackView](t)(j.packing.Get(j.order)).Boxes[0].ID

	began := must[desk.PrintJob](t)(labels.Print(request, first))
	if _, err := labels.Print(request, second); codeOf(err) != "print.why_required" {
		t.Fatalf("the same label twice without a word: %v", err)
	}
	if p := must[desk.LabelPreview](t)(labels.Preview(request)); p.Again != 1 {
		t.Errorf("the preview knows of %d labels on their way", p.Again)
	}
	request.Why = "damaged"
	again := j.ends(must[desk.PrintJob](t)(labels.Print(request, second)).ID)
	if again.State != "sent" || again.Again != 1 {
		t.Errorf("again: %+v", again)
	}
	copied := j.pages(request, second, map[string]int{box: 1})
	if got := <-quick.got; !bytes.Equal(got, copied) || bytes.Equal(got, j.pages(request, second, nil)) {
		t.Error("the second label does not say that it is a copy")
	}
	close(slow.release)
	if got := j.ends(began.ID); got.State != "sent" || got.Again != 0 {
		t.Errorf("first: %+v", got)
	}
	request.Why = ""
	if got := <-slow.got; !bytes.Equal(got, j.pages(request, first, nil)) {
		t.Error("the first label is not the original")
	}
}

// A job that failed is tried again after its labels were printed by another one:
// they are copies then.
func TestAJobTriedAgainMarksWhatWasPrintedMeanwhile(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	printer := plugIn(t, false)
	id := j.set(desk.PrinterProfile{Name: "Zebra", Target: "tcp", Address: "127.0.0.1:1", Language: "tspl", DPI: 203})
	there := j.set(desk.PrinterProfile{Name: "There", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 203})
	request := desk.LabelRequest{Order: j.order, Document: "box"}
	failed := j.ends(must[desk.PrintJob](t)(labels.Print(request, id)).ID)
	if failed.State != "failed" {
		t.Fatalf("job %+v", failed)
	}
	request.Boxes = []int{1}
	if got := j.ends(must[desk.PrintJob](t)(labels.Print(request, there)).ID); got.State != "sent" || got.Again != 0 {
		t.Fatalf("job %+v", got)
	}
	<-printer.got
	must[desk.PrintSettings](t)(labels.SavePrinter(desk.PrinterProfile{ID: id[len(profilePrefix):], Name: "Zebra", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 203}))
	must[desk.PrintJob](t)(labels.Retry(failed.ID))
	if got := j.ends(failed.ID); got.State != "sent" || got.Labels != 2 || got.Again != 1 {
		t.Errorf("tried again: %+v", got)
	}
	request.Boxes = nil
	box := must[desk.PackView](t)(j.packing.Get(j.order)).Boxes[0].ID
	got := <-printer.got
	if !bytes.Equal(got, j.pages(request, id, map[string]int{box: 1})) || bytes.Equal(got, j.pages(request, id, nil)) {
		t.Error("the first box's label does not say that it is a copy, or the second's does")
	}
}

// A job prints the labels that it counts: what was packed after it began is no part
// of it, and still fresh when the job is tried again.
func TestAJobTriedAgainPrintsNoBoxThatWasPackedLater(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	printer := plugIn(t, false)
	id := j.set(desk.PrinterProfile{Name: "Zebra", Target: "tcp", Address: "127.0.0.1:1", Language: "tspl", DPI: 203})
	view := must[desk.PackView](t)(j.packing.Get(j.order))
	last := view.Boxes[1].Devices[len(view.Boxes[1].Devices)-1]
	must[desk.PackView](t)(j.packing.Unpack(j.order, last.ID))
	request := desk.LabelRequest{Order: j.order, Document: "box", Boxes: []int{}}
	failed := j.ends(must[desk.PrintJob](t)(labels.Print(request, id)).ID)
	if failed.State != "failed" || failed.Labels != 2 {
		t.Fatalf("job %+v", failed)
	}
	must[desk.PackView](t)(j.packing.AddBox(j.order))
	must[desk.PackScan](t)(j.packing.Scan(j.order, 0, last.Serial))
	must[desk.PrintSettings](t)(labels.SavePrinter(desk.PrinterProfile{ID: id[len(profilePrefix):], Name: "Zebra", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 203}))
	must[desk.PrintJob](t)(labels.Retry(failed.ID))
	if got := j.ends(failed.ID); got.State != "sent" || got.Labels != 2 {
		t.Fatalf("tried again: %+v", got)
	}
	if n := bytes.Count(<-printer.got, []byte("\r\nPRINT ")); n != 2 {
		t.Errorf("%d labels came out, and two are counted", n)
	}
	request.Fresh = true
	if got := j.ends(must[desk.PrintJob](t)(labels.Print(request, id)).ID); got.State != "sent" || got.Labels != 1 {
		t.Errorf("the third box: %+v", got)
	}
}

// A box that was emptied while its job waited gets no label, so none is counted: it
// is fresh once it is filled again.
func TestAJobCountsTheLabelsThatItDraws(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	printer := plugIn(t, true)
	id := j.set(desk.PrinterProfile{Name: "Slow", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 600})
	view := must[desk.PackView](t)(j.packing.Get(j.order))
	last := view.Boxes[1].Devices[len(view.Boxes[1].Devices)-1]
	must[desk.PackView](t)(j.packing.Unpack(j.order, last.ID))
	busy := must[desk.PrintJob](t)(labels.Print(desk.LabelRequest{Order: j.order, Document: "box"}, id))
	eventually(t, j.app, "the printer is busy", func() bool {
		return must[[]desk.PrintJob](t)(labels.Jobs())[0].State == "sending"
	})
	must[desk.PackView](t)(j.packing.AddBox(j.order))
	must[desk.PackScan](t)(j.packing.Scan(j.order, 3, last.Serial))
	job := must[desk.PrintJob](t)(labels.Print(desk.LabelRequest{Order: j.order, Document: "box", Why: "damaged"}, id))
	must[desk.PackView](t)(j.packing.Unpack(j.order, last.ID))
	close(printer.release)
	j.ends(busy.ID)
	<-printer.got
	if got := j.ends(job.ID); got.State != "sent" || job.Labels != 3 || got.Labels != 2 {
		t.Errorf("two labels of three were drawn: %+v", got)
	}
	if n := bytes.Count(<-printer.got, []byte("\r\nPRINT ")); n != 2 {
		t.Errorf("%d labels came out", n)
	}
	must[desk.PackScan](t)(j.packing.Scan(j.order, 3, last.Serial))
	request := desk.LabelRequest{Order: j.order, Document: "box", Fresh: true, Boxes: []int{3}}
	if got := j.ends(must[desk.PrintJob](t)(labels.Print(request, id)).ID); got.State != "sent" || got.Labels != 1 || got.Again != 0 {
		t.Errorf("the box that was filled again: %+v", got)
	}
}

// Nobody knows what came out of a job that broke halfway: its labels are not fresh,
// printing them again takes a word, and what is tried again says that it is a copy.
func TestWhatMayHaveComeOutIsNotFresh(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	printer := plugIn(t, true)
	id := j.set(desk.PrinterProfile{Name: "Slow", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 600})
	h := j.app.inside.Load()
	request := desk.LabelRequest{Order: j.order, Document: "box"}
	data := must[desk.LabelData](t)(h.deeds.LabelData(h.ctx, request))
	job := must[desk.PrintJob](t)(h.deeds.BeginPrint(h.ctx, desk.PrintOrder{Request: request, Printer: id, Name: "Slow", Kind: data.Kind, Items: data.Items}))
	breaks := func(bytes int64, reason *repair.Error) {
		if _, ok, err := h.deeds.PrintBegins(h.ctx, job.ID); err != nil || !ok {
			t.Fatal(ok, err)
		}
		if err := h.deeds.PrintEnds(h.ctx, job.ID, localdb.PrintFailed, bytes, reason); err != nil {
			t.Fatal(err)
		}
	}
	breaks(0, errPrinterGone)
	if p := must[desk.LabelPreview](t)(labels.Preview(request)); p.Again != 0 {
		t.Errorf("what never left the program counts as printed: %d", p.Again)
	}
	must[desk.PrintJob](t)(h.deeds.RetryPrint(h.ctx, job.ID))
	breaks(5000, errPrinterStalled)
	if p := must[desk.LabelPreview](t)(labels.Preview(request)); p.Again != 2 {
		t.Errorf("%d labels may have come out", p.Again)
	}
	if _, err := labels.Print(request, id); codeOf(err) != "print.why_required" {
		t.Errorf("printed again without a word: %v", err)
	}
	fresh := request
	fresh.Fresh = true
	if _, err := labels.Print(fresh, id); codeOf(err) != "print.all_printed" {
		t.Errorf("what may have come out is fresh: %v", err)
	}
	if again := must[desk.PrintJob](t)(h.deeds.RetryPrint(h.ctx, job.ID)); again.Again != 2 {
		t.Errorf("tried again: %+v", again)
	}
	breaks(0, errPrinterGone) // that it broke once is not forgotten
	if p := must[desk.LabelPreview](t)(labels.Preview(request)); p.Again != 2 {
		t.Errorf("%d labels may have come out, after another try", p.Again)
	}
	close(printer.release)
}
