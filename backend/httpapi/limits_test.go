package httpapi_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"hashmend/backend/httpapi"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// limited is the same centre with a rate, and a proxy that is believed.
func (h *house) limited(rate int) http.Handler {
	return httpapi.New(h.centre, httpapi.Options{Rate: rate, Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		Now: func() time.Time { return h.now }})
}

func asks(s http.Handler, from, token string, header http.Header) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", wire.PathChanges, nil)
	r.RemoteAddr = from + ":1234"
	for name, values := range header {
		r.Header[name] = values
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// spent asks until there were too many and gives how many were answered.
func spent(s http.Handler, from, token string, header http.Header) (n int) {
	for ; n < 1000; n++ {
		if w := asks(s, from, token, header); w.Code == http.StatusTooManyRequests {
			if w.Header().Get("Retry-After") == "" {
				return -1
			}
			return n
		}
	}
	return n
}

func TestAnAccountThatAsksTooOftenIsSlowedDownAlone(t *testing.T) {
	h := build(t, false)
	s := h.limited(2)
	busy, sister, other := h.token(repair.RoleCustomer, "Altyn Hash"), h.token(repair.RoleCustomer, "Altyn Hash"), h.token(repair.RoleCustomer, "Another farm")
	if n := spent(s, "203.0.113.1", busy, nil); n != 20 {
		t.Errorf("%d requests were answered at once", n)
	}
	if w := asks(s, "203.0.113.2", sister, nil); w.Code != http.StatusTooManyRequests {
		t.Errorf("the same account from another PC: %d", w.Code)
	}
	if w := asks(s, "203.0.113.1", other, nil); w.Code != http.StatusOK {
		t.Errorf("another account from the same address: %d", w.Code)
	}
	h.now = h.now.Add(time.Second)
	if n := spent(s, "203.0.113.1", busy, nil); n != 2 {
		t.Errorf("a second later %d requests were answered", n)
	}
	h.now = h.now.Add(time.Hour)
	if n := spent(s, "203.0.113.1", busy, nil); n != 20 {
		t.Errorf("an hour later %d requests were answered", n)
	}
}

func TestAnAddressWithoutATokenIsSlowedDown(t *testing.T) {
	h := build(t, false)
	s := h.limited(1)
	if n := spent(s, "2001:db8::1", "hm_wrong", nil); n != 10 {
		t.Errorf("%d wrong tokens were looked at", n)
	}
	if w := asks(s, "2001:db8::2", "hm_wrong", nil); w.Code != http.StatusTooManyRequests {
		t.Errorf("a neighbour in the same network: %d", w.Code)
	}
	if w := asks(s, "2001:db8:0:1::1", "hm_wrong", nil); w.Code != http.StatusUnauthorized {
		t.Errorf("another network: %d", w.Code)
	}
}

// A proxy that the operator named is believed; whoever else claims to speak for
// another is counted as itself.
func TestOnlyANamedProxyIsBelievedAboutAddresses(t *testing.T) {
	h := build(t, false)
	s := h.limited(1)
	for _, victim := range []string{"203.0.113.7", "203.0.113.8"} {
		if n := spent(s, "10.0.0.1", "", http.Header{"X-Forwarded-For": {"198.51.100.1, " + victim + ", 10.0.0.2"}}); n != 10 {
			t.Errorf("%s behind the proxy: %d", victim, n)
		}
	}
	for i, claim := range []string{"203.0.113.9", "203.0.113.10", "nonsense"} {
		want := map[bool]int{true: 10, false: 0}[i == 0]
		if n := spent(s, "192.0.2.1", "", http.Header{"X-Forwarded-For": {claim}}); n != want {
			t.Errorf("a liar who claims to be %s: %d", claim, n)
		}
	}
}
