package app

import (
	"crypto/tls"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	service "hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/desk"
	"hashmend/backend/httpapi"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// ownSigned starts a centre with a certificate of its own, at an address that is
// used again.
func ownSigned(t *testing.T, dir, certificates, listen string) (host *centrehost.Host, url string) {
	t.Helper()
	pair, err := centrehost.SelfSigned(certificates, []string{"127.0.0.1"}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	host, err = centrehost.Open(t.Context(), dir, centrehost.Options{HTTP: httpapi.Options{Register: true},
		TLS: &tls.Config{Certificates: []tls.Certificate{pair}}})
	if err != nil {
		t.Fatal(err)
	}
	url, err = host.Listen(listen)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	return host, url
}

func shownPin(t *testing.T, err error, code string) string {
	t.Helper()
	var e *repair.Error
	if !errors.As(err, &e) || e.Code != code || e.Args["fingerprint"] == "" {
		t.Fatalf("got %v, want %s with a fingerprint", err, code)
	}
	return e.Args["fingerprint"]
}

// A centre with a certificate of its own shows its fingerprint; a person compares
// it; from then on that key and no other is that centre.
func TestACentresOwnCertificateIsComparedOnceAndPinned(t *testing.T) {
	dir, first := t.TempDir(), t.TempDir()
	host, url := ownSigned(t, dir, first, "127.0.0.1:0")
	a := opened(t)
	start := &Start{a}
	_, err := start.Probe(url)
	pin := shownPin(t, err, wire.CodeUntrusted)
	if _, err := start.Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host)}); err == nil {
		t.Fatal("an invite was sent to a server that nobody has looked at")
	}
	if err := start.Trust(url, "12 34"); !errors.Is(err, errBadPin) {
		t.Errorf("half a fingerprint: %v", err)
	}
	if err := start.Trust(url, pin); err != nil {
		t.Fatal(err)
	}
	found := must[desk.CentreFound](t)(start.Probe(url))
	if found.Fingerprint != pin || !found.Open {
		t.Errorf("%+v", found)
	}
	s := must[desk.Session](t)(start.Connect(desk.ConnectRequest{URL: url, Account: "New farm", Email: " post@farm.example", Language: "en"}))
	if s.Fingerprint != pin || s.Account == "" {
		t.Errorf("%+v", s)
	}
	page, err := host.Centre().Changes(t.Context(), service.Operator(), "", 0)
	if err != nil || !slices.ContainsFunc(page.Rows, func(row wire.Row) bool {
		return row.T == wire.RowMailbox && strings.Contains(string(row.D), `"post@farm.example"`)
	}) {
		t.Errorf("the centre does not know where to write: %v", err)
	}

	// Somebody else stands at the address, or the centre has a new key.
	address := url[len("https://"):]
	if err := host.Close(); err != nil {
		t.Fatal(err)
	}
	_, _ = ownSigned(t, dir, t.TempDir(), address)
	_, err = start.Probe(url)
	other := shownPin(t, err, wire.CodePinChanged)
	if other == pin {
		t.Error("the fingerprint is the old one")
	}
	if err := start.Trust(url, other); err != nil {
		t.Fatal(err)
	}
	if now := must[desk.Session](t)(start.Session()); now.Fingerprint != other || now.Mode != "connected" {
		t.Errorf("after the reset: %+v", now)
	}
	if err := start.Trust(url, ""); err != nil {
		t.Fatal(err)
	}
	_, err = start.Probe(url)
	shownPin(t, err, wire.CodeUntrusted)
}

func TestAFingerprintOnTheCommandLineNeedsNoLook(t *testing.T) {
	host, url := ownSigned(t, t.TempDir(), t.TempDir(), "127.0.0.1:0")
	start := &Start{opened(t)}
	_, err := start.Probe(url)
	pin := shownPin(t, err, wire.CodeUntrusted)
	wrong := "00" + pin[2:]
	_, err = start.Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host), Fingerprint: wrong})
	shownPin(t, err, wire.CodePinChanged)
	_, err = start.Probe(url) // nobody has trusted the wrong one: it is not kept
	shownPin(t, err, wire.CodeUntrusted)
	s := must[desk.Session](t)(start.Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host), Fingerprint: pin}))
	if s.Mode != "connected" {
		t.Errorf("%+v", s)
	}
}
