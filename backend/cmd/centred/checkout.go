package main

import (
	"errors"
	"regexp"

	"hashmend/backend/centre"
	"hashmend/backend/checkout"
)

// checkoutSettings are those of the payment server. What is wrong with a secret is
// said without it.
var checkoutSettings = withFiles([]setting{
	{"btcpay-url", "", "`address` of a BTCPay Server on which customers may pay, such as https://pay.example; empty is none", func(c *config, text string) error {
		c.checkout.Address = text
		return isService(text)
	}},
	{"btcpay-store", "", "the `id` of the centre's store there", func(c *config, text string) error {
		if c.checkout.Store = text; text != "" && !storeID.MatchString(text) {
			return errors.New("it is no id of a store")
		}
		return nil
	}},
	{"btcpay-key", "", "an API `key` that may view and create the store's invoices, and nothing else" + secretWords, func(c *config, text string) error {
		c.checkout.Key = text
		return noSpace(text)
	}},
	{"btcpay-webhook-secret", "", "the `secret` of the store's webhook to /v1/checkout/btcpay, without which the centre only asks" + secretWords, func(c *config, text string) error {
		c.checkout.Secret = text
		return noSpace(text)
	}},
})

var storeID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// checkoutTogether finds settings that do not fit each other.
func checkoutTogether(s checkout.Settings) []error {
	if some, all := s.Address+s.Store+s.Key+s.Secret != "", s.Address != "" && s.Store != "" && s.Key != ""; some && !all {
		return []error{errors.New("btcpay-url, btcpay-store and btcpay-key: all three are needed")}
	}
	return nil
}

// checkouts gives the payment server that has its key.
func (c config) checkouts() centre.Checkouts {
	return centre.Checkouts{Server: checkout.New(c.checkout, nil)}
}
