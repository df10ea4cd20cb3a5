package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func noEnvironment(string) string { return "" }

func TestEveryMistakeInTheSettingsIsNamedAtOnce(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, configName), "listen = \"here\"\nrate = -1\ncolour = \"red\"\n")
	getenv := func(name string) string { return map[string]string{"CENTRED_LOG": "loud"}[name] }
	_, err := readConfig(dir, "", getenv, map[string]string{"tls": "maybe", "key": "/nowhere/key.pem",
		"kuaidi100-key": "CANARY key", "kuaidi100-salt": "CANARY", "sf-partner": "p", "sf-url": "http://CANARY@sf.example",
		"btcpay-url": "http://CANARY@pay.example", "btcpay-store": "CANARY/..", "btcpay-key-file": "/nowhere/key", "tracking-limit": "0"})
	if !errors.Is(err, errUsage) {
		t.Fatal(err)
	}
	for _, mistake := range []string{"listen (file)", "rate (file)", "colour (file)", "log (CENTRED_LOG)", "tls (--tls)", "key (--key)",
		"kuaidi100-key (--kuaidi100-key)", "kuaidi100-salt (", "kuaidi100-customer and kuaidi100-key", "sf-partner and sf-checkword", "sf-url (",
		"btcpay-url (", "btcpay-store (", "btcpay-key-file (", "btcpay-url, btcpay-store and btcpay-key:", "tracking-limit ("} {
		if !strings.Contains(err.Error(), mistake) {
			t.Errorf("%q is not named in:\n%v", mistake, err)
		}
	}
	if strings.Contains(err.Error(), "CANARY") {
		t.Errorf("a secret is told: %v", err)
	}
}

func TestTheCommandLineWinsOverTheEnvironmentAndThatOverTheFile(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, configName), "rate = 1\nnames = [\"a.example\", \"b.example\"]\n")
	environment := map[string]string{}
	read := func(flags map[string]string) config {
		t.Helper()
		c, err := readConfig(dir, "", func(name string) string { return environment[name] }, flags)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	c := read(nil)
	if c.rate != 1 || strings.Join(c.names, " ") != "a.example b.example" || c.listen != "127.0.0.1:0" {
		t.Errorf("the file: %+v", c)
	}
	environment["CENTRED_RATE"] = "2"
	if c := read(nil); c.rate != 2 {
		t.Errorf("the environment: %+v", c)
	}
	if c := read(map[string]string{"rate": "3"}); c.rate != 3 {
		t.Errorf("the command line: %+v", c)
	}
}

func TestTokensNeverTravelInTheClear(t *testing.T) {
	for listen, fine := range map[string]bool{"127.0.0.1:80": true, "[::1]:80": true, "localhost:80": true, "0.0.0.0:80": false, ":80": false, "192.168.1.2:80": false} {
		_, err := readConfig(t.TempDir(), "", noEnvironment, map[string]string{"listen": listen})
		if (err == nil) != fine {
			t.Errorf("%s without TLS: %v", listen, err)
		}
		for _, safe := range []map[string]string{{"listen": listen, "tls": "self-signed"}, {"listen": listen, "proxies": "10.0.0.0/8"}} {
			if _, err := readConfig(t.TempDir(), "", noEnvironment, safe); err != nil {
				t.Errorf("%v: %v", safe, err)
			}
		}
	}
}

func TestTheSettingsThatInitWritesAreRead(t *testing.T) {
	dir := t.TempDir()
	c, err := readConfig(dir, "", noEnvironment, map[string]string{"listen": "0.0.0.0:8470", "tls": "self-signed", "names": "repair.example"})
	if err != nil {
		t.Fatal(err)
	}
	// Every setting stands in the file, and each one with "# " before it is its default.
	writeFile(t, filepath.Join(dir, configName), strings.ReplaceAll(c.text(), "\n# ", "\n"))
	again, err := readConfig(dir, "", noEnvironment, nil)
	if err != nil {
		t.Fatal(err)
	}
	if again.listen != c.listen || again.tls != c.tls || len(again.names) != 1 || again.rate != c.rate {
		t.Errorf("wrote %+v, read %+v", c, again)
	}
}

func TestEveryCommandTellsWhatItTakes(t *testing.T) {
	if text := output(t, "--help"); !strings.Contains(text, "rotate-keys") {
		t.Error(text)
	}
	for _, c := range commands {
		text := output(t, c.name, "--help")
		if !strings.Contains(text, c.text) || !strings.Contains(text, "-data folder") {
			t.Errorf("%s --help: %s", c.name, text)
		}
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
