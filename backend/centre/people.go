package centre

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

const (
	inviteLife = 72 * time.Hour
	// joinGrace is how long an install may repeat its join when the answer was lost.
	joinGrace = time.Hour
)

// Invite makes a code that lets one install in. The office invites customers
// and technicians; an admin, or the operator at the machine, everybody.
func (c *Centre) Invite(ctx context.Context, by Caller, ask wire.InviteAsk) (wire.Invite, error) {
	if err := mayInvite(by.Role, ask.Role); err != nil {
		return wire.Invite{}, err
	}
	name := strings.TrimSpace(ask.AccountName)
	if (ask.Role == repair.RoleCustomer) != (name != "") || len(name) > 200 || len(ask.Name) > 200 {
		return wire.Invite{}, refuse(repair.Invalid, wire.CodeBadInvite)
	}
	box, err := mailboxAsked(ask.Email, ask.Language)
	if err != nil {
		return wire.Invite{}, err
	}
	if ask.Role != repair.RoleCustomer && box.Email != "" {
		return wire.Invite{}, refuse(repair.Invalid, wire.CodeBadInvite)
	}
	code := newCode()
	expires := repair.At(c.now().Add(inviteLife))
	invite := Invite{Hash: hashOf(normalCode(code)), Role: ask.Role, Name: strings.TrimSpace(ask.Name), At: c.at(), Expires: expires, ReadOnly: ask.ReadOnly}
	if invite.Name == "" {
		invite.Name = name
	}
	if invite.Name == "" {
		invite.Name = string(ask.Role)
	}
	err = c.update(ctx, func(tx *deed) (err error) {
		if ask.Role == repair.RoleCustomer {
			if invite.Account, err = c.account(ctx, tx, name); err != nil {
				return err
			}
			if err := c.giveMailbox(ctx, tx, by.signed("", "invite"), invite.Account, box); err != nil {
				return err
			}
		}
		return tx.SaveInvite(ctx, invite)
	})
	return wire.Invite{Code: code, Role: ask.Role, Account: invite.Account, Expires: expires, ReadOnly: ask.ReadOnly}, err
}

// Operator is who sits at the centre's machine: above every role.
func Operator() Caller {
	return Caller{Person: repair.Person{Role: repair.RoleAdmin, Name: "operator"}}
}

func mayInvite(by, asked repair.Role) error {
	switch asked {
	case repair.RoleCustomer, repair.RoleTechnician:
		if by == repair.RoleOffice || by == repair.RoleAdmin {
			return nil
		}
	case repair.RoleOffice, repair.RoleAdmin:
		if by == repair.RoleAdmin {
			return nil
		}
	default:
		return refuse(repair.Invalid, wire.CodeBadInvite)
	}
	return repair.ErrRole.With("role", string(by), "kind", "invite")
}

// account finds the account of a name, or makes it.
func (c *Centre) account(ctx context.Context, tx Tx, name string) (repair.AccountID, error) {
	id, found, err := tx.AccountByName(ctx, name)
	if err != nil || found {
		return id, err
	}
	fresh, err := uuid.NewV7()
	if err != nil {
		return "", err
	}
	id = repair.AccountID(fresh.String())
	return id, tx.SaveAccount(ctx, id, name, c.at())
}

// Join exchanges an invite for a token and publishes the install's key. The same
// install may repeat it for a while: its answer may have been lost.
func (c *Centre) Join(ctx context.Context, join wire.Join) (joined wire.Joined, err error) {
	public, err := wire.ParsePublicKey(join.PublicKey)
	if err != nil {
		return joined, refuse(repair.Invalid, wire.CodeBadPublicKey)
	}
	if len(join.InstallName) > 200 {
		return joined, refuse(repair.Invalid, wire.CodeMalformed).With("why", "the install's name is too long")
	}
	token := newToken()
	err = c.update(ctx, func(tx *deed) error {
		hash := hashOf(normalCode(join.Invite))
		invite, found, err := tx.Invite(ctx, hash)
		if err != nil {
			return err
		}
		if !found {
			return refuse(repair.Forbidden, wire.CodeInviteUnknown)
		}
		if invite.UsedAt.IsSet() {
			joined, err = c.joinAgain(ctx, tx, invite, join, token)
			return err
		}
		if c.at() >= invite.Expires {
			return refuse(repair.Forbidden, wire.CodeInviteUnknown)
		}
		joined, err = c.letIn(ctx, tx, Install{Name: join.InstallName, PublicKey: join.PublicKey, ReadOnly: invite.ReadOnly,
			Person: repair.Person{Name: invite.Name, Role: invite.Role, Account: invite.Account}}, repair.Mailbox{}, public, token)
		if err != nil {
			return err
		}
		return tx.UseInvite(ctx, hash, joined.Install, c.at())
	})
	return joined, err
}

