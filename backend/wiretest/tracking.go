package wiretest

import (
	"crypto/md5" //nolint:gosec // the service's own signature
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"testing"

	"hashmend/backend/wire"
)

// pushes: what a tracking service tells is taken when it proves itself, as often as
// it comes, also when nobody waits for that number.
func (s *suite) pushes(t *testing.T) {
	param := `{"status":"polling","lastResult":{"state":"0","com":"shunfeng","nu":"SF0000000000001","data":[]}}`
	sum := md5.Sum([]byte(param + s.target.Kuaidi100Salt)) //nolint:gosec // the service's own signature
	form := func(sign string) []byte {
		return []byte(url.Values{"param": {param}, "sign": {sign}}.Encode())
	}
	body := `{"event":"TRACKING_UPDATED","data":{"number":"RB123456785GB"}}`
	half := sha256.Sum256([]byte("{/" + s.target.Track17Key))
	hash := sha256.Sum256([]byte(body + "/" + s.target.Track17Key))
	for _, one := range []struct {
		name, kind        string
		has               bool
		good, bad, broken call
	}{
		{"kuaidi100", wire.TypeForm, s.target.Kuaidi100Salt != "", call{body: form(hex.EncodeToString(sum[:]))}, call{body: form(strings.Repeat("0", 32))},
			call{body: []byte("param=%zz")}},
		{"17track", wire.TypeJSON, s.target.Track17Key != "", call{body: []byte(body), headers: map[string]string{"sign": hex.EncodeToString(hash[:])}},
			call{body: []byte(body), headers: map[string]string{"sign": strings.Repeat("0", 64)}},
			call{body: []byte("{"), headers: map[string]string{"sign": hex.EncodeToString(half[:])}}},
	} {
		path := wire.PathTracking + one.name
		send := func(c call) answer {
			t.Helper()
			headers := map[string]string{"Content-Type": one.kind}
			for name, value := range c.headers {
				headers[name] = value
			}
			c.headers = headers
			return s.do(t, "POST", path, c)
		}
		send(call{size: 1 << 40}).wants(t, 413, wire.CodeTooLarge)
		s.do(t, "POST", path, call{body: []byte("x"), headers: plain}).wants(t, 415, wire.CodeUnsupportedType)
		if !one.has {
			send(one.good).wants(t, 404, wire.CodeNoService)
			continue
		}
		send(one.broken).wants(t, 400, wire.CodeMalformed)
		send(one.bad).wants(t, 403, wire.CodeBadSignature)
		send(one.good).into(t, 200, nil)
		send(one.good).into(t, 200, nil)
	}
}

// excused are statuses that a server that is set up like this one does not give.
func (s *suite) excused(name string) bool {
	if status, ok := strings.CutPrefix(name, "POST "+wire.PathRegister+" "); ok {
		return (status == "403") == (s.registration == wire.RegistrationOpen)
	}
	if status, ok := strings.CutPrefix(name, "POST "+wire.PathCheckout+" "); ok {
		has := s.target.BTCPaySecret != ""
		return status == "404" && has || !has && slices.Contains([]string{"200", "400", "403"}, status)
	}
	for service, has := range map[string]bool{"kuaidi100": s.target.Kuaidi100Salt != "", "17track": s.target.Track17Key != ""} {
		if status, ok := strings.CutPrefix(name, "POST "+wire.PathTracking+service+" "); ok {
			return status == "404" && has || !has && slices.Contains([]string{"200", "400", "403"}, status)
		}
	}
	return false
}
