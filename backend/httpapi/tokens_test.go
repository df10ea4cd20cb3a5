package httpapi_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/client"
	"hashmend/backend/httpapi"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// opens is the status that a token gets.
func (h *house) opens(token string) (int, string) {
	h.t.Helper()
	r, p := h.do("GET", wire.PathChanges, token, nil)
	return r.StatusCode, p.Code
}

// next exchanges a token for the next one, "" when it is refused.
func (h *house) next(token string) string {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), "POST", h.server.URL+wire.PathToken, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	var renewed wire.Renewed
	if err := json.Unmarshal(text, &renewed); err != nil {
		h.t.Fatal(err)
	}
	return renewed.Token
}

func TestATokenIsFreshForADay(t *testing.T) {
	h := build(t, true)
	token := h.token(repair.RoleCustomer, "Altyn Hash")
	h.now = h.now.Add(24 * time.Hour)
	if status, _ := h.opens(token); status != 200 {
		t.Errorf("after a day: %d", status)
	}
	h.now = h.now.Add(time.Second)
	if status, code := h.opens(token); status != 401 || code != wire.CodeTokenStale {
		t.Errorf("after more than a day: %d %s", status, code)
	}
	if status, _ := h.opens(h.next(token)); status != 200 {
		t.Errorf("the next one: %d", status)
	}
}

func TestALostAnswerToARenewalLocksNobodyOut(t *testing.T) {
	h := build(t, true)
	old := h.token(repair.RoleCustomer, "Altyn Hash")
	h.opens(old)
	lost := h.next(old)
	h.now = h.now.Add(100 * 24 * time.Hour) // for however long the line is dead
	next := h.next(old)
	if status, _ := h.opens(next); status != 200 {
		t.Fatalf("the token of the second answer: %d", status)
	}
	if status, _ := h.opens(lost); status != 401 {
		t.Errorf("the token of the lost answer opens: %d", status)
	}
}

// Whoever has the next token and uses it did get the answer. Who asks again with
// the old one is somebody else, also within the minute that the old one is good for.
func TestATokenWhoseSuccessorIsUsedIsNotExchanged(t *testing.T) {
	h := build(t, true)
	old := h.token(repair.RoleCustomer, "Altyn Hash")
	next := h.next(old)
	h.opens(next)
	if h.next(old) != "" {
		t.Error("it is exchanged")
	}
	if status, code := h.opens(next); status != 200 {
		t.Errorf("the desk is locked out: %d %s", status, code)
	}
}

func TestThePredecessorIsGoodForAMinuteAfterTheFirstUse(t *testing.T) {
	h := build(t, true)
	old := h.token(repair.RoleCustomer, "Altyn Hash")
	next := h.next(old)
	h.now = h.now.Add(time.Hour)
	if status, _ := h.opens(old); status != 200 {
		t.Errorf("before the next one was used: %d", status)
	}
	h.opens(next)
	h.now = h.now.Add(time.Minute)
	if status, _ := h.opens(old); status != 200 {
		t.Errorf("a request that was on its way: %d", status)
	}
}

// A token that comes back after its time was copied: whoever has it now is out,
// and so is the install, which must be invited again.
func TestATokenThatComesBackShutsItsInstallOut(t *testing.T) {
	h := build(t, true)
	old := h.token(repair.RoleCustomer, "Altyn Hash")
	sister := h.token(repair.RoleCustomer, "Altyn Hash")
	next := h.next(old)
	h.opens(next)
	h.now = h.now.Add(time.Minute + time.Second)
	if status, code := h.opens(old); status != 401 || code != wire.CodeTokenStale {
		t.Errorf("a request that comes late: %d %s", status, code)
	}
	if status, _ := h.opens(next); status != 200 {
		t.Errorf("a request that comes late, by itself, shuts out: %d", status)
	}
	if h.next(old) != "" {
		t.Error("the old one is exchanged")
	}
	for _, token := range []string{old, next} {
		if status, code := h.opens(token); status != 401 || code != wire.CodeTokenExpired {
			t.Errorf("got %d %s", status, code)
		}
		if h.next(token) != "" {
			t.Error("it is exchanged")
		}
	}
	if status, _ := h.opens(sister); status != 200 {
		t.Errorf("the other PC of the account: %d", status)
	}
}

func TestAPCThatStaysAwayForHalfAYearIsForgotten(t *testing.T) {
	h := build(t, true)
	token := h.token(repair.RoleCustomer, "Altyn Hash")
	h.now = h.now.Add(180 * 24 * time.Hour)
	if token = h.next(token); token == "" {
		t.Fatal("after 180 days it is not exchanged")
	}
	h.now = h.now.Add(180*24*time.Hour + time.Second)
	if status, code := h.opens(token); status != 401 || code != wire.CodeTokenExpired || h.next(token) != "" {
		t.Errorf("after more than 180 days: %d %s", status, code)
	}
}

func TestAClosedCentreRegistersNobody(t *testing.T) {
	h := build(t, true)
	if r, p := h.do("POST", wire.PathRegister, "", wire.Register{AccountName: "Me", PublicKey: key(t)}); r.StatusCode != 403 || p.Code != wire.CodeClosed {
		t.Errorf("got %d %+v", r.StatusCode, p)
	}
}

