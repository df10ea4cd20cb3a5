package repair_test

import (
	"testing"

	"pgregory.net/rapid"

	"hashmend/backend/repair"
)

func TestParseMoney(t *testing.T) {
	tests := []struct {
		text, currency string
		amount         int64
		shown, code    string
	}{
		{"120.50", "USD", 12050, "120.50 USD", ""},
		{" 7 ", "CNY", 700, "7.00 CNY", ""},
		{"0.000001", "USDT", 1, "0.000001 USDT", ""},
		{"0.1", "USDT", 100000, "0.100000 USDT", ""},
		{"0.00123", "BTC", 123000, "0.00123000 BTC", ""},
		{"0", "USD", 0, "0.00 USD", ""},
		{"1,200", "USD", 0, "", "money.not_a_number"},
		{"1.", "USD", 0, "", "money.not_a_number"},
		{".5", "USD", 0, "", "money.not_a_number"},
		{"-1", "USD", 0, "", "money.not_a_number"},
		{"1e3", "USD", 0, "", "money.not_a_number"},
		{"", "USD", 0, "", "money.not_a_number"},
		{"1.001", "USD", 0, "", "money.too_many_decimals"},
		{"99999999999999", "USD", 0, "", "money.too_large"},
		{"99999999999999999999", "USD", 0, "", "money.too_large"},
		{"1", "ETC", 0, "", "money.currency_unknown"},
	}
	for _, tt := range tests {
		t.Run(tt.text+" "+tt.currency, func(t *testing.T) {
			got, err := repair.ParseMoney(tt.text, tt.currency)
			if tt.code != "" {
				checkCode(t, err, tt.code)
				return
			}
			if err != nil || got.Amount != tt.amount || got.String() != tt.shown {
				t.Errorf("%d, shown %q, %v; want %d, %q", got.Amount, got, err, tt.amount, tt.shown)
			}
		})
	}
	if s := (repair.Money{}).String(); s != "0" {
		t.Errorf("no money is %q", s)
	}
	if s := (repair.Money{Amount: -5, Currency: "USD"}).String(); s != "-0.05 USD" {
		t.Errorf("an excess is %q", s)
	}
}

func TestMoneyIsReadAsItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		currency := rapid.SampledFrom(repair.Currencies()).Draw(t, "currency").Code
		m := repair.Money{Amount: rapid.Int64Range(0, 9e14).Draw(t, "amount"), Currency: currency}
		if got, err := repair.ParseMoney(m.Decimal(), currency); err != nil || got != m {
			t.Fatalf("%v became %v, %v", m, got, err)
		}
	})
}

func FuzzMoney(f *testing.F) {
	f.Add("120.50", "USD")
	f.Add("0.000001", "USDT")
	f.Fuzz(func(t *testing.T, text, currency string) {
		m, err := repair.ParseMoney(text, currency)
		if err != nil {
			return
		}
		if again, err := repair.ParseMoney(m.Decimal(), currency); err != nil || again != m {
			t.Errorf("%q is %v, written %q, read %v, %v", text, m, m.Decimal(), again, err)
		}
	})
}

func TestTotalsAreKeptPerCurrency(t *testing.T) {
	got := repair.SumByCurrency([]repair.Money{{Amount: 5, Currency: "USD"}, {Amount: 7, Currency: "USDT"}, {Amount: 6, Currency: "USD"}})
	if len(got) != 2 || got[0] != (repair.Money{Amount: 11, Currency: "USD"}) || got[1] != (repair.Money{Amount: 7, Currency: "USDT"}) {
		t.Errorf("%v", got)
	}
}
