package app

import (
	"context"
	"errors"

	"hashmend/backend/desk"
	"hashmend/backend/label"
	"hashmend/backend/printer"
	"hashmend/backend/repair"
)

// Labels is what is printed.
type Labels struct{ app *App }

// What may stand in the way of printing.
var (
	errDocument        = &repair.Error{Kind: repair.Invalid, Code: "labels.document_unknown"}       // args: document
	errPrinterRefused  = &repair.Error{Kind: repair.Unavailable, Code: "labels.printer_refused"}    // args: printer
	errPrinterGone     = &repair.Error{Kind: repair.Unavailable, Code: "labels.printer_gone"}       // args: printer
	errPrinterStalled  = &repair.Error{Kind: repair.Unavailable, Code: "labels.printer_stalled"}    // args: printer
	errPrinterPaper    = &repair.Error{Kind: repair.Invalid, Code: "labels.printer_wrong_language"} // args: printer
	errNoPrinterSystem = &repair.Error{Kind: repair.Unavailable, Code: "labels.no_print_system"}
	errNoViewer        = &repair.Error{Kind: repair.Unavailable, Code: "labels.no_viewer"} // args: path
)

// Preview draws the pages that Print and Save would give.
func (l *Labels) Preview(request desk.LabelRequest) (out desk.LabelPreview, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	data, err := deeds.LabelData(ctx, request)
	if err != nil {
		return out, err
	}
	job, err := l.app.inside.Load().compose(ctx, request, data)
	if err != nil {
		return out, err
	}
	id := l.app.inside.Load().prints.keep(job)
	return desk.LabelPreview{
		Job: id, Pages: len(job.pages), PageURL: LocalPrefix + "labels/" + id + "/{n}.svg", PDFURL: LocalPrefix + "labels/" + id + ".pdf",
		Draft: data.Draft, DraftWhy: data.DraftWhy, Findings: job.findings, Again: data.Again(),
	}, nil
}

// Papers says which documents about what the centre has found, offered and
// received a work order has already.
func (l *Labels) Papers(order string) (out []desk.LabelPaper, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.LabelPapers(ctx, order)
}

// Save writes the PDF where the person chooses.
func (l *Labels) Save(request desk.LabelRequest) (out desk.SavedFile, err error) {
	defer settle(&err)
	_, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	job, err := l.app.inside.Load().document(ctx, request)
	if err != nil {
		return out, err
	}
	pdf, err := job.pdf()
	if err != nil {
		return out, err
	}
	if out, err = l.app.inside.Load().give(job.name, pdf); err != nil || out == (desk.SavedFile{}) {
		return out, err
	}
	return out, l.app.inside.Load().filed(ctx, request, job)
}

// Open opens the PDF in the system's viewer; a browser opens it at its address.
func (l *Labels) Open(request desk.LabelRequest) (out desk.SavedFile, err error) {
	defer settle(&err)
	_, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	job, err := l.app.inside.Load().document(ctx, request)
	if err != nil {
		return out, err
	}
	if l.app.Save == nil {
		return desk.SavedFile{URL: LocalPrefix + "labels/" + l.app.inside.Load().prints.keep(job) + ".pdf"}, l.app.inside.Load().filed(ctx, request, job)
	}
	pdf, err := job.pdf()
	if err != nil {
		return out, err
	}
	if out.Path, err = l.app.view(job.name, pdf); err != nil {
		return out, err
	}
	return out, l.app.inside.Load().filed(ctx, request, job)
}

