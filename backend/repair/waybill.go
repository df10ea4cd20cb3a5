package repair

import (
	"regexp"
	"strings"
)

// WaybillFormat says how well a number fits its carrier.
type WaybillFormat string

// Fits of a waybill number.
const (
	FormatOK      WaybillFormat = "ok"
	FormatUnusual WaybillFormat = "unusual" // seen, but not the usual form: a warning
	FormatWrong   WaybillFormat = "wrong"
	FormatUnknown WaybillFormat = "unknown" // of this carrier no format is known
)

// CheckDigit is the outcome of a carrier's check digit.
type CheckDigit string

// Outcomes of a check digit.
const (
	CheckNone  CheckDigit = "none" // this form has none
	CheckOK    CheckDigit = "ok"
	CheckWrong CheckDigit = "wrong"
)

// WaybillCheck is what can be said about a waybill number by looking at it.
type WaybillCheck struct {
	Normal     WaybillNumber `json:"normal"` // without spaces, upper case, taken out of a scanned address
	Format     WaybillFormat `json:"format"`
	CheckDigit CheckDigit    `json:"check_digit"`
	// Blocking holds until the person says "I have checked": only where a wrong
	// number is surely wrong.
	Blocking bool      `json:"blocking"`
	Codes    []Finding `json:"codes"`
}

// waybillForm is one form of a carrier's numbers.
type waybillForm struct {
	carriers []Carrier
	shape    *regexp.Regexp
	unusual  bool
	digit    func(string) bool // nil: the form has no check digit
}

var (
	s10      = regexp.MustCompile(`^[A-Z]{2}\d{9}[A-Z]{2}$`)
	fedexAir = regexp.MustCompile(`^\d{12}$`)
)

// waybillForms is asked from the top; the person's choice of carrier wins,
// because the same digits fit several carriers.
var waybillForms = []waybillForm{
	{[]Carrier{"sf", "sf_freight"}, regexp.MustCompile(`^SF[0-9A-Z]\d{12}$`), false, nil},
	{[]Carrier{"sf", "sf_freight"}, regexp.MustCompile(`^\d{12}$`), false, nil},
	{[]Carrier{"sf", "sf_freight"}, regexp.MustCompile(`^SF\d{12,15}$`), true, nil},
	{[]Carrier{"deppon", "deppon_ltl"}, regexp.MustCompile(`^DPK\d{12}$`), false, nil},
	{[]Carrier{"deppon", "deppon_ltl"}, regexp.MustCompile(`^DPK\d{11,}(-\d+)+$`), false, nil},
	{[]Carrier{"deppon", "deppon_ltl"}, regexp.MustCompile(`^\d{8,10}$`), false, nil},
	{[]Carrier{"kye"}, regexp.MustCompile(`^KY\d{13}$`), false, nil},
	{[]Carrier{"kye"}, regexp.MustCompile(`^\d{11}$`), false, nil},
	{[]Carrier{"jd"}, regexp.MustCompile(`^JD[0-9A-Z]{2}\d{11}$`), false, nil},
	{[]Carrier{"zto"}, regexp.MustCompile(`^7[3-68]\d{12}$`), false, nil},
	{[]Carrier{"zto"}, regexp.MustCompile(`^\d{12,14}$`), true, nil},
	{[]Carrier{"yto"}, regexp.MustCompile(`^YT\d{13}$`), false, nil},
	{[]Carrier{"sto"}, regexp.MustCompile(`^(77|43)\d{12,15}$`), false, nil},
	{[]Carrier{"yunda"}, regexp.MustCompile(`^([34]\d{14}|5\d{12})$`), false, nil},
	{[]Carrier{"jtexpress"}, regexp.MustCompile(`^JT\d{13}$`), false, nil},
	{[]Carrier{"ems_cn"}, regexp.MustCompile(`^([189]\d{12}|P[A-Z]\d{11})$`), false, nil},
	{[]Carrier{"ems_cn", "ems_intl"}, s10, false, checkS10},
	{[]Carrier{"dhl"}, regexp.MustCompile(`^\d{10,11}$`), false, checkDHL},
	{[]Carrier{"dhl"}, regexp.MustCompile(`^J[A-Z]{2,3}\d{9,10}$`), false, nil},
	{[]Carrier{"fedex"}, fedexAir, false, checkFedExAir},
	{[]Carrier{"fedex"}, regexp.MustCompile(`^\d{15}$`), false, checkFedExGround},
	{[]Carrier{"ups"}, regexp.MustCompile(`^1Z[0-9A-Z]{15}\d$`), false, checkUPS},
	{[]Carrier{"cdek"}, regexp.MustCompile(`^\d{10}$`), false, nil},
}

// surePrefixes begin numbers of which the length is certain: anything else
// behind them is a slip of the hand.
var surePrefixes = map[Carrier]string{"sf": "SF", "sf_freight": "SF", "kye": "KY", "deppon": "DPK", "deppon_ltl": "DPK"}

