package httpapi_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/blob"
	"hashmend/backend/carrier"
	"hashmend/backend/centre"
	"hashmend/backend/centredb"
	"hashmend/backend/checkout"
	"hashmend/backend/httpapi"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// house is a centre behind its HTTP side, with a store that can be made to fail.
type house struct {
	t      *testing.T
	centre *centre.Centre
	store  *moody
	server *httptest.Server
	log    *bytes.Buffer
	now    time.Time
}

// moody is a store that fails when it is told to.
type moody struct {
	centre.Store
	err    error // of everything
	writes error // of writing only
	panic  bool
}

func (m *moody) Update(ctx context.Context, f func(centre.Tx) error) error {
	if err := errors.Join(m.err, m.writes); err != nil {
		return err
	}
	return m.Store.Update(ctx, f)
}

func (m *moody) View(ctx context.Context, f func(centre.Tx) error) error {
	if m.panic {
		panic("secret of the store")
	}
	if m.err != nil {
		return m.err
	}
	return m.Store.View(ctx, f)
}

// tracks is one service, which nobody asks.
var tracks = centre.Tracks{Services: carrier.New(carrier.Settings{Kuaidi100: carrier.Kuaidi100Settings{
	Customer: "c", Key: "k", Salt: "a-salt-of-our-own", Address: "http://127.0.0.1:1"}}, nil, nil)}

// pages is a payment server that is not there.
var pages = centre.Checkouts{Server: checkout.New(checkout.Settings{Address: "http://127.0.0.1:1", Store: "s", Key: "k", Secret: "a-secret-of-our-own"}, nil)}

func build(t *testing.T, loopback bool) *house {
	t.Helper()
	store, err := centredb.Open(t.Context(), filepath.Join(t.TempDir(), "centre.db"))
	if err != nil {
		t.Fatal(err)
	}
	return buildOn(t, store, loopback)
}

// engine is a store that the test closes.
type engine interface {
	centre.Store
	Close() error
}

