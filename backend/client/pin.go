package client

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// otherPin is the error of a server that proves another key than the one that a
// person has checked.
type otherPin struct{ shown string }

func (otherPin) Error() string { return "the server proves another key" }

// pinned is a transport that trusts one key and nothing else: a centre's own
// certificate, which nobody else has signed.
func pinned(next http.RoundTripper, pin string) http.RoundTripper {
	base, ok := next.(*http.Transport)
	if !ok {
		base = http.DefaultTransport.(*http.Transport)
	}
	own := base.Clone()
	own.TLSClientConfig = &tls.Config{
		MinVersion: tls.VersionTLS12,
		// The chain and the names prove nothing about such a certificate; that it has
		// this key is checked below, for every connection, resumed ones too.
		InsecureSkipVerify: true,
		VerifyConnection: func(s tls.ConnectionState) error {
			if shown := wire.Pin(s.PeerCertificates[0]); shown != pin {
				return otherPin{shown}
			}
			return nil
		},
	}
	return own
}

// notTrusted tells what a server has shown instead of what is trusted, so that a
// person can compare; nil when it is another error.
func notTrusted(err error) *repair.Error {
	var other otherPin
	if errors.As(err, &other) {
		return offline(wire.CodePinChanged, err).With("fingerprint", other.shown)
	}
	var certificate *tls.CertificateVerificationError
	if !errors.As(err, &certificate) {
		return nil
	}
	e := offline(wire.CodeUntrusted, err)
	if len(certificate.UnverifiedCertificates) == 0 || !ownSigned(certificate.Err) {
		return e
	}
	return e.With("fingerprint", wire.Pin(certificate.UnverifiedCertificates[0]))
}

// ownSigned reports that nobody known has signed the certificate. One that is out
// of date or for another name is a mistake that no person should wave through.
func ownSigned(err error) bool {
	var unknown x509.UnknownAuthorityError
	return errors.As(err, &unknown)
}
