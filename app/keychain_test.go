package app

import (
	"errors"
	"testing"

	system "github.com/zalando/go-keyring"

	"hashmend/backend/desk"
)

// Where no keychain answers, the secrets are in a file, and the person is told.
func TestThePlaceOfTheSecretsIsTold(t *testing.T) {
	for _, keychain := range []struct {
		secrets string
		begin   func()
	}{
		{"keychain", system.MockInit},
		{"file", func() { system.MockInitWithError(errors.New("no bus")) }}, // and so it stays for the other tests
	} {
		keychain.begin()
		host, url := served(t)
		a := opened(t)
		s := must[desk.Session](t)((&Start{a}).Connect(desk.ConnectRequest{URL: url, Invite: invited(t, host)}))
		if s.Secrets != keychain.secrets {
			t.Errorf("the secrets are in %q, want %q", s.Secrets, keychain.secrets)
		}
	}
	if s := must[desk.Session](t)((&Start{opened(t)}).Practise()); s.Secrets != "" {
		t.Errorf("practice has no secrets worth telling of: %q", s.Secrets)
	}
}
