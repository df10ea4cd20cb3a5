package wiretest

import (
	"crypto/ed25519"
	"encoding/base64"
	"net/http"
	"testing"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// renewed exchanges a person's token for the next one.
func (s *suite) renewed(t *testing.T, by who) who {
	t.Helper()
	var next wire.Renewed
	s.do(t, "POST", wire.PathToken, call{by: by}).into(t, 200, &next)
	if next.Token == "" || next.Token == by.token {
		t.Fatalf("the next token is %q", next.Token)
	}
	by.token = next.Token
	return by
}

// tokens: a token is exchanged; an answer that was lost locks nobody out.
func (s *suite) tokens(t *testing.T) {
	looks := func(by who) int { return s.do(t, "GET", wire.PathInstalls, call{by: by}).status }
	old := s.joins(t, s.invited(t, s.office, wire.InviteAsk{Role: repair.RoleTechnician}))
	lost := s.renewed(t, old)
	if looks(old) != 200 {
		t.Error("the answer was lost, and the old token is refused")
	}
	next := s.renewed(t, old)
	if looks(next) != 200 || looks(old) != 200 {
		t.Error("a token and the one before it, just after the first use, do not both open")
	}
	if looks(lost) != 401 {
		t.Error("a token that was replaced before it was used opens")
	}
	s.do(t, "POST", wire.PathToken, call{}).wants(t, 401, wire.CodeTokenExpired)
	s.do(t, "POST", wire.PathToken, call{by: who{token: "hm_wrong"}}).wants(t, 401, wire.CodeTokenExpired)
}

// byKey: where the token is not known, the install's key is.
func (s *suite) byKey(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	invite := s.invited(t, s.office, wire.InviteAsk{Role: repair.RoleTechnician})
	var w who
	s.do(t, "POST", wire.PathJoin, call{body: encode(t, wire.Join{Invite: invite, PublicKey: base64.StdEncoding.EncodeToString(public)})}).into(t, 200, &w.Joined)
	ask := func(install repair.InstallID, signs ed25519.PrivateKey) answer {
		var meta wire.Meta
		s.do(t, "GET", wire.PathMeta, call{}).into(t, 200, &meta)
		a := wire.TokenAsk{Install: install, At: meta.Time}
		a.Signature = base64.StdEncoding.EncodeToString(ed25519.Sign(signs, a.Signed(meta.ServerID)))
		return s.do(t, "POST", wire.PathTokenByKey, call{body: encode(t, a)})
	}
	_, other, _ := ed25519.GenerateKey(nil)
	ask(w.Install, other).wants(t, 401, wire.CodeTokenExpired)
	ask(repair.InstallID(newID(t)), private).wants(t, 401, wire.CodeTokenExpired)
	s.do(t, "POST", wire.PathTokenByKey, call{body: []byte("{")}).wants(t, 400, wire.CodeMalformed)
	s.do(t, "POST", wire.PathTokenByKey, call{size: 1 << 20}).wants(t, 413, wire.CodeTooLarge)
	s.do(t, "POST", wire.PathTokenByKey, call{body: []byte(`{}`), headers: plain}).wants(t, 415, wire.CodeUnsupportedType)
	var next wire.Renewed
	for until := time.Now().Add(5 * time.Second); ; {
		got := ask(w.Install, private)
		if got.status == 200 || time.Now().After(until) { // not in the second in which it got its first
			got.into(t, 200, &next)
			break
		}
	}
	if status := s.do(t, "GET", wire.PathInstalls, call{by: who{token: next.Token}}).status; status != 200 {
		t.Errorf("the token opens nothing: %d", status)
	}
}

// installs: who may see and shut out which PC.
func (s *suite) installs(t *testing.T) {
	list := func(by who) map[repair.InstallID]wire.Install {
		t.Helper()
		var all wire.Installs
		s.do(t, "GET", wire.PathInstalls, call{by: by}).into(t, 200, &all)
		found := map[repair.InstallID]wire.Install{}
		for _, i := range all.Installs {
			found[i.ID] = i
		}
		return found
	}
	stolen := s.joins(t, s.invited(t, s.office, wire.InviteAsk{Role: repair.RoleCustomer, AccountName: s.annName, Name: "laptop"}))
	mine := list(s.ann)
	if len(mine) != 2 || !mine[s.ann.Install].Self || mine[stolen.Install].Self || mine[stolen.Install].Account != s.ann.Account {
		t.Errorf("ann sees %+v", mine)
	}
	if bobs := list(s.bob); len(bobs) != 1 || !bobs[s.bob.Install].Self {
		t.Errorf("bob sees %+v", bobs)
	}
	if own := list(s.office); len(own) != 1 || !own[s.office.Install].Self {
		t.Errorf("the office sees %+v", own)
	}
	if all := list(s.admin); len(all) < 6 || all[stolen.Install].Person != "laptop" {
		t.Errorf("the admin sees %d", len(all))
	}
	s.do(t, "GET", wire.PathInstalls, call{}).wants(t, 401, wire.CodeTokenExpired)

	path := wire.PathInstalls + "/" + string(stolen.Install)
	s.do(t, "DELETE", path, call{}).wants(t, 401, wire.CodeTokenExpired)
	foreign := s.do(t, "DELETE", path, call{by: s.bob})
	unknown := s.do(t, "DELETE", wire.PathInstalls+"/"+newID(t), call{by: s.bob})
	foreign.wants(t, 404, wire.CodeInstallNotFound)
	if string(foreign.body) != string(unknown.body) {
		t.Errorf("a foreign PC is told from an unknown one:\n%s\n%s", foreign.body, unknown.body)
	}
	s.do(t, "DELETE", path, call{by: s.office}).wants(t, 404, wire.CodeInstallNotFound)
	s.do(t, "DELETE", path, call{by: s.ann}).into(t, 204, nil)
	s.do(t, "DELETE", path, call{by: s.admin}).into(t, 204, nil) // again, and no matter
	s.do(t, "GET", wire.PathChanges, call{by: stolen}).wants(t, 401, wire.CodeTokenExpired)
	s.do(t, "POST", wire.PathToken, call{by: stolen}).wants(t, 401, wire.CodeTokenExpired)
	if !list(s.ann)[stolen.Install].RevokedAt.IsSet() {
		t.Error("it is not told that the PC is shut out")
	}
}

// readOnly: a PC that may only look changes nothing.
func (s *suite) readOnly(t *testing.T) {
	code := s.invited(t, s.office, wire.InviteAsk{Role: repair.RoleCustomer, AccountName: s.annName, ReadOnly: true})
	wall := s.joins(t, code)
	if !wall.ReadOnly {
		t.Error("it is not told that it may only look")
	}
	s.do(t, "GET", wire.PathChanges, call{by: wall}).into(t, 200, nil)
	s.do(t, "GET", wire.PathWorkOrders+string(s.order), call{by: wall}).into(t, 200, nil)
	half := picture(t)
	upload := s.begun(t, s.ann, half, "half.png", int64(len(half)))
	s.do(t, "PUT", wire.PathWorkOrders+newID(t), call{by: wall, body: encode(t, submission(t, 1))}).wants(t, 403, wire.CodeReadOnly)
	s.do(t, "PUT", wire.PathOps+newID(t), call{by: wall, body: []byte("{}")}).wants(t, 403, wire.CodeReadOnly)
	s.do(t, "DELETE", wire.PathInstalls+"/"+string(s.ann.Install), call{by: wall}).wants(t, 403, wire.CodeReadOnly)
	s.announce(t, wall, half, "half.png", int64(len(half))).wants(t, 403, wire.CodeReadOnly)
	s.patch(t, wall, upload, 0, half).wants(t, 403, wire.CodeReadOnly)
	s.do(t, "DELETE", upload, call{by: wall, headers: tus}).wants(t, 403, wire.CodeReadOnly)
	s.renewed(t, wall)
}

// register: where strangers may make an account, a name is given once.
func (s *suite) register(t *testing.T) {
	ask := wire.Register{AccountName: "Wiretest R " + newID(t), InstallName: "stranger", PublicKey: newKey(t)}
	if s.registration != wire.RegistrationOpen {
		s.do(t, "POST", wire.PathRegister, call{body: encode(t, ask)}).wants(t, 403, wire.CodeClosed)
		return
	}
	var first, second wire.Joined
	s.do(t, "POST", wire.PathRegister, call{body: encode(t, ask)}).into(t, 200, &first)
	s.do(t, "POST", wire.PathRegister, call{body: encode(t, ask)}).into(t, 200, &second)
	if first.Role != repair.RoleCustomer || first.Account == "" || first.Install != second.Install {
		t.Errorf("registered as %+v and %+v", first, second)
	}
	s.do(t, "GET", wire.PathChanges, call{by: who{token: second.Token}}).into(t, 200, nil)
	ask.PublicKey = newKey(t)
	s.do(t, "POST", wire.PathRegister, call{body: encode(t, ask)}).wants(t, 409, wire.CodeAccountTaken)
	ask.PublicKey = "no key"
	s.do(t, "POST", wire.PathRegister, call{body: encode(t, ask)}).wants(t, 422, wire.CodeBadPublicKey)
	s.do(t, "POST", wire.PathRegister, call{body: []byte(`{"account_name":1}`)}).wants(t, 400, wire.CodeMalformed)
	s.do(t, "POST", wire.PathRegister, call{size: 1 << 20}).wants(t, 413, wire.CodeTooLarge)
	s.do(t, "POST", wire.PathRegister, call{body: []byte(`{}`), headers: plain}).wants(t, 415, wire.CodeUnsupportedType)
}

// masses: nobody makes accounts by the dozen. It comes when the door is closed to
// this address already.
func (s *suite) masses(t *testing.T) {
	if s.registration != wire.RegistrationOpen {
		return
	}
	a := s.do(t, "POST", wire.PathRegister, call{body: encode(t, wire.Register{AccountName: newID(t), PublicKey: newKey(t)})})
	a.wants(t, http.StatusTooManyRequests, wire.CodeJoinTooMany)
}
