package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"hashmend/backend/datadir"
	"hashmend/backend/label"
)

// labelFlags say what to print and how.
type labelFlags struct {
	document, language, out     string
	csv, template, columns, dir string
	stock                       string
	start, dpi                  int
	draft                       bool
	device                      label.Device
	given                       []string // the names of the flags that were
}

// labels prints the labels of a work order, or of a table alone.
func (t *tool) labels(args []string) error {
	flags := t.flags("labels")
	var f labelFlags
	flags.StringVar(&f.document, "document", "box", "box, device, sheet, marks, manifest, guidance, report, quote or receipt")
	flags.StringVar(&f.language, "language", "en", "en, zh-CN, ru, es or ar")
	flags.StringVar(&f.out, "out", "", "the `file` to write: .pdf, .zpl, .tspl or .svg")
	flags.StringVar(&f.csv, "csv", "", "a `table` whose rows are labels; - is standard input")
	flags.StringVar(&f.template, "template", "", "the template for its rows; list shows them")
	flags.StringVar(&f.columns, "columns", "", "field=column,… where the names differ")
	flags.StringVar(&f.dir, "templates", "", "the `folder` of your own templates")
	flags.StringVar(&f.stock, "stock", "", "a sheet of labels to print on; list shows them")
	flags.IntVar(&f.start, "start", 1, "the first free label of the sheet")
	flags.IntVar(&f.dpi, "dpi", 203, "of a label printer: 203, 300 or 600")
	flags.IntVar(&f.device.Rotation, "rotate", 0, "for a label printer: 90, 180 or 270")
	flags.IntVar(&f.device.Darkness, "darkness", 0, "for a label printer")
	flags.IntVar(&f.device.Speed, "speed", 0, "for a label printer, inches a second")
	flags.BoolVar(&f.device.Hex, "hex", false, "ZPL without compression")
	flags.BoolVar(&f.draft, "draft", false, "mark the labels as drafts")
	rest, err := parse(flags, args, 0, 1)
	if err != nil {
		return err
	}
	flags.Visit(func(given *flag.Flag) { f.given = append(f.given, given.Name) })
	switch {
	case f.template == "list":
		return t.listTemplates(f)
	case f.stock == "list":
		return t.listStocks()
	case f.csv != "" && len(rest) == 0:
		return t.labelsOfTable(f)
	case len(rest) == 1 && f.csv == "":
		return t.labelsOfOrder(rest[0], f)
	}
	c, _, _ := find([]string{"labels"})
	return usageError{"usage: hashmendctl labels " + c.args}
}

// library finds templates: those in the folder that was named, or in the data
// folder, then the shipped ones.
func (t *tool) library(f labelFlags) (*label.Library, error) {
	if f.dir != "" {
		info, err := os.Stat(f.dir)
		if err != nil {
			return nil, noFile(f.dir, err)
		}
		if !info.IsDir() {
			return nil, usageError{"--templates is a folder: " + f.dir}
		}
		return label.NewLibrary(os.DirFS(f.dir)), nil
	}
	dir := t.data
	if dir == "" {
		usual, err := datadir.Default()
		if err != nil { // no home, no templates of one's own
			return label.NewLibrary(nil), nil
		}
		dir = usual
	}
	return label.NewLibrary(os.DirFS(filepath.Join(dir, "templates"))), nil
}

func (t *tool) listTemplates(f labelFlags) error {
	library, err := t.library(f)
	if err != nil {
		return err
	}
	list := append(library.List(), library.Misnamed()...)
	return t.print(list, func(w *tabwriter.Writer) {
		for _, i := range list {
			problem := ""
			if i.Problem != nil {
				problem = t.sayProblem(i.Problem)
			}
			line(w, i.ID, fmt.Sprintf("%g × %g mm", i.Width, i.Height), i.Name.In(f.language), problem)
		}
	})
}

func (t *tool) listStocks() error {
	return t.print(label.Stocks, func(w *tabwriter.Writer) {
		for _, s := range label.Stocks {
			line(w, s.ID, fmt.Sprintf("%d of %g × %g mm", s.Cells(), s.LabelW, s.LabelH), fmt.Sprintf("on %g × %g mm", s.PageW, s.PageH))
		}
	})
}

// writeLabels writes what layOut gives to the file, in the language that its
// name ends in.
func (t *tool) writeLabels(engine *label.Engine, f labelFlags, layOut func(label.Backend) error) error {
	device, err := f.head()
	if err != nil {
		return err
	}
	write := func(begin func(io.Writer) label.Backend) error {
		all := func(w io.Writer) error {
			buffer := bufio.NewWriterSize(w, 64<<10)
			out, err := f.sheet(begin(buffer))
			if err != nil {
				return err
			}
			if err := layOut(out); err != nil {
				return err
			}
			if err := out.Close(); err != nil {
				return err
			}
			return buffer.Flush()
		}
		if f.out == "-" {
			return unwritable(f.out, all(t.out))
		}
		return save(f.out, all)
	}
	switch ending := f.ending(); ending {
	case ".pdf":
		title := strings.TrimSuffix(filepath.Base(f.out), ending)
		return write(func(w io.Writer) label.Backend { return engine.NewPDF(w, title) })
	case ".zpl":
		return write(func(w io.Writer) label.Backend { return engine.NewZPL(w, device) })
	case ".tspl":
		return write(func(w io.Writer) label.Backend { return engine.NewTSPL(w, device) })
	case ".svg":
		out, err := f.sheet(&pictures{engine: engine, name: f.out})
		if err != nil {
			return err
		}
		if err := layOut(out); err != nil {
			return err
		}
		return out.Close()
	}
	return usageError{"--out ends in .pdf, .zpl, .tspl or .svg, or is - or a printer such as /dev/usb/lp0: " + f.out}
}

func (f labelFlags) head() (label.Device, error) {
	d := f.device
	switch f.dpi {
	case 203:
		d.DotsPerMM = label.DPI203
	case 300:
		d.DotsPerMM = label.DPI300
	case 600:
		d.DotsPerMM = label.DPI600
	default:
		return d, usageError{"--dpi is 203, 300 or 600"}
	}
	return d, nil
}

// sheet puts labels onto sheets where a stock was named.
func (f labelFlags) sheet(out label.Backend) (label.Backend, error) {
	if f.stock == "" {
		return out, nil
	}
	stock, known := label.StockByID(f.stock)
	if !known {
		return nil, usageError{"no stock " + f.stock + "; --stock list shows them"}
	}
	return label.NewSheet(stock, f.start, out)
}

// pictures writes pages as SVG: the first as the name says, later ones numbered.
type pictures struct {
	engine *label.Engine
	name   string
	n      int
}

// Page implements label.Backend.
func (p *pictures) Page(page label.Page) error {
	p.n++
	name := p.at(p.n)
	return save(name, func(w io.Writer) error { return p.engine.SVG(w, page) })
}

func (p *pictures) at(n int) string {
	if n == 1 {
		return p.name
	}
	ending := filepath.Ext(p.name)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(p.name, ending), n, ending)
}

// Close implements label.Backend. It removes what a longer batch of the same name
// left behind: its labels would be taken for this one's.
func (p *pictures) Close() error {
	for n := p.n + 1; ; n++ {
		info, err := os.Lstat(p.at(n))
		if err != nil || !info.Mode().IsRegular() {
			return nil
		}
		if err := os.Remove(p.at(n)); err != nil {
			return unwritable(p.at(n), err)
		}
	}
}
