package app

import (
	"cmp"
	"strings"

	"hashmend/backend/label"
	"hashmend/backend/repair"
)

// reports draws a page for each device that was inspected, and one for each
// device of a parcel that was refused.
func (p paper) reports(out label.Backend) error {
	for _, dev := range p.data.Papers.Inspected {
		if err := p.engine.Report(p.inspection(dev), out); err != nil {
			return err
		}
	}
	for _, parcel := range p.data.Papers.Refused {
		for _, id := range parcel.Devices {
			r := p.report(p.data.Papers.Devices[id])
			r.Date, r.Refusal = p.day(parcel.Rejection.At), p.refusal(*parcel.Rejection)
			r.Found = parcel.Rejection.Note
			r.Waybill = strings.TrimSpace(carrierName(parcel.Carrier) + " " + string(parcel.WaybillNumber))
			if err := p.engine.Report(r, out); err != nil {
				return err
			}
		}
	}
	return nil
}

// report is what every report of a device says.
func (p paper) report(dev repair.Device) label.Report {
	return label.Report{
		Language: p.request.Language, Host: p.host(), WorkOrder: p.data.Order.Number, Customer: p.sender(),
		Serial: string(dev.Serial), SerialKey: dev.Serial.Key(), Model: dev.Model, Complaint: dev.Complaint,
	}
}

func (p paper) inspection(dev repair.Device) label.Report {
	found := dev.Inspection
	r := p.report(dev)
	r.Date, r.Found, r.Verdict, r.Warranty = p.day(found.At), found.Findings, p.said("class."+string(found.Class)), p.said("warranty."+string(found.Warranty))
	if found.Damage != "" {
		r.Verdict += " · " + p.said("damage."+found.Damage)
	}
	if found.WarrantyWhy.Rule != "" {
		r.Warranty += " (" + found.WarrantyWhy.Rule + ")"
	}
	r.Findings = append(p.coded("kind.fault", found.Faults, repair.Faults()), p.coded("kind.void", found.VoidCodes, repair.VoidReasons())...)
	r.Findings = append(r.Findings, p.coded("kind.scrap", found.ScrapCodes, repair.ScrapReasons())...)
	return r
}

// coded gives the findings that have a code, in the words of the guide: Chinese,
// else English.
func (p paper) coded(kind string, codes []string, reasons []repair.Reason) (out []label.ReportFinding) {
	for _, code := range codes {
		f := label.ReportFinding{Code: code, Kind: p.said(kind)}
		for _, r := range reasons {
			if r.Code == code {
				f.Text = label.Words{"en": r.En, "zh": r.Zh}.In(p.request.Language)
			}
		}
		out = append(out, f)
	}
	return out
}

// refusal is why a parcel was refused, with the rule.
func (p paper) refusal(given repair.Rejection) string {
	text := p.said("refusal." + given.Reason)
	for _, r := range repair.RejectionReasons() {
		if r.Code == given.Reason && r.Hint != "" {
			text += " (" + r.Hint + ")"
		}
	}
	return text
}

// quote draws what is offered, a document for each currency: they are never added.
func (p paper) quote(out label.Backend) error {
	lines, totals := map[string][]label.PriceLine{}, []repair.Money{}
	quotes := map[string]label.Quote{}
	for _, q := range p.data.Papers.Offered {
		currency := q.Total.Currency
		doc, known := quotes[currency]
		if !known {
			doc = label.Quote{Language: p.request.Language, Host: p.host(), WorkOrder: p.data.Order.Number, Customer: p.sender(), Reference: p.data.Order.Reference}
		}
		doc.Date = max(doc.Date, p.day(q.IssuedAt)) // of the latest
		if until := string(q.ValidUntil); until != "" && (doc.ValidUntil == "" || until < doc.ValidUntil) {
			doc.ValidUntil = until // of the first that ends
		}
		quotes[currency] = doc
		lines[currency] = append(lines[currency], p.priced(q)...)
		totals = append(totals, q.Total)
	}
	for _, total := range repair.SumByCurrency(totals) {
		doc := quotes[total.Currency]
		doc.Lines, doc.Total = lines[total.Currency], total.String()
		if err := p.engine.Quote(doc, out); err != nil {
			return err
		}
	}
	return nil
}

// priced gives the lines of one quote, with its note.
func (p paper) priced(q repair.Quote) (out []label.PriceLine) {
	serial := string(p.data.Papers.Devices[q.Device].Serial)
	for _, l := range q.Lines {
		out = append(out, label.PriceLine{Serial: serial, Item: strings.TrimSpace(l.Code + " " + l.Text), Price: l.Amount.Decimal()})
	}
	if q.Note != "" {
		out = append(out, label.PriceLine{Serial: serial, Item: q.Note})
	}
	return out
}

// receipts draws the receipt of each payment that the centre has confirmed.
func (p paper) receipts(out label.Backend) error {
	for _, payment := range p.data.Papers.Receipts {
		r := label.Receipt{
			Language: p.request.Language, Host: p.host(), WorkOrder: p.data.Order.Number, Customer: p.sender(),
			Number: payment.ReceiptNumber, Date: p.day(payment.ConfirmedAt), Method: p.said("method." + string(payment.Method)), Total: payment.Received.String(),
		}
		for _, id := range payment.Quotes {
			r.Lines = append(r.Lines, p.priced(p.data.Papers.Quotes[id])...)
		}
		r.Note = p.receiptNote(payment)
		if err := p.engine.Receipt(r, out); err != nil {
			return err
		}
	}
	return nil
}

// receiptNote says where more or less than was asked for has arrived, and what
// went back.
func (p paper) receiptNote(payment repair.Payment) string {
	var parts []string
	if payment.Received != payment.Amount {
		parts = append(parts, p.said("receipt.asked")+": "+payment.Amount.String())
	}
	for _, refund := range payment.Refunds {
		parts = append(parts, p.said("receipt.refunded")+" "+p.day(refund.At)+": "+refund.Amount.String())
	}
	return strings.Join(parts, " · ")
}

func (p paper) said(code string) string {
	return label.PaperWord(code, cmp.Or(p.request.Language, "en"))
}

// day is the guide's calendar day of an instant, as to be printed.
func (p paper) day(at repair.Instant) string {
	return string(repair.Env{Zone: p.data.Zone}.DateOf(at))
}
