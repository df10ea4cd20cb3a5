package app

import (
	"context"
	"os"
	"slices"
	"strings"

	"hashmend/backend/desk"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/syncer"
	"hashmend/backend/wire"
)

// Start is whom this desk speaks for: practising, connected to a centre, or nobody yet.
type Start struct{ app *App }

// What may stand in the way of a change of session.
var (
	errUnsent      = &repair.Error{Kind: repair.Conflict, Code: "session.unsent"} // args: count
	errNotPractice = &repair.Error{Kind: repair.Conflict, Code: "session.not_practice"}
	errNoRole      = &repair.Error{Kind: repair.Invalid, Code: "session.role_unknown"} // args: role
)

// Session says whom the desk speaks for.
func (s *Start) Session() (out desk.Session, err error) {
	defer settle(&err)
	h, err := s.app.open()
	if err != nil {
		return out, err
	}
	return h.sessionView(), nil
}

// Practise starts the embedded practice centre and joins it.
func (s *Start) Practise() (out desk.Session, err error) {
	defer settle(&err)
	h, err := s.app.open()
	if err != nil {
		return out, err
	}
	return h.change(func(ctx context.Context) error {
		if err := h.openPractice(ctx); err != nil {
			return err
		}
		return h.enterPractice(ctx, practiceRoles[0])
	})
}

// Probe asks who answers at an address, before anything is sent there.
func (s *Start) Probe(url string) (out desk.CentreFound, err error) {
	defer settle(&err)
	h, err := s.app.open()
	if err != nil {
		return out, err
	}
	address, err := syncer.Address(url)
	if err != nil {
		return out, err
	}
	line, err := h.lineTo(h.ctx, address)
	if err != nil {
		return out, err
	}
	meta, err := syncer.Probe(h.ctx, line)
	if err != nil {
		return out, err
	}
	return desk.CentreFound{URL: address, ServerID: meta.ServerID, Name: meta.Name, NameZh: meta.NameZh, Practice: meta.Practice,
		Open: meta.Registration == wire.RegistrationOpen, Fingerprint: line.Pin}, nil
}

// Connect joins a centre with an invite or, where the centre lets strangers in, by
// making an account.
func (s *Start) Connect(request desk.ConnectRequest) (out desk.Session, err error) {
	defer settle(&err)
	h, err := s.app.open()
	if err != nil {
		return out, err
	}
	address, err := syncer.Address(request.URL)
	if err != nil {
		return out, err
	}
	install := strings.TrimSpace(request.Install)
	if install == "" {
		install, _ = os.Hostname()
	}
	return h.change(func(ctx context.Context) error {
		if request.Fingerprint != "" {
			if err := h.trustProven(ctx, address, request.Fingerprint); err != nil {
				return err
			}
		}
		way := entry{invite: strings.TrimSpace(request.Invite), account: strings.TrimSpace(request.Account), install: install,
			email: strings.TrimSpace(request.Email), language: request.Language}
		joined, err := h.join(ctx, address, way, false)
		if err != nil {
			return err
		}
		return h.enter(ctx, joined)
	})
}

// SwitchRole plays the other side, in practice only.
func (s *Start) SwitchRole(role repair.Role) (out desk.Session, err error) {
	defer settle(&err)
	h, err := s.app.open()
	if err != nil {
		return out, err
	}
	return h.change(func(ctx context.Context) error {
		if now := h.now(); now == nil || !now.Practice {
			return errNotPractice
		}
		if !slices.Contains(practiceRoles, role) {
			return errNoRole.With("role", string(role))
		}
		return h.enterPractice(ctx, role)
	})
}

// Leave stops speaking for this centre; refused while something is unsent unless unsentToo.
func (s *Start) Leave(unsentToo bool) (out desk.Session, err error) {
	defer settle(&err)
	h, err := s.app.open()
	if err != nil {
		return out, err
	}
	return h.change(func(ctx context.Context) error {
		now := h.now()
		if now == nil {
			return nil
		}
		return h.forget(ctx, now.Session, unsentToo)
	})
}

// change changes the session, one change at a time, and says what it became.
func (h *house) change(how func(context.Context) error) (desk.Session, error) {
	h.entering.Lock()
	defer h.entering.Unlock()
	if h.ctx.Err() != nil {
		return desk.Session{}, errClosed
	}
	if err := how(h.ctx); err != nil {
		return desk.Session{}, err
	}
	return h.sessionView(), nil
}

// forget leaves a centre. What was not sent stays in the vault: it goes when this
// account is joined again; what a person of the centre left is shown to the next
// one (AdoptLeft). The practice centre keeps its place.
func (h *house) forget(ctx context.Context, s localdb.Session, unsentToo bool) error {
	unsent, err := h.unsent(ctx, s.Scope)
	if err != nil {
		return err
	}
	if unsent > 0 && !unsentToo {
		return errUnsent.With("count", itoa(unsent))
	}
	err = h.db.Update(ctx, func(t localdb.VaultTx) error {
		if err := t.SavePreference(ctx, lastSession, ""); err != nil || s.Practice {
			return err
		}
		return t.RemoveSession(ctx, s.Scope)
	})
	if err != nil {
		return err
	}
	h.leave()
	h.emit("session", "orders", "drafts", "sync")
	if s.Practice {
		return nil
	}
	for _, what := range []string{"token", "key"} {
		if err := h.secrets.Delete(secretName(s, what)); err != nil {
			return err
		}
	}
	return nil
}

// sessionView says whom the desk speaks for, as the screen shows it.
func (h *house) sessionView() desk.Session {
	now := h.now()
	if now == nil {
		return desk.Session{Mode: "none", Roles: []repair.Role{}}
	}
	out := desk.Session{
		Mode: "connected", ServerID: now.ServerID, URL: now.URL, Centre: now.Centre, CentreZh: now.CentreZh,
		Account: string(now.Account), User: now.Name, Role: now.Role, Roles: []repair.Role{now.Role},
	}
	if now.Practice {
		out.Mode, out.Roles = "practice", practiceRoles
	}
	out.Fingerprint = now.pin
	if !now.Practice {
		out.Secrets = string(now.kept)
	}
	return out
}
