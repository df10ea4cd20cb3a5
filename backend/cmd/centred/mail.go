package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"hashmend/backend/centre"
	"hashmend/backend/letter"
)

// post gives who carries letters away; nil where no mail server is set.
func (c config) post() (centre.Post, error) {
	if c.mail.Server == "" {
		return nil, nil
	}
	return letter.New(c.mail)
}

// secretIn reads a secret from its file: on a command line or in the environment
// others of this machine would see it. No error says what stands in the file.
func secretIn(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s can be read by others; chmod 600 it", path)
	}
	data, err := os.ReadFile(path)
	secret := strings.TrimRight(string(data), "\r\n")
	if err == nil && (secret == "" || strings.ContainsAny(secret, "\r\n\x00")) {
		err = fmt.Errorf("%s does not hold one line", path)
	}
	return secret, err
}

func authorities(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(data) {
		return nil, errors.New("there is no certificate in it")
	}
	return pool, nil
}
