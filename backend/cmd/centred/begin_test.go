package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hashmend/backend/repair"
)

// begin runs init as a person at a terminal does.
func begin(t *testing.T, answers string, args ...string) (string, error) {
	t.Helper()
	var out, log bytes.Buffer
	term := &terminal{in: strings.NewReader(answers), asking: answers != "", out: &out, log: &log, getenv: noEnvironment}
	err := term.run(t.Context(), append([]string{"init"}, args...))
	return out.String(), err
}

func infoOf(t *testing.T, dir string) (info repair.CentreInfo) {
	t.Helper()
	if err := json.Unmarshal([]byte(output(t, "info", "--data", dir)), &info); err != nil {
		t.Fatal(err)
	}
	return info
}

func TestInitAsksNothingWhenToldSo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "centre")
	said, err := begin(t, "", "--data", dir, "--name", "Ridge repairs", "--yes")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said, "Fingerprint") || !strings.Contains(said, "Invite for the office") {
		t.Error(said)
	}
	info := infoOf(t, dir)
	if info.Name != "Ridge repairs" || info.NameZh != "Ridge repairs" || info.Practice || len(info.Languages) != 2 || info.Settings.WarrantyDays != 180 {
		t.Errorf("%+v", info)
	}
	for _, file := range []string{configName, "tls/key.pem", "centre.db"} {
		if s, err := os.Stat(filepath.Join(dir, file)); err != nil || s.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", file, s, err)
		}
	}
	if _, err := begin(t, "", "--data", dir, "--name", "Ridge repairs", "--yes"); err == nil {
		t.Error("a second centre was made over the first")
	}
}

func TestInitAsksAtATerminal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "centre")
	answers := []string{"Ridge repairs", "山脊维修", "1 Ridge Road; Shenzhen", "", "山脊路 1 号；深圳", "李", "+86 755 1234567",
		"method=bank_transfer,currency=USD,name=Ridge Ltd,account=123,bank=Ridge Bank", "en", "127.0.0.1:8470", "off"}
	said, err := begin(t, strings.Join(answers, "\n")+"\n", "--data", dir)
	if err != nil {
		t.Fatal(said, err)
	}
	info := infoOf(t, dir)
	if info.NameZh != "山脊维修" || len(info.Address) != 2 || len(info.Address[0].Lines) != 2 || info.Address[0].Name != "李" ||
		info.Address[1].Name != "Ridge repairs" || info.Payees[0].Account != "123" || info.Languages[0] != "en" {
		t.Errorf("%+v", info)
	}
	if strings.Contains(said, "Fingerprint") {
		t.Error("a fingerprint of no certificate")
	}
}

func TestInitNamesWhatIsWrongAndMakesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "centre")
	for _, test := range []struct {
		answers  string
		args     []string
		mistakes []string
	}{
		{"", []string{"--name", "x"}, []string{"--yes"}},
		{"", []string{"--yes", "--languages", "fr", "--payee", "method=cash,colour=red"}, []string{"name:", "languages:", "method:", "colour", "account is missing"}},
		{"", []string{"--yes", "--name", "x", "--listen", "0.0.0.0:1", "--tls", "off"}, []string{"in the clear"}},
		{"Ridge repairs\n", nil, []string{"too early"}},
	} {
		_, err := begin(t, test.answers, append(test.args, "--data", dir)...)
		if err == nil || test.answers == "" && !errors.Is(err, errUsage) {
			t.Fatalf("%v: %v", test.args, err)
		}
		for _, mistake := range test.mistakes {
			if !strings.Contains(err.Error(), mistake) {
				t.Errorf("%v does not name %q: %v", test.args, mistake, err)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "centre.db")); err == nil {
			t.Fatalf("%v made a centre", test.args)
		}
	}
}
