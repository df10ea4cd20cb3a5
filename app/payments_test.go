package app

import (
	"errors"
	"strings"
	"testing"
)

func TestAPaymentPageHasACodeForPhones(t *testing.T) {
	p := &Payments{}
	code, err := p.PageCode("https://pay.example/i/Inv1")
	if err != nil || code.Size < 21 || !strings.HasPrefix(code.Path, "M0 0h1v1h-1z") { // a finder's corner
		t.Errorf("%d modules, %.40q, %v", code.Size, code.Path, err)
	}
	if _, err := p.PageCode("https://pay.example/" + strings.Repeat("x", mostLink)); !errors.Is(err, errLink) {
		t.Errorf("a link without end: %v", err)
	}
}
