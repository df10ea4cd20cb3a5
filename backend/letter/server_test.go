package letter_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// server is an SMTP server on this machine that answers as a test wants.
type server struct {
	t        *testing.T
	listener net.Listener
	roots    *x509.CertPool
	config   *tls.Config

	// What it answers instead of yes, by verb: "RCPT" → "450 later". DATA is the
	// answer to the command, TEXT the one behind the dot.
	says     map[string]string
	hang     string // the verb that it never answers
	starttls bool
	implicit bool

	mu       sync.Mutex
	letters  []string
	users    []string
	sessions int
}

func serve(t *testing.T, change func(*server)) *server {
	t.Helper()
	s := &server{t: t, says: map[string]string{}, starttls: true}
	s.certificate()
	change(s)
	var err error
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if s.implicit {
		s.listener = tls.NewListener(s.listener, s.config)
	}
	var running sync.WaitGroup
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := s.listener.Accept()
			if err != nil {
				return
			}
			running.Go(func() { s.talk(c) })
			t.Cleanup(func() { _ = c.Close() })
		}
	}()
	t.Cleanup(func() { _ = s.listener.Close(); <-done })
	return s
}

func (s *server) address() string { return s.listener.Addr().String() }

func (s *server) certificate() {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	raw, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		s.t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(raw)
	if err != nil {
		s.t.Fatal(err)
	}
	s.roots = x509.NewCertPool()
	s.roots.AddCert(leaf)
	s.config = &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}
}

// talk is one conversation.
func (s *server) talk(c net.Conn) {
	s.mu.Lock()
	s.sessions++
	s.mu.Unlock()
	lines := bufio.NewReader(c)
	say := func(text string) { _, _ = c.Write([]byte(text + "\r\n")) }
	_, secure := c.(*tls.Conn)
	say("220 mail.example ESMTP")
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		verb = strings.ToUpper(verb)
		if verb == s.hang {
			continue // and no word
		}
		if answer := s.says[verb]; answer != "" {
			say(answer)
			continue
		}
		switch verb {
		case "EHLO":
			say("250-mail.example")
			if s.starttls && !secure {
				say("250-STARTTLS")
			}
			say("250 AUTH PLAIN")
		case "STARTTLS":
			say("220 go on")
			upgraded := tls.Server(c, s.config)
			if upgraded.Handshake() != nil {
				return
			}
			c, secure, lines = upgraded, true, bufio.NewReader(upgraded)
			say = func(text string) { _, _ = upgraded.Write([]byte(text + "\r\n")) }
		case "AUTH":
			raw, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(rest, "PLAIN "))
			s.mu.Lock()
			s.users = append(s.users, string(raw))
			s.mu.Unlock()
			say("235 known")
		case "DATA":
			say("354 go on")
			var text strings.Builder
			for {
				line, err := lines.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				text.WriteString(line)
			}
			if answer := s.says["TEXT"]; answer != "" {
				say(answer)
				continue
			}
			s.mu.Lock()
			s.letters = append(s.letters, text.String())
			s.mu.Unlock()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 yes")
		}
	}
}

func (s *server) taken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.letters...)
}