func buildOn(t *testing.T, store engine, loopback bool) *house {
	t.Helper()
	files, err := blob.Open(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, store: &moody{Store: store}, log: &bytes.Buffer{}, now: Start}
	clock := func() time.Time { return h.now }
	if h.centre, err = centre.New(t.Context(), h.store, blob.Folder{Store: files}, centre.Options{Now: clock, Tracking: tracks, Checkouts: pages}); err != nil {
		t.Fatal(err)
	}
	h.server = httptest.NewServer(httpapi.New(h.centre, httpapi.Options{
		Loopback: loopback, Now: clock, Log: slog.New(slog.NewTextHandler(h.log, nil))}))
	t.Cleanup(func() {
		h.server.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

func (h *house) token(role repair.Role, account string) string {
	h.t.Helper()
	invite, err := h.centre.Invite(h.t.Context(), centre.Operator(), wire.InviteAsk{Role: role, AccountName: account})
	if err != nil {
		h.t.Fatal(err)
	}
	joined, err := h.centre.Join(h.t.Context(), wire.Join{Invite: invite.Code, PublicKey: key(h.t)})
	if err != nil {
		h.t.Fatal(err)
	}
	return joined.Token
}

func key(t *testing.T) string {
	t.Helper()
	public, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(public)
}

func (h *house) do(method, path, token string, body any, change ...func(*http.Request)) (*http.Response, wire.Problem) {
	h.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		h.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.server.URL+path, bytes.NewReader(data))
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", wire.TypeJSON)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for _, f := range change {
		f(r)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil {
		h.t.Fatal(err)
	}
	var p wire.Problem
	if response.StatusCode >= 400 {
		if err := json.Unmarshal(text, &p); err != nil {
			h.t.Fatalf("%s %s: %d %q", method, path, response.StatusCode, text)
		}
	}
	if strings.Contains(string(text), "secret") {
		h.t.Errorf("%s %s tells what is inside: %s", method, path, text)
	}
	return response, p
}

func (h *house) files(token string) {
	h.t.Helper()
	if r, p := h.do("PUT", wire.PathWorkOrders+string(OrderID), token, Submission(2)); r.StatusCode != http.StatusCreated {
		h.t.Fatalf("%+v", p)
	}
}

func newID(t *testing.T) repair.CommandID {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return repair.CommandID(id.String())
}

func TestAFaultInsideStaysInside(t *testing.T) {
	h := build(t, true)
	token := h.token(repair.RoleCustomer, "Altyn Hash")
	for _, test := range []struct {
		name   string
		mood   moody
		status int
		code   string
		retry  wire.Retry
	}{
		{"an error that nobody expected", moody{err: errors.New("secret table is broken")}, 500, wire.CodeInternal, wire.RetryAfter},
		{"a panic", moody{panic: true}, 500, wire.CodeInternal, wire.RetryAfter},
		{"a full disk", moody{err: (&repair.Error{Kind: repair.Unavailable, Code: wire.CodeDiskFull}).Because(errors.New("secret path"))}, 507, wire.CodeDiskFull, wire.RetryAfter},
		{"a busy store", moody{err: &repair.Error{Kind: repair.Unavailable, Code: wire.CodeBusy}}, 503, wire.CodeBusy, wire.RetryAfter},
	} {
		t.Run(test.name, func(t *testing.T) {
			h.store.err, h.store.panic = test.mood.err, test.mood.panic
			defer func() { h.store.err, h.store.panic = nil, false }()
			for _, path := range []string{wire.PathMeta, wire.PathChanges} {
				r, p := h.do("GET", path, token, nil)
				if r.StatusCode != test.status || p.Code != test.code || p.Retry != test.retry || r.Header.Get("Retry-After") == "" {
					t.Errorf("%s: got %d %+v", path, r.StatusCode, p)
				}
			}
		})
	}
	if !strings.Contains(h.log.String(), "secret table is broken") {
		t.Errorf("the log does not say what it was: %s", h.log)
	}
	h.files(token) // and then it works again
}

func TestAnUnwellCentreSaysSo(t *testing.T) {
	h := build(t, true)
	h.store.err = errors.New("gone")
	if r, p := h.do("GET", wire.PathHealth, "", nil); r.StatusCode != 503 || p.Code != wire.CodeBusy {
		t.Errorf("got %d %+v", r.StatusCode, p)
	}
}

func TestALoopbackServerRefusesWebPages(t *testing.T) {
	origin := func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }
	rebound := func(r *http.Request) { r.Host = "evil.example" }
	local := func(r *http.Request) { r.Host = "localhost:1234" }
	h := build(t, true)
	for _, change := range []func(*http.Request){origin, rebound} {
		if r, p := h.do("GET", wire.PathMeta, "", nil, change); r.StatusCode != 403 || p.Code != wire.CodeForeignOrigin {
			t.Errorf("got %d %+v", r.StatusCode, p)
		}
	}
	if r, _ := h.do("GET", wire.PathMeta, "", nil, local); r.StatusCode != 200 {
		t.Errorf("localhost is refused: %d", r.StatusCode)
	}
	public := build(t, false)
	if r, _ := public.do("GET", wire.PathMeta, "", nil, rebound); r.StatusCode != 200 {
		t.Errorf("a public server has names of its own: %d", r.StatusCode)
	}
}

func TestARevokedInstallIsOut(t *testing.T) {
	h := build(t, true)
	token := h.token(repair.RoleCustomer, "Altyn Hash")
	by, err := h.centre.Authenticate(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.centre.Revoke(t.Context(), by.Install); err != nil {
		t.Fatal(err)
	}
	r, p := h.do("GET", wire.PathChanges, token, nil)
	if r.StatusCode != 401 || p.Code != wire.CodeTokenExpired || r.Header.Get("WWW-Authenticate") != "Bearer" {
		t.Errorf("got %d %+v", r.StatusCode, p)
	}
}

func TestAnInviteExpires(t *testing.T) {
	h := build(t, true)
	invite, err := h.centre.Invite(t.Context(), centre.Operator(), wire.InviteAsk{Role: repair.RoleOffice})
	if err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(73 * time.Hour)
	if r, p := h.do("POST", wire.PathJoin, "", wire.Join{Invite: invite.Code, PublicKey: key(t)}); r.StatusCode != 403 || p.Code != wire.CodeInviteUnknown {
		t.Errorf("got %d %+v", r.StatusCode, p)
	}
}

func TestALostJoinMayBeRepeatedForAnHourByTheSameInstall(t *testing.T) {
	h := build(t, true)
	invite, err := h.centre.Invite(t.Context(), centre.Operator(), wire.InviteAsk{Role: repair.RoleOffice})
	if err != nil {
		t.Fatal(err)
	}
	join := wire.Join{Invite: invite.Code, PublicKey: key(t)}
	for _, step := range []struct {
		after  time.Duration
		status int
	}{{0, 200}, {59 * time.Minute, 200}, {2 * time.Minute, 403}} {
		h.now = h.now.Add(step.after)
		if r, p := h.do("POST", wire.PathJoin, "", join); r.StatusCode != step.status {
			t.Errorf("after %s: got %d %+v", step.after, r.StatusCode, p)
		}
	}
}

func TestGuessingInvitesIsSlowedDownForAQuarterOfAnHour(t *testing.T) {
	h := build(t, true)
	guess := func() int {
		r, _ := h.do("POST", wire.PathJoin, "", wire.Join{Invite: "AAAA-BBBB-CCCC", PublicKey: key(t)})
		return r.StatusCode
	}
	for i := range 10 {
		if status := guess(); status != 403 {
			t.Fatalf("try %d: %d", i+1, status)
		}
	}
	if status := guess(); status != 429 {
		t.Errorf("the eleventh try: %d", status)
	}
	h.now = h.now.Add(16 * time.Minute)
	if status := guess(); status != 403 {
		t.Errorf("a quarter of an hour later: %d", status)
	}
}
