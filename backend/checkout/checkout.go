// Package checkout speaks to a BTCPay Server, where customers pay on a page: it
// makes invoices, asks how they stand and proves what the server sends by itself.
// It keeps nothing, decides nothing, and its errors hold no key.
package checkout

import (
	"net/http"
	"strings"

	"hashmend/backend/repair"
)

// Name is the source of what the server tells.
const Name = "BTCPay Server"

// Settings are what the owner of the store at the server has given.
type Settings struct {
	Address string // of the server
	Store   string // the store's id
	Key     string // may see and create invoices of the store
	Secret  string // proves what the server sends by itself
}

// Server is a BTCPay Server.
type Server struct {
	s      Settings
	client *http.Client
}

// New gives the server; without an address there is none.
func New(s Settings, client *http.Client) *Server {
	if s.Address == "" {
		return nil
	}
	own := http.Client{}
	if client != nil {
		own = *client
	}
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // the key goes nowhere else
	s.Address = strings.TrimRight(s.Address, "/")
	return &Server{s: s, client: &own}
}

// Ask is for what an invoice is made.
type Ask struct {
	Payment   repair.PaymentID // finds the invoice again
	Reference string           // what the customer reads on the page
	Amount    repair.Money
}

// Invoice is one as the server has it.
type Invoice struct {
	Payment repair.PaymentID
	repair.Checkout
}

// Why the server tells nothing.
var (
	ErrKey     = &repair.Error{Kind: repair.Unavailable, Code: "checkout.key_wrong"}
	ErrSilent  = &repair.Error{Kind: repair.Unavailable, Code: "checkout.unreachable"}
	ErrAnswer  = &repair.Error{Kind: repair.Unavailable, Code: "checkout.answer_unreadable"}
	ErrRefused = &repair.Error{Kind: repair.Unavailable, Code: "checkout.refused"}
	ErrUnknown = &repair.Error{Kind: repair.NotFound, Code: "checkout.invoice_unknown"}
)

// ErrSignature means that a hint is not from the server.
var ErrSignature = &repair.Error{Kind: repair.Forbidden, Code: "checkout.bad_signature"}

// ErrHint means that a hint cannot be read.
var ErrHint = &repair.Error{Kind: repair.Invalid, Code: "request.malformed"}
