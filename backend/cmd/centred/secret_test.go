package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSecretsAreNotOnTheCommandLine: everybody on the machine can read it there.
func TestSecretsAreNotOnTheCommandLine(t *testing.T) {
	for _, name := range secretNames {
		var out, log bytes.Buffer
		args := []string{"track", "--data", t.TempDir(), "--" + name, "CANARY-0123456789", "--waybill", "SF3297600239259"}
		if strings.HasPrefix(name, "btcpay-") {
			args = []string{"serve", "--data", t.TempDir(), "--" + name, "CANARY-0123456789"}
		}
		err := run(t.Context(), args, &out, &log)
		if !errors.Is(err, errUsage) || strings.Contains(err.Error()+out.String()+log.String(), "CANARY") {
			t.Errorf("%s: %v %s", name, err, log.String())
			continue
		}
		variable := "CENTRED_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		if !strings.Contains(err.Error(), variable) || !strings.Contains(err.Error(), "--"+name+"-file") {
			t.Errorf("it does not say where it belongs: %v", err)
		}
	}
}

func TestASecretIsTakenFromAFileForItsOwnerOnly(t *testing.T) {
	dir := t.TempDir()
	key, open, short := filepath.Join(dir, "key"), filepath.Join(dir, "open"), filepath.Join(dir, "short")
	writeFile(t, key, "CANARY-0123456789\n")
	writeFile(t, open, "CANARY-0123456789\n")
	writeFile(t, short, "CANARY\n")
	if err := os.Chmod(open, 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := readConfig(dir, "", noEnvironment, map[string]string{"kuaidi100-customer": "c", "kuaidi100-key-file": key, "kuaidi100-salt-file": key,
		"sf-partner": "p", "sf-checkword-file": key, "track17-key-file": key,
		"btcpay-url": "https://pay.example", "btcpay-store": "shop", "btcpay-key-file": key, "btcpay-webhook-secret-file": key})
	if err != nil {
		t.Fatal(err)
	}
	for _, got := range []string{c.tracking.Kuaidi100.Key, c.tracking.Kuaidi100.Salt, c.tracking.SF.Checkword, c.tracking.Track17.Key, c.checkout.Key, c.checkout.Secret} {
		if got != "CANARY-0123456789" {
			t.Errorf("%q", got)
		}
	}
	for name, flags := range map[string]map[string]string{"read by others": {"track17-key-file": open}, "not there": {"track17-key-file": filepath.Join(dir, "no")},
		"too short": {"kuaidi100-salt-file": short}} {
		if _, err := readConfig(dir, "", noEnvironment, flags); err == nil || strings.Contains(err.Error(), "CANARY") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
