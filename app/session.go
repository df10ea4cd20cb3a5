package app

import (
	"context"
	"io"
	"log"
	"time"

	"hashmend/backend/keyring"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/syncer"
	"hashmend/backend/wire"
)

// pollPractice is how often the practice centre is asked: it costs nothing and
// should feel live.
const pollPractice = 2 * time.Second

// lastSession is the preference that names the session to take up again.
const lastSession = "session"

// centre is a centre as a session uses it.
type centre interface {
	syncer.Centre
	File(ctx context.Context, hash string, w io.Writer) error
}

// session is whom the desk speaks for, and what keeps that in step.
type session struct {
	localdb.Session
	centre centre
	sync   *syncer.Syncer
	pin    string        // of the centre's own certificate, "" for none
	kept   keyring.Place // of its token
	stop   func()        // and wait
}

// whom says whom the desk speaks for.
func (h *house) whom() (localdb.Session, bool) {
	if s := h.now(); s != nil {
		return s.Session, true
	}
	return localdb.Session{}, false
}

func (h *house) now() *session {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.session
}

func (h *house) wake() {
	if s := h.now(); s != nil {
		s.sync.Wake()
	}
}

// secretName names a session's secrets in the keychain. The install tells two
// data folders of one person apart.
func secretName(s localdb.Session, what string) string {
	return string(s.Scope) + "/" + string(s.Install) + "/" + what
}

func (h *house) keychain(s localdb.Session) *keyring.Store {
	if s.Practice {
		return h.paper
	}
	return h.secrets
}

// resume takes up the session of the last run. What waited is sent.
func (h *house) resume(ctx context.Context) error {
	var scope localdb.Scope
	var s localdb.Session
	var known bool
	err := h.db.View(ctx, func(t localdb.VaultTx) error {
		found, err := t.Preference(ctx, lastSession, &scope)
		if err != nil || !found || scope == "" {
			return err
		}
		s, known, err = t.Session(ctx, scope)
		return err
	})
	if err != nil || !known {
		return err
	}
	h.entering.Lock()
	defer h.entering.Unlock()
	if s.Practice {
		if err := h.openPractice(ctx); err != nil {
			return err
		}
		return h.enterPractice(ctx, s.Role)
	}
	return h.enter(ctx, s)
}

// enter makes a session the one the desk speaks for. A secret that the keychain
// does not give is an expired token: the person joins again, nothing is lost.
func (h *house) enter(ctx context.Context, s localdb.Session) error {
	token, kept, err := h.keychain(s).Get(secretName(s, "token"))
	if err != nil {
		log.Printf("token: %v", err)
	}
	line, err := h.lineTo(ctx, s.URL)
	if err != nil {
		return err
	}
	line.Token, line.ServerID = token, s.ServerID
	line.Renewed = func(next string) error {
		_, err := h.keychain(s).Set(secretName(s, "token"), next)
		return err
	}
	line.Install = s.Install
	if secret, _, err := h.keychain(s).Get(secretName(s, "key")); err == nil {
		if key, err := keyring.ParseSigningKey(secret); err == nil {
			line.Sign = key.Sign
		}
	}
	c, err := syncer.Dial(line)
	if err != nil {
		return err
	}
	err = h.db.Update(ctx, func(t localdb.VaultTx) error {
		if err := t.SaveSession(ctx, s); err != nil {
			return err
		}
		if s.Role == repair.RoleCustomer && !s.Practice { // what was drafted for nobody yet
			if err := t.AdoptDrafts(ctx, s.Scope); err != nil {
				return err
			}
		}
		if s.Account == "" && !s.Practice {
			if err := t.AdoptLeft(ctx, s, repair.At(h.app.Now())); err != nil {
				return err
			}
		}
		return t.SavePreference(ctx, lastSession, s.Scope)
	})
	if err != nil {
		return err
	}
	cfg := syncer.Config{
		ServerID: s.ServerID, Scope: s.Scope, DB: h.db, Files: h.files, Centre: c,
		Now: h.app.Now, Changed: h.emit, Listen: true,
	}
	if s.Practice {
		cfg.Poll = pollPractice
	}
	h.makeWay(ctx, s)
	next := &session{Session: s, centre: c, sync: syncer.New(cfg), pin: line.Pin, kept: kept}
	running, stop := context.WithCancel(h.ctx)
	ended := make(chan struct{})
	go func() { defer close(ended); next.sync.Run(running) }()
	next.stop = func() { stop(); <-ended }
	h.mu.Lock()
	h.session = next
	h.mu.Unlock()
	h.emit("session", "orders", "drafts", "sync")
	return nil
}

// lineTo is how this program talks to an address, before it has joined there.
func (h *house) lineTo(ctx context.Context, url string) (syncer.Line, error) {
	pin, err := h.pinOf(ctx, url)
	return syncer.Line{URL: url, Program: "hashmend/" + h.app.Version, HTTP: h.app.HTTP, Pin: pin}, err
}

// keepJoined turns what a centre gave this install into a session and keeps its
// secrets.
func (h *house) keepJoined(url string, meta wire.Meta, j wire.Joined, key keyring.SigningKey, practice bool) (localdb.Session, error) {
	s := localdb.Session{
		Scope: localdb.ScopeOf(j.ServerID, j.Account, j.User), ServerID: j.ServerID, URL: url,
		Centre: meta.Name, CentreZh: meta.NameZh, Account: j.Account, User: j.User, Name: j.Name,
		Role: j.Role, Install: j.Install, Practice: practice, JoinedAt: repair.At(h.app.Now()),
	}
	ring := h.keychain(s)
	if _, err := ring.Set(secretName(s, "key"), key.Secret()); err != nil {
		return s, err
	}
	_, err := ring.Set(secretName(s, "token"), j.Token)
	return s, err
}
