package centrehost

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"hashmend/backend/atomicfile"
)

// certificateLife is long: a desk pins the key, and nobody renews a certificate
// that nobody signs.
const certificateLife = 10 * 365 * 24 * time.Hour

// SelfSigned gives the certificate in a data folder that the centre has signed
// itself, and makes it the first time. Names are host names and addresses.
func SelfSigned(dir string, names []string, now time.Time) (tls.Certificate, error) {
	cert, key := filepath.Join(dir, "tls", "cert.pem"), filepath.Join(dir, "tls", "key.pem")
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return pair, err
	}
	if err := os.MkdirAll(filepath.Dir(cert), 0o700); err != nil {
		return pair, err
	}
	certText, keyText, err := newCertificate(names, now)
	if err != nil {
		return pair, fmt.Errorf("make certificate: %w", err)
	}
	// The key goes first: a certificate without one would never be used.
	if err := atomicfile.Write(key, keyText, 0o600); err != nil {
		return pair, err
	}
	if err := atomicfile.Write(cert, certText, 0o600); err != nil {
		return pair, err
	}
	return tls.X509KeyPair(certText, keyText)
}

func newCertificate(names []string, now time.Time) (cert, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "centred"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(certificateLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return nil, nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), nil
}
