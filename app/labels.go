package app

import (
	"context"
	"errors"

	"hashmend/backend/desk"
	"hashmend/backend/printer"
	"hashmend/backend/repair"
)

// Labels is what is printed.
type Labels struct{ app *App }

// What may stand in the way of printing.
var (
	errNothingToPrint  = &repair.Error{Kind: repair.Invalid, Code: "labels.nothing_to_print"}
	errDocument        = &repair.Error{Kind: repair.Invalid, Code: "labels.document_unknown"} // args: document
	errPrinterUnknown  = &repair.Error{Kind: repair.NotFound, Code: "labels.printer_unknown"} // args: printer
	errPrinterRefused  = &repair.Error{Kind: repair.Unavailable, Code: "labels.printer_refused"}
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
	job, err := l.app.inside.Load().compose(request, data)
	if err != nil {
		return out, err
	}
	id := l.app.inside.Load().prints.keep(job)
	return desk.LabelPreview{
		Job: id, Pages: len(job.pages), PageURL: LocalPrefix + "labels/" + id + "/{n}.svg", PDFURL: LocalPrefix + "labels/" + id + ".pdf",
		Draft: data.Draft, DraftWhy: data.DraftWhy, Findings: job.findings,
	}, nil
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
	return out, l.app.inside.Load().printed(ctx, request)
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
		return desk.SavedFile{URL: LocalPrefix + "labels/" + l.app.inside.Load().prints.keep(job) + ".pdf"}, l.app.inside.Load().printed(ctx, request)
	}
	pdf, err := job.pdf()
	if err != nil {
		return out, err
	}
	if out.Path, err = l.app.view(job.name, pdf); err != nil {
		return out, err
	}
	return out, l.app.inside.Load().printed(ctx, request)
}

// Print sends the pages to a printer.
func (l *Labels) Print(request desk.LabelRequest, printer string) (out desk.SavedFile, err error) {
	defer settle(&err)
	_, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	job, err := l.app.inside.Load().document(ctx, request)
	if err != nil {
		return out, err
	}
	if err := toQueue(ctx, job, printer); err != nil {
		return out, err
	}
	return out, l.app.inside.Load().printed(ctx, request)
}

// Printers lists the queues of this PC; none where it has no print system.
func (l *Labels) Printers() (out []desk.Printer, err error) {
	defer settle(&err)
	_, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	queues, err := printer.Queues(ctx)
	if err != nil && !errors.Is(err, printer.ErrNoQueues) {
		return out, errPrinterRefused.Because(err)
	}
	out = []desk.Printer{}
	for _, q := range queues {
		out = append(out, desk.Printer{ID: queuePrefix + q.Name, Name: q.Name, Default: q.Default})
	}
	return out, nil
}

// document lays out what a request asks for.
func (h *house) document(ctx context.Context, request desk.LabelRequest) (printJob, error) {
	data, err := h.deeds.LabelData(ctx, request)
	if err != nil {
		return printJob{}, err
	}
	return h.compose(request, data)
}

// printed counts what went to paper: a box with two labels is worth a look.
func (h *house) printed(ctx context.Context, request desk.LabelRequest) error {
	if request.Document != documentBox {
		return nil
	}
	err := h.deeds.LabelsPrinted(ctx, request.Order, request.Boxes)
	var e *repair.Error
	if errors.As(err, &e) && e.Kind == repair.NotFound { // a draft has no boxes yet
		return nil
	}
	return err
}
