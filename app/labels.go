package app

import (
	"hashmend/backend/desk"
)

// Labels is what is printed.
type Labels struct{ app *App }

// Preview draws the pages that Print and Save would give.
func (l *Labels) Preview(request desk.LabelRequest) (out desk.LabelPreview, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.PreviewLabels(ctx, request)
}

// Save writes the PDF where the person chooses.
func (l *Labels) Save(request desk.LabelRequest) (out desk.SavedFile, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.SaveLabels(ctx, request)
}

// Open opens the PDF in the system's viewer.
func (l *Labels) Open(request desk.LabelRequest) (out desk.SavedFile, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.OpenLabels(ctx, request)
}

// Print sends the pages to a printer.
func (l *Labels) Print(request desk.LabelRequest, printer string) (out desk.SavedFile, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.PrintLabels(ctx, request, printer)
}

// Printers lists the queues of this PC.
func (l *Labels) Printers() (out []desk.Printer, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.Printers(ctx)
}
