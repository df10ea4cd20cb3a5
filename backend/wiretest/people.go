package wiretest

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

func itoa(n int) string { return strconv.Itoa(n) }

func (s *suite) meta(t *testing.T) {
	var health wire.Health
	s.do(t, "GET", wire.PathHealth, call{}).into(t, 200, &health)
	if !health.OK {
		t.Error("the centre is not well")
	}
	s.do(t, "GET", wire.PathReady, call{}).into(t, 200, &health)
	var meta wire.Meta
	a := s.do(t, "GET", wire.PathMeta, call{})
	a.into(t, 200, &meta)
	if meta.API.Min > wire.Version || meta.API.Max < wire.Version {
		t.Errorf("the centre does not speak version %d: %+v", wire.Version, meta.API)
	}
	s.registration = meta.Registration
	if meta.ServerID == "" || a.header.Get(wire.HeaderServer) != meta.ServerID {
		t.Errorf("server id %q, header %q", meta.ServerID, a.header.Get(wire.HeaderServer))
	}
	s.do(t, "GET", wire.PathOpenAPI, call{}).into(t, 200, nil)
	s.do(t, "GET", "/v1/nothing", call{}).wants(t, 404, wire.CodeNoRoute)
	if a := s.do(t, "DELETE", wire.PathMeta, call{}); a.header.Get("Allow") == "" {
		t.Error("a wrong method is not told the right ones")
	} else {
		a.wants(t, 405, wire.CodeWrongMethod)
	}
	unwise(t, s, "GET", wire.PathMeta)
}

// unwise: a server that only this machine may reach refuses web pages; any other
// gives them no permission to read.
func unwise(t *testing.T, s *suite, method, path string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.target.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://elsewhere.example")
	response, err := s.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusForbidden && response.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("a web page of another origin may read the answer")
	}
}

// joins exchanges an invite code for a person.
func (s *suite) joins(t *testing.T, code string) who {
	t.Helper()
	var w who
	s.do(t, "POST", wire.PathJoin, call{body: encode(t, wire.Join{Invite: code, InstallName: "wiretest", PublicKey: newKey(t)})}).into(t, 200, &w.Joined)
	w.token = w.Joined.Token
	if w.token == "" || w.Install == "" || w.KeyID == "" {
		t.Errorf("joined without token, install or key: %+v", w.Joined)
	}
	return w
}

func (s *suite) invited(t *testing.T, by who, ask wire.InviteAsk) string {
	t.Helper()
	var invite wire.Invite
	s.do(t, "POST", wire.PathInvites, call{by: by, body: encode(t, ask)}).into(t, 201, &invite)
	return invite.Code
}

// mailbox: where an account is written to is its own, and known to its PCs alone.
func (s *suite) mailbox(t *testing.T) {
	cmd := repair.Command{Kind: repair.CmdSetMailbox, Mailbox: &repair.MailboxGiven{Email: "ann@farm.example", Language: "ru", Reminders: true}}
	s.done(t, s.ann, cmd)
	boxes := func(of who) (n int) {
		for _, row := range s.feed(t, of, "") {
			if row.T == wire.RowMailbox && strings.Contains(string(row.D), "ann@farm.example") {
				n++
			}
		}
		return n
	}
	if own, others := boxes(s.ann), boxes(s.bob); own != 1 || others != 0 {
		t.Errorf("the account's own feed has it %d times, another's %d times", own, others)
	}
	cmd.Mailbox = &repair.MailboxGiven{Email: "ann@farm.example\r\nBcc: eve@farm.example", Language: "ru"}
	a, _ := s.command(t, s.ann, cmd)
	a.wants(t, 422, repair.ErrMailAddress.Code)
	cmd.Mailbox = &repair.MailboxGiven{Language: "tlh"}
	a, _ = s.command(t, s.ann, cmd)
	a.wants(t, 422, repair.ErrMailLanguage.Code)
}

