package postgres

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"hashmend/backend/blob"
	"hashmend/backend/centre"
	"hashmend/backend/enginetest"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// However many use one code together, one gets in, and the others hear that the
// code is used: no fault of the centre's.
func TestAnInviteLetsOneInAlsoWhenManyComeTogether(t *testing.T) {
	s := open(t, enginetest.StartPostgres(t).URL())
	files, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c, err := centre.New(t.Context(), s, blob.Folder{Store: files}, centre.Options{})
	if err != nil {
		t.Fatal(err)
	}
	invite, err := c.Invite(t.Context(), centre.Operator(), wire.InviteAsk{Role: repair.RoleCustomer, AccountName: "North Ridge"})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	var in atomic.Int64
	for range 8 {
		public, _, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			_, err := c.Join(t.Context(), wire.Join{Invite: invite.Code, PublicKey: base64.StdEncoding.EncodeToString(public)})
			switch {
			case err == nil:
				in.Add(1)
			case !errors.Is(err, &repair.Error{Code: wire.CodeInviteUnknown}):
				t.Errorf("got %v", err)
			}
		})
	}
	all.Wait()
	if in.Load() != 1 {
		t.Errorf("%d got in", in.Load())
	}
}
