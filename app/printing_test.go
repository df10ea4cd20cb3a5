package app

import (
	"bytes"
	"errors"
	"image/png"
	"io"
	"net"
	"testing"

	"hashmend/backend/desk"
	"hashmend/backend/label"
	"hashmend/backend/repair"
)

// paperPrinter is a printer on the network: it hands over what each connection
// sent, and reads nothing while it is held.
type paperPrinter struct {
	address string
	got     chan []byte
	release chan struct{}
}

func plugIn(t *testing.T, held bool) *paperPrinter {
	t.Helper()
	line := net.ListenConfig{}
	if held {
		line.Control = narrow
	}
	l, err := line.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	p := &paperPrinter{address: l.Addr().String(), got: make(chan []byte, 8), release: make(chan struct{})}
	if !held {
		close(p.release)
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				<-p.release
				all, _ := io.ReadAll(conn)
				p.got <- all
			}()
		}
	}()
	return p
}

// set sets a printer up and gives its id.
func (j *journey) set(p desk.PrinterProfile) string {
	j.t.Helper()
	settings := must[desk.PrintSettings](j.t)((&Labels{j.app}).SavePrinter(p))
	return profilePrefix + settings.Profiles[len(settings.Profiles)-1].ID
}

// ends waits until a print job has ended, and gives it.
func (j *journey) ends(id string) (ended desk.PrintJob) {
	j.t.Helper()
	eventually(j.t, j.app, "the job ends", func() bool {
		for _, job := range must[[]desk.PrintJob](j.t)((&Labels{j.app}).Jobs()) {
			if job.ID == id {
				ended = job
			}
		}
		return ended.State == "sent" || ended.State == "failed" || ended.State == "cancelled"
	})
	return ended
}

// atTheBench is a work order with two boxes, packed.
func atTheBench(t *testing.T) *journey {
	t.Helper()
	j := begin(t)
	j.draft()
	j.send()
	j.diagnose()
	j.as(repair.RoleCustomer)
	for i, d := range j.devices {
		if i == 2 {
			must[desk.PackView](t)(j.packing.AddBox(j.order))
		}
		must[desk.PackScan](t)(j.packing.Scan(j.order, 0, string(d.Serial)))
	}
	return j
}

func codeOf(err error) string {
	var e *repair.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Code
}

func TestLabelsGoToAPrinterOnTheNetwork(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	printer := plugIn(t, false)
	id := j.set(desk.PrinterProfile{Name: "Zebra", Target: "tcp", Address: printer.address, Language: "zpl", DPI: 203, Darkness: 12, Speed: 4, OffX: 50})
	request := desk.LabelRequest{Order: j.order, Document: "box", Copies: 2}
	first := j.ends(must[desk.PrintJob](t)(labels.Print(request, id)).ID)
	got := <-printer.got
	if first.State != "sent" || first.Labels != 2 || first.Again != 0 || first.Bytes != int64(len(got)) || first.Printer != "Zebra" {
		t.Errorf("job %+v, %d bytes", first, len(got))
	}

	// What was previewed is what was printed, to the byte.
	house := j.app.inside.Load()
	job, err := house.document(house.ctx, request)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	zpl := job.engine.NewZPL(&want, label.Device{DotsPerMM: label.DPI203, Darkness: 12, Speed: 4, OffX: 4, Copies: 2})
	for _, page := range job.pages[:2] {
		if err := zpl.Page(page); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Errorf("the printer received %d bytes, not the %d of the preview", len(got), want.Len())
	}
	preview := must[desk.LabelPreview](t)(labels.Preview(request))
	dots, err := png.Decode(bytes.NewReader(j.local("GET", "/local/labels/"+preview.Job+"/1.png?printer="+id, nil, nil)))
	if err != nil || dots.Bounds().Dx() != 800 || dots.Bounds().Dy() != 1200 {
		t.Errorf("the print head view is %v, %v", dots.Bounds(), err)
	}
	if view := must[desk.PackView](t)(j.packing.Get(j.order)); view.Boxes[0].LabelPrinted != 1 {
		t.Errorf("box 1 was labelled %d times", view.Boxes[0].LabelPrinted)
	}

	// A second time needs a reason, and says so on the label.
	if p := must[desk.LabelPreview](t)(labels.Preview(request)); p.Again != 2 {
		t.Errorf("%d labels were printed before", p.Again)
	}
	if _, err := labels.Print(request, id); codeOf(err) != "print.why_required" {
		t.Errorf("printed again without a word: %v", err)
	}
	request.Fresh = true
	if _, err := labels.Print(request, id); codeOf(err) != "print.all_printed" {
		t.Errorf("nothing is fresh: %v", err)
	}
	request.Fresh, request.Why, request.Copies = false, "damaged", 1
	second := j.ends(must[desk.PrintJob](t)(labels.Print(request, id)).ID)
	if again := <-printer.got; second.State != "sent" || second.Again != 2 || second.Why != "damaged" || bytes.Equal(again, got) {
		t.Errorf("second: %+v", second)
	}
}

