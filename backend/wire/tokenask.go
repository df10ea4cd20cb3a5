package wire

import (
	"crypto/ed25519"
	"encoding/base64"
	"strings"
	"time"

	"hashmend/backend/repair"
)

// TokenAsk asks for a token by the key with which the install signs what it packs.
// A centre that was restored to a copy from before the last exchange does not know
// the install's token, but its key.
type TokenAsk struct {
	Install   repair.InstallID `json:"install"`
	At        repair.Instant   `json:"at"`        // by the centre's clock, as GET /v1/meta tells it
	Signature string           `json:"signature"` // Ed25519 over Signed, base64
}

// TokenAskLife is how far At may be from the centre's clock.
const TokenAskLife = 5 * time.Minute

// Signed gives the bytes that the signature covers: a heading that no other
// signature of this program has, and one field a line.
func (a TokenAsk) Signed(serverID string) []byte {
	return []byte(strings.Join([]string{"hashmend token 1", serverID, string(a.Install), string(a.At)}, "\n"))
}

// Verify reports whether the holder of a public key has signed it for this centre.
func (a TokenAsk) Verify(public, serverID string) bool {
	key, err := ParsePublicKey(public)
	if err != nil {
		return false
	}
	signature, err := base64.StdEncoding.DecodeString(a.Signature)
	return err == nil && ed25519.Verify(key, a.Signed(serverID), signature)
}
