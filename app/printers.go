package app

import (
	"context"
	"time"

	"hashmend/backend/desk"
	"hashmend/backend/label"
	"hashmend/backend/printer"
)

// documentTest is a page that shows what a printer does to a paper.
const documentTest = "test"

// PrinterSettings gives the printers that were set up, and the paper of each.
func (l *Labels) PrinterSettings() (out desk.PrintSettings, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.PrintSettings(ctx)
}

// SavePrinter sets a printer up, or changes it.
func (l *Labels) SavePrinter(profile desk.PrinterProfile) (out desk.PrintSettings, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.SavePrinter(ctx, profile)
}

// RemovePrinter forgets a printer.
func (l *Labels) RemovePrinter(id string) (out desk.PrintSettings, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.RemovePrinter(ctx, id)
}

// SetPaper chooses, once, the printer of a kind of paper.
func (l *Labels) SetPaper(paper string, printer string) (out desk.PrintSettings, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	return deeds.SetPaperPrinter(ctx, paper, printer)
}

// TestPage prints a page with a code and two crosses. A raw one is not moved by
// what was calibrated: it is there to be measured.
func (l *Labels) TestPage(id string, stock string, raw bool) (out desk.PrintJob, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	target, err := l.app.inside.Load().target(ctx, id)
	if err != nil {
		return out, err
	}
	if _, _, known := sizeOf(stock); !known {
		return out, desk.ErrPaper.With("paper", stock)
	}
	out, err = deeds.BeginPrint(ctx, desk.PrintOrder{Printer: id, Name: target.Name, Title: documentTest + "-" + stock, Raw: raw,
		Request: desk.LabelRequest{Document: documentTest, Stock: stock, Copies: 1}})
	if err == nil {
		l.app.inside.Load().send(out.ID, id)
	}
	return out, err
}

// Calibration says where the crosses of a test page should lie, and what is known.
func (l *Labels) Calibration(id string, stock string) (out desk.CalibrationPage, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	want, known := crossesOf(stock)
	if !known {
		return out, desk.ErrPaper.With("paper", stock)
	}
	out = desk.CalibrationPage{Stock: stock, Want: want}
	out.Now, err = deeds.Calibration(ctx, id, stock)
	return out, err
}

// Calibrate takes the four numbers that were measured; all zero forgets.
func (l *Labels) Calibrate(id string, stock string, measured desk.Measured) (out desk.Calibration, err error) {
	defer settle(&err)
	deeds, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	want, known := crossesOf(stock)
	if !known {
		return out, desk.ErrPaper.With("paper", stock)
	}
	if (measured == desk.Measured{}) {
		return deeds.ForgetCalibration(ctx, id, stock)
	}
	return deeds.Calibrate(ctx, id, stock, want, measured)
}

// PrinterStatus asks a ZPL printer on the network how it is.
func (l *Labels) PrinterStatus(id string) (out desk.PrinterStatus, err error) {
	defer settle(&err)
	_, ctx, err := l.app.ready()
	if err != nil {
		return out, err
	}
	target, err := l.app.inside.Load().target(ctx, id)
	if err != nil {
		return out, err
	}
	if target.Target != targetTCP || target.Language != "zpl" {
		return desk.PrinterStatus{State: "unknown"}, nil
	}
	asking, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	s, err := printer.AskStatus(asking, target.Address, printer.Usual)
	return statusView(s, err), nil
}

func layTest(engine *label.Engine, stock, name string, out label.Backend) error {
	w, h, known := sizeOf(stock)
	if !known {
		return desk.ErrPaper.With("paper", stock)
	}
	page, err := engine.TestPage(label.TestPage{W: w, H: h, Printer: name})
	if err != nil {
		return err
	}
	return out.Page(page)
}

// sizeOf is the size of a paper in millimetres.
func sizeOf(stock string) (w, h float64, known bool) {
	switch stock {
	case "large":
		return label.LargeW, label.LargeH, true
	case "small":
		return label.SmallW, label.SmallH, true
	case "a4":
		return 210, 297, true
	}
	s, known := label.StockByID(stock)
	return s.PageW, s.PageH, known
}

func crossesOf(stock string) (desk.Measured, bool) {
	w, h, known := sizeOf(stock)
	x1, y1, x2, y2 := label.TestPage{W: w, H: h}.Crosses()
	return desk.Measured{X1: int(100 * x1), Y1: int(100 * y1), X2: int(100 * x2), Y2: int(100 * y2)}, known
}

// statusView puts what a printer said, or did not say, into one word.
func statusView(s printer.Status, err error) desk.PrinterStatus {
	out := desk.PrinterStatus{State: "ready", Waiting: s.Waiting}
	switch {
	case err != nil:
		out.State = "silent"
		if isUnreachable(err) {
			out.State = "gone"
		}
	case s.PaperOut:
		out.State = "paper_out"
	case s.RibbonOut:
		out.State = "ribbon_out"
	case s.HeadOpen:
		out.State = "head_open"
	case s.Paused:
		out.State = "paused"
	case s.Full:
		out.State = "busy"
	}
	return out
}
