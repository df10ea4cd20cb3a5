package simtest

import (
	"context"
	"errors"
	"slices"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/client"
	"hashmend/backend/repair"
)

// operator sits at the centre's own machine.
var operator = centre.Operator()

// rejoin ends a desk's token and, after a while, lets it in again with a new
// invite, as the same customer.
func (w *World) rejoin(p *pc, after time.Duration) error {
	if w.centre.host == nil {
		return nil
	}
	if err := w.centre.revoke(p); err != nil {
		var gone *repair.Error
		if errors.As(err, &gone) && gone.Kind == repair.NotFound {
			return nil // restored to a time before it joined
		}
		return err
	}
	time.Sleep(after)
	gone := p.joined.Install
	for _, same := range w.desks { // a copy of this PC is shut out with it
		if same.joined.Install != gone {
			continue
		}
		if err := w.letIn(same); err != nil {
			return err
		}
	}
	return nil
}

// strangers lets those in again, after a while, whom a restored centre does not know
// as they joined after its copy was made: they are told to ask for an invite.
func (w *World) strangers(after time.Duration) error {
	list, err := w.centre.host.Centre().Installs(context.Background())
	if err != nil {
		return err
	}
	for _, p := range w.desks {
		known := slices.ContainsFunc(list, func(i centre.Install) bool { return i.ID == p.joined.Install && !i.RevokedAt.IsSet() })
		if known {
			continue
		}
		time.Sleep(after)
		if err := w.letIn(p); err != nil {
			return err
		}
	}
	return nil
}

// letIn gives a PC a new token.
func (w *World) letIn(p *pc) error {
	invite, err := w.centre.host.Invite(context.Background(), p.joined.Role, "Altyn Hash", "")
	if err != nil {
		return err
	}
	p.line.set(calm, 0, nil)
	p.end()
	if err := p.join(invite.Code); err != nil {
		return err
	}
	return p.connect()
}

// lookElsewhere lets a customer of another account look for what is not theirs
// (inv.W7).
func (w *World) lookElsewhere() error {
	ctx := context.Background()
	if w.centre.host == nil {
		return nil
	}
	by := w.stranger
	c, err := client.New(client.Options{BaseURL: centreURL, Token: by.Token, ServerID: by.ServerID,
		HTTP: &line{world: w, name: "stranger", state: calm, who: repair.Person{Account: by.Account}, scope: string(by.Account)}})
	if err != nil {
		return err
	}
	if _, err := c.Changes(ctx, "", 0); err != nil {
		return only(err)
	}
	w.history.mu.Lock()
	intents := w.history.intents
	w.history.mu.Unlock()
	for _, i := range intents {
		if i.kind != "submit" {
			continue
		}
		if whole, err := c.WorkOrder(ctx, i.order); err == nil {
			w.history.breaks("W7", "the work order %s was shown to a stranger", whole.Order.ID)
		}
	}
	return nil
}
