package repair

import "slices"

// PriceRow is a line of a centre's price list: what it usually takes for a fault.
type PriceRow struct {
	Fault  string `json:"fault"` // F01…
	Model  string `json:"model"` // "" for every model
	Text   string `json:"text"`  // the work or the part
	Amount Money  `json:"amount"`
}

// CheckPrices looks a price list over; row is the first wrong one, from 1.
func CheckPrices(list []PriceRow, set Settings) (row int, err error) {
	for i, p := range list {
		if _, known := reasonOf(faults, p.Fault); !known {
			return i + 1, ErrInspectionCode.With("code", clip(p.Fault))
		}
		if blank(p.Text) {
			return i + 1, ErrCommandValue.With("part", "price.text", "value", "")
		}
		if err := p.Amount.valid(); err != nil {
			return i + 1, err
		}
		if p.Amount.Amount == 0 {
			return i + 1, ErrQuoteEmpty
		}
		if !has(set.Currencies, p.Amount.Currency) {
			return i + 1, ErrPaymentCurrency.With("currency", clip(p.Amount.Currency))
		}
	}
	return 0, nil
}

// ProposeLines gives the lines of a quote that the price list knows for all of the
// devices alike, by what was found. A technician decides what is sent.
func ProposeLines(prices []PriceRow, devices []*Device, currency string) []QuoteLine {
	var common []QuoteLine
	for i, d := range devices {
		lines := priceLines(prices, d, currency)
		if i == 0 {
			common = lines
			continue
		}
		common = slices.DeleteFunc(common, func(l QuoteLine) bool { return !slices.Contains(lines, l) })
	}
	return common
}

// priceLines are those of one device: of its own model where the list has some for
// the fault, else those for every model.
func priceLines(prices []PriceRow, d *Device, currency string) []QuoteLine {
	if d.Inspection == nil {
		return nil
	}
	var lines []QuoteLine
	model := modelName(d.Model)
	for _, fault := range d.Inspection.Faults {
		own := func(p PriceRow) bool { return p.Model != "" && modelName(p.Model) == model }
		is := own
		if !slices.ContainsFunc(prices, func(p PriceRow) bool { return p.Fault == fault && p.Amount.Currency == currency && own(p) }) {
			is = func(p PriceRow) bool { return p.Model == "" }
		}
		for _, p := range prices {
			line := QuoteLine{Code: p.Fault, Text: p.Text, Amount: p.Amount}
			if p.Fault == fault && p.Amount.Currency == currency && is(p) && !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

func modelName(raw string) string {
	m, _ := ParseModel(raw)
	return m.Name
}
