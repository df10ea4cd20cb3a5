package centrehost_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"hashmend/backend/centrehost"
	"hashmend/backend/client"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// guest joins a centre as a customer.
func guest(t *testing.T, host *centrehost.Host, url, account string) *client.Client {
	t.Helper()
	invite, err := host.Invite(t.Context(), repair.RoleCustomer, account, "")
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := client.New(client.Options{BaseURL: url})
	if err != nil {
		t.Fatal(err)
	}
	joined, err := stranger.Join(t.Context(), wire.Join{Invite: invite.Code, PublicKey: strings.Repeat("A", 43) + "="})
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.New(client.Options{BaseURL: url, Token: joined.Token, ServerID: joined.ServerID})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func roomy(t *testing.T, o centrehost.Options) (*centrehost.Host, string) {
	t.Helper()
	host, err := centrehost.Open(t.Context(), filepath.Join(t.TempDir(), "centre"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	url, err := host.Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return host, url
}

func brings(t *testing.T, c *client.Client, text string) error {
	t.Helper()
	file := repair.FileRef{SHA256: wire.Fingerprint([]byte(text)), Size: int64(len(text)), Name: "a.log"}
	return c.Upload(t.Context(), file, bytes.NewReader([]byte(text)), nil)
}

// The disk is filling: files are refused while there is still room for orders.
func TestAFullDiskRefusesFilesFirstAndTakesOrders(t *testing.T) {
	host, url := roomy(t, centrehost.Options{Reserve: 1 << 60}) // more than any disk has
	c := guest(t, host, url, "Altyn Hash")
	if err := brings(t, c, "kernel: x"); !errors.Is(err, &repair.Error{Code: wire.CodeDiskFull}) {
		t.Errorf("a file on a full disk: %v", err)
	}
	body, err := json.Marshal(Submission(2))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.PutWorkOrder(t.Context(), OrderID, body); err != nil {
		t.Errorf("an order on the reserve: %v", err)
	}
	small, url := roomy(t, centrehost.Options{Reserve: 1})
	if err := brings(t, guest(t, small, url, "Altyn Hash"), "kernel: x"); err != nil {
		t.Errorf("a file where there is room: %v", err)
	}
}

func TestAnAccountFillsItsOwnQuotaAndNobodyElses(t *testing.T) {
	host, url := roomy(t, centrehost.Options{Quota: 25})
	c := guest(t, host, url, "Altyn Hash")
	for i, text := range []string{"kernel: 01", "kernel: 02"} {
		if err := brings(t, c, text); err != nil {
			t.Fatalf("file %d: %v", i, err)
		}
	}
	if err := brings(t, c, "kernel: 03"); !errors.Is(err, &repair.Error{Code: wire.CodeQuota}) {
		t.Errorf("beyond the quota: %v", err)
	}
	if err := brings(t, c, "kernel: 02"); err != nil {
		t.Errorf("a file that is there already: %v", err)
	}
	if err := brings(t, guest(t, host, url, "Another farm"), "kernel: 01"); err != nil {
		t.Errorf("another account: %v", err)
	}
}
