package centrehost_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"hashmend/backend/centre"
	"hashmend/backend/centrehost"
	"hashmend/backend/checkout"
	"hashmend/backend/repair"
	. "hashmend/backend/repairtest"
	"hashmend/backend/wire"
)

// btcpay is a local server that speaks as a BTCPay Server does.
type btcpay struct {
	*httptest.Server
	t        *testing.T
	mu       sync.Mutex
	at       time.Time // by its own clock
	invoices []*paidPage
	made     int
	asked    int
	gone     bool // it answers nothing
	lose     bool // the answer to the next invoice
}

type paidPage struct {
	ID         string            `json:"id"`
	Link       string            `json:"checkoutLink"`
	Amount     string            `json:"amount"`
	Currency   string            `json:"currency"`
	Status     string            `json:"status"`
	Additional string            `json:"additionalStatus"`
	Expires    int64             `json:"expirationTime"`
	Watched    int64             `json:"monitoringExpiration"`
	Metadata   map[string]string `json:"metadata"`
	paid       string            // in the invoice's currency
}

func newBTCPay(t *testing.T, now time.Time) *btcpay {
	t.Helper()
	b := &btcpay{t: t, at: now}
	mux := http.NewServeMux()
	const path = "/api/v1/stores/shop/invoices"
	mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
		found := []*paidPage{}
		for _, one := range b.invoices {
			if slices.Contains(r.URL.Query()["orderId"], one.Metadata["orderId"]) {
				found = append(found, one)
			}
		}
		b.answers(w, found)
	})
	mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		one := &paidPage{}
		if err := json.NewDecoder(r.Body).Decode(one); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		b.made++
		one.ID, one.Status, one.Additional, one.paid = fmt.Sprintf("Inv%d", b.made), "New", "None", "0"
		one.Link = "https://pay.example/i/" + one.ID
		one.Expires, one.Watched = b.at.Add(15*time.Minute).Unix(), b.at.Add(24*time.Hour).Unix()
		b.invoices = append(b.invoices, one)
		if b.lose {
			b.lose = false
			panic(http.ErrAbortHandler)
		}
		b.answers(w, one)
	})
	mux.HandleFunc("GET "+path+"/{id}", func(w http.ResponseWriter, r *http.Request) {
		if one := b.find(r.PathValue("id")); one != nil {
			b.answers(w, one)
			return
		}
		w.WriteHeader(http.StatusNotFound)
	})
	mux.HandleFunc("GET "+path+"/{id}/payment-methods", func(w http.ResponseWriter, r *http.Request) {
		b.answers(w, []map[string]string{{"paymentMethod": "BTC", "rate": "2", "paymentMethodPaid": "0"},
			{"paymentMethod": "LTC", "rate": "1", "paymentMethodPaid": b.find(r.PathValue("id")).paid}})
	})
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.asked++
		switch {
		case b.gone:
			panic(http.ErrAbortHandler)
		case r.Header.Get("Authorization") != "token the-key":
			w.WriteHeader(http.StatusUnauthorized)
		default:
			mux.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(b.Close)
	return b
}

func (b *btcpay) answers(w http.ResponseWriter, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		b.t.Error(err)
	}
}

func (b *btcpay) find(id string) *paidPage {
	for _, one := range b.invoices {
		if one.ID == id {
			return one
		}
	}
	return nil
}

// says moves an invoice.
func (b *btcpay) says(id, status, additional, paid string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.find(id)
	one.Status, one.Additional, one.paid = status, additional, paid
}

func (b *btcpay) set(change func(*btcpay)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change(b)
}

func (b *btcpay) count() (made, asked int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.made, b.asked
}

const hookSecret = "a-secret-of-our-own"

// till is a centre with a payment server, with an accepted price of two devices.
type till struct {
	*journey
	farmer, office person
	server         *btcpay
	centre         *centre.Centre
}

