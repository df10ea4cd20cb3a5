package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hashmend/backend/centrehost"
	"hashmend/backend/client"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// TestMain lets this test program be centred itself, for tests that kill it.
func TestMain(m *testing.M) {
	if os.Getenv("CENTRED_CHILD") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

func output(t *testing.T, args ...string) string {
	t.Helper()
	var out, log bytes.Buffer
	if err := run(t.Context(), args, &out, &log); err != nil {
		t.Fatalf("centred %s: %v %s", strings.Join(args, " "), err, log.String())
	}
	return out.String()
}

// made makes an empty centre that speaks plain HTTP, and gives its folder.
func made(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "centre")
	output(t, "init", "--data", dir, "--name", "Ridge repairs", "--tls", "off", "--listen", "127.0.0.1:0", "--yes")
	return dir
}

func TestASeededCentreIsSound(t *testing.T) {
	dir := made(t)
	if got := output(t, "seed", "--data", dir, "--now", "2026-06-15T09:00:00Z"); !strings.Contains(got, "work orders") {
		t.Errorf("seed says %q", got)
	}
	var report struct {
		WorkOrders int      `json:"work_orders"`
		Faults     []string `json:"faults"`
	}
	if err := json.Unmarshal([]byte(output(t, "check", "--data", dir)), &report); err != nil {
		t.Fatal(err)
	}
	if report.WorkOrders < 20 || len(report.Faults) != 0 {
		t.Errorf("%+v", report)
	}
	orders := 0
	for line := range strings.Lines(output(t, "dump", "--data", dir)) {
		var row wire.Row
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row.T == wire.RowWorkOrder {
			orders++
		}
	}
	if orders != report.WorkOrders {
		t.Errorf("the dump has %d work orders, the check %d", orders, report.WorkOrders)
	}
}

func TestTheCentreSaysWhatItIsToldToSay(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "info.json")
	if err := os.WriteFile(file, []byte(`{"name":"Ridge repairs","languages":["en"],"server_id":"forged","signing_keys":{}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var before, after repair.CentreInfo
	data := made(t)
	if err := json.Unmarshal([]byte(output(t, "info", "--data", data)), &before); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(output(t, "info", "--data", data, "--set", file)), &after); err != nil {
		t.Fatal(err)
	}
	if after.Name != "Ridge repairs" || after.ServerID != before.ServerID || len(after.SigningKey) != 1 || after.Settings.WarrantyDays != 180 {
		t.Errorf("%+v", after)
	}
}

func TestWrongCommandLines(t *testing.T) {
	var out, log bytes.Buffer
	for _, args := range [][]string{nil, {"fly"}, {"serve"}, {"check", "--data"}, {"seed", "--data", t.TempDir(), "--now", "yesterday"}, {"dump", "--data", "x", "y"},
		{"invite", "--data", t.TempDir()}, {"invite", "--data", t.TempDir(), "--role", "office", "--account", "A"}, {"revoke", "--data", t.TempDir()}} {
		if err := run(t.Context(), args, &out, &log); !errors.Is(err, errUsage) || exitCode(err) != 2 {
			t.Errorf("%v: got %v", args, err)
		}
	}
}

// A folder's name is mistyped: nothing is made there, least of all a backup of an
// empty centre.
func TestAWrongFolderIsNoNewCentre(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "shpo")
	for _, args := range [][]string{{"check"}, {"dump"}, {"backup", "--to", filepath.Join(t.TempDir(), "b.tar")}, {"installs"},
		{"revoke", "--install", "x"}, {"rotate-keys"}, {"checkpoint"}, {"serve", "--listen", "127.0.0.1:0"},
		{"invite", "--account", "North Ridge"}, {"info"}, {"seed"}} {
		err := run(t.Context(), append(args, "--data", dir), io.Discard, io.Discard)
		if err == nil || exitCode(err) != 1 || !strings.Contains(err.Error(), "there is no centre in") {
			t.Errorf("%v: got %v", args, err)
		}
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was made: %v", err)
	}
}

// A laptop was stolen: the operator finds it in the list and ends its token. The
// other PC of the same customer goes on.
func TestAStolenPCIsShutOut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "centre")
	host, err := centrehost.Open(t.Context(), dir, centrehost.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = host.Close() }()
	url, err := host.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	join := func(name string) *client.Client {
		t.Helper()
		stranger, err := client.New(client.Options{BaseURL: url})
		if err != nil {
			t.Fatal(err)
		}
		joined, err := stranger.Join(t.Context(), wire.Join{InstallName: name, PublicKey: base64.StdEncoding.EncodeToString(make([]byte, 32)),
			Invite: strings.TrimSpace(output(t, "invite", "--data", dir, "--account", "Altyn Hash"))})
		if err != nil {
			t.Fatal(err)
		}
		known, err := client.New(client.Options{BaseURL: url, Token: joined.Token, ServerID: joined.ServerID})
		if err != nil {
			t.Fatal(err)
		}
		return known
	}
	office, laptop := join("office PC"), join("laptop")
	stolen := ""
	for line := range strings.Lines(output(t, "installs", "--data", dir)) {
		if fields := strings.Split(strings.TrimSpace(line), "\t"); strings.Contains(line, "laptop") {
			stolen = fields[0]
			if !strings.Contains(line, "Altyn Hash") || !strings.Contains(line, "customer") {
				t.Errorf("the list does not say whose it is: %q", line)
			}
		}
	}
	output(t, "revoke", "--data", dir, "--install", stolen)
	if _, err := laptop.Changes(t.Context(), "", 0); !errors.Is(err, &repair.Error{Code: wire.CodeTokenExpired}) {
		t.Errorf("the stolen PC: %v", err)
	}
	if _, err := office.Changes(t.Context(), "", 0); err != nil {
		t.Errorf("the other PC: %v", err)
	}
	if list := output(t, "installs", "--data", dir); strings.Count(list, "revoked") != 1 {
		t.Errorf("the list: %s", list)
	}
	var out, log bytes.Buffer
	if err := run(t.Context(), []string{"revoke", "--data", dir, "--install", "laptop"}, &out, &log); err == nil {
		t.Error("an install that is not known was revoked")
	}
}
