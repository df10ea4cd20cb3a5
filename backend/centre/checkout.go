package centre

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"hashmend/backend/checkout"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Checkouts says where customers pay on a page.
type Checkouts struct {
	Server *checkout.Server // nil: nowhere
	Failed func(error)      // hears of each failure; nil does not
}

const (
	// payClaim is how long one centre has a payment to itself: longer than all that it
	// asks about it in one go may take.
	payClaim   = 5 * time.Minute
	payOpen    = time.Minute // between two looks at an invoice that is being paid
	payRetry   = 15 * time.Second
	payLongest = 30 * time.Minute
)

// BeginCheckouts publishes whether payment by page is taken from now on.
func (c *Centre) BeginCheckouts(ctx context.Context) error {
	return c.update(ctx, func(tx *deed) error {
		info, err := loadInfo(ctx, tx)
		if err != nil {
			return err
		}
		if slices.Contains(info.Settings.Methods, repair.PayCryptoCheckout) == (c.checkouts.Server != nil) {
			return nil
		}
		methods := slices.DeleteFunc(slices.Clone(info.Settings.Methods), func(m repair.PayMethod) bool { return m == repair.PayCryptoCheckout })
		if c.checkouts.Server != nil {
			methods = append(methods, repair.PayCryptoCheckout)
		}
		info.Settings.Methods = methods
		return c.saveInfo(ctx, tx, info, Commit{Kind: "checkout_service"})
	})
}

// look is what the payment server is asked about one payment.
type look struct {
	Watched
	create bool
	ask    checkout.Ask
	known  []repair.Checkout
	open   []repair.Checkout
}

// Collect asks about one payment that is due, and notes the answers. It reports
// whether there was one. Several centres on one store share the payments: who has
// claimed one first asks about it. No transaction is open while it asks.
func (c *Centre) Collect(ctx context.Context) (more bool, err error) {
	if c.checkouts.Server == nil {
		return false, nil
	}
	var due []Watched
	if err := c.store.View(ctx, func(tx Tx) error {
		due, err = tx.CheckoutsDue(ctx, c.at(), 1)
		return err
	}); err != nil || len(due) == 0 {
		return false, err
	}
	var l *look
	if err := c.update(ctx, func(tx *deed) error {
		l, err = c.claimCheckout(ctx, tx, due[0])
		return err
	}); err != nil || l == nil {
		return err == nil, err
	}
	told, failure := c.askAbout(ctx, l)
	if ctx.Err() != nil {
		return false, ctx.Err() // we hung up, not they
	}
	for _, one := range told {
		if err := c.hearCheckout(ctx, l.Watched, repair.CheckoutNews{Source: checkout.Name, Checkout: one.Checkout}); err != nil {
			return true, err
		}
	}
	if failure == nil {
		return true, c.lookAgain(ctx, l.Watched)
	}
	if c.checkouts.Failed != nil {
		c.checkouts.Failed(failure)
	}
	return false, c.lookLater(ctx, l.Watched, failure)
}

func (c *Centre) claimCheckout(ctx context.Context, tx *deed, w Watched) (*look, error) {
	claimed, err := tx.ClaimCheckout(ctx, w, repair.At(tx.at.Time().Add(payClaim)))
	if err != nil || !claimed {
		return nil, err
	}
	whole, err := loadCase(ctx, tx, Operator(), w.WorkOrder)
	if err != nil {
		return nil, err
	}
	p := whole.Payment(w.Payment)
	if p == nil {
		return nil, tx.DropCheckout(ctx, w.Scope, w.Payment)
	}
	l := &look{Watched: w, create: whole.AwaitsInvoice(p.ID), known: p.Checkouts(), open: p.Unsettled(),
		ask: checkout.Ask{Payment: p.ID, Reference: p.Reference, Amount: p.Amount}}
	if !l.create && len(l.open) == 0 {
		return nil, tx.DropCheckout(ctx, w.Scope, w.Payment)
	}
	return l, nil
}

// askAbout makes the invoice that is missing and asks about those that are open. What
// it has learnt before a failure is worth noting.
func (c *Centre) askAbout(ctx context.Context, l *look) (told []checkout.Invoice, failure error) {
	for _, one := range l.open {
		got, err := c.checkouts.Server.Invoice(ctx, one.Invoice)
		if err == nil && got.Payment == l.Payment {
			told = append(told, got)
		}
		if err != nil && !errors.Is(err, checkout.ErrUnknown) { // somebody has deleted it there
			return told, err
		}
	}
	if !l.create {
		return told, nil
	}
	made, err := c.checkouts.Server.Create(ctx, l.ask, l.known)
	if err != nil {
		return told, err
	}
	return append(told, made), nil
}

