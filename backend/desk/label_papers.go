package desk

import (
	"context"
	"slices"

	"hashmend/backend/repair"
)

// Documents about what the centre has found, offered and received.
const (
	documentReport  = "report"
	documentQuote   = "quote"
	documentReceipt = "receipt"
)

// Why a document cannot be printed yet.
var (
	ErrReportNotYet  = &repair.Error{Kind: repair.Conflict, Code: "label.report_not_yet"}
	ErrQuoteNotYet   = &repair.Error{Kind: repair.Conflict, Code: "label.quote_not_yet"}
	ErrReceiptNotYet = &repair.Error{Kind: repair.Conflict, Code: "label.receipt_not_yet"}
)

// CentrePapers are the facts of these documents, as the centre has told them:
// what is still on its way to it proves nothing.
type CentrePapers struct {
	Devices   map[repair.DeviceID]repair.Device
	Quotes    map[repair.QuoteID]repair.Quote
	Inspected []repair.Device
	Refused   []repair.Parcel
	Offered   []repair.Quote // to answer or to pay, by device
	Receipts  []repair.Payment
}

// LabelPapers says which of these documents a work order has already.
func (d *Desk) LabelPapers(ctx context.Context, order string) ([]LabelPaper, error) {
	c, err := d.toldOrDraft(ctx, order)
	if err != nil {
		return nil, err
	}
	papers := centrePapers(c)
	out := []LabelPaper{}
	for _, document := range []string{documentReport, documentQuote, documentReceipt} {
		row := LabelPaper{Document: document}
		if err := papers.lacks(document); err != nil {
			row.Why = err.Code
		}
		out = append(out, row)
	}
	return out, nil
}

// paperData gathers the facts of such a document. It is never a draft: where it
// has facts, the centre has given the number.
func (d *Desk) paperData(ctx context.Context, request LabelRequest) (out LabelData, err error) {
	out.Zone = d.Zone
	if out.Centre, err = d.CentreInfo(ctx); err != nil {
		return out, err
	}
	c, err := d.toldOrDraft(ctx, request.Order)
	if err != nil {
		return out, err
	}
	out.Order, out.Papers = c.Order, centrePapers(c)
	if lacks := out.Papers.lacks(request.Document); lacks != nil {
		return out, lacks
	}
	return out, nil
}

// toldOrDraft is a work order as the centre has told it, or a draft.
func (d *Desk) toldOrDraft(ctx context.Context, order string) (*repair.Case, error) {
	c, draft, err := d.draftCase(ctx, order)
	if err != nil || draft {
		return c, err
	}
	v, err := d.view(ctx, repair.WorkOrderID(order))
	if err != nil {
		return nil, err
	}
	return v.told, nil
}

// lacks is why a document cannot be printed yet, nil when it can.
func (p CentrePapers) lacks(document string) *repair.Error {
	switch {
	case document == documentReport && len(p.Inspected)+len(p.Refused) == 0:
		return ErrReportNotYet
	case document == documentQuote && len(p.Offered) == 0:
		return ErrQuoteNotYet
	case document == documentReceipt && len(p.Receipts) == 0:
		return ErrReceiptNotYet
	}
	return nil
}

func isCentrePaper(document string) bool {
	return document == documentReport || document == documentQuote || document == documentReceipt
}

func centrePapers(c *repair.Case) CentrePapers {
	p := CentrePapers{Devices: map[repair.DeviceID]repair.Device{}, Quotes: map[repair.QuoteID]repair.Quote{}}
	for _, dev := range c.Devices {
		p.Devices[dev.ID] = dev
		if dev.Inspection != nil {
			p.Inspected = append(p.Inspected, dev)
		}
	}
	for _, parcel := range c.Parcels {
		if parcel.Rejection != nil {
			p.Refused = append(p.Refused, parcel)
		}
	}
	for _, q := range c.Quotes {
		p.Quotes[q.ID] = q
		if q.Status == repair.QuoteIssued || q.Status == repair.QuoteAccepted {
			p.Offered = append(p.Offered, q)
		}
	}
	slices.SortStableFunc(p.Offered, func(a, b repair.Quote) int { return p.Devices[a.Device].Line - p.Devices[b.Device].Line })
	for _, payment := range c.Payments {
		if payment.ReceiptNumber != "" {
			p.Receipts = append(p.Receipts, payment)
		}
	}
	return p
}
