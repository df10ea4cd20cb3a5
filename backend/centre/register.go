package centre

import (
	"context"
	"strings"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Register makes a customer's account for a stranger. A name that is taken is not
// given to another: who has it must be invited. The same install may repeat it for
// a while: its answer may have been lost.
func (c *Centre) Register(ctx context.Context, ask wire.Register) (joined wire.Joined, err error) {
	public, err := wire.ParsePublicKey(ask.PublicKey)
	if err != nil {
		return joined, refuse(repair.Invalid, wire.CodeBadPublicKey)
	}
	name := strings.TrimSpace(ask.AccountName)
	if name == "" || len(name) > 200 || len(ask.InstallName) > 200 {
		return joined, refuse(repair.Invalid, wire.CodeMalformed).With("why", "the length of a name")
	}
	box, err := mailboxAsked(ask.Email, ask.Language)
	if err != nil {
		return joined, err
	}
	token := newToken()
	err = c.update(ctx, func(tx *deed) error {
		taken, found, err := tx.AccountByName(ctx, name)
		if err != nil {
			return err
		}
		if found {
			joined, err = c.registerAgain(ctx, tx, taken, ask.PublicKey, token)
			return err
		}
		if box.Account, err = c.account(ctx, tx, name); err != nil {
			return err
		}
		joined, err = c.letIn(ctx, tx, Install{Name: ask.InstallName, PublicKey: ask.PublicKey,
			Person: repair.Person{Name: name, Role: repair.RoleCustomer, Account: box.Account}}, box, public, token)
		return err
	})
	return joined, err
}

// registerAgain answers the very install that has made the account just now.
func (c *Centre) registerAgain(ctx context.Context, tx Tx, account repair.AccountID, publicKey, token string) (none wire.Joined, err error) {
	list, err := tx.InstallsOfAccount(ctx, account)
	if err != nil {
		return none, err
	}
	if len(list) != 1 || list[0].PublicKey != publicKey || list[0].RevokedAt.IsSet() || c.now().After(list[0].At.Time().Add(joinGrace)) {
		return none, refuse(repair.Conflict, wire.CodeAccountTaken)
	}
	return c.letInAgain(ctx, tx, list[0], token)
}
