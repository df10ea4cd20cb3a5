package centre

import (
	"cmp"
	"context"
	"slices"

	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// tellSigners tells those who may know whose the keys of these installs are. It
// must be the first commit of its deed: the log of the centre's own people may be
// among those that it writes.
func (c *Centre) tellSigners(ctx context.Context, d *deed, why Commit, installs ...Install) error {
	byScope := slices.Clone(installs)
	slices.SortStableFunc(byScope, func(a, b Install) int { return cmp.Compare(a.Person.Account, b.Person.Account) })
	for len(byScope) > 0 {
		scope := byScope[0].Person.Account
		n := len(byScope)
		if i := slices.IndexFunc(byScope, func(i Install) bool { return i.Person.Account != scope }); i > 0 {
			n = i
		}
		_, err := c.commit(ctx, d, Scope(scope), why, func(w *writer) error {
			return w.saveSigners(ctx, byScope[:n])
		})
		if err != nil {
			return err
		}
		byScope = byScope[n:]
	}
	return nil
}

func (w *writer) saveSigners(ctx context.Context, installs []Install) error {
	for _, i := range installs {
		public, err := wire.ParsePublicKey(i.PublicKey)
		if err != nil {
			return err
		}
		s := repair.Signer{KeyID: wire.KeyID(public), PublicKey: i.PublicKey, Install: i.ID, Name: i.Name,
			Holder: i.Person.Name, Role: i.Person.Role, Account: i.Person.Account, RevokedAt: i.RevokedAt, Rev: w.rev}
		if err := w.save(ctx, Row{T: wire.RowSigner, ID: string(i.ID)}, s); err != nil {
			return err
		}
	}
	return nil
}

// nameSigners tells whose the keys are of installs that joined before a centre
// told that.
func (c *Centre) nameSigners(ctx context.Context, d *deed) error {
	installs, err := d.Installs(ctx)
	if err != nil {
		return err
	}
	var unnamed []Install
	for _, i := range installs {
		_, named, err := d.Load(ctx, wire.RowSigner, string(i.ID))
		if err != nil {
			return err
		}
		if !named {
			unnamed = append(unnamed, i)
		}
	}
	return c.tellSigners(ctx, d, Commit{Kind: "name_signers"}, unnamed...)
}
