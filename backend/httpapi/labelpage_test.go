package httpapi_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"testing"

	"hashmend/backend/centre"
	"hashmend/backend/label/mr1"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// opens is a phone that has scanned a code.
func (h *house) phone(code string) (*http.Response, string) {
	h.t.Helper()
	path := code[strings.Index(code[len("HTTPS://"):], "/")+len("HTTPS://"):]
	r, err := http.Get(h.server.URL + path)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return r, string(text)
}

func TestAPhoneLearnsWhatALabelIsAndWhetherItIsVerified(t *testing.T) {
	h := build(t, true)
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	invite, err := h.centre.Invite(t.Context(), centre.Operator(), wire.InviteAsk{Role: repair.RoleCustomer, AccountName: "Altyn Hash", Name: "Aigerim"})
	if err != nil {
		t.Fatal(err)
	}
	joined, err := h.centre.Join(t.Context(), wire.Join{Invite: invite.Code, InstallName: "Farm PC", PublicKey: base64.StdEncoding.EncodeToString(public)})
	if err != nil {
		t.Fatal(err)
	}
	box := mr1.Payload{Host: strings.ToUpper(strings.TrimPrefix(h.server.URL, "http://")), Kind: mr1.BoxCode, WorkOrder: "WO-2026-000014", ID: "53NA0FYMNT", N: 3, Of: 12}
	signed := box.Sign(joined.KeyID, func(message []byte) []byte { return ed25519.Sign(private, message) })
	forged := signed
	forged.Signature[5] ^= 1
	device := box
	device.Kind, device.ID = mr1.DeviceCode, "JX26016P3YD25TS"
	draft := box
	draft.Draft = true
	tests := []struct {
		name, code string
		status     int
		says       []string
	}{
		{"signed", signed.String(), 200, []string{"Label of a box", "箱子标签", "Verified", "已验证", "WO-2026-000014", "3 / 12", signed.Check()}},
		{"forged", forged.String(), 200, []string{"Not verified", "未验证", "The signature is wrong"}},
		{"unsigned", device.String(), 200, []string{"Label of a device", "JX26016P3YD25TS", "does not prove who printed it"}},
		{"draft", draft.String(), 200, []string{"A draft", "草稿"}},
		{"damaged", strings.Replace(device.String(), "WO-2026-000014", "WO-2026-000015", 1), 404, []string{"Not one of our labels", "不是本中心的标签"}},
		{"nonsense", "HTTPS://H/a/b/c/d/e/<script>", 404, []string{"Not one of our labels"}},
	}
	for _, test := range tests {
		r, page := h.phone(test.code)
		if r.StatusCode != test.status || r.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: %d %s", test.name, r.StatusCode, r.Header.Get("Content-Type"))
		}
		policy := r.Header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") || strings.Contains(policy, "unsafe") || r.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: policy %q", test.name, policy)
		}
		for _, want := range test.says {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page does not say %q", test.name, want)
			}
		}
		for _, private := range []string{"Altyn", "Aigerim", "Farm PC", "<script", joined.Token} {
			if strings.Contains(page, private) {
				t.Errorf("%s: the page says %q", test.name, private)
			}
		}
	}

	if err := h.centre.Revoke(t.Context(), joined.Install); err != nil {
		t.Fatal(err)
	}
	if _, page := h.phone(signed.String()); !strings.Contains(page, "does not trust any more") {
		t.Error("the label of a computer that was shut out is verified")
	}
}

// The label names the centre's short host, whatever the phone was led to.
func TestALabelOfTheShortHostIsVerifiedElsewhere(t *testing.T) {
	h := build(t, true)
	if err := h.centre.ChangeInfo(t.Context(), func(info *repair.CentreInfo) error { info.LabelHost = "rma.example"; return nil }); err != nil {
		t.Fatal(err)
	}
	code := mr1.Payload{Host: "RMA.EXAMPLE", Kind: mr1.DeviceCode, WorkOrder: "A", ID: "sn 1/2"}
	if r, page := h.phone(code.String()); r.StatusCode != 200 || !strings.Contains(page, "sn 1/2") {
		t.Errorf("%d: %s", r.StatusCode, page)
	}
}
