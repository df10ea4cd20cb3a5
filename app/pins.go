package app

import (
	"context"

	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/syncer"
	"hashmend/backend/wire"
)

// pinsName is the preference with the fingerprints that a person has checked, by
// the address of the centre.
const pinsName = "fingerprints"

var errBadPin = &repair.Error{Kind: repair.Invalid, Code: wire.CodeBadPin}

// Trust keeps the fingerprint of a centre's own certificate, which a person has
// compared: from now on this address must prove that key. An empty one forgets it.
func (s *Start) Trust(url, fingerprint string) (err error) {
	defer settle(&err)
	h, err := s.app.open()
	if err != nil {
		return err
	}
	address, err := syncer.Address(url)
	if err != nil {
		return err
	}
	_, err = h.change(func(ctx context.Context) error {
		if err := h.trust(ctx, address, fingerprint); err != nil {
			return err
		}
		if now := h.now(); now != nil && now.URL == address {
			return h.enter(ctx, now.Session) // the line of now trusts what it trusted
		}
		return nil
	})
	return err
}

func (h *house) trust(ctx context.Context, address, fingerprint string) error {
	pin, ok := wire.ReadPin(fingerprint)
	if fingerprint != "" && !ok {
		return errBadPin
	}
	return h.db.Update(ctx, func(t localdb.VaultTx) error {
		pins := map[string]string{}
		if _, err := t.Preference(ctx, pinsName, &pins); err != nil {
			return err
		}
		if pin == "" {
			delete(pins, address)
		} else {
			pins[address] = pin
		}
		return t.SavePreference(ctx, pinsName, pins)
	})
}

// trustProven keeps a fingerprint that was told beside an address, once a centre
// there has answered with it: a mistyped one leaves nothing behind.
func (h *house) trustProven(ctx context.Context, address, fingerprint string) error {
	pin, ok := wire.ReadPin(fingerprint)
	if !ok {
		return errBadPin
	}
	line, err := h.lineTo(ctx, address)
	if err != nil {
		return err
	}
	line.Pin = pin
	if _, err := syncer.Probe(ctx, line); err != nil {
		return err
	}
	return h.trust(ctx, address, pin)
}

// pinOf is the fingerprint that an address must prove, "" for none of its own.
func (h *house) pinOf(ctx context.Context, address string) (string, error) {
	pins := map[string]string{}
	err := h.db.View(ctx, func(t localdb.VaultTx) error {
		_, err := t.Preference(ctx, pinsName, &pins)
		return err
	})
	return pins[address], err
}