func (s *suite) join(t *testing.T) {
	s.admin = s.joins(t, s.target.AdminInvite)
	s.office = s.joins(t, s.invited(t, s.admin, wire.InviteAsk{Role: repair.RoleOffice, Name: "Olga"}))
	s.technician = s.joins(t, s.invited(t, s.office, wire.InviteAsk{Role: repair.RoleTechnician, Name: "Tian"}))
	s.annName = "Wiretest A " + newID(t)
	s.ann = s.joins(t, s.invited(t, s.office, wire.InviteAsk{Role: repair.RoleCustomer, AccountName: s.annName}))
	s.bob = s.joins(t, s.invited(t, s.office, wire.InviteAsk{Role: repair.RoleCustomer, AccountName: "Wiretest B " + newID(t)}))
	if s.ann.Account == "" || s.ann.Account == s.bob.Account || s.office.Account != "" {
		t.Errorf("accounts %q, %q, office %q", s.ann.Account, s.bob.Account, s.office.Account)
	}

	code := s.invited(t, s.office, wire.InviteAsk{Role: repair.RoleCustomer, AccountName: "Wiretest C " + newID(t)})
	join := wire.Join{Invite: strings.ToLower(strings.ReplaceAll(code, "-", " ")), InstallName: "lost answer", PublicKey: newKey(t)}
	var first, second wire.Joined
	s.do(t, "POST", wire.PathJoin, call{body: encode(t, join)}).into(t, 200, &first)
	s.do(t, "POST", wire.PathJoin, call{body: encode(t, join)}).into(t, 200, &second)
	if first.Install != second.Install {
		t.Error("the same install that joins again is another one")
	}
	s.do(t, "GET", wire.PathChanges, call{by: who{token: second.Token}}).into(t, 200, nil)

	join.PublicKey = newKey(t)
	s.do(t, "POST", wire.PathJoin, call{body: encode(t, join)}).wants(t, 403, wire.CodeInviteUnknown)
	join.PublicKey = "no key"
	s.do(t, "POST", wire.PathJoin, call{body: encode(t, join)}).wants(t, 422, wire.CodeBadPublicKey)
	s.do(t, "POST", wire.PathJoin, call{body: []byte(`{"invite":"a","invite":"b"}`)}).wants(t, 400, wire.CodeMalformed)
	s.do(t, "POST", wire.PathJoin, call{size: 1 << 20}).wants(t, 413, wire.CodeTooLarge)
	s.do(t, "POST", wire.PathJoin, call{body: []byte(`{}`), headers: plain}).wants(t, 415, wire.CodeUnsupportedType)
}

var plain = map[string]string{"Content-Type": "text/plain"}

func (s *suite) invites(t *testing.T) {
	ask := encode(t, wire.InviteAsk{Role: repair.RoleTechnician})
	s.do(t, "POST", wire.PathInvites, call{body: ask}).wants(t, 401, wire.CodeTokenExpired)
	s.do(t, "POST", wire.PathInvites, call{by: who{token: "hm_wrong"}, body: ask}).wants(t, 401, wire.CodeTokenExpired)
	for _, by := range []who{s.ann, s.technician} {
		s.do(t, "POST", wire.PathInvites, call{by: by, body: ask}).wants(t, 403, wire.CodeRole)
	}
	s.do(t, "POST", wire.PathInvites, call{by: s.office, body: encode(t, wire.InviteAsk{Role: repair.RoleAdmin})}).wants(t, 403, wire.CodeRole)
	s.do(t, "POST", wire.PathInvites, call{by: s.office, body: []byte(`{"role":"technician","wish":1}`)}).wants(t, 400, wire.CodeMalformed)
	s.do(t, "POST", wire.PathInvites, call{by: s.office, size: 1 << 20}).wants(t, 413, wire.CodeTooLarge)
	s.do(t, "POST", wire.PathInvites, call{by: s.office, body: ask, headers: plain}).wants(t, 415, wire.CodeUnsupportedType)
	s.do(t, "POST", wire.PathInvites, call{by: s.admin, body: []byte(`{"role":"king"}`)}).wants(t, 422, wire.CodeBadInvite)
	s.do(t, "POST", wire.PathInvites, call{by: s.office, body: []byte(`{"role":"customer"}`)}).wants(t, 422, wire.CodeBadInvite)
}

// guessing: whoever tries codes is slowed down, with the right code as well.
func (s *suite) guessing(t *testing.T) {
	code := s.invited(t, s.office, wire.InviteAsk{Role: repair.RoleTechnician})
	for range 50 {
		a := s.do(t, "POST", wire.PathJoin, call{body: encode(t, wire.Join{Invite: "AAAA-AAAA-AAAA", PublicKey: newKey(t)})})
		if a.status == http.StatusTooManyRequests {
			a.wants(t, 429, wire.CodeJoinTooMany)
			if a.header.Get("Retry-After") == "" {
				t.Error("it is not said when to come back")
			}
			s.do(t, "POST", wire.PathJoin, call{body: encode(t, wire.Join{Invite: code, PublicKey: newKey(t)})}).wants(t, 429, wire.CodeJoinTooMany)
			return
		}
		a.wants(t, 403, wire.CodeInviteUnknown)
	}
	t.Error("fifty wrong codes were not slowed down")
}