func atTheTill(t *testing.T) *till {
	t.Helper()
	s := &shop{t: t, now: Start}
	clock := func() time.Time { return s.now }
	server := newBTCPay(t, s.now)
	host, err := centrehost.Open(t.Context(), filepath.Join(t.TempDir(), "centre"), centrehost.Options{Now: clock,
		Checkouts: centre.Checkouts{Server: checkout.New(checkout.Settings{Address: server.URL, Store: "shop", Key: "the-key", Secret: hookSecret}, nil)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	over := httptest.NewServer(host.Handler())
	t.Cleanup(over.Close)
	s.host, s.url = host, over.URL
	k := &till{farmer: s.joins(repair.RoleCustomer, "North Ridge"), office: s.joins(repair.RoleOffice, ""), server: server, centre: host.Centre()}
	if err := k.centre.BeginCheckouts(t.Context()); err != nil {
		t.Fatal(err)
	}
	k.journey = s.files(k.farmer, Submission(2))
	technician := s.joins(repair.RoleTechnician, "")
	k.does(technician, Diagnose(repair.ReturnRecommended, ""))
	k.does(k.farmer, SetParcels(Plan(1, 1, 2)))
	k.does(k.farmer, repair.Command{Kind: repair.CmdHandOver, ParcelIDs: []repair.ParcelID{ParcelID(1)}})
	for _, cmd := range []repair.Command{Receive(1, 1, 2), Find(1, repair.Normal, "V01"), Find(2, repair.Normal, "V01"),
		SendQuotes(Price(1, 1, USD(12000)), Price(2, 2, USD(12000)))} {
		k.does(technician, cmd)
	}
	k.does(k.farmer, Accept(1, 2))
	k.chooses()
	return k
}

// chooses asks for the page. The rules alone know nothing of a payment server, so
// this goes to the centre only.
func (k *till) chooses() {
	k.t.Helper()
	k.later(time.Minute)
	id, err := uuid.NewV7()
	if err != nil {
		k.t.Fatal(err)
	}
	cmd := Voucher(1, 1, 2)
	cmd.Kind, cmd.Payment.Vouchers, cmd.Payment.Method = repair.CmdChoosePayment, nil, repair.PayCryptoCheckout
	k.sends(k.farmer, cmd, repair.CommandID(id.String()))
}

func (k *till) sends(by person, cmd repair.Command, id repair.CommandID) {
	k.t.Helper()
	cmd.ID, cmd.WorkOrder = id, OrderID
	body, err := json.Marshal(cmd)
	if err != nil {
		k.t.Fatal(err)
	}
	if _, err := by.PutOp(k.t.Context(), id, body, 0); err != nil {
		k.t.Fatalf("%s: %v", cmd.Kind, err)
	}
}

// collects lets the centre ask all that is due.
func (k *till) collects() {
	k.t.Helper()
	for range 20 {
		more, err := k.centre.Collect(k.t.Context())
		if err != nil {
			k.t.Fatal(err)
		}
		if !more {
			return
		}
	}
	k.t.Fatal("there is always something to ask")
}

// passes lets time pass, and the centre look.
func (k *till) passes(d time.Duration) {
	k.later(d)
	k.collects()
}

// later sets both clocks. The server's is its own: an answer that was cut off may still
// be under way there.
func (k *till) later(d time.Duration) {
	k.now = k.now.Add(d)
	k.server.set(func(b *btcpay) { b.at = k.now })
}

func (k *till) payment() repair.Payment {
	k.t.Helper()
	whole, err := k.farmer.WorkOrder(k.t.Context(), OrderID)
	if err != nil || len(whole.Payments) != 1 {
		k.t.Fatalf("%+v %v", whole, err)
	}
	return whole.Payments[0]
}

func (k *till) is(status repair.PaymentStatus, received int64) {
	k.t.Helper()
	if p := k.payment(); p.Status != status || p.Received.Amount != received {
		k.t.Fatalf("%s, %v received; want %s, %d", p.Status, p.Received, status, received)
	}
}

// hint is what the server sends by itself.
func (k *till) hint(body, secret string, want int) {
	k.t.Helper()
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	r, err := http.NewRequestWithContext(k.t.Context(), http.MethodPost, k.url+wire.PathCheckout, strings.NewReader(body))
	if err != nil {
		k.t.Fatal(err)
	}
	r.Header.Set("Content-Type", wire.TypeJSON)
	r.Header.Set("BTCPay-Sig", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		k.t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != want {
		k.t.Fatalf("%s: %d, want %d", body, response.StatusCode, want)
	}
}

func TestAPageIsPaidAndTheRepairMayBegin(t *testing.T) {
	k := atTheTill(t)
	info, err := k.centre.Info(t.Context())
	if err != nil || !slices.Contains(info.Settings.Methods, repair.PayCryptoCheckout) {
		t.Fatalf("%v %v", info.Settings.Methods, err)
	}
	k.collects()
	k.is(repair.PaymentWaiting, 0)
	page := k.payment().Checkout
	if page.Link != "https://pay.example/i/Inv1" || page.Amount != USD(24000) || page.ExpiresAt != repair.At(k.now.Add(15*time.Minute)) {
		t.Errorf("%+v", page)
	}
	if one := k.server.find("Inv1"); one.Amount != "240.00" || one.Currency != "USD" || one.Metadata["orderId"] != string(PaymentID(1)) {
		t.Errorf("%+v", one)
	}
	k.server.says("Inv1", "Processing", "None", "240")
	k.passes(2 * time.Minute)
	k.is(repair.PaymentSeen, 0)
	k.server.says("Inv1", "Settled", "None", "240")
	k.passes(2 * time.Minute)
	k.is(repair.PaymentConfirmed, 24000)
	_, before := k.server.count()
	k.passes(48 * time.Hour)
	if made, after := k.server.count(); after != before || made != 1 {
		t.Errorf("%d invoices, and asked %d times more when all was paid", made, after-before)
	}
}

func TestAHintIsProvenAndOnlyAHint(t *testing.T) {
	k := atTheTill(t)
	k.collects()
	const settled = `{"type":"InvoiceSettled","invoiceId":"Inv1","metadata":{"orderId":"somebody"}}`
	k.hint(settled, "guessed", http.StatusForbidden)
	k.hint("{", hookSecret, http.StatusBadRequest)
	k.hint(settled, hookSecret, http.StatusOK) // the server itself says that it is open
	k.is(repair.PaymentWaiting, 0)
	k.hint(`{"type":"InvoiceSettled","invoiceId":"__test__"}`, hookSecret, http.StatusOK)
	k.hint(`{"type":"PayoutApproved"}`, hookSecret, http.StatusOK)
	k.server.says("Inv1", "Settled", "None", "240")
	k.hint(settled, hookSecret, http.StatusOK)
	k.is(repair.PaymentConfirmed, 24000)
	rev := k.payment().Rev
	k.hint(settled, hookSecret, http.StatusOK)
	if k.payment().Rev != rev {
		t.Error("a replay has changed something")
	}
	k.server.set(func(b *btcpay) { b.gone = true })
	k.hint(settled, hookSecret, http.StatusServiceUnavailable) // it sends it again
}

func TestALostAnswerMakesNoSecondPage(t *testing.T) {
	k := atTheTill(t)
	k.server.set(func(b *btcpay) { b.lose = true })
	k.collects()
	k.is(repair.PaymentChosen, 0)
	k.passes(time.Minute)
	k.is(repair.PaymentWaiting, 0)
	if made, _ := k.server.count(); made != 1 || k.payment().Checkout.Invoice != "Inv1" {
		t.Errorf("%d invoices", made)
	}
}

func TestAnExpiredPageIsAskedForAgainAndMoneyForItIsNotLost(t *testing.T) {
	k := atTheTill(t)
	k.collects()
	k.server.says("Inv1", "Expired", "None", "0")
	k.passes(16 * time.Minute)
	k.is(repair.PaymentExpired, 0)
	k.chooses()
	k.collects()
	k.is(repair.PaymentWaiting, 0)
	if p := k.payment(); p.Checkout.Invoice != "Inv2" || len(p.Earlier) != 1 {
		t.Fatalf("%+v", p)
	}
	k.server.says("Inv1", "Expired", "PaidLate", "240")
	k.passes(2 * time.Hour)
	k.is(repair.PaymentLate, 24000)
	k.sends(k.office, Decide(1, repair.PaymentConfirmed, USD(24000)), repair.CommandID(ID(7, 901)))
	k.is(repair.PaymentConfirmed, 24000)
	k.server.says("Inv2", "Expired", "PaidPartial", "10.009")
	k.passes(2 * time.Hour)
	k.is(repair.PaymentOverpaid, 25000)
}

func TestAnExpiredPageIsWatchedWhileMoneyMayCome(t *testing.T) {
	k := atTheTill(t)
	k.collects()
	k.server.says("Inv1", "Expired", "None", "0")
	for range 8 {
		k.passes(time.Hour)
	}
	k.is(repair.PaymentExpired, 0)
	k.server.says("Inv1", "Expired", "PaidLate", "240")
	k.passes(time.Hour)
	k.is(repair.PaymentLate, 24000)
}

func TestTooLittleAndTooMuch(t *testing.T) {
	k := atTheTill(t)
	k.collects()
	k.server.says("Inv1", "Expired", "PaidPartial", "100")
	k.passes(16 * time.Minute)
	k.is(repair.PaymentUnderpaid, 10000)
	k = atTheTill(t)
	k.collects()
	k.server.says("Inv1", "Settled", "PaidOver", "250.5")
	k.passes(2 * time.Minute)
	k.is(repair.PaymentOverpaid, 25050)
}

func TestAServerIsGoneAndComesBack(t *testing.T) {
	k := atTheTill(t)
	k.server.set(func(b *btcpay) { b.gone = true })
	k.collects()
	k.is(repair.PaymentChosen, 0)
	k.passes(time.Minute)
	if p := k.payment(); p.CheckoutTrouble != "checkout.unreachable" {
		t.Errorf("the customer is told %q", p.CheckoutTrouble)
	}
	_, before := k.server.count()
	for range 4 * 60 {
		k.passes(15 * time.Second)
	}
	if _, after := k.server.count(); after-before > 10 {
		t.Errorf("asked %d times in an hour in vain", after-before)
	}
	k.server.set(func(b *btcpay) { b.gone = false })
	k.passes(40 * time.Minute)
	k.is(repair.PaymentWaiting, 0)
	if p := k.payment(); p.CheckoutTrouble != "" {
		t.Errorf("the customer is still told %q", p.CheckoutTrouble)
	}
	k.server.set(func(b *btcpay) { b.gone = true })
	k.server.says("Inv1", "Expired", "PaidLate", "240") // while we cannot hear it
	k.passes(72 * time.Hour)
	k.server.set(func(b *btcpay) { b.gone = false })
	k.passes(time.Hour)
	k.is(repair.PaymentLate, 24000)
}

func TestTwoCentresMakeOnePage(t *testing.T) {
	k := atTheTill(t)
	var both sync.WaitGroup
	for range 4 {
		both.Go(func() {
			if _, err := k.centre.Collect(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if made, _ := k.server.count(); made != 1 {
		t.Errorf("%d invoices", made)
	}
}
