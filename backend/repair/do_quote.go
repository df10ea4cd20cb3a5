package repair

var offersSound = orderGuard{"offersSound", "R26", func(r *run, _ *WorkOrder) *Error {
	for _, offer := range r.cmd.Offers {
		d := r.device(offer.Device)
		if d == nil {
			return ErrDeviceUnknown.With("device", string(offer.Device))
		}
		if r.quote(offer.ID) != nil {
			return ErrQuoteTaken.With("quote", string(offer.ID))
		}
		total, err := totalOf(offer.Lines)
		if err != nil {
			return err.With("line", itoa(d.Line), "serial", clip(string(d.Serial)))
		}
		if !has(r.env.Settings.Currencies, total.Currency) {
			return ErrPaymentCurrency.With("currency", clip(total.Currency))
		}
		if offer.ValidUntil != "" && (!offer.ValidUntil.valid() || offer.ValidUntil < r.env.Today()) {
			return ErrCommandValue.With("part", "offers.valid_until", "value", clip(string(offer.ValidUntil)))
		}
	}
	return nil
}}

// totalOf adds the lines of a quote; they are of one currency and not nothing.
func totalOf(lines []QuoteLine) (Money, *Error) {
	var total Money
	for _, line := range lines {
		if err := line.Amount.valid(); err != nil {
			return Money{}, err
		}
		if total.Currency == "" {
			total.Currency = line.Amount.Currency
		}
		if line.Amount.Currency != total.Currency {
			return Money{}, ErrMoneyMixed.With("currency", total.Currency, "other", line.Amount.Currency)
		}
		total.Amount += line.Amount.Amount
		if err := total.valid(); err != nil {
			return Money{}, err
		}
	}
	if total.Amount == 0 {
		return Money{}, ErrQuoteEmpty
	}
	return total, nil
}

// sendQuotes gives each device its own price (R26, R33). A new price replaces
// the old one, which is kept.
func (r *run) sendQuotes() *Error {
	for _, offer := range r.cmd.Offers {
		d := r.device(offer.Device)
		version := 1 + r.versionsOf(d.ID)
		if err := r.move(d, actQuote); err != nil {
			return err
		}
		if err := r.supersede(d); err != nil {
			return err
		}
		total, err := totalOf(offer.Lines)
		if err != nil {
			return err
		}
		q := Quote{
			ID: offer.ID, WorkOrder: r.c.Order.ID, Device: d.ID, Version: version,
			Lines: offer.Lines, Total: total, Note: offer.Note, ValidUntil: offer.ValidUntil,
			Status: QuoteIssued, IssuedAt: r.env.Now, IssuedBy: r.by.Name,
		}
		if d.Inspection != nil {
			q.Class = d.Inspection.Class
		}
		r.c.Quotes = append(r.c.Quotes, q)
		r.quotes[q.ID] = len(r.c.Quotes) - 1
		r.touchQuote(&q)
		d.Quote = q.ID
	}
	return nil
}

// versionsOf counts the quotes that a device has had, in one pass for all.
func (r *run) versionsOf(id DeviceID) int {
	if r.versions == nil {
		r.versions = make(map[DeviceID]int, len(r.c.Quotes))
		for i := range r.c.Quotes {
			r.versions[r.c.Quotes[i].Device]++
		}
	}
	return r.versions[id]
}

func (r *run) acceptQuotes() *Error {
	return r.decideQuotes(actAccept, QuoteAccepted)
}

// declineQuotes refuses prices; a normal quote may not be declined (R32), and
// each device is decided for itself (R33).
func (r *run) declineQuotes() *Error {
	return r.decideQuotes(actDecline, QuoteDeclined)
}

func (r *run) decideQuotes(a Action, done QuoteStatus) *Error {
	for _, id := range r.cmd.Quotes {
		q := r.quote(id)
		if q == nil {
			return ErrQuoteUnknown.With("quote", string(id))
		}
		was := q.Status
		if err := r.moveQuote(q, a); err != nil {
			return err
		}
		if was == done {
			continue
		}
		q.DecidedAt, q.DecidedBy = r.env.Now, r.by.Name
		if err := r.move(r.device(q.Device), a); err != nil {
			return err
		}
	}
	return nil
}
