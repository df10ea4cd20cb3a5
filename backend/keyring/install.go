package keyring

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
)

// SigningKey is the Ed25519 key with which this install signs the boxes that it
// packs. The centre learns the public half when the install joins.
type SigningKey struct{ private ed25519.PrivateKey }

// NewSigningKey makes a key.
func NewSigningKey() (SigningKey, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	return SigningKey{private}, err
}

// ParseSigningKey reads what Secret wrote.
func ParseSigningKey(secret string) (SigningKey, error) {
	seed, err := base64.StdEncoding.DecodeString(secret)
	if err != nil {
		return SigningKey{}, fmt.Errorf("signing key: %w", err)
	}
	if len(seed) != ed25519.SeedSize {
		return SigningKey{}, errors.New("signing key: wrong length")
	}
	return SigningKey{ed25519.NewKeyFromSeed(seed)}, nil
}

// Secret writes the key for Store.Set.
func (k SigningKey) Secret() string { return base64.StdEncoding.EncodeToString(k.private.Seed()) }

// Public gives the public half, as it crosses the wire: base64.
func (k SigningKey) Public() string {
	public, _ := k.private.Public().(ed25519.PublicKey)
	return base64.StdEncoding.EncodeToString(public)
}

// Sign signs a message.
func (k SigningKey) Sign(message []byte) []byte { return ed25519.Sign(k.private, message) }
