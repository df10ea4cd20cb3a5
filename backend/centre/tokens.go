package centre

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

const (
	// tokenFresh is how long a token opens everything; then it is good for asking
	// for the next one, and for nothing else.
	tokenFresh = 24 * time.Hour
	// tokenLife is how long a PC may stay away without being forgotten.
	tokenLife = 180 * 24 * time.Hour
	// tokenGrace is how long the token before is good after the next was first
	// used: requests with it may still be on their way.
	tokenGrace = time.Minute
)

// Authenticate finds who holds a token.
func (c *Centre) Authenticate(ctx context.Context, token string) (caller Caller, err error) {
	install, late, err := c.holder(ctx, token)
	if err != nil {
		return caller, err
	}
	if late || c.now().After(install.Token.At.Time().Add(tokenFresh)) {
		return caller, refuse(repair.Unauthorized, wire.CodeTokenStale)
	}
	return callerOf(install), nil
}

func callerOf(i Install) Caller { return Caller{Person: i.Person, Install: i.ID, ReadOnly: i.ReadOnly} }

// Renew exchanges a token for the next one. Whoever did not get the answer asks
// again with the same token, until the next one is used: then it has arrived, and
// who still asks with the old one is somebody else. That install is shut out.
func (c *Centre) Renew(ctx context.Context, token string) (renewed wire.Renewed, err error) {
	install, late, err := c.holder(ctx, token)
	if err != nil {
		return renewed, err
	}
	if late {
		if err := c.update(ctx, func(tx *deed) error { return c.shutOut(ctx, tx, install) }); err != nil {
			return renewed, err
		}
		return renewed, refuse(repair.Unauthorized, wire.CodeTokenExpired)
	}
	renewed.Token = newToken()
	next := Token{Hash: hashOf(renewed.Token), At: max(c.at(), install.Token.At), Before: hashOf(token)}
	err = c.store.Update(ctx, func(tx Tx) error { return renew(ctx, tx, install.ID, next) })
	return renewed, err
}

// TokenByKey gives an install a token that proves itself with its key: this centre
// was restored to a copy from before the install's last exchange. One that was shut
// out, that never joined or was away for too long gets none, and is not told which. What
// was signed before the present token was given is not heard a second time, also where
// the PC's clock is ahead of ours.
func (c *Centre) TokenByKey(ctx context.Context, ask wire.TokenAsk) (renewed wire.Renewed, err error) {
	var install Install
	var found bool
	if err := c.store.View(ctx, func(tx Tx) error {
		install, found, err = tx.Install(ctx, ask.Install)
		return err
	}); err != nil {
		return renewed, err
	}
	off := c.now().Sub(ask.At.Time()).Abs()
	if !found || install.RevokedAt.IsSet() || c.now().After(install.Token.At.Time().Add(tokenLife)) ||
		!ask.At.IsSet() || off > wire.TokenAskLife || ask.At <= install.Token.At || !ask.Verify(install.PublicKey, c.serverID) {
		return renewed, refuse(repair.Unauthorized, wire.CodeTokenExpired)
	}
	renewed.Token = newToken()
	next := Token{Hash: hashOf(renewed.Token), At: max(c.at(), ask.At), Before: install.Token.Hash} // the PC's clock may go ahead
	err = c.store.Update(ctx, func(tx Tx) error { return renew(ctx, tx, install.ID, next) })
	return renewed, err
}

// renew refuses when another request has exchanged the token since it was read.
func renew(ctx context.Context, tx Tx, id repair.InstallID, next Token) error {
	done, err := tx.RenewToken(ctx, id, next)
	if err == nil && !done {
		return refuse(repair.Unauthorized, wire.CodeTokenExpired)
	}
	return err
}

// holder finds the install of a token, be it the present one or the one before. late
// says that it is the one before and that its time is over: it opens nothing. A request
// may come so late by itself, as a proxy's repetition; an exchange does not.
func (c *Centre) holder(ctx context.Context, token string) (install Install, late bool, err error) {
	hash := hashOf(token)
	var found bool
	err = c.store.View(ctx, func(tx Tx) error {
		install, found, err = tx.InstallByToken(ctx, hash)
		return err
	})
	used := install.Token.UsedAt
	switch {
	case err != nil:
		return install, false, err
	case !found, install.RevokedAt.IsSet(), c.now().After(install.Token.At.Time().Add(tokenLife)):
		return install, false, refuse(repair.Unauthorized, wire.CodeTokenExpired)
	case string(hash) != string(install.Token.Hash): // neither is a secret
		return install, used.IsSet() && c.now().After(used.Time().Add(tokenGrace)), nil
	case used.IsSet():
		return install, false, nil
	}
	return install, false, c.store.Update(ctx, func(tx Tx) error { return tx.UseToken(ctx, install.ID, hash, c.at()) })
}

// Stays refuses a caller who was shut out since. It looks at the install and not at
// the token: what lasts longer than a request may have begun with one that was
// exchanged meanwhile, as it should be.
func (c *Centre) Stays(ctx context.Context, by Caller) error {
	return c.store.View(ctx, func(tx Tx) error {
		install, found, err := tx.Install(ctx, by.Install)
		if err == nil && (!found || install.RevokedAt.IsSet()) {
			return refuse(repair.Unauthorized, wire.CodeTokenExpired)
		}
		return err
	})
}

// hashOf is how secrets are kept. Both are random and long, so a plain hash does;
// they are looked up by it, so no comparison tells by its time how near a guess is.
func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	return "hm_" + base64.RawURLEncoding.EncodeToString(b[:])
}
