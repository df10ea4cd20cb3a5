package app

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"log"
	"math"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"hashmend/backend/desk"
	"hashmend/backend/label"
	"hashmend/backend/localdb"
	"hashmend/backend/printer"
	"hashmend/backend/repair"
)

// lanes are the print jobs on their way. Jobs of one printer go one after the
// other; those of different printers do not wait for each other. The zero value
// is ready.
type lanes struct {
	mu      sync.Mutex
	last    map[string]chan struct{} // by printer: closed when its last job has ended
	tries   map[string]*try          // by job: the last one
	running sync.WaitGroup
}

// try is one sending of a job: one that was cancelled and tried again has another.
type try struct{ stop context.CancelFunc }

// send starts a job that was queued. The page is answered at once; the first
// label goes to the printer while the next is drawn.
func (h *house) send(id, printerID string) {
	ctx, stop := context.WithCancel(h.ctx)
	l := &h.lanes
	l.mu.Lock()
	if l.last == nil {
		l.last, l.tries = map[string]chan struct{}{}, map[string]*try{}
	}
	before, ended, own := l.last[printerID], make(chan struct{}), &try{stop}
	l.last[printerID], l.tries[id] = ended, own
	l.running.Add(1)
	l.mu.Unlock()
	go func() {
		defer l.running.Done()
		defer close(ended)
		defer stop()
		if before != nil {
			<-before
		}
		if ctx.Err() == nil { // else it was cancelled, or the program ends: it never began
			h.run(ctx, id)
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.tries[id] == own {
			delete(l.tries, id)
		}
		if l.last[printerID] == ended {
			delete(l.last, printerID)
		}
	}()
}

// stop stops a job that waits or is on its way.
func (l *lanes) stop(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t := l.tries[id]; t != nil {
		t.stop()
	}
}

// run sends one job and records how it ended. It is sent once: printing twice is
// worse than asking.
func (h *house) run(ctx context.Context, id string) {
	keep := context.WithoutCancel(ctx) // how it ended is recorded whatever ended it
	order, ok, err := h.deeds.PrintBegins(keep, id)
	if err != nil {
		log.Printf("print: %v", err)
		return
	}
	if !ok {
		return // cancelled while it waited
	}
	sent, err := h.transmit(ctx, id, &order)
	state, reason := localdb.PrintSent, (*repair.Error)(nil)
	switch {
	case err == nil:
	case h.ctx.Err() != nil:
		state, reason = localdb.PrintFailed, desk.ErrPrintBroken
	case ctx.Err() != nil:
		state = localdb.PrintCancelled
	default:
		log.Printf("print: %v", err)
		state, reason = localdb.PrintFailed, printerError(err, order.Name)
	}
	if err := h.deeds.PrintEnds(keep, id, state, sent, reason); err != nil {
		log.Printf("print: %v", err)
	}
	if state == localdb.PrintSent && order.Request.Document == documentSheet {
		h.useSheet(keep, order)
	}
}

// transmit draws a job and hands it to its printer, piece by piece. The job knows
// what it has drawn afterwards.
func (h *house) transmit(ctx context.Context, id string, job *desk.PrintOrder) (sent int64, err error) {
	target, err := h.target(ctx, job.Printer)
	if err != nil {
		return 0, err
	}
	var data desk.LabelData
	if job.Request.Document != documentTest {
		if data, err = h.deeds.DrawPrint(ctx, id, job); err != nil {
			return 0, err
		}
	}
	order := *job
	if target.Language == languagePDF {
		var pdf bytes.Buffer
		if err := h.draw(ctx, order, data, target, &pdf); err != nil {
			return 0, err
		}
		n := int64(pdf.Len())
		err := printer.PrintPDF(ctx, printer.Job{Queue: target.Queue, Title: order.Title, Copies: 1}, &pdf)
		if err != nil && ctx.Err() == nil { // a queue takes a file whole or not at all
			n = 0
		}
		return n, err
	}
	read, write := io.Pipe()
	go func() { write.CloseWithError(h.draw(ctx, order, data, target, write)) }()
	defer func() { _ = read.Close() }() // a drawing that nobody reads ends
	if target.Target == targetTCP {
		return printer.SendRaw(ctx, target.Address, read, printer.Usual)
	}
	return printer.PrintRaw(ctx, printer.Job{Queue: target.Queue, Title: order.Title, Copies: 1}, read)
}

// draw writes a job in the printer's language.
func (h *house) draw(ctx context.Context, order desk.PrintOrder, data desk.LabelData, target desk.PrinterProfile, w io.Writer) error {
	engine, err := h.prints.fonts()
	if err != nil {
		return err
	}
	request, device := order.Request, deviceOf(target)
	var out label.Backend
	switch target.Language {
	case "zpl":
		device.Copies, request.Copies = clampCopies(request.Copies), 1
		out = engine.NewZPL(w, device)
	case "tspl":
		device.Copies, request.Copies = clampCopies(request.Copies), 1
		out = engine.NewTSPL(w, device)
	default:
		out = engine.NewPDF(w, order.Title)
	}
	calibration := desk.TrueCalibration
	if !order.Raw {
		if calibration, err = h.deeds.Calibration(ctx, order.Printer, stockOf(request)); err != nil {
			return err
		}
	}
	pages := calibrated{out, calibrationOf(calibration)}
	if request.Document == documentTest {
		err = layTest(engine, request.Stock, target.Name, pages)
	} else {
		err = h.lay(ctx, request, data, pages)
	}
	if err != nil {
		return err
	}
	return out.Close()
}

// calibrated is a back end whose printer needs its pages moved.
type calibrated struct {
	label.Backend
	by label.Calibration
}

// Page implements label.Backend.
func (c calibrated) Page(page label.Page) error {
	moved, err := page.Calibrated(c.by)
	if err != nil {
		return err
	}
	return c.Backend.Page(moved)
}

// Close leaves the back end open: whoever made it closes it.
func (c calibrated) Close() error { return nil }

func calibrationOf(c desk.Calibration) label.Calibration {
	return label.Calibration{OffX: float64(c.OffX) / 100, OffY: float64(c.OffY) / 100,
		ScaleX: float64(c.ScaleX) / 10000, ScaleY: float64(c.ScaleY) / 10000}
}

// Targets and languages of a profile.
const (
	targetTCP   = "tcp"
	languagePDF = "pdf"
)

// profilePrefix begins the id of a printer that was set up here; queuePrefix that
// of a queue as the system knows it.
const (
	profilePrefix = "profile:"
	queuePrefix   = "queue:"
)

// target finds the printer behind an id.
func (h *house) target(ctx context.Context, id string) (desk.PrinterProfile, error) {
	if name, is := strings.CutPrefix(id, queuePrefix); is && name != "" {
		return desk.PrinterProfile{ID: id, Name: name, Target: "queue", Queue: name, Language: languagePDF}, nil
	}
	settings, err := h.deeds.PrintSettings(ctx)
	if err != nil {
		return desk.PrinterProfile{}, err
	}
	for _, p := range settings.Profiles {
		if profilePrefix+p.ID == id {
			return p, nil
		}
	}
	return desk.PrinterProfile{}, desk.ErrPrinterUnknown.With("printer", id)
}

// dotsOf are the dots in a millimetre of the usual heads.
var dotsOf = map[int]int{203: label.DPI203, 300: label.DPI300, 600: label.DPI600}

func deviceOf(p desk.PrinterProfile) label.Device {
	dots := dotsOf[p.DPI]
	return label.Device{
		DotsPerMM: dots, Rotation: p.Rotation, Darkness: p.Darkness, Speed: p.Speed, Hex: p.Hex,
		OffX: inDots(p.OffX, dots), OffY: inDots(p.OffY, dots), Media: label.Media(p.Media), Gap: float64(p.Gap) / 100,
	}
}

// askedDevice reads a label printer that is no profile of this PC from a query.
func askedDevice(q url.Values) label.Device {
	number := func(name string) int {
		n, _ := strconv.Atoi(q.Get(name)) // nothing is asked where there is no number
		return n
	}
	return label.Device{DotsPerMM: dotsOf[number("dpi")], Rotation: number("rotate"), Darkness: number("darkness"), Speed: number("speed"), Hex: q.Get("hex") == "true"}
}

func inDots(hundredths, dots int) int { return int(math.Round(float64(hundredths*dots) / 100)) }

func clampCopies(n int) int { return max(1, min(n, mostCopies)) }

// printerError says what a printer did, in words for a person.
func printerError(err error, name string) *repair.Error {
	var e *repair.Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, printer.ErrStalled):
		return errPrinterStalled.With("printer", name)
	case errors.Is(err, printer.ErrUnreachable):
		return errPrinterGone.With("printer", name)
	case errors.Is(err, printer.ErrNoQueues):
		return errNoPrinterSystem
	}
	return errPrinterRefused.With("printer", cmp.Or(name, "?"))
}

func isUnreachable(err error) bool { return errors.Is(err, printer.ErrUnreachable) }

// burnt is a page as a printer gets it: moved as it was calibrated, with the
// device that draws it.
func (h *house) burnt(ctx context.Context, job printJob, n int, printerID string) (label.Page, label.Device, error) {
	target, err := h.target(ctx, printerID)
	if err != nil {
		return label.Page{}, label.Device{}, err
	}
	calibration, err := h.deeds.Calibration(ctx, printerID, job.stock)
	if err != nil {
		return label.Page{}, label.Device{}, err
	}
	page, err := job.pages[n-1].Calibrated(calibrationOf(calibration))
	return page, deviceOf(target), err
}
