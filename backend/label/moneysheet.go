package label

// PriceLine is one line of a quote or a receipt.
type PriceLine struct{ Serial, Item, Price string }

// Quote is what the centre asks for a repair, on paper, A4. It names no account:
// money goes only where the program shows it.
type Quote struct {
	Language   string
	Host       string
	WorkOrder  string
	Customer   string
	Reference  string // the customer's own
	Date       string // as to be printed
	ValidUntil string
	Lines      []PriceLine
	Total      string // with its currency
}

// Quote lays out the quote.
func (e *Engine) Quote(q Quote, out Backend) error {
	return e.money(QuoteTemplate, q.Language, q.Lines, map[string]string{
		"work_order": q.WorkOrder, "customer": q.Customer, "reference": q.Reference, "date": q.Date, "valid_until": q.ValidUntil,
		"total": q.Total, "payment": PaperWord("quote.payment", q.Language), "terms": PaperWord("quote.terms", q.Language), "host": q.Host,
	}, out)
}

// Receipt says that money has arrived, on paper, A4.
type Receipt struct {
	Language  string
	Host      string
	WorkOrder string
	Customer  string
	Number    string
	Date      string // as to be printed
	Method    string
	Lines     []PriceLine
	Total     string // what has arrived, with its currency
	Note      string
}

// Receipt lays out the receipt.
func (e *Engine) Receipt(r Receipt, out Backend) error {
	return e.money(ReceiptTemplate, r.Language, r.Lines, map[string]string{
		"work_order": r.WorkOrder, "customer": r.Customer, "number": r.Number, "date": r.Date, "method": r.Method,
		"total": r.Total, "note": r.Note, "host": r.Host,
	}, out)
}

func (e *Engine) money(template, language string, lines []PriceLine, text map[string]string, out Backend) error {
	if err := final(false, text["work_order"]); err != nil {
		return err
	}
	t, err := e.Templates().Template(template)
	if err != nil {
		return err
	}
	r := Record{Text: text, Lists: map[string][]Record{}}
	for _, l := range lines {
		r.Lists["lines"] = append(r.Lists["lines"], Record{Text: map[string]string{"serial": l.Serial, "item": l.Item, "price": l.Price}})
	}
	return e.Document(t, r, Print{Language: language}, out)
}
