package centredb

import (
	"context"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

func (t tx) AccountByName(ctx context.Context, name string) (id repair.AccountID, found bool, err error) {
	found, err = t.t.Row(ctx, "account_by_name", p{"name": name}, &id)
	return id, found, err
}

func (t tx) SaveAccount(ctx context.Context, id repair.AccountID, name string, at repair.Instant) error {
	_, err := t.t.Exec(ctx, "save_account", p{"id": string(id), "name": name, "at": string(at)})
	return err
}

func (t tx) SaveUser(ctx context.Context, u repair.Person, at repair.Instant) error {
	_, err := t.t.Exec(ctx, "save_user", p{"id": string(u.User), "account": string(u.Account),
		"name": u.Name, "role": string(u.Role), "at": string(at)})
	return err
}

func (t tx) SaveInvite(ctx context.Context, i centre.Invite) error {
	_, err := t.t.Exec(ctx, "save_invite", p{"hash": i.Hash, "role": string(i.Role), "account": string(i.Account),
		"name": i.Name, "at": string(i.At), "expires": string(i.Expires), "read_only": bit(i.ReadOnly)})
	return err
}

func (t tx) Invite(ctx context.Context, hash []byte) (centre.Invite, bool, error) {
	i := centre.Invite{Hash: hash}
	found, err := t.t.Row(ctx, "invite", p{"hash": hash},
		&i.Role, &i.Account, &i.Name, &i.At, &i.Expires, &i.UsedAt, &i.UsedBy, truth{&i.ReadOnly})
	return i, found, err
}

func (t tx) UseInvite(ctx context.Context, hash []byte, install repair.InstallID, at repair.Instant) error {
	n, err := t.t.Exec(ctx, "use_invite", p{"hash": hash, "install": string(install), "at": string(at)})
	if err == nil && n == 0 {
		return centre.ErrMoved
	}
	return err
}

func (t tx) SaveInstall(ctx context.Context, i centre.Install) error {
	_, err := t.t.Exec(ctx, "save_install", p{"id": string(i.ID), "user": string(i.Person.User), "name": i.Name,
		"token_hash": i.Token.Hash, "public_key": i.PublicKey, "at": string(i.At), "read_only": bit(i.ReadOnly)})
	return err
}

func (t tx) Install(ctx context.Context, id repair.InstallID) (centre.Install, bool, error) {
	return t.install(ctx, "install", p{"id": string(id)})
}

func (t tx) InstallByToken(ctx context.Context, tokenHash []byte) (centre.Install, bool, error) {
	return t.install(ctx, "install_by_token", p{"token_hash": tokenHash})
}

func (t tx) install(ctx context.Context, name string, with p) (i centre.Install, found bool, err error) {
	err = t.t.Each(ctx, name, with, func(s scan) error {
		found = true
		i, err = readInstall(s)
		return err
	})
	return i, found, err
}

func (t tx) Installs(ctx context.Context) ([]centre.Install, error) {
	return t.installs(ctx, "installs", p{})
}

func (t tx) InstallsOfAccount(ctx context.Context, account repair.AccountID) ([]centre.Install, error) {
	return t.installs(ctx, "installs_of_account", p{"account": string(account)})
}

func (t tx) installs(ctx context.Context, name string, with p) (list []centre.Install, err error) {
	err = t.t.Each(ctx, name, with, func(s scan) error {
		i, err := readInstall(s)
		list = append(list, i)
		return err
	})
	return list, err
}

func readInstall(s scan) (i centre.Install, err error) {
	err = s(&i.ID, &i.Name, &i.Token.Hash, &i.PublicKey, &i.At, &i.RevokedAt,
		&i.Token.At, &i.Token.UsedAt, &i.Token.Before, truth{&i.ReadOnly},
		&i.Person.User, &i.Person.Name, &i.Person.Role, &i.Person.Account)
	return i, err
}

func (t tx) RenewToken(ctx context.Context, id repair.InstallID, token centre.Token) (done bool, err error) {
	n, err := t.t.Exec(ctx, "renew_token", p{"id": string(id), "token_hash": token.Hash, "at": string(token.At), "before": token.Before})
	return n > 0, err
}

func (t tx) UseToken(ctx context.Context, id repair.InstallID, tokenHash []byte, at repair.Instant) error {
	_, err := t.t.Exec(ctx, "use_token", p{"id": string(id), "token_hash": tokenHash, "at": string(at)})
	return err
}

func (t tx) Revoke(ctx context.Context, id repair.InstallID, at repair.Instant) error {
	_, err := t.t.Exec(ctx, "revoke_install", p{"id": string(id), "at": string(at)})
	return err
}

func (t tx) SigningKey(ctx context.Context) (private []byte, found bool, err error) {
	found, err = t.t.Row(ctx, "signing_key", p{}, &private)
	return private, found, err
}

func (t tx) SaveSigningKey(ctx context.Context, private []byte, at repair.Instant) error {
	_, err := t.t.Exec(ctx, "save_signing_key", p{"private": private, "at": string(at)})
	return err
}
