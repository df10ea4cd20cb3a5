package checkout

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strings"

	"hashmend/backend/repair"
)

// amount is a decimal that the server writes as a text, or in older versions as a
// number. It is never made a float.
type amount string

// UnmarshalJSON takes either.
func (a *amount) UnmarshalJSON(data []byte) error {
	if strings.HasPrefix(string(data), `"`) {
		return json.Unmarshal(data, (*string)(a))
	}
	if string(data) != "null" {
		*a = amount(data)
	}
	return nil
}

// money reads a sum whose zeros behind the point may be more than the currency has.
func (a amount) money(currency string) (repair.Money, bool) {
	text := string(a)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	m, err := repair.ParseMoney(text, currency)
	return m, err == nil && m.Amount > 0
}

// isDecimal is a number that may be counted with: no exponent, no end of digits.
var isDecimal = regexp.MustCompile(`^\d{1,20}(\.\d{1,40})?$`)

// worth is the sum of what was paid at its rates, in smallest units, never rounded up.
func worth(ways []way, currency string) (int64, bool) {
	one, err := repair.ParseMoney("1", currency)
	if err != nil {
		return 0, false
	}
	sum := new(big.Rat)
	for _, w := range ways {
		if !isDecimal.MatchString(string(w.Paid)) {
			return 0, false
		}
		paid, ok := new(big.Rat).SetString(string(w.Paid))
		if !ok {
			return 0, false
		}
		if paid.Sign() == 0 {
			continue // its rate may be missing
		}
		if !isDecimal.MatchString(string(w.Rate)) {
			return 0, false
		}
		rate, ok := new(big.Rat).SetString(string(w.Rate))
		if !ok {
			return 0, false
		}
		sum.Add(sum, paid.Mul(paid, rate))
	}
	sum.Mul(sum, new(big.Rat).SetInt64(one.Amount))
	units := new(big.Int).Quo(sum.Num(), sum.Denom())
	return units.Int64(), units.IsInt64()
}