// NormalWaybill is the number as carriers print it. A scanned label often holds
// a web address: its last part or its value that looks like a number is taken.
func NormalWaybill(typed WaybillNumber) WaybillNumber {
	valid := strings.ToValidUTF8(string(typed), "?") // half characters must not join into a new one
	s := strings.ToUpper(strings.Join(strings.FieldsFunc(valid, isInvisible), ""))
	if strings.Contains(s, "://") {
		parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("/?&=#", r) })
		for i := len(parts) - 1; i > 0; i-- {
			if waybillLike.MatchString(parts[i]) {
				return WaybillNumber(parts[i])
			}
		}
	}
	return WaybillNumber(s)
}

var waybillLike = regexp.MustCompile(`^[A-Z0-9-]*\d{8}[A-Z0-9-]*$`)

// waybillSane is what any carrier's number looks like.
var waybillSane = regexp.MustCompile(`^[A-Z0-9][A-Z0-9-]{5,31}$`)

// CheckWaybill looks at a waybill number (R17). Formats overlap and change, so
// most doubts are warnings.
func CheckWaybill(c Carrier, n WaybillNumber) WaybillCheck {
	check := WaybillCheck{Normal: NormalWaybill(n), Format: FormatUnknown, CheckDigit: CheckNone}
	s := string(check.Normal)
	if s == "" {
		check.Format = FormatWrong
		check.Blocking = true
		check.Codes = []Finding{finding("waybill.missing", 0, "waybill_number")}
		return check
	}
	known := false
	for _, form := range waybillForms {
		if !has(form.carriers, c) {
			continue
		}
		known = true
		if !form.shape.MatchString(s) {
			continue
		}
		check.Format = FormatOK
		if form.unusual {
			check.Format = FormatUnusual
		}
		if form.digit != nil {
			check.CheckDigit = CheckOK
			if !form.digit(s) {
				check.CheckDigit = CheckWrong
			}
		}
		break
	}
	if check.Format == FormatUnknown && (known || !waybillSane.MatchString(s)) {
		check.Format = FormatWrong
	}
	check.Codes = waybillFindings(c, check)
	for _, f := range check.Codes {
		check.Blocking = check.Blocking || f.Severity == Blocking
	}
	return check
}

func waybillFindings(c Carrier, check WaybillCheck) []Finding {
	args := []string{"carrier", string(c), "number", clip(string(check.Normal))}
	prefix := surePrefixes[c]
	switch {
	case check.CheckDigit == CheckWrong:
		return []Finding{finding("waybill.check_digit", 0, "waybill_number", args...)}
	case check.Format == FormatUnusual:
		return []Finding{finding("waybill.unusual", 0, "waybill_number", args...)}
	case check.Format == FormatWrong && prefix != "" && strings.HasPrefix(string(check.Normal), prefix):
		return []Finding{finding("waybill.length", 0, "waybill_number", args...)}
	case check.Format == FormatWrong:
		return []Finding{finding("waybill.format", 0, "waybill_number", args...)}
	}
	return nil
}

// checkS10 is the Universal Postal Union's weighted sum.
func checkS10(s string) bool {
	weights := [8]int{8, 6, 4, 2, 3, 5, 9, 7}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[2+i]-'0')
	}
	want := 11 - sum%11
	switch want {
	case 10:
		want = 0
	case 11:
		want = 5
	}
	return int(s[10]-'0') == want
}

// checkDHL: the serial modulo seven is the last digit.
func checkDHL(s string) bool {
	rest := 0
	for i := range len(s) - 1 {
		rest = (rest*10 + int(s[i]-'0')) % 7
	}
	return rest == int(s[len(s)-1]-'0')
}

// checkFedExAir weighs 3 1 7 from the left, modulo 11, then 10.
func checkFedExAir(s string) bool {
	weights := [3]int{3, 1, 7}
	sum := 0
	for i := range 11 {
		sum += weights[i%3] * int(s[i]-'0')
	}
	return sum%11%10 == int(s[11]-'0')
}

// checkFedExGround weighs 1 and 3 from the right of the serial, modulo ten.
func checkFedExGround(s string) bool {
	sum := 0
	for i := range 14 {
		d := int(s[13-i] - '0')
		if i%2 == 0 {
			d *= 3
		}
		sum += d
	}
	return (10-sum%10)%10 == int(s[14]-'0')
}

// checkUPS counts letters as (ASCII−3) modulo ten and every second place double.
func checkUPS(s string) bool {
	sum := 0
	for i, ch := range []byte(s[2:17]) {
		v := int(ch - '0')
		if ch >= 'A' {
			v = (int(ch) - 3) % 10
		}
		if i%2 == 1 {
			v *= 2
		}
		sum += v
	}
	return (10-sum%10)%10 == int(s[17]-'0')
}

func has[T comparable](list []T, one T) bool {
	for _, x := range list {
		if x == one {
			return true
		}
	}
	return false
}