// Print gives the pages to a printer as a job, and answers before it is sent.
func (l *Labels) Print(request desk.LabelRequest, printer string) (out desk.PrintJob, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	h := l.app.inside.Load()
	target, err := h.target(ctx, printer)
	if err != nil {
		return out, err
	}
	if target.Language != languagePDF && request.Document != documentBox && request.Document != documentDevice {
		return out, errPrinterPaper.With("printer", target.Name)
	}
	data, err := deeds.LabelData(ctx, request)
	if err != nil {
		return out, err
	}
	if data.Kind != "" && len(data.Items) == 0 && !data.Draft {
		return out, data.Nothing()
	}
	out, err = deeds.BeginPrint(ctx, desk.PrintOrder{Request: request, Printer: printer, Name: target.Name,
		Title: title(request, data), Kind: data.Kind, Items: data.Items})
	if err == nil {
		h.send(out.ID, printer)
	}
	return out, err
}

// Jobs gives the history of printing, the newest first.
func (l *Labels) Jobs() (out []desk.PrintJob, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.PrintJobs(ctx)
}

// Cancel stops a job. What the printer already has may still come out.
func (l *Labels) Cancel(job string) (out []desk.PrintJob, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	if err := deeds.CancelPrint(ctx, job); err != nil {
		return out, err
	}
	l.app.inside.Load().lanes.stop(job)
	return deeds.PrintJobs(ctx)
}

// Retry sends a job again that has failed or was cancelled.
func (l *Labels) Retry(job string) (out desk.PrintJob, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	order, err := deeds.PrintOrderOf(ctx, job)
	if err != nil {
		return out, err
	}
	if out, err = deeds.RetryPrint(ctx, job); err == nil {
		l.app.inside.Load().send(out.ID, order.Printer)
	}
	return out, err
}

// Printers lists the printers that were set up here, then the queues of this PC;
// none of these where it has no print system.
func (l *Labels) Printers() (out []desk.Printer, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	settings, err := deeds.PrintSettings(ctx)
	if err != nil {
		return out, err
	}
	out = []desk.Printer{}
	for _, p := range settings.Profiles {
		out = append(out, desk.Printer{ID: profilePrefix + p.ID, Name: p.Name, SetUp: true, Language: p.Language, DPI: p.DPI})
	}
	queues, err := printer.Queues(ctx)
	if err != nil && !errors.Is(err, printer.ErrNoQueues) {
		return out, errPrinterRefused.With("printer", "CUPS").Because(err)
	}
	language := "" // where the system prints no PDF, a queue is there to be set up only
	if printer.PrintsPDF {
		language = languagePDF
	}
	for _, q := range queues {
		out = append(out, desk.Printer{ID: queuePrefix + q.Name, Name: q.Name, Default: q.Default, Language: language})
	}
	return out, nil
}

// Sheets lists the sheets of labels, with the first cell that is still empty.
func (l *Labels) Sheets() (out []desk.SheetStock, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	out = []desk.SheetStock{}
	for _, s := range label.Stocks {
		if !s.Holds(label.SmallW, label.SmallH) || s.Cells() < 3 {
			continue // too small, or a sheet of two box labels: not worth a picture
		}
		next, err := deeds.SheetPlace(ctx, s.ID)
		if err != nil {
			return out, err
		}
		out = append(out, desk.SheetStock{ID: s.ID, NX: s.NX, NY: s.NY, Next: next})
	}
	return out, nil
}

// document lays out what a request asks for.
func (h *house) document(ctx context.Context, request desk.LabelRequest) (printJob, error) {
	data, err := h.deeds.LabelData(ctx, request)
	if err != nil {
		return printJob{}, err
	}
	return h.compose(ctx, request, data)
}

// filed counts what went into a PDF, and where a sheet has ended.
func (h *house) filed(ctx context.Context, request desk.LabelRequest, job printJob) error {
	if err := h.deeds.LabelsFiled(ctx, request.Order, job.kind, job.items, job.says); err != nil {
		return err
	}
	if request.Document == documentSheet {
		h.useSheet(ctx, desk.PrintOrder{Request: request, Items: job.items})
	}
	return nil
}

// ScanBack checks labels that were stuck on: missing, double, foreign.
func (l *Labels) ScanBack(request desk.LabelRequest, codes []string) (out desk.ScanBack, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.ScanBackCheck(ctx, request, codes)
}
