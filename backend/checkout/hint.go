package checkout

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
)

// HeaderSignature carries what proves a hint.
const HeaderSignature = "BTCPay-Sig"

// Read proves that the server has sent this, and gives the invoice that it is about;
// "" when it is about something else. What else it says is not believed: the invoice
// is asked about.
func (s *Server) Read(header http.Header, body []byte) (id string, err error) {
	if !s.signed(header.Get(HeaderSignature), body) {
		return "", ErrSignature
	}
	var hint struct {
		Type    string `json:"type"`
		Invoice string `json:"invoiceId"`
	}
	if err := json.Unmarshal(body, &hint); err != nil {
		return "", ErrHint.With("why", "it is no JSON")
	}
	if !strings.HasPrefix(hint.Type, "Invoice") || !isID.MatchString(hint.Invoice) {
		return "", nil
	}
	return hint.Invoice, nil
}

// signed compares in constant time, over the bytes as they came.
func (s *Server) signed(signature string, body []byte) bool {
	text, ok := strings.CutPrefix(signature, "sha256=")
	given, err := hex.DecodeString(text)
	if !ok || err != nil || s.s.Secret == "" {
		return false
	}
	mac := hmac.New(sha256.New, []byte(s.s.Secret))
	mac.Write(body)
	return hmac.Equal(given, mac.Sum(nil))
}
