package checkout_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hashmend/backend/checkout"
	"hashmend/backend/repair"
)

const key = "canary-key-of-the-store"

// served is a server at which each path has one answer.
func served(t *testing.T, answers map[string]string) *checkout.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "token "+key {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		answer, there := answers[r.Method+" "+strings.TrimPrefix(r.URL.Path, "/api/v1/stores/store/invoices")]
		if !there {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(s.Close)
	return checkout.New(checkout.Settings{Address: s.URL + "/", Store: "store", Key: key, Secret: "secret"}, nil)
}

func one(status, additional, amount string) string {
	return fmt.Sprintf(`{"id":"abc","storeId":"store","checkoutLink":"https://pay.example/i/abc","amount":%s,"currency":"USD","type":"Standard",
		"status":%q,"additionalStatus":%q,"createdTime":1772413200,"expirationTime":1772414100,"monitoringExpiration":1772500500,
		"metadata":{"orderId":"p1"}}`, amount, status, additional)
}

func paid(amounts ...string) string {
	var list []string
	for _, a := range amounts {
		list = append(list, fmt.Sprintf(`{"paymentMethod":"BTC","rate":"64392.23","paymentMethodPaid":%q,"totalPaid":%q}`, a, a))
	}
	return "[" + strings.Join(list, ",") + "]"
}

func TestWhatTheServerSays(t *testing.T) {
	for _, tt := range []struct {
		status, additional, ways string
		want                     repair.CheckoutStatus
		arrived                  int64
	}{
		{"New", "None", "", repair.CheckoutOpen, 0},
		{"New", "PaidPartial", "", repair.CheckoutOpen, 0},
		{"Processing", "None", "", repair.CheckoutSeen, 0},
		{"Settled", "None", "", repair.CheckoutPaid, 24000},
		{"Settled", "Marked", "", repair.CheckoutPaid, 24000},
		{"Settled", "PaidOver", paid("0.004"), repair.CheckoutOverpaid, 25756},                      // 257.56892
		{"Settled", "PaidOver", paid("0.0037271"), repair.CheckoutPaid, 23999},                      // a hair's breadth
		{"Settled", "PaidPartial", paid("0.0037"), repair.CheckoutPaid, 23825},                      // within the store's tolerance
		{"Expired", "None", "", repair.CheckoutExpired, 0},                                          //
		{"Expired", "PaidPartial", paid("0.001", "0.0005"), repair.CheckoutUnderpaid, 9658},         // 64.39223 + 32.196115
		{"Expired", "PaidLate", paid("0.003728"), repair.CheckoutLate, 24005},                       //
		{"Expired", "PaidLate", `[{"paymentMethodPaid":"0"}]`, repair.CheckoutLate, 0},              // a way without a rate
		{"Invalid", "Marked", "", repair.CheckoutDoubtful, 0},                                       //
		{"Expired", "PaidLate", `[{"rate":1.5,"paymentMethodPaid":10}]`, repair.CheckoutLate, 1500}, // numbers, as older ones write
	} {
		t.Run(tt.status+" "+tt.additional, func(t *testing.T) {
			s := served(t, map[string]string{"GET /abc": one(tt.status, tt.additional, `"240.00000000"`), "GET /abc/payment-methods": tt.ways})
			got, err := s.Invoice(t.Context(), "abc")
			if err != nil || got.Status != tt.want || got.Arrived.Amount != tt.arrived || got.Payment != "p1" || got.Amount != (repair.Money{Amount: 24000, Currency: "USD"}) {
				t.Errorf("%+v %v", got, err)
			}
			if got.ExpiresAt != "2026-03-02T01:15:00Z" || got.Watched != "2026-03-03T01:15:00Z" {
				t.Errorf("expires %s, watched until %s", got.ExpiresAt, got.Watched)
			}
		})
	}
}

func TestWhatCannotBeReadIsNoAnswer(t *testing.T) {
	for name, tt := range map[string]struct{ invoice, ways string }{
		"no JSON":                    {"<html>", ""},
		"half":                       {`{"id":"abc"`, ""},
		"another invoice":            {strings.Replace(one("New", "None", `"240"`), `"abc"`, `"abd"`, 1), ""},
		"no amount":                  {one("New", "None", `null`), ""},
		"nothing to pay":             {one("New", "None", `"0"`), ""},
		"an exponent":                {one("New", "None", `1e400`), ""},
		"a new status":               {one("Melted", "None", `"240"`), ""},
		"a link that runs something": {strings.Replace(one("New", "None", `"240"`), "https://pay.example", "javascript://x", 1), ""},
		"a link in the clear":        {strings.Replace(one("New", "None", `"240"`), "https:", "http:", 1), ""},
		"a currency of nobody":       {strings.Replace(one("New", "None", `"240"`), "USD", "XYZ", 1), ""},
		"a huge rate":                {one("Expired", "PaidLate", `"240"`), `[{"rate":"1e999999999","paymentMethodPaid":"1"}]`},
		"less than nothing":          {one("Expired", "PaidLate", `"240"`), `[{"rate":"1","paymentMethodPaid":"-1"}]`},
		"more than all money":        {one("Expired", "PaidLate", `"240"`), paid("99999999999999999999")},
		"too long":                   {`"` + strings.Repeat("x", 1<<20) + `"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := served(t, map[string]string{"GET /abc": tt.invoice, "GET /abc/payment-methods": tt.ways})
			if got, err := s.Invoice(t.Context(), "abc"); !errors.Is(err, checkout.ErrAnswer) {
				t.Errorf("%+v %v", got, err)
			}
		})
	}
	if _, err := served(t, nil).Invoice(t.Context(), "../users"); !errors.Is(err, checkout.ErrUnknown) {
		t.Errorf("a path for an id: %v", err)
	}
}

func TestWhatGoesWrong(t *testing.T) {
	for status, want := range map[int]error{401: checkout.ErrKey, 403: checkout.ErrKey, 404: checkout.ErrUnknown, 400: checkout.ErrRefused,
		422: checkout.ErrRefused, 429: checkout.ErrSilent, 500: checkout.ErrSilent, 503: checkout.ErrSilent, 302: checkout.ErrAnswer} {
		elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			t.Errorf("followed to another server with %q", r.Header.Get("Authorization"))
		}))
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", elsewhere.URL)
			w.WriteHeader(status)
		}))
		_, err := checkout.New(checkout.Settings{Address: s.URL, Store: "store", Key: key}, nil).Invoice(t.Context(), "abc")
		if !errors.Is(err, want) || strings.Contains(fmt.Sprint(err, errors.Unwrap(err)), key) {
			t.Errorf("%d: %v", status, err)
		}
		s.Close()
		elsewhere.Close()
		_, err = checkout.New(checkout.Settings{Address: s.URL, Store: "store", Key: key}, nil).Invoice(t.Context(), "abc")
		if !errors.Is(err, checkout.ErrSilent) || strings.Contains(fmt.Sprint(err, errors.Unwrap(err)), key) {
			t.Errorf("nobody there: %v", err)
		}
	}
	if checkout.New(checkout.Settings{}, nil) != nil {
		t.Error("a server without an address")
	}
}

func TestHints(t *testing.T) {
	s := served(t, nil)
	body := `{"type":"InvoiceSettled","invoiceId":"abc"}`
	const signature = "sha256=ee2580405e09f8dc3171533d606de8ff742963e025306a12525242b020a2539e"
	for name, tt := range map[string]struct {
		body, signature, id string
		want                error
	}{
		"signed":           {body, signature, "abc", nil},
		"of another body":  {body + " ", signature, "", checkout.ErrSignature},
		"not signed":       {body, "", "", checkout.ErrSignature},
		"half a signature": {body, signature[:40], "", checkout.ErrSignature},
		"without its name": {body, strings.TrimPrefix(signature, "sha256="), "", checkout.ErrSignature},
		"no hexadecimal":   {body, "sha256=" + strings.Repeat("z", 64), "", checkout.ErrSignature},
	} {
		t.Run(name, func(t *testing.T) {
			id, err := s.Read(http.Header{http.CanonicalHeaderKey("BTCPay-Sig"): {tt.signature}}, []byte(tt.body))
			if id != tt.id || !errors.Is(err, tt.want) {
				t.Errorf("%q %v", id, err)
			}
		})
	}
	keyless := checkout.New(checkout.Settings{Address: "https://pay.example"}, nil)
	if _, err := keyless.Read(http.Header{http.CanonicalHeaderKey("BTCPay-Sig"): {"sha256=" + signature}}, []byte(body)); !errors.Is(err, checkout.ErrSignature) {
		t.Errorf("without a secret: %v", err)
	}
}
