package storetest

import (
	"errors"
	"reflect"
	"testing"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

func deletionsAreForgotten(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	update(t, s, func(tx centre.Tx) error {
		for i, at := range []repair.Instant{"2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"} {
			seq := int64(i + 1)
			line := centre.Commit{Mark: centre.Mark{Scope: "a", Seq: seq}, Of: centre.Mark{Scope: "a", Seq: seq}, Chain: []byte{1}, Digest: []byte{1}, At: at}
			all := line
			all.Scope = centre.Own
			gone := centre.Row{T: "parcel", ID: string(at), Scope: "a", Rev: seq, Deleted: true}
			if err := errors.Join(tx.Save(ctx, gone), tx.Append(ctx, line), tx.Append(ctx, all)); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, s, func(tx centre.Tx) error { return tx.ForgetDeletions(ctx, "2026-01-15T00:00:00Z") })
	view(t, s, func(tx centre.Tx) error {
		for _, scope := range []centre.Scope{"a", centre.Own} {
			expired, err := tx.Expired(ctx, scope)
			if err != nil || expired != 1 {
				t.Errorf("%q is expired up to %d, %v", scope, expired, err)
			}
			rows, err := tx.Since(ctx, scope, 0, 9)
			if err != nil || len(rows) != 1 || !rows[0].Deleted {
				t.Errorf("%q has %v, %v", scope, rows, err)
			}
		}
		return nil
	})
}

func peopleAsSaved(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	invite := centre.Invite{Hash: []byte{0, 1, 255}, Role: repair.RoleCustomer, Account: "a1", Name: "One", At: "1", Expires: "2", ReadOnly: true}
	install := centre.Install{ID: "i1", Person: repair.Person{User: "u1", Account: "a1", Name: "One", Role: repair.RoleCustomer},
		Name: "PC", Token: centre.Token{Hash: []byte{7}, At: "3"}, PublicKey: "k", At: "3", ReadOnly: true}
	update(t, s, func(tx centre.Tx) error {
		return errors.Join(tx.SaveInvite(ctx, invite), tx.SaveUser(ctx, install.Person, "3"), tx.SaveInstall(ctx, install),
			tx.SaveSigningKey(ctx, []byte("old"), "1"), tx.SaveSigningKey(ctx, []byte("new"), "1"))
	})
	same := func(found bool, err error, got, want any) {
		t.Helper()
		if err != nil || !found || !reflect.DeepEqual(got, want) {
			t.Errorf("found %t, %v:\n%+v, want\n%+v", found, err, got, want)
		}
	}
	view(t, s, func(tx centre.Tx) error {
		gotInvite, found, err := tx.Invite(ctx, invite.Hash)
		same(found, err, gotInvite, invite)
		gotInstall, found, err := tx.InstallByToken(ctx, []byte{7})
		same(found, err, gotInstall, install)
		_, found, err = tx.InstallByToken(ctx, []byte{8})
		if found || err != nil {
			t.Errorf("an unknown token is known, %v", err)
		}
		key, found, err := tx.SigningKey(ctx)
		same(found, err, string(key), "new")
		return nil
	})
	install.Token = centre.Token{Hash: []byte{9}, At: "5", Before: []byte{7}}
	update(t, s, func(tx centre.Tx) error {
		renews := func(want bool, token centre.Token) error {
			done, err := tx.RenewToken(ctx, "i1", token)
			if done != want {
				t.Errorf("%v in exchange for %v: %t", token.Hash, token.Before, done)
			}
			return err
		}
		return errors.Join(renews(false, centre.Token{Hash: []byte{8}, Before: []byte{6}}), renews(true, centre.Token{Hash: []byte{8}, Before: []byte{7}}),
			renews(true, install.Token), tx.UseToken(ctx, "i1", []byte{9}, "6"), renews(false, centre.Token{Hash: []byte{8}, Before: []byte{7}}),
			tx.Revoke(ctx, "i1", "7"))
	})
	install.Token.UsedAt, install.RevokedAt = "6", "7"
	view(t, s, func(tx centre.Tx) error {
		for _, token := range [][]byte{{7}, {9}} {
			got, found, err := tx.InstallByToken(ctx, token)
			same(found, err, got, install)
		}
		list, err := tx.InstallsOfAccount(ctx, "a1")
		same(true, err, list, []centre.Install{install})
		all, err := tx.Installs(ctx)
		same(true, err, all, []centre.Install{install})
		return nil
	})
}

func filesAsSaved(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	file := repair.FileRef{SHA256: "ab", Size: 3 << 30, Type: "image/png", Name: "a photo.png"}
	up := centre.Upload{ID: "up1", Scope: "a1", File: file, At: "2026-01-01T00:00:00Z"}
	update(t, s, func(tx centre.Tx) error {
		return errors.Join(tx.SaveUpload(ctx, up), tx.MoveUpload(ctx, "up1", 2<<30, "2026-01-01T12:00:00Z"), tx.MoveUpload(ctx, "up1", 5, "2026-01-03T00:00:00Z")) // never back
	})
	up.Offset, up.At = 2<<30, "2026-01-01T12:00:00Z" // kept for a while from its last byte on
	view(t, s, func(tx centre.Tx) error {
		got, found, err := tx.UploadOf(ctx, "a1", file)
		if !found || got != up || err != nil {
			t.Errorf("got %+v %v", got, err)
		}
		if _, found, err = tx.Upload(ctx, "a2", "up1"); found || err != nil {
			t.Errorf("another account sees it, %v", err)
		}
		old, err := tx.UploadsBefore(ctx, "2026-01-02T00:00:00Z")
		if len(old) != 1 {
			t.Errorf("old ones: %v", old)
		}
		return err
	})
	update(t, s, func(tx centre.Tx) error {
		return errors.Join(tx.DropUpload(ctx, "up1"), tx.SaveFile(ctx, "", file, "1"), tx.SaveFile(ctx, "", file, "2"),
			tx.Grant(ctx, "a1", "ab"), tx.Grant(ctx, "a1", "ab"))
	})
	view(t, s, func(tx centre.Tx) error {
		_, own, err := tx.File(ctx, "a1", "ab")
		got, any, err2 := tx.AnyFile(ctx, "ab")
		granted, err3 := tx.Granted(ctx, "a1", "ab")
		stranger, err4 := tx.Granted(ctx, "a2", "ab")
		if own || !any || got != file || !granted || stranger {
			t.Errorf("own %t, any %t %+v, granted %t, a stranger %t", own, any, got, granted, stranger)
		}
		return errors.Join(err, err2, err3, err4)
	})
}

func aLookupFindsOpen(t *testing.T, e Engine) {
	s, ctx := e.Open(t), t.Context()
	update(t, s, func(tx centre.Tx) error {
		for i, w := range []struct {
			id   string
			open bool
		}{{"w1", true}, {"w2", false}, {"w3", true}} {
			order := centre.Row{T: "work_order", ID: w.id, Scope: "a", WorkOrder: repair.WorkOrderID(w.id), Rev: int64(i + 1), Open: w.open}
			if err := tx.Save(ctx, order); err != nil {
				return err
			}
			for _, key := range []string{"K1", "K2"} {
				device := centre.Row{T: "device", ID: w.id + key, Scope: "a", WorkOrder: order.WorkOrder, Rev: order.Rev, Key: key}
				if err := tx.Save(ctx, device); err != nil {
					return err
				}
			}
		}
		return nil
	})
	view(t, s, func(tx centre.Tx) error {
		for _, c := range []struct {
			scope centre.Scope
			keys  []string
			want  string
		}{
			{"a", []string{"K2", "K1", "none"}, "w3K2 w1K2 w3K1 w1K1 "},
			{"b", []string{"K1"}, ""},
			{centre.Own, []string{"K1"}, "w1K1 w3K1 "},
		} {
			rows, err := tx.Lookup(ctx, c.scope, "device", c.keys...)
			got := ""
			for _, r := range rows {
				got += r.ID + " "
			}
			if err != nil || got != c.want {
				t.Errorf("%q %v: got %q, want %q (%v)", c.scope, c.keys, got, c.want, err)
			}
		}
		return nil
	})
}
