package centre

import (
	"context"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Installs lists every PC that has joined, in the order of joining.
func (c *Centre) Installs(ctx context.Context) (list []Install, err error) {
	err = c.store.View(ctx, func(tx Tx) error {
		list, err = tx.Installs(ctx)
		return err
	})
	return list, err
}

// Revoke ends an install's token.
func (c *Centre) Revoke(ctx context.Context, id repair.InstallID) error {
	return c.RevokeAs(ctx, Operator(), id)
}

// InstallsOf lists the PCs that a caller may shut out: an admin every one, a
// customer those of the own account, the centre's other people their own.
func (c *Centre) InstallsOf(ctx context.Context, by Caller) (out wire.Installs, err error) {
	var list []Install
	err = c.store.View(ctx, func(tx Tx) error {
		switch {
		case by.Role == repair.RoleAdmin:
			list, err = tx.Installs(ctx)
		case by.isStaff():
			var own Install
			own, _, err = tx.Install(ctx, by.Install)
			list = []Install{own}
		default:
			list, err = tx.InstallsOfAccount(ctx, by.Account)
		}
		return err
	})
	out.Installs = make([]wire.Install, 0, len(list))
	for _, i := range list {
		out.Installs = append(out.Installs, wire.Install{ID: i.ID, Name: i.Name, Role: i.Person.Role, Account: i.Person.Account,
			Person: i.Person.Name, JoinedAt: i.At, RevokedAt: i.RevokedAt, ReadOnly: i.ReadOnly, Self: i.ID == by.Install})
	}
	return out, err
}

// RevokeAs ends the token of an install that the caller may shut out. To others it
// does not exist.
func (c *Centre) RevokeAs(ctx context.Context, by Caller, id repair.InstallID) error {
	return c.update(ctx, func(tx *deed) error {
		install, found, err := tx.Install(ctx, id)
		if err != nil {
			return err
		}
		own := install.ID == by.Install || !by.isStaff() && install.Person.Account == by.Account
		if !found || by.Role != repair.RoleAdmin && !own {
			return refuse(repair.NotFound, wire.CodeInstallNotFound)
		}
		return c.shutOut(ctx, tx, install)
	})
}

// shutOut ends the token of an install. Its key stays published, with the word that
// it is not trusted any more: nobody can tell when it signed what.
func (c *Centre) shutOut(ctx context.Context, tx *deed, install Install) error {
	if install.RevokedAt.IsSet() {
		return nil
	}
	install.RevokedAt = c.at()
	if err := tx.Revoke(ctx, install.ID, install.RevokedAt); err != nil {
		return err
	}
	return c.tellSigners(ctx, tx, Commit{Kind: "revoke", Install: install.ID}, install)
}
