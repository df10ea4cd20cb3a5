package wire

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"hashmend/backend/repair"
)

// Acknowledgement is the centre's signed word that a submission is recorded. The
// customer may keep it as proof.
type Acknowledgement struct {
	ServerID    string             `json:"server_id"`
	WorkOrder   repair.WorkOrderID `json:"work_order"`
	Number      string             `json:"number"`
	Fingerprint string             `json:"fingerprint"` // SHA-256 of the submitted bytes, hex
	Rev         int64              `json:"rev"`
	At          repair.Instant     `json:"at"`
	KeyID       string             `json:"key_id"`
	Signature   string             `json:"signature"` // Ed25519 over Signed, base64
}

// Signed gives the bytes that the signature covers: a heading that no other
// signature of this program has, and one field a line.
func (a Acknowledgement) Signed() []byte {
	return []byte(strings.Join([]string{
		"hashmend acknowledgement 1", a.ServerID, string(a.WorkOrder), a.Number,
		a.Fingerprint, strconv.FormatInt(a.Rev, 10), string(a.At),
	}, "\n"))
}

// Sign returns the acknowledgement signed.
func (a Acknowledgement) Sign(key ed25519.PrivateKey) Acknowledgement {
	a.KeyID = KeyID(key.Public().(ed25519.PublicKey))
	a.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(key, a.Signed()))
	return a
}

// ErrNotSigned means that an acknowledgement is not the centre's.
var ErrNotSigned = errors.New("the acknowledgement is not signed by this centre")

// Verify checks the signature against the centre's published keys.
func (a Acknowledgement) Verify(keys map[string]string) error {
	public, err := ParsePublicKey(keys[a.KeyID])
	if err != nil {
		return ErrNotSigned
	}
	signature, err := base64.StdEncoding.DecodeString(a.Signature)
	if err != nil || !ed25519.Verify(public, a.Signed(), signature) {
		return ErrNotSigned
	}
	return nil
}

// KeyID names a public key: 16 base32 characters of its SHA-256. The first two
// of them stand on labels.
func KeyID(public ed25519.PublicKey) string {
	sum := sha256.Sum256(public)
	return base32.StdEncoding.EncodeToString(sum[:10])
}

// ParsePublicKey reads an Ed25519 public key from base64.
func ParsePublicKey(text string) (ed25519.PublicKey, error) {
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(b) != ed25519.PublicKeySize {
		return nil, errors.New("not an Ed25519 public key")
	}
	return ed25519.PublicKey(b), nil
}

// Fingerprint is the SHA-256 of a request's bytes, in hex: what the centre
// remembers to tell a replay from a reused id.
func Fingerprint(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}
