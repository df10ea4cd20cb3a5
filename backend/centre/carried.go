package centre

import (
	"context"
	"crypto/ed25519"
	"errors"
	"slices"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Carry files what an install wrote into a file because its line does not work.
// Each item takes the way it takes over the line, under its own id: whatever comes
// first, the other is a replay. What a person must decide is left. A file may be
// carried again; after a failure it goes on where it stood.
func (c *Centre) Carry(ctx context.Context, file []byte) ([]wire.CarriedResult, error) {
	var by Caller
	carried, err := wire.ReadCarried(file, func(head wire.CarriedHead) (public ed25519.PublicKey, err error) {
		by, public, err = c.carrier(ctx, head)
		return public, err
	})
	if err != nil {
		return nil, err
	}
	out := make([]wire.CarriedResult, 0, len(carried.Items))
	for _, item := range carried.Items {
		result, err := c.carryOne(ctx, by, item)
		if err != nil {
			return out, err
		}
		out = append(out, result)
	}
	return out, nil
}

// carrier finds the install that wrote a file. One that was shut out, that may only
// look, or that never joined here speaks for nobody.
func (c *Centre) carrier(ctx context.Context, head wire.CarriedHead) (by Caller, public ed25519.PublicKey, err error) {
	if head.ServerID != c.serverID {
		return by, nil, wire.ErrCarriedForeign.With("server_id", head.ServerID)
	}
	var install Install
	var found bool
	if err := c.store.View(ctx, func(tx Tx) error {
		install, found, err = tx.Install(ctx, head.Install)
		return err
	}); err != nil {
		return by, nil, err
	}
	untrusted := wire.ErrCarriedUnknown.With("install", string(head.Install))
	if !found || install.RevokedAt.IsSet() || install.ReadOnly || install.Person.Account != head.Account {
		return by, nil, untrusted
	}
	if public, err = wire.ParsePublicKey(install.PublicKey); err != nil {
		return by, nil, untrusted.Because(err)
	}
	return callerOf(install), public, nil
}

func (c *Centre) carryOne(ctx context.Context, by Caller, item wire.CarriedItem) (wire.CarriedResult, error) {
	result := wire.CarriedResult{ID: item.ID, Kind: item.Kind}
	known, err := c.answered(ctx, by, item.ID)
	if err != nil {
		return result, err
	}
	if !known && !mayCarry(item) {
		result.Outcome = wire.OutcomeLeft
		return result, nil
	}
	body := []byte(item.Body)
	if item.Kind == kindSubmit {
		var accepted wire.Accepted
		accepted, _, err = c.Submit(ctx, by, repair.WorkOrderID(item.ID), body)
		result.Number = accepted.Number
	} else {
		_, err = c.Act(ctx, by, repair.CommandID(item.ID), body, item.SeenRev)
	}
	if err == nil {
		result.Outcome = wire.OutcomeFiled
		if known {
			result.Outcome = wire.OutcomeKnown
		}
		return result, nil
	}
	if !errors.As(err, &result.Reason) || result.Reason.Kind == repair.Internal || result.Reason.Kind == repair.Unavailable {
		return result, err // it says nothing about the item
	}
	result.Outcome = wire.OutcomeRefused
	return result, nil
}

// mayCarry reports that an item may be filed without another word of its person.
// Money that a restored centre has forgotten waits for that word.
func mayCarry(item wire.CarriedItem) bool {
	switch item.State {
	case wire.CarriedWaiting:
		return true
	case wire.CarriedAccepted:
		return !slices.Contains(repair.MoneyKinds(), repair.CommandKind(item.Kind))
	default:
		return false
	}
}

// answered reports that something came before under this id.
func (c *Centre) answered(ctx context.Context, by Caller, id string) (known bool, err error) {
	err = c.store.View(ctx, func(tx Tx) error {
		_, known, err = tx.Op(ctx, by.Account, id)
		return err
	})
	return known, err
}
