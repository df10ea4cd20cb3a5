package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"hashmend/backend/centrehost"
	"hashmend/backend/httpapi"
	"hashmend/backend/wire"
)

func (t *terminal) serve(ctx context.Context, args []string) error {
	c, err := t.parse("serve", args, settings, nil)
	if err != nil {
		return err
	}
	if err := c.isThere(); err != nil {
		return err
	}
	certificate, err := c.certificate()
	if err != nil {
		return err
	}
	post, err := c.post()
	if err != nil {
		return err
	}
	numbers := newNumbers()
	host, err := c.open(ctx, centrehost.Options{
		Log: t.logger(c), TLS: certificate, Quota: c.quota, Reserve: c.reserve, Post: post, Tracking: c.tracks(), Checkouts: c.checkouts(),
		HTTP: httpapi.Options{Proxies: c.proxies, Rate: c.rate, Register: c.register, Observe: numbers.observe, Metrics: numbers.handler()},
	})
	if err != nil {
		return err
	}
	stopMetrics, err := numbers.listen(c.metrics)
	if err != nil {
		return errors.Join(err, host.Close())
	}
	err = t.serveHost(ctx, c, host, certificate)
	return errors.Join(err, stopMetrics(), host.Close())
}

// serveHost serves until it is interrupted; what is under way may finish, for at
// most ten seconds.
func (t *terminal) serveHost(ctx context.Context, c config, host *centrehost.Host, certificate *tls.Config) error {
	url, err := host.Listen(c.listen)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(t.out, "listening on", url); err != nil {
		return err
	}
	if c.tls == "self-signed" {
		if _, err := fmt.Fprintln(t.out, "fingerprint", pinOf(certificate)); err != nil {
			return err
		}
	}
	failed := make(chan error, 1)
	go func() { failed <- host.Wait() }()
	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return err
	}
}

func (t *terminal) logger(c config) *slog.Logger {
	o := &slog.HandlerOptions{}
	if c.debug {
		o.Level = slog.LevelDebug
	}
	if c.json {
		return slog.New(slog.NewJSONHandler(t.log, o))
	}
	return slog.New(slog.NewTextHandler(t.log, o))
}

// certificate gives what TLS is spoken with, nil for none.
func (c config) certificate() (*tls.Config, error) {
	var pair tls.Certificate
	var err error
	switch c.tls {
	case "off":
		return nil, nil
	case "self-signed":
		pair, err = centrehost.SelfSigned(c.dir, c.certificateNames(), time.Now())
	default:
		pair, err = tls.LoadX509KeyPair(c.cert, c.key)
	}
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}}, nil
}

// certificateNames are what this machine is called, unless a person said it.
func (c config) certificateNames() []string {
	if len(c.names) > 0 {
		return c.names
	}
	names := []string{"localhost"}
	if host, err := os.Hostname(); err == nil && host != "" {
		names = append(names, host)
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return names
	}
	for _, a := range addresses {
		if network, ok := a.(*net.IPNet); ok {
			names = append(names, network.IP.String())
		}
	}
	return names
}

// pinOf is the fingerprint that a desk shows.
func pinOf(c *tls.Config) string {
	leaf, err := x509.ParseCertificate(c.Certificates[0].Certificate[0])
	if err != nil {
		return err.Error()
	}
	return wire.Pin(leaf)
}

func (t *terminal) fingerprint(_ context.Context, args []string) error {
	c, err := t.parse("fingerprint", args, nil, nil)
	if err != nil {
		return err
	}
	certificate, err := c.certificate()
	if err != nil {
		return err
	}
	if certificate == nil {
		return errors.New("tls is off: there is no certificate")
	}
	_, err = fmt.Fprintln(t.out, pinOf(certificate))
	return err
}

// metricsServer serves numbers at an address of their own.
func metricsServer(h http.Handler) *http.Server {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", h)
	return &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute}
}