// letIn makes an install of a person and publishes its key. A new account may come with
// its mailbox.
func (c *Centre) letIn(ctx context.Context, tx *deed, install Install, box repair.Mailbox, public ed25519.PublicKey, token string) (none wire.Joined, err error) {
	user, err := uuid.NewV7()
	if err != nil {
		return none, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return none, err
	}
	install.ID, install.At, install.Token = repair.InstallID(id.String()), c.at(), Token{Hash: hashOf(token)}
	install.Person.User = repair.UserID(user.String())
	if err := tx.SaveUser(ctx, install.Person, c.at()); err != nil {
		return none, err
	}
	if err := tx.SaveInstall(ctx, install); err != nil {
		return none, err
	}
	info, err := loadInfo(ctx, tx)
	if err != nil {
		return none, err
	}
	publish(&info, public)
	why := callerOf(install).signed("", "join")
	_, err = c.commit(ctx, tx, Scope(install.Person.Account), why, func(w *writer) error {
		if box.Email == "" {
			return w.saveSigners(ctx, []Install{install})
		}
		box.At = tx.at
		return errors.Join(w.saveSigners(ctx, []Install{install}), w.saveMailbox(ctx, box))
	})
	if err != nil {
		return none, err
	}
	return c.joined(install, token, public), c.saveInfo(ctx, tx, info, why)
}

// joinAgain answers an install whose first answer was lost, with a new token.
func (c *Centre) joinAgain(ctx context.Context, tx Tx, invite Invite, join wire.Join, token string) (none wire.Joined, err error) {
	install, found, err := tx.Install(ctx, invite.UsedBy)
	if err != nil {
		return none, err
	}
	late := c.now().After(invite.UsedAt.Time().Add(joinGrace))
	if !found || late || install.RevokedAt.IsSet() || install.PublicKey != join.PublicKey {
		return none, refuse(repair.Forbidden, wire.CodeInviteUnknown)
	}
	return c.letInAgain(ctx, tx, install, token)
}

// letInAgain gives an install whose answer was lost another token.
func (c *Centre) letInAgain(ctx context.Context, tx Tx, install Install, token string) (none wire.Joined, err error) {
	public, err := wire.ParsePublicKey(install.PublicKey)
	if err != nil {
		return none, err
	}
	next := Token{Hash: hashOf(token), At: c.at(), Before: install.Token.Hash}
	return c.joined(install, token, public), renew(ctx, tx, install.ID, next)
}

func (c *Centre) joined(i Install, token string, public ed25519.PublicKey) wire.Joined {
	return wire.Joined{Token: token, ServerID: c.serverID, Account: i.Person.Account, Role: i.Person.Role,
		User: i.Person.User, Name: i.Person.Name, Install: i.ID, KeyID: wire.KeyID(public), ReadOnly: i.ReadOnly}
}

// codeLetters has no letter that is mistaken for another.
const codeLetters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

// newCode makes a code of twelve letters, about 59 bits, to be read out.
func newCode() string {
	var b strings.Builder
	for i := 0; i < 12; {
		var r [1]byte
		_, _ = rand.Read(r[:])
		if int(r[0]) >= 256/len(codeLetters)*len(codeLetters) {
			continue // keeps the letters equally likely
		}
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeLetters[int(r[0])%len(codeLetters)])
		i++
	}
	return b.String()
}

// normalCode forgives spaces, dashes and small letters.
func normalCode(code string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToUpper(strings.TrimSpace(code)))
}
