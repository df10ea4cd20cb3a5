package desk

import (
	"cmp"
	"context"
	"slices"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
)

// soonDays is when a deadline needs its person.
const soonDays = 7

// Needs lists what waits for this person: one line, one action each.
func (d *Desk) Needs(ctx context.Context) ([]Need, error) {
	session, err := d.session()
	if err != nil {
		return nil, err
	}
	out, err := d.refusedNeeds(ctx)
	if err != nil {
		return nil, err
	}
	work := map[string]int{}
	if err := d.open(ctx, func(r localdb.OrderRow, s *summary) error {
		if session.Role.Actor() == repair.Customer {
			out = append(out, customerNeeds(r, s)...)
			return nil
		}
		for stage, n := range s.bench {
			work[stage] += n
		}
		return nil
	}); err != nil {
		return nil, err
	}
	for _, stage := range benchStages {
		if work[stage] > 0 {
			out = append(out, need(Need{Kind: stage, Count: work[stage], Route: "#/bench/" + stage}))
		}
	}
	return out, nil
}

// need fills what a line may leave out.
func need(n Need) Need {
	n.Money = nonNil(n.Money)
	if n.Args == nil {
		n.Args = map[string]string{}
	}
	return n
}

// refusedNeeds are the things the centre said no to.
func (d *Desk) refusedNeeds(ctx context.Context) ([]Need, error) {
	rows, err := d.Outbox(ctx)
	if err != nil {
		return nil, err
	}
	out := []Need{}
	for _, row := range rows {
		if row.Mark != MarkRefused {
			continue
		}
		n := Need{Kind: "refused_command", Order: row.Order, Number: row.Number, Title: row.Title, Count: 1, Route: "#/sync", At: row.Created,
			Args: map[string]string{"kind": row.Kind}}
		if row.Reason != nil {
			n.Args["code"] = row.Reason.Code
		}
		out = append(out, need(n))
	}
	return out, nil
}

func customerNeeds(r localdb.OrderRow, s *summary) []Need {
	id := string(r.ID)
	var out []Need
	add := func(n Need, route string) {
		n.Order, n.Number, n.Title, n.Route = id, r.Number, titleOfOrder(r), "#"+route
		n.At = cmp.Or(n.At, r.Updated)
		out = append(out, need(n))
	}
	if o, some := s.offered(repair.CmdAcceptQuotes); some {
		add(Need{Kind: "quotes_to_answer", Count: len(o.Quotes), Money: totalOf(s.told, quoteSet(o.Quotes))}, "/orders/"+id+"/quote")
	}
	if o, some := s.offered(repair.CmdSendVoucher); some {
		if len(o.Quotes) > 0 {
			add(Need{Kind: "payment_due", Count: len(o.Quotes), Money: totalOf(s.told, quoteSet(o.Quotes))}, "/pay/"+id)
		}
		for _, payment := range o.Payments {
			p := s.told.Payment(payment)
			switch {
			case p != nil && p.Status == repair.PaymentRejected:
				add(Need{Kind: "payment_rejected", Count: 1, Money: []repair.Money{p.Amount}}, "/pay/"+id)
			case p != nil && p.Status == repair.PaymentUnderpaid:
				add(Need{Kind: "payment_due", Count: len(p.Quotes), Money: []repair.Money{p.Missing()}}, "/pay/"+id)
			}
		}
	}
	for _, p := range s.told.Payments {
		if p.Status == repair.PaymentWaiting {
			add(Need{Kind: "payment_due", Count: len(p.Quotes), Money: []repair.Money{p.Missing()}}, "/pay/"+id)
		}
	}
	if slices.Contains(r.Flags, repair.FlagQuestionOpen) {
		add(Need{Kind: "question", Count: 1, At: s.told.Order.InfoAskedAt}, "/orders/"+id+"/messages")
	}
	if slices.Contains(r.Flags, repair.FlagParcelRejected) {
		add(Need{Kind: "parcel_rejected", Count: s.refused()}, "/orders/"+id)
	}
	if o, some := s.offered(repair.CmdSetParcels); some && s.statuses[repair.Listed] > 0 {
		add(Need{Kind: "ready_to_pack", Count: len(o.Devices)}, "/orders/"+id+"/pack")
	}
	if _, some := s.offered(repair.CmdConfirmDelivery); some {
		for _, sh := range s.told.Shipments {
			if sh.Status == repair.ShipmentOutForDelivery {
				add(Need{Kind: "delivered", Count: len(sh.Devices), At: latestOf(sh.Events)}, "/track/"+id)
			}
		}
	}
	return append(out, deadlineNeeds(r, s)...)
}

// deadlineNeeds are the days near enough to act on. When the centre sends home
// is the centre's to keep.
func deadlineNeeds(r localdb.OrderRow, s *summary) []Need {
	var out []Need
	for _, dl := range s.deadlines {
		if dl.Kind == repair.DeadlineDispatch || dl.DaysLeft > soonDays || dl.DaysLeft < 0 {
			continue
		}
		out = append(out, need(Need{Kind: "deadline", Order: string(r.ID), Number: r.Number, Title: titleOfOrder(r), Count: 1, Date: dl.Date,
			Days: dl.DaysLeft, Why: dl.Why, Args: map[string]string{"kind": dl.Kind, "consequence": dl.Consequence},
			Route: "#/orders/" + string(r.ID), At: r.Updated}))
	}
	return out
}

// refused counts the parcels that came back and that nothing replaces.
func (s *summary) refused() (n int) {
	for _, p := range s.told.Parcels {
		replaced := slices.ContainsFunc(s.told.Parcels, func(other repair.Parcel) bool { return other.Replaces == p.ID })
		if p.Status == repair.ParcelRejected && !replaced {
			n++
		}
	}
	return n
}
