package letter_test

import (
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"testing"
	"time"

	"hashmend/backend/letter"
	"hashmend/backend/repair"
)

func reminder(language string) repair.Letter {
	return repair.Letter{ID: "00ff", To: "li@farm.example", Language: language, Kind: repair.LetterUnpaid, Facts: repair.LetterFacts{
		Centre: "Ridge repairs", Number: "WO-2026-000001", Reference: "farm 7", Devices: 2, Serials: []string{"JXT2600001Q", "JXT2600002Q"},
		Due: []string{"240.00 USD"}, Day: "2026-04-03", EligibleFrom: "2026-06-03"}}
}

func sender(t *testing.T, s *server, change func(*letter.Options)) *letter.Sender {
	t.Helper()
	o := letter.Options{Server: s.address(), Security: letter.STARTTLS, User: "service", Password: "CANARY-password",
		From: "Ridge repairs <service@ridge.example>", Roots: s.roots, Timeout: 10 * time.Second}
	change(&o)
	made, err := letter.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func asIs(*letter.Options) {}

// read takes a letter apart as a mail program does.
func read(t *testing.T, raw string) (m *mail.Message, subject, text string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	return m, subject, string(body)
}

func TestEveryLetterHasWordsInEveryLanguage(t *testing.T) {
	placeholder := regexp.MustCompile(`\{\{|<no value>|%!`)
	for _, kind := range repair.LetterKinds() {
		seen := map[string]bool{}
		for _, language := range repair.MailLanguages() {
			l := reminder(language)
			l.Kind = kind
			subject, text, err := letter.Write(l)
			if err != nil {
				t.Fatal(err)
			}
			for _, fact := range []string{"WO-2026-000001", "farm 7", "JXT2600002Q", "2026-06-03", "Ridge repairs"} {
				if !strings.Contains(text, fact) {
					t.Errorf("%s in %s does not say %s:\n%s", kind, language, fact, text)
				}
			}
			if kind == repair.LetterUnpaid && !strings.Contains(text, "240.00 USD") {
				t.Errorf("%s in %s does not say what is owed", kind, language)
			}
			if subject == "" || !strings.Contains(subject, "WO-2026-000001") || placeholder.MatchString(subject+text) || seen[text] {
				t.Errorf("%s in %s: %q\n%s", kind, language, subject, text)
			}
			seen[text] = true
		}
	}
	l := reminder("tlh")
	if _, _, err := letter.Write(l); err == nil {
		t.Error("there are words in a language that nobody wrote")
	}
}

func TestALetterIsTakenOverEitherKindOfTLS(t *testing.T) {
	for name, implicit := range map[string]bool{"STARTTLS": false, "TLS from the first byte": true} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(s *server) { s.implicit = implicit })
			post := sender(t, s, func(o *letter.Options) {
				if implicit {
					o.Security = letter.TLS
				}
			})
			if err := post.Send(t.Context(), reminder("zh-CN")); err != nil {
				t.Fatal(err)
			}
			if len(s.taken()) != 1 || len(s.users) != 1 || s.users[0] != "\x00service\x00CANARY-password" {
				t.Fatalf("%d letters by %q", len(s.taken()), s.users)
			}
			m, subject, text := read(t, s.taken()[0])
			if m.Header.Get("To") != "<li@farm.example>" || m.Header.Get("Message-Id") != "<00ff@ridge.example>" ||
				m.Header.Get("Auto-Submitted") != "auto-generated" || m.Header.Get("Content-Language") != "zh-CN" {
				t.Errorf("%v", m.Header)
			}
			if !strings.Contains(subject, "维修费尚未支付") || !strings.Contains(text, "240.00 USD") {
				t.Errorf("%s\n%s", subject, text)
			}
		})
	}
}

func TestNothingThatPeopleTypeBecomesAHeader(t *testing.T) {
	s := serve(t, func(*server) {})
	l := reminder("en")
	evil := "x\r\nBcc: everybody@evil.example\r\n\r\nPay here instead\u2028now\u202e"
	l.Facts.Number, l.Facts.Reference, l.Facts.Centre, l.Facts.Serials = evil, evil, evil, []string{evil}
	if err := sender(t, s, asIs).Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	m, subject, text := read(t, s.taken()[0])
	if m.Header.Get("Bcc") != "" || strings.ContainsAny(subject, "\r\n\u2028\u202e") || strings.Contains(text, "\nBcc:") || strings.Contains(text, "\nPay here") {
		t.Errorf("%v\n%s", m.Header, text)
	}
	l = reminder("en")
	l.To = "li@farm.example\r\nRCPT TO:<everybody@evil.example>"
	if err := sender(t, s, asIs).Send(t.Context(), l); !permanent(err) {
		t.Errorf("an address of two lines: %v", err)
	}
	if len(s.taken()) != 1 {
		t.Error("it was sent")
	}
}

func permanent(err error) bool {
	var p interface{ Permanent() bool }
	return errors.As(err, &p) && p.Permanent()
}

