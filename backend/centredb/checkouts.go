package centredb

import (
	"context"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

func (t tx) WatchCheckout(ctx context.Context, w centre.Watched) error {
	_, err := t.t.Exec(ctx, "watch_checkout", p{"scope": string(w.Scope), "payment": string(w.Payment), "work_order": string(w.WorkOrder),
		"ask_at": string(w.AskAt), "tries": w.Tries})
	return err
}

func (t tx) CheckoutsDue(ctx context.Context, at repair.Instant, limit int) (list []centre.Watched, err error) {
	err = t.t.Each(ctx, "checkouts_due", p{"at": string(at), "limit": limit}, func(s scan) error {
		var w centre.Watched
		err := s(&w.Scope, &w.Payment, &w.WorkOrder, &w.AskAt, &w.Tries)
		list = append(list, w)
		return err
	})
	return list, err
}

func (t tx) ClaimCheckout(ctx context.Context, w centre.Watched, until repair.Instant) (claimed bool, err error) {
	n, err := t.t.Exec(ctx, "claim_checkout", p{"scope": string(w.Scope), "payment": string(w.Payment), "ask_at": string(until), "was": string(w.AskAt)})
	return n > 0, err
}

func (t tx) DropCheckout(ctx context.Context, scope centre.Scope, payment repair.PaymentID) error {
	_, err := t.t.Exec(ctx, "drop_checkout", p{"scope": string(scope), "payment": string(payment)})
	return err
}
