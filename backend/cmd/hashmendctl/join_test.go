package main

import (
	"crypto/tls"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"hashmend/backend/centrehost"
	"hashmend/backend/desk"
	"hashmend/backend/httpapi"
	"hashmend/backend/repair"
)

// Without a fingerprint nothing is sent to a centre with a certificate of its own;
// the words say what to compare with whom, and what to type then.
func TestJoiningWithoutAFingerprintSaysWhatToDo(t *testing.T) {
	pair, err := centrehost.SelfSigned(t.TempDir(), []string{"127.0.0.1"}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	host, err := centrehost.Open(t.Context(), t.TempDir(), centrehost.Options{HTTP: httpapi.Options{Register: true},
		TLS: &tls.Config{Certificates: []tls.Certificate{pair}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	url, err := host.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	join := []string{"join", url, "--account", "New farm", "--data", dir}
	r := ctl(t, append(join, "--json")...)
	r.want(t, exitWaiting, nil)
	var refused repair.Error
	if err := json.Unmarshal([]byte(r.err), &refused); err != nil {
		t.Fatal(err, r.err)
	}
	pin := refused.Args["fingerprint"]
	if r = ctl(t, append(join, "--lang", "en")...); pin == "" || !strings.Contains(r.err, `--fingerprint "`+pin+`"`) || !strings.Contains(r.err, "centred fingerprint") {
		t.Fatalf("what to do is not said: %s", r.err)
	}
	var s desk.Session
	ctl(t, append(join, "--fingerprint", pin, "--json")...).want(t, exitOK, &s)
	if s.Mode != "connected" || s.Fingerprint != pin {
		t.Errorf("%+v", s)
	}
}
