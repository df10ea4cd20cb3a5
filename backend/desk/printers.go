package desk

import (
	"context"
	"maps"
	"slices"
	"strings"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// Where the vault keeps what was set up for printing.
const (
	profilesName     = "printers"     // []PrinterProfile
	papersName       = "papers"       // paper → printer id
	calibrationsName = "calibrations" // printer id + space + stock → Calibration
	placesName       = "sheet_places" // stock → next cell
)

// Errors of printers.
var (
	ErrPrinterProfile = &repair.Error{Kind: repair.Invalid, Code: "printer.profile_invalid"} // args: field
	ErrPrinterUnknown = &repair.Error{Kind: repair.NotFound, Code: "labels.printer_unknown"} // args: printer
	ErrCalibration    = &repair.Error{Kind: repair.Invalid, Code: "printer.calibration_out_of_range"}
	ErrPaper          = &repair.Error{Kind: repair.Invalid, Code: "printer.paper_unknown"} // args: paper
)

// Papers are the kinds of paper that a printer is chosen for once.
var Papers = []string{"large", "small", "sheet"}

// Limits of a calibration: more than this is another paper, not a printer's way.
const (
	trueScale = 10000
	leastStep = 9700 // 0.97
	mostStep  = 10300
	mostShift = 500 // 5 mm
)

// TrueCalibration changes nothing.
var TrueCalibration = Calibration{ScaleX: trueScale, ScaleY: trueScale}

// PrintSettings gives what was set up.
func (d *Desk) PrintSettings(ctx context.Context) (out PrintSettings, err error) {
	out = PrintSettings{Profiles: []PrinterProfile{}, Papers: []PaperPrinter{}}
	papers := map[string]string{}
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		if _, err := t.Preference(ctx, profilesName, &out.Profiles); err != nil {
			return err
		}
		_, err := t.Preference(ctx, papersName, &papers)
		return err
	})
	for _, paper := range slices.Sorted(maps.Keys(papers)) {
		out.Papers = append(out.Papers, PaperPrinter{Paper: paper, Printer: papers[paper]})
	}
	return out, err
}

// SavePrinter sets a printer up, or changes it.
func (d *Desk) SavePrinter(ctx context.Context, p PrinterProfile) (PrintSettings, error) {
	p.Name, p.Address = strings.TrimSpace(p.Name), strings.TrimSpace(p.Address)
	if field := p.wrong(); field != "" {
		return PrintSettings{}, ErrPrinterProfile.With("field", field)
	}
	if p.ID == "" {
		id, err := newID()
		if err != nil {
			return PrintSettings{}, err
		}
		p.ID = id
	}
	return d.changePrinters(ctx, func(all []PrinterProfile) []PrinterProfile {
		for i := range all {
			if all[i].ID == p.ID {
				all[i] = p
				return all
			}
		}
		return append(all, p)
	})
}

// RemovePrinter forgets a printer. What was printed on it stays in the history.
func (d *Desk) RemovePrinter(ctx context.Context, id string) (PrintSettings, error) {
	return d.changePrinters(ctx, func(all []PrinterProfile) []PrinterProfile {
		return slices.DeleteFunc(all, func(p PrinterProfile) bool { return p.ID == id })
	})
}

func (d *Desk) changePrinters(ctx context.Context, change func([]PrinterProfile) []PrinterProfile) (PrintSettings, error) {
	err := d.DB.Update(ctx, func(t localdb.VaultTx) error {
		all := []PrinterProfile{}
		if _, err := t.Preference(ctx, profilesName, &all); err != nil {
			return err
		}
		return t.SavePreference(ctx, profilesName, change(all))
	})
	if err != nil {
		return PrintSettings{}, err
	}
	d.Emit("printers")
	return d.PrintSettings(ctx)
}

// wrong names the field that no printer has so.
func (p PrinterProfile) wrong() string {
	has := func(value string, of ...string) bool { return slices.Contains(of, value) }
	switch {
	case p.Name == "" || len(p.Name) > 100:
		return "name"
	case !has(p.Target, "tcp", "queue"):
		return "target"
	case p.Target == "tcp" && (p.Address == "" || len(p.Address) > 255 || strings.ContainsAny(p.Address, " /\\\t\r\n")):
		return "address"
	case p.Target == "queue" && p.Queue == "":
		return "queue"
	case !has(p.Language, "zpl", "tspl", "pdf") || p.Target == "tcp" && p.Language == "pdf":
		return "language"
	case p.DPI != 203 && p.DPI != 300 && p.DPI != 600:
		return "dpi"
	case p.Darkness < 0 || p.Darkness > 30:
		return "darkness"
	case p.Speed < 0 || p.Speed > 18:
		return "speed"
	case p.Rotation != 0 && p.Rotation != 90 && p.Rotation != 180 && p.Rotation != 270:
		return "rotation"
	case max(p.OffX, -p.OffX, p.OffY, -p.OffY) > 2000:
		return "offset"
	case !has(p.Media, "", "gap", "mark", "continuous"):
		return "media"
	case p.Gap < 0 || p.Gap > 2000:
		return "gap"
	}
	return ""
}

