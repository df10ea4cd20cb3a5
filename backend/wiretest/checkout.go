package wiretest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"hashmend/backend/wire"
)

// hints: what a payment server tells is taken when it proves itself, as often as it
// comes. This one is about no invoice, so that nobody has to be asked about it.
func (s *suite) hints(t *testing.T) {
	send := func(body, signature string) answer {
		t.Helper()
		return s.do(t, "POST", wire.PathCheckout, call{body: []byte(body), headers: map[string]string{"Content-Type": wire.TypeJSON, "BTCPay-Sig": signature}})
	}
	signed := func(body string) string {
		mac := hmac.New(sha256.New, []byte(s.target.BTCPaySecret))
		mac.Write([]byte(body))
		return "sha256=" + hex.EncodeToString(mac.Sum(nil))
	}
	const body = `{"type":"PayoutApproved","storeId":"s"}`
	s.do(t, "POST", wire.PathCheckout, call{size: 1 << 40, headers: map[string]string{"Content-Type": wire.TypeJSON}}).wants(t, 413, wire.CodeTooLarge)
	s.do(t, "POST", wire.PathCheckout, call{body: []byte("x"), headers: plain}).wants(t, 415, wire.CodeUnsupportedType)
	if s.target.BTCPaySecret == "" {
		send(body, signed(body)).wants(t, 404, wire.CodeNoCheckout)
		return
	}
	send("{", signed("{")).wants(t, 400, wire.CodeMalformed)
	send(body, "sha256="+strings.Repeat("0", 64)).wants(t, 403, wire.CodeBadHint)
	send(body, signed(body)).into(t, 200, nil)
	send(body, signed(body)).into(t, 200, nil)
}