// hearCheckout notes news about one payment. Who watches it is asked again by itself.
func (c *Centre) hearCheckout(ctx context.Context, w Watched, news repair.CheckoutNews) error {
	return c.update(ctx, func(tx *deed) error {
		whole, err := loadCase(ctx, tx, Operator(), w.WorkOrder)
		if err != nil {
			return err
		}
		return c.noteCheckout(ctx, tx, w, whole, news)
	})
}

func (c *Centre) noteCheckout(ctx context.Context, tx *deed, w Watched, whole *repair.Case, news repair.CheckoutNews) error {
	info, err := loadInfo(ctx, tx)
	if err != nil {
		return err
	}
	touched := whole.NoteCheckout(w.Payment, news, c.env(info, tx.at))
	if !touched.Order {
		return nil
	}
	_, err = c.commit(ctx, tx, w.Scope, Commit{Kind: "checkout", Op: news.Checkout.Invoice}, func(to *writer) error {
		return to.saveTouched(ctx, whole, touched)
	})
	return err
}

// lookAgain says when the payment is looked at next, or that it is not any more: the
// server was asked once after it had stopped looking for money itself.
func (c *Centre) lookAgain(ctx context.Context, w Watched) error {
	return c.update(ctx, func(tx *deed) error {
		whole, err := loadCase(ctx, tx, Operator(), w.WorkOrder)
		if err != nil {
			return err
		}
		p, now := whole.Payment(w.Payment), tx.at.Time()
		wait := time.Duration(0)
		for _, one := range p.Unsettled() {
			if next := nextLook(one, now); next > 0 && (wait == 0 || next < wait) {
				wait = next
			}
		}
		if whole.AwaitsInvoice(w.Payment) {
			wait = payRetry // it was chosen again meanwhile
		}
		if wait == 0 {
			return tx.DropCheckout(ctx, w.Scope, w.Payment)
		}
		w.Tries, w.AskAt = 0, repair.At(now.Add(wait))
		return tx.WatchCheckout(ctx, w)
	})
}

// nextLook is how long an invoice is left alone; 0 is for ever.
func nextLook(one repair.Checkout, now time.Time) time.Duration {
	expired := now.Sub(one.ExpiresAt.Time())
	switch {
	case now.After(one.Watched.Time()):
		return 0
	case one.Status == repair.CheckoutOpen, one.Status == repair.CheckoutSeen:
		return payOpen
	}
	return min(max(expired/4, payOpen), payLongest, one.Watched.Time().Sub(now)+payOpen)
}

// lookLater says when a failed look is tried again, and once it is more than a hiccup
// tells the customer why nothing happens.
func (c *Centre) lookLater(ctx context.Context, w Watched, failure error) error {
	w.Tries++
	trouble := checkout.ErrAnswer.Code
	var e *repair.Error
	if errors.As(failure, &e) {
		trouble = e.Code
	}
	return c.update(ctx, func(tx *deed) error {
		if w.Tries > 1 {
			whole, err := loadCase(ctx, tx, Operator(), w.WorkOrder)
			if err != nil {
				return err
			}
			if err := c.noteCheckout(ctx, tx, w, whole, repair.CheckoutNews{Source: checkout.Name, Trouble: trouble}); err != nil {
				return err
			}
		}
		w.AskAt = repair.At(tx.at.Time().Add(spread(min(payRetry<<min(w.Tries-1, 7), payLongest))))
		return tx.WatchCheckout(ctx, w)
	})
}

// Hinted takes what the payment server sends by itself: a hint to ask it. The same
// hint again changes nothing.
func (c *Centre) Hinted(ctx context.Context, header http.Header, body []byte) error {
	if c.checkouts.Server == nil {
		return refuse(repair.NotFound, wire.CodeNoCheckout)
	}
	id, err := c.checkouts.Server.Read(header, body)
	if err != nil || id == "" {
		return err
	}
	told, err := c.checkouts.Server.Invoice(ctx, id)
	if errors.Is(err, checkout.ErrUnknown) {
		return nil // a trial of the hook, or another shop's
	}
	if err != nil {
		return err // it sends the hint again
	}
	return c.update(ctx, func(tx *deed) error {
		row, found, err := tx.Load(ctx, wire.RowPayment, string(told.Payment))
		if err != nil || !found || row.Deleted {
			return err
		}
		whole, err := loadCase(ctx, tx, Operator(), row.WorkOrder)
		if err != nil {
			return err
		}
		w := Watched{Scope: row.Scope, Payment: told.Payment, WorkOrder: row.WorkOrder}
		return c.noteCheckout(ctx, tx, w, whole, repair.CheckoutNews{Source: checkout.Name, Checkout: told.Checkout})
	})
}