// SetPaperPrinter chooses the printer of a kind of paper.
func (d *Desk) SetPaperPrinter(ctx context.Context, paper, printer string) (PrintSettings, error) {
	if !slices.Contains(Papers, paper) {
		return PrintSettings{}, ErrPaper.With("paper", paper)
	}
	err := d.DB.Update(ctx, func(t localdb.VaultTx) error {
		papers := map[string]string{}
		if _, err := t.Preference(ctx, papersName, &papers); err != nil {
			return err
		}
		papers[paper] = printer
		return t.SavePreference(ctx, papersName, papers)
	})
	if err != nil {
		return PrintSettings{}, err
	}
	d.Emit("printers")
	return d.PrintSettings(ctx)
}

// Calibration gives what is known of a printer and a paper.
func (d *Desk) Calibration(ctx context.Context, printer, stock string) (c Calibration, err error) {
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		all := map[string]Calibration{}
		_, err := t.Preference(ctx, calibrationsName, &all)
		c = TrueCalibration
		if known, ok := all[printer+" "+stock]; ok {
			c = known
		}
		return err
	})
	return c, err
}

// Calibrate keeps what a test page has shown. got says where its crosses lie,
// want where they should. Numbers out of range are another paper or a misreading.
func (d *Desk) Calibrate(ctx context.Context, printer, stock string, want, got Measured) (Calibration, error) {
	c, ok := calibrationOf(want, got)
	if !ok {
		return Calibration{}, ErrCalibration.With("off_x", itoa(c.OffX), "off_y", itoa(c.OffY), "scale_x", itoa(c.ScaleX), "scale_y", itoa(c.ScaleY))
	}
	return c, d.keepCalibration(ctx, printer, stock, c)
}

// ForgetCalibration goes back to the printer as it is.
func (d *Desk) ForgetCalibration(ctx context.Context, printer, stock string) (Calibration, error) {
	return TrueCalibration, d.keepCalibration(ctx, printer, stock, TrueCalibration)
}

func (d *Desk) keepCalibration(ctx context.Context, printer, stock string, c Calibration) error {
	err := d.DB.Update(ctx, func(t localdb.VaultTx) error {
		all := map[string]Calibration{}
		if _, err := t.Preference(ctx, calibrationsName, &all); err != nil {
			return err
		}
		all[printer+" "+stock] = c
		if c == TrueCalibration {
			delete(all, printer+" "+stock)
		}
		return t.SavePreference(ctx, calibrationsName, all)
	})
	if err == nil {
		d.Emit("printers")
	}
	return err
}

// calibrationOf finds what must be done to a page so that its crosses come out
// where they should.
func calibrationOf(want, got Measured) (c Calibration, ok bool) {
	axis := func(want1, want2, got1, got2 int) (off, scale int, ok bool) {
		if got2 <= got1 || want2 <= want1 {
			return 0, 0, false
		}
		scale = rounded(trueScale*(want2-want1), got2-got1)
		off = want1 - rounded(got1*scale, trueScale)
		return off, scale, scale >= leastStep && scale <= mostStep && max(off, -off) <= mostShift
	}
	var okX, okY bool
	c.OffX, c.ScaleX, okX = axis(want.X1, want.X2, got.X1, got.X2)
	c.OffY, c.ScaleY, okY = axis(want.Y1, want.Y2, got.Y1, got.Y2)
	return c, okX && okY
}

func rounded(a, b int) int {
	if (a < 0) != (b < 0) {
		return (a - b/2) / b
	}
	return (a + b/2) / b
}

// SheetPlace gives the first cell of a stock that is still empty.
func (d *Desk) SheetPlace(ctx context.Context, stock string) (next int, err error) {
	err = d.DB.View(ctx, func(t localdb.VaultTx) error {
		all := map[string]int{}
		_, err := t.Preference(ctx, placesName, &all)
		next = max(all[stock], 1)
		return err
	})
	return next, err
}

// UseSheet remembers where a print of count labels, begun at a cell, has ended.
func (d *Desk) UseSheet(ctx context.Context, stock string, start, count, cells int) error {
	return d.DB.Update(ctx, func(t localdb.VaultTx) error {
		all := map[string]int{}
		if _, err := t.Preference(ctx, placesName, &all); err != nil {
			return err
		}
		all[stock] = (max(start, 1)-1+count)%cells + 1
		return t.SavePreference(ctx, placesName, all)
	})
}
