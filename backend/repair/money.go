package repair

import (
	"strconv"
	"strings"
)

// CurrencyRow is a currency that the program can count in.
type CurrencyRow struct {
	Code     string `json:"code"`
	Decimals int    `json:"decimals"`
}

// currencies are those whose every plausible sum fits in 64 bits of smallest
// units. ETC with its 18 decimals does not and is left out.
var currencies = []CurrencyRow{
	{"CNY", 2}, {"USD", 2}, {"EUR", 2}, {"USDT", 6}, {"BTC", 8},
}

// Currencies lists the currencies and their decimals.
func Currencies() []CurrencyRow { return append([]CurrencyRow(nil), currencies...) }

func decimalsOf(currency string) (int, bool) {
	for _, c := range currencies {
		if c.Code == currency {
			return c.Decimals, true
		}
	}
	return 0, false
}

// maxMoney keeps a sum of ten thousand amounts inside 64 bits.
const maxMoney = int64(9e14)

// ParseMoney reads a decimal text such as "120.50". Grouping marks are refused:
// "1,200" is a thousand to one reader and one to another.
func ParseMoney(text, currency string) (Money, error) {
	decimals, ok := decimalsOf(currency)
	if !ok {
		return Money{}, ErrMoneyCurrency.With("currency", currency)
	}
	t := strings.TrimSpace(text)
	whole, fraction, point := strings.Cut(t, ".")
	if whole == "" || (point && fraction == "") || !allDigits(whole) || !allDigits(fraction) {
		return Money{}, ErrMoneyNotANumber.With("text", clip(t))
	}
	if len(fraction) > decimals {
		return Money{}, ErrMoneyDecimals.With("text", clip(t), "currency", currency, "decimals", strconv.Itoa(decimals))
	}
	amount, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", decimals-len(fraction)), 10, 64)
	if err != nil || amount > maxMoney {
		return Money{}, ErrMoneyTooLarge.With("text", clip(t))
	}
	return Money{Amount: amount, Currency: currency}, nil
}

// Decimal is the amount as ParseMoney reads it, with all decimals of its currency.
func (m Money) Decimal() string {
	decimals, _ := decimalsOf(m.Currency)
	sign, digits := "", strconv.FormatInt(m.Amount, 10)
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	if decimals == 0 {
		return sign + digits
	}
	if short := decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	cut := len(digits) - decimals
	return sign + digits[:cut] + "." + digits[cut:]
}

// String is the amount and its currency, such as "120.50 USD".
func (m Money) String() string {
	if m == (Money{}) {
		return "0"
	}
	return m.Decimal() + " " + m.Currency
}

// IsZero reports that there is nothing to pay.
func (m Money) IsZero() bool { return m.Amount == 0 }

// valid reports whether the amount may stand in a quote or a payment.
func (m Money) valid() *Error {
	if _, ok := decimalsOf(m.Currency); !ok {
		return ErrMoneyCurrency.With("currency", m.Currency)
	}
	if m.Amount < 0 {
		return ErrMoneyNegative
	}
	if m.Amount > maxMoney {
		return ErrMoneyTooLarge.With("text", m.Decimal())
	}
	return nil
}

// SumByCurrency adds amounts, one total per currency, in the order of first
// appearance. Currencies are never mixed.
func SumByCurrency(amounts []Money) []Money {
	var totals []Money
next:
	for _, m := range amounts {
		for i := range totals {
			if totals[i].Currency == m.Currency {
				totals[i].Amount += m.Amount
				continue next
			}
		}
		totals = append(totals, m)
	}
	return totals
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// clip keeps what a person typed short enough to be shown in an error.
func clip(s string) string {
	const most = 60
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "…"
}
