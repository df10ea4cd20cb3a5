package checkout

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"hashmend/backend/repair"
)

// invoice is one as the Greenfield API writes it.
type invoice struct {
	ID         string `json:"id"`
	Link       string `json:"checkoutLink"`
	Amount     amount `json:"amount"`
	Currency   string `json:"currency"`
	Status     string `json:"status"`
	Additional string `json:"additionalStatus"`
	Expires    int64  `json:"expirationTime"`
	Watched    int64  `json:"monitoringExpiration"`
	Metadata   struct {
		OrderID string `json:"orderId"`
	} `json:"metadata"`
}

// way is what has been paid of an invoice in one kind of money.
type way struct {
	Rate amount `json:"rate"` // of the invoice's currency
	Paid amount `json:"paymentMethodPaid"`
}

// request is what an invoice is made of.
type request struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
	Metadata struct {
		OrderID string `json:"orderId"`
		Item    string `json:"itemDesc"`
	} `json:"metadata"`
}

// Create gives the payment an invoice. When an answer was lost the invoice is there
// already and is found again: known are those that the payment has had before.
func (s *Server) Create(ctx context.Context, ask Ask, known []repair.Checkout) (Invoice, error) {
	var there []invoice
	if err := s.call(ctx, http.MethodGet, "?"+url.Values{"orderId": {string(ask.Payment)}}.Encode(), nil, &there); err != nil {
		return Invoice{}, err
	}
	for _, one := range there {
		isKnown := slices.ContainsFunc(known, func(k repair.Checkout) bool { return k.Invoice == one.ID })
		if isKnown || words[one.Status] != repair.CheckoutOpen {
			continue
		}
		if found, err := s.told(ctx, one); err == nil && found.Payment == ask.Payment && found.Amount == ask.Amount {
			return found, nil
		}
	}
	wish := request{Amount: ask.Amount.Decimal(), Currency: ask.Amount.Currency}
	wish.Metadata.OrderID, wish.Metadata.Item = string(ask.Payment), ask.Reference
	body, err := json.Marshal(wish)
	if err != nil {
		return Invoice{}, ErrAnswer.Because(err)
	}
	var made invoice
	if err := s.call(ctx, http.MethodPost, "", body, &made); err != nil {
		return Invoice{}, err
	}
	got, err := s.told(ctx, made)
	if err == nil && (got.Amount != ask.Amount || got.Payment != ask.Payment) {
		err = ErrAnswer.Because(errors.New("the invoice is for something else"))
	}
	return got, err
}

// Invoice asks how an invoice stands.
func (s *Server) Invoice(ctx context.Context, id string) (Invoice, error) {
	if !isID.MatchString(id) {
		return Invoice{}, ErrUnknown
	}
	var one invoice
	if err := s.call(ctx, http.MethodGet, "/"+id, nil, &one); err != nil {
		return Invoice{}, err
	}
	if one.ID != id {
		return Invoice{}, ErrAnswer.Because(errors.New("the answer is about another invoice"))
	}
	return s.told(ctx, one)
}

// told reads an invoice, and asks what has arrived where that decides something.
func (s *Server) told(ctx context.Context, one invoice) (Invoice, error) {
	due, ok := one.Amount.money(one.Currency)
	if !ok || !isID.MatchString(one.ID) || one.Expires <= 0 || !isPage(one.Link) {
		return Invoice{}, ErrAnswer.Because(errors.New("the invoice is not one of ours"))
	}
	watched := one.Watched
	if watched < one.Expires {
		watched = one.Expires + int64(24*time.Hour/time.Second)
	}
	out := Invoice{Payment: repair.PaymentID(one.Metadata.OrderID), Checkout: repair.Checkout{Invoice: one.ID, Link: one.Link, Amount: due,
		ExpiresAt: repair.At(time.Unix(one.Expires, 0)), Watched: repair.At(time.Unix(watched, 0)), Arrived: repair.Money{Currency: one.Currency}}}
	word, known := words[one.Status]
	if !known {
		return Invoice{}, ErrAnswer.Because(errors.New("the invoice has a status that we do not know"))
	}
	out.Status = word
	partly := one.Additional == "PaidPartial" || one.Additional == "PaidLate" || one.Additional == "PaidOver"
	switch {
	case word == repair.CheckoutPaid:
		out.Arrived = due // what a person has marked there is vouched for too
	case word != repair.CheckoutExpired, !partly:
		return out, nil
	}
	if !partly {
		return out, nil
	}
	arrived, err := s.arrived(ctx, one)
	if err != nil {
		return Invoice{}, err
	}
	out.Arrived.Amount = arrived
	switch {
	case word == repair.CheckoutPaid && arrived > due.Amount:
		out.Status = repair.CheckoutOverpaid
	case word == repair.CheckoutPaid:
	case one.Additional == "PaidLate":
		out.Status = repair.CheckoutLate
	default:
		out.Status = repair.CheckoutUnderpaid
	}
	return out, nil
}

// words are its statuses in ours.
var words = map[string]repair.CheckoutStatus{
	"New": repair.CheckoutOpen, "Processing": repair.CheckoutSeen, "Settled": repair.CheckoutPaid,
	"Expired": repair.CheckoutExpired, "Invalid": repair.CheckoutDoubtful,
}

// arrived adds up what was paid, in smallest units of the invoice's currency.
func (s *Server) arrived(ctx context.Context, one invoice) (int64, error) {
	var ways []way
	if err := s.call(ctx, http.MethodGet, "/"+one.ID+"/payment-methods", nil, &ways); err != nil {
		return 0, err
	}
	sum, ok := worth(ways, one.Currency)
	if !ok {
		return 0, ErrAnswer.Because(errors.New("what was paid cannot be read"))
	}
	return sum, nil
}

var isID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// isPage accepts what may be opened in a customer's browser.
func isPage(link string) bool {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" || u.User != nil || len(link) > 500 || strings.ContainsAny(link, " \t\r\n") {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && isLoopback(u)
}

// isLoopback is a server on this machine, as in a trial.
func isLoopback(u *url.URL) bool {
	host := u.Hostname()
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
