package wire

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"strings"
)

// Pin is the fingerprint of a certificate's public key: the SHA-256 of its
// SubjectPublicKeyInfo in hex, in groups of four for people who compare. It stays
// when the certificate is renewed with the same key.
func Pin(certificate *x509.Certificate) string {
	sum := sha256.Sum256(certificate.RawSubjectPublicKeyInfo)
	text := strings.ToUpper(hex.EncodeToString(sum[:]))
	return grouped(text)
}

// ReadPin reads a fingerprint that a person has typed or pasted, however grouped.
func ReadPin(text string) (pin string, ok bool) {
	digits := strings.ToUpper(strings.NewReplacer(" ", "", ":", "", "-", "").Replace(strings.TrimSpace(text)))
	if sum, err := hex.DecodeString(digits); err != nil || len(sum) != sha256.Size {
		return "", false
	}
	return grouped(digits), true
}

func grouped(text string) string {
	var groups []string
	for i := 0; i < len(text); i += 4 {
		groups = append(groups, text[i:i+4])
	}
	return strings.Join(groups, " ")
}