// A printer that is gone keeps the job; a person tries again.
func TestAPrinterThatIsGoneKeepsTheJob(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	printer := plugIn(t, false)
	id := j.set(desk.PrinterProfile{Name: "Zebra", Target: "tcp", Address: "127.0.0.1:1", Language: "tspl", DPI: 203})
	failed := j.ends(must[desk.PrintJob](t)(labels.Print(desk.LabelRequest{Order: j.order, Document: "device"}, id)).ID)
	if failed.State != "failed" || failed.Reason == nil || failed.Reason.Code != "labels.printer_gone" || failed.Reason.Args["printer"] != "Zebra" {
		t.Fatalf("job %+v, %v", failed, failed.Reason)
	}
	if p := must[desk.LabelPreview](t)(labels.Preview(desk.LabelRequest{Order: j.order, Document: "device"})); p.Again != 0 {
		t.Error("what never came out counts as printed")
	}
	must[desk.PrintSettings](t)(labels.SavePrinter(desk.PrinterProfile{ID: id[len(profilePrefix):], Name: "Zebra", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 203}))
	must[desk.PrintJob](t)(labels.Retry(failed.ID))
	if sent := j.ends(failed.ID); sent.State != "sent" || sent.Reason != nil {
		t.Errorf("again: %+v", sent)
	}
	if got := <-printer.got; !bytes.Contains(got, []byte("BITMAP ")) {
		t.Errorf("the printer received %.60q", got)
	}
	if _, err := labels.Retry(failed.ID); codeOf(err) != "print.not_failed" {
		t.Errorf("what came out is tried again: %v", err)
	}
}

// Jobs of one printer wait for each other, and a job on its way can be stopped.
func TestAJobCanBeCancelled(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	printer := plugIn(t, true)
	id := j.set(desk.PrinterProfile{Name: "Slow", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 600})
	request := desk.LabelRequest{Order: j.order, Document: "box"}
	first := must[desk.PrintJob](t)(labels.Print(request, id))
	second := must[desk.PrintJob](t)(labels.Print(desk.LabelRequest{Order: j.order, Document: "device"}, id))
	eventually(t, j.app, "the first is on its way and the second waits", func() bool {
		jobs := must[[]desk.PrintJob](t)(labels.Jobs())
		return jobs[1].State == "sending" && jobs[0].State == "queued"
	})
	must[[]desk.PrintJob](t)(labels.Cancel(second.ID))
	must[[]desk.PrintJob](t)(labels.Cancel(first.ID))
	if got := j.ends(first.ID); got.State != "cancelled" {
		t.Errorf("first: %+v", got)
	}
	if got := j.ends(second.ID); got.State != "cancelled" {
		t.Errorf("second: %+v", got)
	}
	if _, err := labels.Cancel(first.ID); codeOf(err) != "print.over" {
		t.Errorf("cancelled twice: %v", err)
	}
	close(printer.release)
}

// A job that was cancelled while it waited and is tried again can be cancelled again.
func TestAJobTriedAgainCanBeCancelled(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	printer := plugIn(t, true)
	id := j.set(desk.PrinterProfile{Name: "Slow", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 600})
	request := desk.LabelRequest{Order: j.order, Document: "box"}
	first := must[desk.PrintJob](t)(labels.Print(request, id))
	request.Why = "damaged"
	second := must[desk.PrintJob](t)(labels.Print(request, id))
	is := func(job desk.PrintJob, state string) func() bool {
		return func() bool {
			for _, got := range must[[]desk.PrintJob](t)(labels.Jobs()) {
				if got.ID == job.ID {
					return got.State == state
				}
			}
			return false
		}
	}
	eventually(t, j.app, "the first is on its way", is(first, "sending"))
	must[[]desk.PrintJob](t)(labels.Cancel(second.ID))
	must[desk.PrintJob](t)(labels.Retry(second.ID))
	must[[]desk.PrintJob](t)(labels.Cancel(first.ID))
	j.ends(first.ID)
	eventually(t, j.app, "the second is on its way", is(second, "sending"))
	must[[]desk.PrintJob](t)(labels.Cancel(second.ID))
	if got := j.ends(second.ID); got.State != "cancelled" {
		t.Errorf("second: %+v", got)
	}
	close(printer.release)
}

