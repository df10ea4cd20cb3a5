package mr1

import (
	"crypto/ed25519"
	"crypto/sha256"
	"math/big"
	"slices"
	"strings"
)

const (
	tagLength = 10
	// signatureDigits hold any 512 bits. Digits, because a QR code packs them
	// tightest of all that a URL may carry.
	signatureDigits = 155
	base32Alpha     = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

// DigestSerials is the 10-letter digest of what a box holds: the same set of
// serial numbers gives the same digest in any order.
func DigestSerials(serials []string) string {
	sorted := slices.Clone(serials)
	slices.Sort(sorted)
	return tag(strings.Join(sorted, "\n"))
}

// Sign returns the payload signed by the key whose id begins with keyID. A
// draft stays unsigned: nobody vouches for it.
func (p Payload) Sign(keyID string, sign func(message []byte) []byte) Payload {
	if p.Draft || len(keyID) < keyLength {
		return p
	}
	p.Host = strings.ToUpper(p.Host)
	p.Key = keyID[:keyLength]
	copy(p.Signature[:], sign([]byte(p.covered())))
	return p
}

// SignedBy reports whether the holder of a key printed exactly this code.
func (p Payload) SignedBy(public ed25519.PublicKey) bool {
	return p.Key != "" && len(public) == ed25519.PublicKeySize && ed25519.Verify(public, []byte(p.covered()), p.Signature[:])
}

// isKey accepts the first letters of a key's id: base 32 with A to Z and 2 to 7.
func isKey(key string) bool {
	for i := range len(key) {
		if c := key[i]; (c < 'A' || c > 'Z') && (c < '2' || c > '7') {
			return false
		}
	}
	return len(key) == keyLength
}

// digits writes the signature as one number, always in the same length.
func (s Signature) digits() string {
	text := new(big.Int).SetBytes(s[:]).String()
	return strings.Repeat("0", signatureDigits-len(text)) + text
}

// parseDigits is the inverse of digits, and accepts nothing that digits would not
// have written.
func parseDigits(text string) (s Signature, ok bool) {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return s, false
		}
	}
	n, ok := new(big.Int).SetString(text, 10)
	if !ok || n.BitLen() > 8*len(s) {
		return s, false
	}
	n.FillBytes(s[:])
	return s, true
}

// tag is the first 50 bits of SHA-256 in base 32 without the letters I, L, O
// and U, which people misread.
func tag(covered string) string {
	sum := sha256.Sum256([]byte(covered))
	var bits uint64
	for _, b := range sum[:7] {
		bits = bits<<8 | uint64(b)
	}
	bits >>= 56 - 5*tagLength
	out := make([]byte, tagLength)
	for i := range out {
		out[tagLength-1-i] = base32Alpha[bits&31]
		bits >>= 5
	}
	return string(out)
}
