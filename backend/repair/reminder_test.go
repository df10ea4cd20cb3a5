package repair_test

import (
	"slices"
	"strings"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

// counted is an unpaid case at a centre that counts the days for fees.
func counted() *rt.Story {
	return accepted().With(func(s *repair.Settings) { s.ForfeitUnpaid = true })
}

func TestRemindersDue(t *testing.T) {
	tests := []struct {
		name    string
		story   func() *rt.Story
		rule    string // "" when there must be none
		day     repair.Date
		from    repair.Date
		devices int
		due     string
	}{
		{"R37 before day 30 nobody is written to", func() *rt.Story { return counted().Days(29) }, "", "", "", 0, ""},
		{"R37 on day 30 the first reminder is due", func() *rt.Story { return counted().Days(30) }, "R35", "2026-04-03", "2026-06-03", 2, "240.00 USD"},
		{"R37 it stays the same until the next one", func() *rt.Story { return counted().Days(59) }, "R35", "2026-04-03", "2026-06-03", 2, "240.00 USD"},
		{"R37 one that was overtaken is not caught up on", func() *rt.Story { return counted().Days(86) }, "R35", "2026-05-28", "2026-06-03", 2, "240.00 USD"},
		{"R35 R37 by default nobody is reminded of a fee that forfeits nothing", func() *rt.Story { return accepted().Days(40) }, "", "", "", 0, ""},
		{"R37 a word of the customer starts the days anew", func() *rt.Story {
			return counted().Days(40).Must(rt.Farmer, text(repair.CmdMessage, "soon"))
		}, "", "", "", 0, ""},
		{"R37 money on its way stops the reminders", func() *rt.Story {
			return counted().Days(40).Must(rt.Farmer, rt.Voucher(1, 1, 2))
		}, "", "", "", 0, ""},
		{"R36 R37 a refused return is reminded of at once", refusedStory, "R36", "2026-03-05", "2026-03-06", 1, ""},
		{"R37 an ended work order has no reminders", func() *rt.Story {
			s := counted().Days(40)
			s.Case.Order.ClosedAt = s.Env.Now
			return s
		}, "", "", "", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story()
			got := s.Case.RemindersDue(s.Env)
			if tt.rule == "" {
				if len(got) != 0 {
					t.Fatalf("%+v", got)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("%+v", got)
			}
			r := got[0]
			if r.Rule != tt.rule || r.Day != tt.day || r.EligibleFrom != tt.from || len(r.Devices) != tt.devices {
				t.Errorf("%+v", r)
			}
			l := r.Letter("x", repair.Recipient{Email: "a@farm.example", Language: "zh-CN"}, s.Case, repair.CentreInfo{Name: "Ridge", NameZh: "山脊"})
			if strings.Join(l.Facts.Due, " ") != tt.due || l.Facts.Centre != "山脊" || len(l.Facts.Serials) != tt.devices ||
				(l.Kind == repair.LetterRefused) != (tt.rule == "R36") {
				t.Errorf("%+v", l)
			}
		})
	}
}

func TestRecipients(t *testing.T) {
	box := repair.Mailbox{Email: "office@farm.example", Language: "ru", Reminders: true}
	off := box
	off.Reminders = false
	tests := []struct {
		name    string
		contact repair.Contact
		box     repair.Mailbox
		want    []repair.Recipient
	}{
		{"R37 the contact and the account are written to, each in its language", repair.Contact{Email: "li@farm.example", Language: "zh-CN"}, box,
			[]repair.Recipient{{Email: "li@farm.example", Language: "zh-CN"}, {Email: "office@farm.example", Language: "ru"}}},
		{"R37 the same address gets one letter", repair.Contact{Email: "Office@farm.example", Language: "es-MX"}, box,
			[]repair.Recipient{{Email: "Office@farm.example", Language: "es"}}},
		{"R37 who wants no letters gets none, whoever the contact is", repair.Contact{Email: "li@farm.example"}, off, nil},
		{"an address that is none is left out", repair.Contact{Email: "li at farm"}, box, []repair.Recipient{{Email: "office@farm.example", Language: "ru"}}},
		{"without a language of the contact the account's holds", repair.Contact{Email: "li@farm.example", Language: "de"}, repair.Mailbox{Language: "ru", Reminders: true},
			[]repair.Recipient{{Email: "li@farm.example", Language: "ru"}}},
		{"without either the centre's holds", repair.Contact{Email: "li@farm.example"}, repair.Mailbox{Reminders: true},
			[]repair.Recipient{{Email: "li@farm.example", Language: "zh-CN"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := repair.Recipients(tt.contact, tt.box, []string{"zh-CN", "en"}); !slices.Equal(got, tt.want) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestMailAddress(t *testing.T) {
	for _, good := range []string{"a@b.example", " a.b+c@b.example ", "o'neil@b.example"} {
		if got, ok := repair.MailAddress(good); !ok || got != strings.TrimSpace(good) {
			t.Errorf("%q: %q %t", good, got, ok)
		}
	}
	for _, bad := range []string{"", "a", "a@b", "a@b.example, c@d.example", "A <a@b.example>", "a@b.example\r\nBcc: c@d.example",
		"a@b.example\x00", "\"a b\"@b.example", "li@农场.example", "a@@b.example", strings.Repeat("a", 250) + "@b.example"} {
		if got, ok := repair.MailAddress(bad); ok {
			t.Errorf("%q was taken as %q", bad, got)
		}
	}
}

func FuzzMailAddress(f *testing.F) {
	for _, seed := range []string{"a@b.example", "a@b.example\nBcc: x@y.example", "<a@b.example>", "=?utf-8?q?x?=@b.example"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		address, ok := repair.MailAddress(text)
		if ok && (strings.ContainsAny(address, "\r\n\x00 ,<>") || strings.Count(address, "@") != 1) {
			t.Errorf("%q was taken as %q", text, address)
		}
	})
}

func TestSetMailbox(t *testing.T) {
	env := rt.Env(rt.Start)
	cmd := func(email, language string) repair.Command {
		return repair.Command{ID: rt.CommandID(1), Kind: repair.CmdSetMailbox, Mailbox: &repair.MailboxGiven{Email: email, Language: language, Reminders: true}}
	}
	t.Run("R37 a customer says where reminders go", func(t *testing.T) {
		got, err := repair.SetMailbox(rt.Farmer, cmd(" a@b.example", "ru"), env)
		if err != nil || got.Email != "a@b.example" || got.Account != rt.Farmer.Account || got.By != rt.Farmer.Name || !got.Reminders || got.At != env.Now {
			t.Errorf("%+v %v", got, err)
		}
		if got, err := repair.SetMailbox(rt.Farmer, cmd("", "en"), env); err != nil || got.Email != "" {
			t.Errorf("no address is an answer too: %+v %v", got, err)
		}
		_, err = repair.SetMailbox(rt.Farmer, cmd("nobody", "en"), env)
		checkCode(t, err, "account.email_invalid")
		_, err = repair.SetMailbox(rt.Farmer, cmd("a@b.example", "tlh"), env)
		checkCode(t, err, "account.language_unknown")
		_, err = repair.SetMailbox(rt.Farmer, repair.Command{ID: rt.CommandID(1), Kind: repair.CmdSetMailbox}, env)
		checkCode(t, err, "command.part_missing")
		_, err = repair.SetMailbox(rt.Office, cmd("a@b.example", "en"), env)
		checkCode(t, err, "person.wrong_side")
	})
}
