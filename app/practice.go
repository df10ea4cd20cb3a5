package app

import (
	"context"
	"errors"
	"path/filepath"

	"hashmend/backend/centrehost"
	"hashmend/backend/keyring"
	"hashmend/backend/localdb"
	"hashmend/backend/repair"
	"hashmend/backend/syncer"
	"hashmend/backend/wire"
)

// practiceRoles are the sides a person may play, the first one first.
var practiceRoles = []repair.Role{repair.RoleCustomer, repair.RoleTechnician, repair.RoleOffice}

// practiceNames are the people of the practice centre whom this desk plays.
var practiceNames = map[repair.Role]string{
	repair.RoleTechnician: "Wei (bench)",
	repair.RoleOffice:     "Lin (office)",
}

// openPractice starts the practice centre, once. It is a whole centre with a file
// of its own, reached over HTTP as any other.
func (h *house) openPractice(ctx context.Context) error {
	if h.practice != nil {
		return nil
	}
	host, err := centrehost.OpenPractice(ctx, filepath.Join(h.app.Dir, "practice"), h.app.Now(), centrehost.Options{Now: h.app.Now})
	if err != nil {
		return err
	}
	url, err := host.Listen("127.0.0.1:0")
	if err != nil {
		return errors.Join(err, host.Close())
	}
	h.practice, h.practiceURL = host, url
	return nil
}

// enterPractice plays a role at the practice centre, joining as it the first time.
func (h *house) enterPractice(ctx context.Context, role repair.Role) error {
	s, known, err := h.practiceSession(ctx, role)
	if err != nil {
		return err
	}
	if known {
		_, _, err := h.paper.Get(secretName(s, "token"))
		known = err == nil
	}
	if !known {
		if s, err = h.joinPractice(ctx, role); err != nil {
			return err
		}
	}
	s.URL = h.practiceURL // another port at each start
	return h.enter(ctx, s)
}

// practiceSession finds the session in which this desk plays a role.
func (h *house) practiceSession(ctx context.Context, role repair.Role) (found localdb.Session, known bool, err error) {
	err = h.db.View(ctx, func(t localdb.VaultTx) error {
		all, err := t.Sessions(ctx)
		for _, s := range all {
			if s.Practice && s.Role == role && s.ServerID == h.practice.Centre().ServerID() {
				found, known = s, true
			}
		}
		return err
	})
	return found, known, err
}

func (h *house) joinPractice(ctx context.Context, role repair.Role) (localdb.Session, error) {
	account := ""
	if role == repair.RoleCustomer {
		account = centrehost.PracticeAccount
	}
	invite, err := h.practice.Invite(ctx, role, account, practiceNames[role])
	if err != nil {
		return localdb.Session{}, err
	}
	return h.join(ctx, h.practiceURL, entry{invite: invite.Code, install: "practice"}, true)
}

// entry is how a person comes in: with an invite, or with the name of an account
// to make, which is written to at email, in its language.
type entry struct{ invite, account, install, email, language string }

// join joins a centre and keeps what it gave. Whether it is for practice is our
// own knowledge, not the centre's word.
func (h *house) join(ctx context.Context, url string, way entry, practice bool) (localdb.Session, error) {
	key, err := keyring.NewSigningKey()
	if err != nil {
		return localdb.Session{}, err
	}
	line, err := h.lineTo(ctx, url)
	if err != nil {
		return localdb.Session{}, err
	}
	var meta wire.Meta
	var joined wire.Joined
	if way.invite == "" && way.account != "" {
		meta, joined, err = syncer.Register(ctx, line, wire.Register{AccountName: way.account, InstallName: way.install, PublicKey: key.Public(),
			Email: way.email, Language: way.language})
	} else {
		meta, joined, err = syncer.Join(ctx, line, wire.Join{Invite: way.invite, InstallName: way.install, PublicKey: key.Public()})
	}
	if err != nil {
		return localdb.Session{}, err
	}
	return h.keepJoined(url, meta, joined, key, practice)
}
