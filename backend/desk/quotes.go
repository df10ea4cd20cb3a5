package desk

import (
	"context"
	"slices"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// OpenQuotes lists the work orders with quotes to answer.
func (d *Desk) OpenQuotes(ctx context.Context) ([]OrderRow, error) {
	return d.those(ctx, func(_ localdb.OrderRow, s *summary) bool {
		_, some := s.offered(repair.CmdAcceptQuotes)
		return some
	})
}

// those lists the open work orders of which something holds.
func (d *Desk) those(ctx context.Context, holds func(localdb.OrderRow, *summary) bool) ([]OrderRow, error) {
	out := []OrderRow{}
	if err := d.open(ctx, func(r localdb.OrderRow, s *summary) error {
		if holds(r, s) {
			out = append(out, orderRow(r))
		}
		return nil
	}); err != nil {
		return nil, err
	}
	return out, d.fill(ctx, out)
}

// ReviewQuotes gives every quote of a work order, device by device (R33), with
// what may be answered.
func (d *Desk) ReviewQuotes(ctx context.Context, order string) (out QuoteReview, err error) {
	session, err := d.session()
	if err != nil {
		return out, err
	}
	v, err := d.view(ctx, repair.WorkOrderID(order))
	if err != nil {
		return out, err
	}
	env, err := d.env(ctx)
	if err != nil {
		return out, err
	}
	offers := v.ahead.Offers(session.Role, env)
	accept, decline := quotesOffered(offers, repair.CmdAcceptQuotes), quotesOffered(offers, repair.CmdDeclineQuotes)
	byDevice := map[repair.DeviceID][]repair.Quote{}
	for _, q := range v.told.Quotes {
		byDevice[q.Device] = append(byDevice[q.Device], q)
	}
	out = QuoteReview{Order: v.told.Order, Rows: []QuoteRow{}}
	var devices []repair.Device
	var open []repair.Money
	for _, dev := range v.told.Devices {
		quotes := byDevice[dev.ID]
		if len(quotes) == 0 {
			continue
		}
		row := quoteRow(dev, quotes)
		row.Acceptable, row.Declinable = accept[row.Quote.ID], decline[row.Quote.ID]
		if row.Acceptable {
			out.Open++
			open = append(open, row.Quote.Total)
		}
		out.Rows = append(out.Rows, row)
		devices = append(devices, dev)
	}
	out.TotalAll = nonNil(repair.SumByCurrency(open))
	marked := deviceRows(v, devices, nil, env)
	if err := d.markDevices(ctx, v, marked); err != nil {
		return out, err
	}
	for i := range out.Rows {
		if kind := marked[i].Pending; kind == string(repair.CmdAcceptQuotes) || kind == string(repair.CmdDeclineQuotes) {
			out.Rows[i].Pending = kind
		}
	}
	return out, nil
}

// quoteRow shows the quote in force, or the last one, and those before it.
func quoteRow(dev repair.Device, quotes []repair.Quote) QuoteRow {
	at := len(quotes) - 1
	if i := slices.IndexFunc(quotes, func(q repair.Quote) bool { return q.ID == dev.Quote }); i >= 0 {
		at = i
	}
	row := QuoteRow{Device: dev, Quote: quotes[at], Earlier: []repair.Quote{}, Consequence: CodeMustBePaid}
	for i, q := range quotes {
		if i != at {
			row.Earlier = append(row.Earlier, q)
		}
	}
	allowed, rule := repair.DeclineRule(row.Quote.Class)
	row.Rule = rule
	if allowed {
		row.Consequence = CodeGoesHomeUnrepaired
	}
	if dev.Inspection != nil {
		row.Why = dev.Inspection.WarrantyWhy
	}
	return row
}

func quotesOffered(offers []repair.Offer, kind repair.CommandKind) map[repair.QuoteID]bool {
	out := map[repair.QuoteID]bool{}
	for _, o := range offers {
		if o.Kind != kind {
			continue
		}
		for _, id := range o.Quotes {
			out[id] = true
		}
	}
	return out
}

// WeighQuotes names the money and the consequences of a choice, and what of it
// the rules forbid.
func (d *Desk) WeighQuotes(ctx context.Context, choice QuoteChoice) (out ChoiceSummary, err error) {
	session, err := d.session()
	if err != nil {
		return out, err
	}
	v, err := d.view(ctx, repair.WorkOrderID(choice.Order))
	if err != nil {
		return out, err
	}
	env, err := d.env(ctx)
	if err != nil {
		return out, err
	}
	out = ChoiceSummary{Findings: []repair.Finding{}, Accepted: len(choice.Accept), Declined: len(choice.Decline)}
	offers := v.ahead.Offers(session.Role, env)
	accept, decline := quotesOffered(offers, repair.CmdAcceptQuotes), quotesOffered(offers, repair.CmdDeclineQuotes)
	weigh := func(ids []string, kind repair.CommandKind, offered map[repair.QuoteID]bool, column string) error {
		for _, id := range ids {
			q := repair.QuoteID(id)
			if offered[q] {
				continue
			}
			cmd := repair.Command{Kind: kind, WorkOrder: v.told.Order.ID, SeenRev: v.told.Order.Rev, Quotes: []repair.QuoteID{q}}
			if err := fillIDs(&cmd); err != nil {
				return err
			}
			trial := *v.ahead
			if _, err := trial.Do(person(session), cmd, env); err != nil {
				out.Findings = append(out.Findings, findingOf(asError(err), column))
			}
		}
		return nil
	}
	if err := weigh(choice.Accept, repair.CmdAcceptQuotes, accept, "accept"); err != nil {
		return out, err
	}
	if err := weigh(choice.Decline, repair.CmdDeclineQuotes, decline, "decline"); err != nil {
		return out, err
	}
	out.Accepting = totalOf(v.ahead, quoteSet(choice.Accept))
	decided := quoteSet(append(slices.Clone(choice.Accept), choice.Decline...))
	for id := range accept {
		if !decided[id] {
			out.Undecided++
		}
	}
	return out, nil
}

func quoteSet[T ~string](ids []T) map[repair.QuoteID]bool {
	set := make(map[repair.QuoteID]bool, len(ids))
	for _, id := range ids {
		set[repair.QuoteID(id)] = true
	}
	return set
}

// totalOf adds up quotes per currency, in one pass: there may be ten thousand.
func totalOf(c *repair.Case, wanted map[repair.QuoteID]bool) []repair.Money {
	var amounts []repair.Money
	for i := range c.Quotes {
		if wanted[c.Quotes[i].ID] {
			amounts = append(amounts, c.Quotes[i].Total)
		}
	}
	return nonNil(repair.SumByCurrency(amounts))
}

func findingOf(e *repair.Error, column string) repair.Finding {
	return repair.Finding{Code: e.Code, Severity: repair.Blocking, Rule: e.Rule, Column: column, Args: e.Args}
}

// DecideQuotes queues the decisions: declined ones first, then accepted ones.
// What the rules forbid stops both.
func (d *Desk) DecideQuotes(ctx context.Context, choice QuoteChoice) (out QuoteReview, err error) {
	weighed, err := d.WeighQuotes(ctx, choice)
	if err != nil {
		return out, err
	}
	if len(weighed.Findings) > 0 {
		f := weighed.Findings[0]
		return out, &repair.Error{Kind: repair.Conflict, Code: f.Code, Rule: f.Rule, Args: f.Args}
	}
	for _, part := range []struct {
		kind repair.CommandKind
		ids  []string
	}{{repair.CmdDeclineQuotes, choice.Decline}, {repair.CmdAcceptQuotes, choice.Accept}} {
		if len(part.ids) == 0 {
			continue
		}
		cmd := repair.Command{Kind: part.kind, WorkOrder: repair.WorkOrderID(choice.Order)}
		for _, id := range part.ids {
			cmd.Quotes = append(cmd.Quotes, repair.QuoteID(id))
		}
		if _, err := d.Do(ctx, cmd); err != nil {
			return out, err
		}
	}
	return d.ReviewQuotes(ctx, choice.Order)
}