// An address makes at most ten accounts in a quarter of an hour, and a name that an
// invite made is not to be had by registering.
func TestAnOpenCentreIsNotFloodedAndGivesNoAccountAway(t *testing.T) {
	h := build(t, true)
	h.token(repair.RoleCustomer, "Altyn Hash")
	h.server.Config.Handler = httpapi.New(h.centre, httpapi.Options{Register: true, Now: func() time.Time { return h.now }})
	if r, p := h.do("POST", wire.PathRegister, "", wire.Register{AccountName: " Altyn Hash ", PublicKey: key(t)}); r.StatusCode != 409 || p.Code != wire.CodeAccountTaken {
		t.Errorf("the account of another: %d %+v", r.StatusCode, p)
	}
	mine := wire.Register{AccountName: "New farm", PublicKey: key(t)}
	for i := range 9 {
		if r, p := h.do("POST", wire.PathRegister, "", mine); r.StatusCode != 200 {
			t.Fatalf("try %d: %d %+v", i, r.StatusCode, p)
		}
	}
	if r, _ := h.do("POST", wire.PathRegister, "", mine); r.StatusCode != 429 {
		t.Errorf("the eleventh try: %d", r.StatusCode)
	}
	h.now = h.now.Add(2 * time.Hour)
	if r, p := h.do("POST", wire.PathRegister, "", mine); r.StatusCode != 409 || p.Code != wire.CodeAccountTaken {
		t.Errorf("two hours later: %d %+v", r.StatusCode, p)
	}
}

// The client renews by itself: many requests that meet a stale token together ask
// once, keep the next token before they use it, and go on.
func TestTheClientRenewsOnceForAllAndKeepsBeforeItUses(t *testing.T) {
	h := build(t, true)
	kept := make(chan string, 10)
	refuse := true
	token := h.token(repair.RoleCustomer, "Altyn Hash")
	c, err := client.New(client.Options{BaseURL: h.server.URL, Token: token, ServerID: h.centre.ServerID(), Renewed: func(next string) error {
		if refuse {
			refuse = false
			return io.ErrShortWrite
		}
		if status, _ := h.opens(token); status != 200 { // it was not used yet
			t.Errorf("the stale token is refused: %d", status)
		}
		kept <- next
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(48 * time.Hour)
	if _, err := c.Changes(t.Context(), "", 0); err == nil || !strings.Contains(err.Error(), wire.CodeTokenNotKept) {
		t.Errorf("a token that was not kept: %v", err)
	}
	h.now = h.now.Add(48 * time.Hour)
	results := make(chan error, 16)
	for range 16 {
		go func() {
			_, err := c.Changes(t.Context(), "", 0)
			results <- err
		}()
	}
	for range 16 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	if len(kept) != 1 {
		t.Fatalf("it renewed %d times", len(kept))
	}
	if status, _ := h.opens(<-kept); status != 200 {
		t.Errorf("what it kept does not open: %d", status)
	}
}

func TestAReadOnlyInviteIsForOnePC(t *testing.T) {
	h := build(t, true)
	invite, err := h.centre.Invite(t.Context(), centre.Operator(), wire.InviteAsk{Role: repair.RoleOffice, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	joined, err := h.centre.Join(t.Context(), wire.Join{Invite: invite.Code, PublicKey: key(t)})
	if err != nil {
		t.Fatal(err)
	}
	if r, p := h.do("POST", wire.PathInvites, joined.Token, wire.InviteAsk{Role: repair.RoleOffice}); r.StatusCode != 403 || p.Code != wire.CodeReadOnly {
		t.Errorf("a read-only office makes invites: %d %+v", r.StatusCode, p)
	}
}

// A centre that does not know the token, as one that was restored, gives another to
// who has the install's key; the client asks once for all, keeps it and goes on. A key
// that is refused is not shown again and again.
func TestTheClientProvesItselfByItsKey(t *testing.T) {
	h := build(t, true)
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	invite, err := h.centre.Invite(t.Context(), centre.Operator(), wire.InviteAsk{Role: repair.RoleCustomer, AccountName: "Altyn Hash"})
	if err != nil {
		t.Fatal(err)
	}
	joined, err := h.centre.Join(t.Context(), wire.Join{Invite: invite.Code, PublicKey: base64.StdEncoding.EncodeToString(public)})
	if err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Minute)
	signed := 0
	var kept []string
	lost := client.Options{BaseURL: h.server.URL, Token: "hm_of_a_lost_past", ServerID: h.centre.ServerID(), Install: joined.Install,
		Sign:    func(message []byte) []byte { signed++; return ed25519.Sign(private, message) },
		Renewed: func(next string) error { kept = append(kept, next); return nil }}
	c, err := client.New(lost)
	if err != nil {
		t.Fatal(err)
	}
	results := make(chan error, 8)
	for range 8 {
		go func() {
			_, err := c.Changes(t.Context(), "", 0)
			results <- err
		}()
	}
	for range 8 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	if signed != 1 || len(kept) != 1 {
		t.Fatalf("it asked %d times and kept %d tokens", signed, len(kept))
	}
	if status, _ := h.opens(kept[0]); status != 200 {
		t.Errorf("what was kept opens nothing: %d", status)
	}
	if err := h.centre.Revoke(t.Context(), joined.Install); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := c.Changes(t.Context(), "", 0); !errors.Is(err, &repair.Error{Code: wire.CodeTokenExpired}) {
			t.Errorf("shut out, it hears %v", err)
		}
	}
	if signed != 2 {
		t.Errorf("a key that was refused was shown %d times more", signed-1)
	}
}
