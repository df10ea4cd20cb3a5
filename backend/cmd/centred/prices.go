package main

import (
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
)

// priceColumns are those of a price list, in any order in a file that is read.
var priceColumns = []string{"fault", "model", "currency", "amount", "text"}

func (t *terminal) prices(ctx context.Context, args []string) error {
	var file string
	c, err := t.parse("prices", args, nil, func(f *flag.FlagSet) {
		f.StringVar(&file, "set", "", "CSV `file` that becomes the price list: "+strings.Join(priceColumns, ", ")+"; a model may be empty")
	})
	if err != nil {
		return err
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		if file != "" {
			list, err := readPrices(file)
			if err == nil {
				err = h.Centre().ChangeInfo(ctx, func(info *repair.CentreInfo) error { info.Prices = list; return nil })
			}
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
		}
		info, err := h.Centre().Info(ctx)
		if err != nil {
			return err
		}
		w := csv.NewWriter(t.out)
		if err := w.Write(priceColumns); err != nil {
			return err
		}
		for _, p := range info.Prices {
			if err := w.Write([]string{p.Fault, p.Model, p.Amount.Currency, p.Amount.Decimal(), p.Text}); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	})
}

// readPrices reads a list and names every line that is wrong.
func readPrices(file string) (list []repair.PriceRow, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("the line with the names of the columns: %w", err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	for _, name := range priceColumns {
		if _, there := at[name]; !there {
			return nil, fmt.Errorf("there is no column %s", name)
		}
	}
	var mistakes []error
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return slices.Clip(list), errors.Join(mistakes...)
		}
		if err != nil {
			return nil, errors.Join(append(mistakes, err)...)
		}
		cell := func(name string) string { return strings.TrimSpace(row[at[name]]) }
		amount, err := repair.ParseMoney(cell("amount"), strings.ToUpper(cell("currency")))
		if err != nil {
			line, _ := r.FieldPos(0)
			mistakes = append(mistakes, fmt.Errorf("line %d: %w", line, err))
			continue
		}
		list = append(list, repair.PriceRow{Fault: strings.ToUpper(cell("fault")), Model: cell("model"), Text: cell("text"), Amount: amount})
	}
}