func TestAPrinterIsCalibratedByATestPage(t *testing.T) {
	t.Parallel()
	j := begin(t)
	labels := &Labels{j.app}
	printer := plugIn(t, false)
	id := j.set(desk.PrinterProfile{Name: "Zebra", Target: "tcp", Address: printer.address, Language: "zpl", DPI: 203})
	page := func(raw bool) []byte {
		if job := j.ends(must[desk.PrintJob](t)(labels.TestPage(id, "large", raw)).ID); job.State != "sent" {
			t.Fatalf("test page: %+v %v", job, job.Reason)
		}
		return <-printer.got
	}
	plain := page(true)
	where := must[desk.CalibrationPage](t)(labels.Calibration(id, "large"))
	if where.Want != (desk.Measured{X1: 1000, Y1: 1000, X2: 8700, Y2: 13700}) || where.Now != desk.TrueCalibration {
		t.Fatalf("calibration %+v", where)
	}
	// The printer puts everything 1 mm to the right and half a percent too long.
	got := must[desk.Calibration](t)(labels.Calibrate(id, "large", desk.Measured{X1: 1100, Y1: 1005, X2: 8800, Y2: 13769}))
	if got != (desk.Calibration{OffX: -100, OffY: 0, ScaleX: 10000, ScaleY: 9950}) {
		t.Errorf("calibrated to %+v", got)
	}
	if moved := page(false); bytes.Equal(moved, plain) {
		t.Error("the calibrated page is where the raw one was")
	}
	if again := page(true); !bytes.Equal(again, plain) {
		t.Error("a page to measure was moved")
	}
	for _, wrong := range []desk.Measured{{X1: 1600, Y1: 1000, X2: 9300, Y2: 13700}, {X1: 1000, Y1: 1000, X2: 8000, Y2: 13700}, {X1: 8700, Y1: 1000, X2: 1000, Y2: 13700}} {
		if _, err := labels.Calibrate(id, "large", wrong); codeOf(err) != "printer.calibration_out_of_range" {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	if other := must[desk.CalibrationPage](t)(labels.Calibration(id, "small")); other.Now != desk.TrueCalibration {
		t.Errorf("another paper is %+v", other.Now)
	}
	if back := must[desk.Calibration](t)(labels.Calibrate(id, "large", desk.Measured{})); back != desk.TrueCalibration {
		t.Errorf("forgotten: %+v", back)
	}
}

func TestASheetGoesOnWhereTheLastOneEnded(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	must[desk.SavedFile](t)(labels.Save(desk.LabelRequest{Order: j.order, Document: "sheet", Stock: "a4_small_18", Start: 16}))
	for _, s := range must[[]desk.SheetStock](t)(labels.Sheets()) {
		want := 1
		if s.ID == "a4_small_18" {
			want = 2 // 16, 17, 18 and the first of the next sheet
		}
		if s.Next != want || s.NX*s.NY < 2 {
			t.Errorf("%+v, want %d", s, want)
		}
	}
}

// What was on its way when the program ended is not known to have come out.
func TestJobsOfAProgramThatEndedAreFailed(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	printer := plugIn(t, true)
	id := j.set(desk.PrinterProfile{Name: "Slow", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 600})
	labels := &Labels{j.app}
	job := must[desk.PrintJob](t)(labels.Print(desk.LabelRequest{Order: j.order, Document: "box"}, id))
	eventually(t, j.app, "it is on its way", func() bool {
		return must[[]desk.PrintJob](t)(labels.Jobs())[0].State == "sending"
	})
	dir := j.app.Dir
	if err := j.app.Close(); err != nil {
		t.Fatal(err)
	}
	close(printer.release)
	again, err := Open(Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	jobs := must[[]desk.PrintJob](t)((&Labels{again}).Jobs())
	if len(jobs) != 1 || jobs[0].ID != job.ID || jobs[0].State != "failed" || jobs[0].Reason == nil || jobs[0].Reason.Code != "print.interrupted" {
		t.Errorf("after the end: %+v", jobs)
	}
}

// What waited when the program ended never began: its labels are as fresh as before.
func TestJobsThatWaitedWhenTheProgramEndedAreFresh(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	printer := plugIn(t, true)
	id := j.set(desk.PrinterProfile{Name: "Slow", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 600})
	labels := &Labels{j.app}
	must[desk.PrintJob](t)(labels.Print(desk.LabelRequest{Order: j.order, Document: "box"}, id))
	waits := must[desk.PrintJob](t)(labels.Print(desk.LabelRequest{Order: j.order, Document: "device"}, id))
	eventually(t, j.app, "the first is on its way", func() bool {
		return must[[]desk.PrintJob](t)(labels.Jobs())[1].State == "sending"
	})
	dir := j.app.Dir
	if err := j.app.Close(); err != nil {
		t.Fatal(err)
	}
	close(printer.release)
	again, err := Open(Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close() }()
	jobs := must[[]desk.PrintJob](t)((&Labels{again}).Jobs())
	if len(jobs) != 2 || jobs[0].ID != waits.ID || jobs[0].State != "failed" || jobs[0].Reason == nil || jobs[0].Reason.Code != "print.not_begun" ||
		jobs[1].Reason == nil || jobs[1].Reason.Code != "print.interrupted" {
		t.Errorf("after the end: %+v", jobs)
	}
	fresh := desk.LabelRequest{Order: j.order, Document: "device", Fresh: true}
	if p := must[desk.LabelPreview](t)((&Labels{again}).Preview(fresh)); p.Again != 0 || p.Pages != len(j.devices) {
		t.Errorf("%d of %d labels are fresh, %d printed before", p.Pages, len(j.devices), p.Again)
	}
}

// Two jobs of fresh labels at once share them out: none is printed twice, and no
// printer gets a job of nothing.
func TestJobsOfFreshLabelsShareThem(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	slow, quick := plugIn(t, true), plugIn(t, false)
	first := j.set(desk.PrinterProfile{Name: "Slow", Target: "tcp", Address: slow.address, Language: "tspl", DPI: 203})
	second := j.set(desk.PrinterProfile{Name: "Quick", Target: "tcp", Address: quick.address, Language: "tspl", DPI: 203})
	request := desk.LabelRequest{Order: j.order, Document: "device", Fresh: true}
	some := request
	some.Devices = []string{string(j.devices[0].ID)}

	began := must[desk.PrintJob](t)(labels.Print(some, first))
	rest := must[desk.PrintJob](t)(labels.Print(request, second))
	if began.Labels != 1 || rest.Labels != len(j.devices)-1 {
		t.Errorf("the jobs have %d and %d labels of %d", began.Labels, rest.Labels, len(j.devices))
	}
	if _, err := labels.Print(request, second); codeOf(err) != "print.all_printed" {
		t.Errorf("every label is on its way, and a third job says %v", err)
	}
	if got := j.ends(rest.ID); got.State != "sent" {
		t.Errorf("the second job: %+v", got)
	}
	if n := bytes.Count(<-quick.got, []byte("\r\nPRINT ")); n != rest.Labels {
		t.Errorf("the second printer got %d labels, want %d", n, rest.Labels)
	}
	close(slow.release)
	if got := j.ends(began.ID); got.State != "sent" {
		t.Errorf("the first job: %+v", got)
	}
	if n := bytes.Count(<-slow.got, []byte("\r\nPRINT ")); n != 1 {
		t.Errorf("the first printer got %d labels, want 1", n)
	}
}

// A job of fresh labels that failed is tried again for what is still fresh.
func TestAJobTriedAgainPrintsWhatIsStillFresh(t *testing.T) {
	t.Parallel()
	j := atTheBench(t)
	labels := &Labels{j.app}
	printer := plugIn(t, false)
	gone := j.set(desk.PrinterProfile{Name: "Gone", Target: "tcp", Address: "127.0.0.1:1", Language: "tspl", DPI: 203})
	there := j.set(desk.PrinterProfile{Name: "There", Target: "tcp", Address: printer.address, Language: "tspl", DPI: 203})
	request := desk.LabelRequest{Order: j.order, Document: "device", Fresh: true}
	failed := j.ends(must[desk.PrintJob](t)(labels.Print(request, gone)).ID)
	if failed.State != "failed" {
		t.Fatalf("job %+v", failed)
	}
	request.Devices = []string{string(j.devices[1].ID)}
	if got := j.ends(must[desk.PrintJob](t)(labels.Print(request, there)).ID); got.State != "sent" {
		t.Fatalf("job %+v", got)
	}
	<-printer.got
	if again := must[desk.PrintJob](t)(labels.Retry(failed.ID)); again.Labels != len(j.devices)-1 {
		t.Errorf("tried again with %d labels", again.Labels)
	}
	j.ends(failed.ID)
	request.Devices = nil
	if got := j.ends(must[desk.PrintJob](t)(labels.Print(request, there)).ID); got.State != "sent" || got.Labels != len(j.devices)-1 {
		t.Fatalf("job %+v", got)
	}
	if _, err := labels.Retry(failed.ID); codeOf(err) != "print.all_printed" {
		t.Errorf("nothing is fresh any more, and the job says %v", err)
	}
}
