package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestMailSettingsAreLookedOverTogether(t *testing.T) {
	dir := t.TempDir()
	password := filepath.Join(dir, "password")
	writeFile(t, password, "CANARY-password\n")
	if err := os.Chmod(password, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := readConfig(dir, "", noEnvironment, map[string]string{"mail-server": "mail.example:587", "mail-from": "Ridge <service@ridge.example>",
		"mail-user": "service", "mail-password-file": password})
	if err != nil || c.mail.Password != "CANARY-password" {
		t.Fatalf("%v", err)
	}
	if post, err := c.post(); post == nil || err != nil {
		t.Error(err)
	}
	none, err := readConfig(dir, "", noEnvironment, nil)
	if post, err2 := none.post(); err != nil || err2 != nil || post != nil {
		t.Errorf("without a server: %v %v %v", post, err, err2)
	}
	open := filepath.Join(dir, "open")
	writeFile(t, open, "CANARY-password\n")
	if err := os.Chmod(open, 0o644); err != nil {
		t.Fatal(err)
	}
	lines := filepath.Join(dir, "lines")
	writeFile(t, lines, "CANARY\npassword\n")
	if err := os.Chmod(lines, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]map[string]string{
		"mail-server":        {"mail-server": "mail.example"},
		"mail-tls":           {"mail-tls": "perhaps"},
		"mail-ca":            {"mail-ca": password},
		"mail: the sender":   {"mail-server": "mail.example:587"},
		"mail: without TLS":  {"mail-server": "mail.example:25", "mail-tls": "off", "mail-from": "a@b.example"},
		"read by others":     {"mail-password-file": open},
		"one line":           {"mail-password-file": lines},
		"user and a passwor": {"mail-server": "mail.example:587", "mail-from": "a@b.example", "mail-user": "u"},
	} {
		_, err := readConfig(dir, "", noEnvironment, bad)
		if err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "CANARY") {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

// TestR37NothingOfALetterReachesTheLog: a centre at which fees have been open for
// weeks writes to its customers by a server that refuses with every name it knows.
func TestR37NothingOfALetterReachesTheLog(t *testing.T) {
	dir := made(t)
	output(t, "seed", "--data", dir, "--now", time.Now().AddDate(0, 0, -40).UTC().Format(time.RFC3339))
	info := infoOf(t, dir)
	info.Settings.ForfeitUnpaid = true
	text, err := json.Marshal(info)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "info.json")
	writeFile(t, file, string(text))
	output(t, "info", "--data", dir, "--set", file)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	recipients := make(chan string, 100)
	go refuseAll(listener, recipients)
	var log bytes.Buffer
	server, _ := childWith(t, &log, "--data", dir, "--debug", "true", "--mail-server", listener.Addr().String(), "--mail-tls", "off",
		"--mail-from", "Ridge <service@ridge.example>")
	recipient := <-recipients
	<-recipients // what comes behind it: by then the first try is over
	if err := server.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = server.Wait()
	if !strings.Contains(log.String(), "letter not sent") || !strings.Contains(recipient, "@") {
		t.Errorf("the log is silent, so this test proves nothing: %q %s", recipient, log.String())
	}
	for _, secret := range []string{"CANARY", "@", strings.Trim(recipient, "<>")} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log tells %q: %s", secret, log.String())
		}
	}
}

// refuseAll is a mail server that knows nobody and says so with names.
func refuseAll(listener net.Listener, recipients chan<- string) {
	for {
		c, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer func() { _ = c.Close() }()
			lines := bufio.NewScanner(c)
			_, _ = c.Write([]byte("220 CANARY.example\r\n"))
			for lines.Scan() {
				answer := "250 CANARY"
				if to, is := strings.CutPrefix(lines.Text(), "RCPT TO:"); is {
					answer = "450 CANARY nobody is called " + to
					recipients <- to
				}
				if lines.Text() == "QUIT" {
					recipients <- "QUIT"
				}
				if _, err := c.Write([]byte(answer + "\r\n")); err != nil {
					return
				}
			}
		}()
	}
}
