package app

import (
	"context"
	"log"
	"net/http"

	"hashmend/backend/desk"
	"hashmend/backend/keyring"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// exportOutbox gives the file of outboxFile to the person.
func (h *house) exportOutbox(ctx context.Context) (desk.SavedFile, error) {
	name, file, err := h.outboxFile(ctx)
	if err != nil {
		return desk.SavedFile{}, err
	}
	return h.give(name, file)
}

// outboxFile writes what the centre may not have, and what it has accepted with
// its signed acknowledgements, sealed with the key of this install: a file for a
// person to keep, or to carry to the centre.
func (h *house) outboxFile(ctx context.Context) (name string, file []byte, err error) {
	now := h.now()
	if now == nil {
		return "", nil, desk.ErrSignedOut
	}
	at := h.app.Now()
	out := wire.Carried{CarriedHead: wire.CarriedHead{Program: h.app.Version, At: repair.At(at),
		ServerID: now.ServerID, Account: now.Account, Install: now.Install}}
	err = h.db.View(ctx, func(t localdb.VaultTx) error {
		items, err := t.CarriedOutbox(ctx, now.Scope)
		if err != nil {
			return err
		}
		for _, it := range items {
			body, err := t.OutboxBody(ctx, it.ID)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, carried(it, body, repair.At(at)))
		}
		return nil
	})
	if err != nil {
		return "", nil, err
	}
	keyID, sign := h.seal()
	file, err = wire.WriteCarried(out, keyID, sign)
	return "hashmend-outbox-" + at.UTC().Format("2006-01-02") + ".jsonl", file, err
}

// getOutbox gives the same file to the terminal, which has its own place for it.
func (a *App) getOutbox(h *house, w http.ResponseWriter, r *http.Request) error {
	name, file, err := h.outboxFile(r.Context())
	if err != nil {
		return err
	}
	download(w, name)
	_, err = w.Write(file)
	return err
}

func carried(it localdb.OutboxItem, body []byte, now repair.Instant) wire.CarriedItem {
	answer := it.Answer
	if answer == nil {
		answer = it.Was
	}
	return wire.CarriedItem{ID: it.ID, Kind: it.Kind, WorkOrder: it.WorkOrder, State: carriedState(it, now), SeenRev: it.SeenRev,
		Fingerprint: it.Fingerprint, Created: it.CreatedAt, Reason: it.Reason, Body: string(body), Answer: answer}
}

func carriedState(it localdb.OutboxItem, now repair.Instant) wire.CarriedState {
	switch {
	case it.Again == localdb.AgainAsks:
		return wire.CarriedAsks
	case it.Again == localdb.AgainLeft:
		return wire.CarriedLeft
	case it.State == localdb.Accepted:
		return wire.CarriedAccepted
	case it.State == localdb.Refused:
		return wire.CarriedRefused
	case it.State == localdb.Holding && it.HoldUntil > now:
		return wire.CarriedHeld
	}
	return wire.CarriedWaiting
}

// seal gives the key of this install and its name; nil when there is none to sign
// with.
func (h *house) seal() (id string, sign func([]byte) []byte) {
	s, ok := h.whom()
	if !ok {
		return "", nil
	}
	secret, _, err := h.keychain(s).Get(secretName(s, "key"))
	if err != nil {
		log.Printf("signing key: %v", err)
		return "", nil
	}
	key, err := keyring.ParseSigningKey(secret)
	if err != nil {
		log.Printf("signing key: %v", err)
		return "", nil
	}
	public, err := wire.ParsePublicKey(key.Public())
	if err != nil {
		log.Printf("signing key: %v", err)
		return "", nil
	}
	return wire.KeyID(public), key.Sign
}
