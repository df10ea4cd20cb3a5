package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

func (t *terminal) invite(ctx context.Context, args []string) error {
	var role, account, name, email, language string
	var readOnly bool
	c, err := t.parse("invite", args, nil, func(f *flag.FlagSet) {
		f.StringVar(&role, "role", "customer", "customer, technician, office or admin")
		f.StringVar(&account, "account", "", "the customer's `name`")
		f.StringVar(&name, "name", "", "the person's `name`")
		f.StringVar(&email, "email", "", "where a new customer gets letters; from then on it is the customer's own")
		f.StringVar(&language, "language", "en", "of those letters: en, zh-CN, ru or es")
		f.BoolVar(&readOnly, "read-only", false, "the PC may look and change nothing")
	})
	if err != nil {
		return err
	}
	if (role == string(repair.RoleCustomer)) != (strings.TrimSpace(account) != "") {
		return fmt.Errorf("%w: --account NAME is for customers, and for every one of them", errUsage)
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		made, err := h.Centre().Invite(ctx, centre.Operator(), wire.InviteAsk{
			Role: repair.Role(role), AccountName: account, Name: name, ReadOnly: readOnly, Email: email, Language: language})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(t.out, "%s\n", made.Code)
		fmt.Fprintf(t.log, "for one %s, until %s\n", made.Role, made.Expires)
		return err
	})
}

func (t *terminal) installs(ctx context.Context, args []string) error {
	c, err := t.parse("installs", args, nil, nil)
	if err != nil {
		return err
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		list, err := h.Centre().Installs(ctx)
		if err != nil {
			return err
		}
		for _, i := range list {
			state := "since " + string(i.At)
			if i.RevokedAt.IsSet() {
				state = "revoked " + string(i.RevokedAt)
			}
			// People chose the names: a quoted one cannot look like another line.
			if _, err := fmt.Fprintf(t.out, "%s\t%s\t%q\t%q\t%s\n", i.ID, i.Person.Role, i.Person.Name, i.Name, state); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *terminal) revoke(ctx context.Context, args []string) error {
	var install string
	c, err := t.parse("revoke", args, nil, func(f *flag.FlagSet) {
		f.StringVar(&install, "install", "", "its `id`, as installs lists it")
	})
	if err != nil {
		return err
	}
	if install == "" {
		return fmt.Errorf("%w: --install ID is missing; installs lists them", errUsage)
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		if err := h.Centre().Revoke(ctx, repair.InstallID(install)); err != nil {
			return err
		}
		_, err := fmt.Fprintln(t.out, "revoked", install)
		return err
	})
}

func (t *terminal) rotateKeys(ctx context.Context, args []string) error {
	c, err := t.parse("rotate-keys", args, nil, nil)
	if err != nil {
		return err
	}
	return c.among(ctx, func(h *centrehost.Host) error {
		id, err := h.Centre().RotateKey(ctx)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(t.out, "the new key is %s; a centre that serves signs with it from its next start\n", id)
		return err
	})
}