func TestWhatGoesWrongIsToldWithoutNames(t *testing.T) {
	for _, test := range []struct {
		name    string
		server  func(*server)
		options func(*letter.Options)
		told    string
		forGood bool
	}{
		{"the recipient is unknown", func(s *server) { s.says["RCPT"] = "550 5.1.1 li@farm.example: no such user" }, asIs, "recipient (550)", true},
		{"the recipient's mailbox is busy", func(s *server) { s.says["RCPT"] = "450 4.2.0 greylisted, li@farm.example" }, asIs, "recipient (450)", false},
		{"the recipient's address is none, without a finer code", func(s *server) { s.says["RCPT"] = "553 li@farm.example: no such address" }, asIs, "recipient (553)", true},
		{"the recipient's mailbox is closed", func(s *server) { s.says["RCPT"] = "550 5.2.1 li@farm.example is closed" }, asIs, "recipient (550)", true},
		{"the recipient's mailbox is full", func(s *server) { s.says["RCPT"] = "552 5.2.2 li@farm.example is full" }, asIs, "recipient (552)", false},
		{"relaying denied", func(s *server) { s.says["RCPT"] = "550 5.7.1 li@farm.example: relaying denied" }, asIs, "recipient (550)", false},
		{"relaying denied, with another number", func(s *server) { s.says["RCPT"] = "554 5.7.1 li@farm.example: Relay access denied" }, asIs, "recipient (554)", false},
		{"relaying denied, without a finer code", func(s *server) { s.says["RCPT"] = "554 Relay access denied" }, asIs, "recipient (554)", false},
		{"we are to say who we are", func(s *server) { s.says["RCPT"] = "530 Authentication required" }, asIs, "recipient (530)", false},
		{"we are somebody else", func(s *server) { s.says["RCPT"] = "535 5.7.8 no" }, asIs, "recipient (535)", false},
		{"the sender is not liked", func(s *server) { s.says["MAIL"] = "550 who is service@ridge.example" }, asIs, "sender (550)", false},
		{"the text is refused", func(s *server) { s.says["TEXT"] = "554 spam for li@farm.example" }, asIs, "text (554)", false},
		{"there is no room", func(s *server) { s.says["DATA"] = "452 full" }, asIs, "text (452)", false},
		{"the password is wrong", func(s *server) { s.says["AUTH"] = "535 CANARY-password is wrong" }, asIs, "(535)", false},
		{"TLS is not offered", func(s *server) { s.starttls = false }, asIs, "connection", false},
		{"TLS is refused", func(s *server) { s.says["STARTTLS"] = "454 not now" }, asIs, "(454)", false},
		{"the certificate is another's", func(*server) {}, func(o *letter.Options) { o.Roots = nil }, "certificate", false},
		{"the server hangs in the middle", func(s *server) { s.hang = "RCPT" }, func(o *letter.Options) { o.Timeout = 200 * time.Millisecond }, "stuck", false},
		{"the server does not greet", func(s *server) { s.hang = "EHLO" }, func(o *letter.Options) { o.Timeout = 200 * time.Millisecond }, "stuck", false},
		{"nobody is there", func(*server) {}, func(o *letter.Options) { o.Server = "127.0.0.1:1" }, "connection", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.server)
			err := sender(t, s, test.options).Send(t.Context(), reminder("en"))
			if err == nil {
				t.Fatal("nothing went wrong")
			}
			if !strings.Contains(err.Error(), test.told) || permanent(err) != test.forGood {
				t.Errorf("%v, permanent %t", err, permanent(err))
			}
			for _, secret := range []string{"li@", "farm.example", "CANARY", "service@"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("it says %q: %v", secret, err)
				}
			}
			if len(s.taken()) != 0 {
				t.Error("the letter was taken all the same")
			}
		})
	}
}

func TestAPasswordNeverTravelsInTheClear(t *testing.T) {
	s := serve(t, func(s *server) { s.starttls = false })
	if err := sender(t, s, asIs).Send(t.Context(), reminder("en")); err == nil || len(s.users) != 0 {
		t.Errorf("%v, %q", err, s.users)
	}
	for _, o := range []letter.Options{
		{Server: "mail.example:25", Security: letter.Plain, From: "a@b.example"},
		{Server: "127.0.0.1:25", Security: letter.Plain, User: "u", Password: "p", From: "a@b.example"},
		{Server: "mail.example:587", Security: letter.STARTTLS, User: "u", From: "a@b.example"},
		{Server: "mail.example", Security: letter.STARTTLS, From: "a@b.example"},
		{Server: "mail.example:587", Security: "maybe", From: "a@b.example"},
		{Server: "mail.example:587", Security: letter.STARTTLS, From: "service"},
	} {
		if _, err := letter.New(o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
	plain := serve(t, func(s *server) { s.starttls = false })
	relay := sender(t, plain, func(o *letter.Options) { o.Security, o.User, o.Password = letter.Plain, "", "" })
	if err := relay.Send(t.Context(), reminder("es")); err != nil || len(plain.taken()) != 1 {
		t.Errorf("a relay on this machine: %v", err)
	}
}
