package app

import (
	"log"

	"hashmend/backend/keyring"
	"hashmend/backend/label"
	"hashmend/backend/wire"
)

// codeNotSigned warns that a box label carries a typo check alone.
const codeNotSigned = "label.not_signed"

// sealer signs box labels with the key of this install, so that any desk of the
// same centre can tell who packed a box. nil when there is no key to sign with.
func (h *house) sealer() func(label.Payload) label.Payload {
	s, ok := h.whom()
	if !ok {
		return nil
	}
	secret, _, err := h.keychain(s).Get(secretName(s, "key"))
	if err != nil {
		log.Printf("signing key: %v", err)
		return nil
	}
	key, err := keyring.ParseSigningKey(secret)
	if err != nil {
		log.Printf("signing key: %v", err)
		return nil
	}
	public, err := wire.ParsePublicKey(key.Public())
	if err != nil {
		log.Printf("signing key: %v", err)
		return nil
	}
	id := wire.KeyID(public)
	return func(p label.Payload) label.Payload { return p.Sign(id, key.Sign) }
}
