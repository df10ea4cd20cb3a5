package centre

import (
	"context"

	"hashmend/backend/repair"
)

// watch keeps which payments the payment server is asked about, at once when one was
// changed. Payments without a page are not its business.
func (w *writer) watch(ctx context.Context, c *repair.Case, t repair.Touched) error {
	for _, id := range t.Payments {
		p := c.Payment(id)
		if p == nil || p.Method != repair.PayCryptoCheckout && len(p.Checkouts()) == 0 {
			continue
		}
		if !c.AwaitsInvoice(id) && len(p.Unsettled()) == 0 {
			if err := w.tx.DropCheckout(ctx, w.scope, id); err != nil {
				return err
			}
			continue
		}
		if err := w.tx.WatchCheckout(ctx, Watched{Scope: w.scope, Payment: id, WorkOrder: c.Order.ID, AskAt: w.at}); err != nil {
			return err
		}
	}
	return nil
}
