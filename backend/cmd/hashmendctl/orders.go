package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"text/tabwriter"

	"hashmend/backend/desk"
	"hashmend/backend/repair"
)

// orders lists work orders and drafts.
func (t *tool) orders(args []string) error {
	flags := t.flags("orders")
	limit := flags.Int("limit", 50, "how many")
	rest, err := parse(flags, args, 0, 1)
	if err != nil {
		return err
	}
	return t.list(desk.OrderQuery{Text: strings.Join(rest, ""), Limit: *limit})
}

func (t *tool) list(query desk.OrderQuery) error {
	var page desk.OrderPage
	if err := t.call(&page, "Orders/List", query); err != nil {
		return err
	}
	return t.print(page, func(w *tabwriter.Writer) {
		for _, r := range page.Rows {
			line(w, r.ID, r.Number, r.Stage, r.Devices, r.Sync, r.Customer, r.Reference)
		}
		line(w, page.Total, "in all")
	})
}

// orderID gives the id of a work order that a person names by its number, as the
// list and the papers do. What is no number of a work order here stays as it is.
func (t *tool) orderID(name string) (string, error) {
	if len(name) == 36 && strings.Count(name, "-") == 4 { // an id
		return name, nil
	}
	var page desk.OrderPage
	if err := t.call(&page, "Orders/List", desk.OrderQuery{Text: name, Limit: 50}); err != nil {
		return "", err
	}
	for _, r := range page.Rows {
		if r.Number != "" && strings.EqualFold(r.Number, name) {
			return r.ID, nil
		}
	}
	return name, nil
}

// labelsOfOrder writes the pages that the window would print.
func (t *tool) labelsOfOrder(order string, f labelFlags) error {
	if f.out == "" {
		f.out = f.document + ".pdf"
	}
	if err := f.fitsOrder(); err != nil {
		return err
	}
	query, err := f.query()
	if err != nil {
		return err
	}
	ending := f.ending()
	if f.out == "-" || ending != ".pdf" && ending != ".zpl" && ending != ".tspl" {
		return usageError{"--out of a work order ends in .pdf, .zpl or .tspl: " + f.out}
	}
	if ending != ".pdf" && f.document != "box" && f.document != "device" {
		return usageError{"a label printer prints box and device labels: --out " + f.document + ".pdf"}
	}
	order, err = t.orderID(order)
	if err != nil {
		return err
	}
	request := desk.LabelRequest{Order: order, Document: f.document, Language: f.language, Copies: 1, Start: f.start, Stock: f.stock}
	var preview desk.LabelPreview
	if err := t.call(&preview, "Labels/Preview", request); err != nil {
		return err
	}
	content, err := t.request(http.MethodGet, strings.TrimSuffix(preview.PDFURL, ".pdf")+ending+query, nil)
	if err != nil {
		return err
	}
	err = save(f.out, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
	if err != nil {
		return err
	}
	return t.print(map[string]any{"file": f.out, "pages": preview.Pages, "draft": preview.Draft, "draft_why": preview.DraftWhy}, func(w *tabwriter.Writer) {
		why := ""
		if preview.DraftWhy != "" {
			why = t.say(preview.DraftWhy, nil)
		}
		line(w, f.out, preview.Pages, "pages", why)
	})
}

// query names the label printer to a desk that draws for it.
func (f labelFlags) query() (string, error) {
	d, err := f.head()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("?dpi=%d&rotate=%d&darkness=%d&speed=%d&hex=%t", f.dpi, d.Rotation, d.Darkness, d.Speed, d.Hex), nil
}

// act queues a decision about a work order.
func (t *tool) act(args []string) error {
	flags := t.flags("act")
	text := flags.String("text", "", "what the command says")
	with := flags.String("with", "", "the other parts of the command as JSON, such as {\"quotes\":[\"…\"]}")
	rest, err := parse(flags, args, 2, 2)
	if err != nil {
		return err
	}
	var command repair.Command
	if *with != "" {
		if err := decodeJSON("--with", []byte(*with), &command); err != nil {
			return err
		}
	}
	order, err := t.orderID(rest[0])
	if err != nil {
		return err
	}
	command.WorkOrder, command.Kind = repair.WorkOrderID(order), repair.CommandKind(rest[1])
	if *text != "" {
		command.Text = *text
	}
	var row desk.OutboxRow
	if err := t.call(&row, "Orders/Do", command); err != nil {
		return err
	}
	return t.settle(row.ID, defaultWait, "sync")
}
