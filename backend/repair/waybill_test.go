package repair_test

import (
	"strings"
	"testing"

	"hashmend/backend/repair"
)

func TestWaybills(t *testing.T) {
	ok, unusual, wrong, unknown := repair.FormatOK, repair.FormatUnusual, repair.FormatWrong, repair.FormatUnknown
	noDigit, good, bad := repair.CheckNone, repair.CheckOK, repair.CheckWrong
	tests := []struct {
		carrier  repair.Carrier
		number   repair.WaybillNumber
		format   repair.WaybillFormat
		digit    repair.CheckDigit
		blocking bool
	}{
		{"sf", "SF3297600239259", ok, noDigit, false},
		{"sf", "sf 3297 6002 39259", ok, noDigit, false},
		{"sf", "SF2084062704430", ok, noDigit, false},
		{"sf", "SFA084062704430", ok, noDigit, false},
		{"sf", "123456789012", ok, noDigit, false},
		{"sf_freight", "SF1000000000000", ok, noDigit, false},
		{"sf", "SF123456789012", unusual, noDigit, false},
		{"sf", "SF123456789012345", unusual, noDigit, false},
		{"sf", "SF12345", wrong, noDigit, true},
		{"sf", "ABC", wrong, noDigit, false},
		{"deppon", "DPK364112047425", ok, noDigit, false},
		{"deppon", "DPK300585915441-1-2", ok, noDigit, false},
		{"deppon_ltl", "12345678", ok, noDigit, false},
		{"deppon", "DPK3641120474", wrong, noDigit, true},
		{"kye", "KY4001060565538", ok, noDigit, false},
		{"kye", "15926542507", ok, noDigit, false},
		{"kye", "KY400106056553", wrong, noDigit, true},
		{"jd", "JDVA11408814483", ok, noDigit, false},
		{"jd", "JDX123456789012", ok, noDigit, false},
		{"zto", "73123456789012", ok, noDigit, false},
		{"zto", "123456789012", unusual, noDigit, false},
		{"yto", "YT6186594166532", ok, noDigit, false},
		{"sto", "77316523125896", ok, noDigit, false},
		{"yunda", "462598779470531", ok, noDigit, false},
		{"yunda", "5123456789012", ok, noDigit, false},
		{"jtexpress", "JT3002232682242", ok, noDigit, false},
		{"ems_cn", "1240921381750", ok, noDigit, false},
		{"ems_intl", "RB123456785GB", ok, good, false},
		{"ems_cn", "RB000000005CN", ok, good, false},
		{"ems_intl", "RB123456786US", ok, bad, true},
		{"dhl", "3318810025", ok, good, false},
		{"dhl", "73891051146", ok, good, false},
		{"dhl", "3318810010", ok, bad, true},
		{"dhl", "JJD0099999999", ok, noDigit, false},
		{"fedex", "986578788855", ok, good, false},
		{"fedex", "996578788855", ok, bad, true},
		{"fedex", "041441760228964", ok, good, false},
		{"fedex", "041441760228965", ok, bad, true},
		{"ups", "1Z5R89390357567127", ok, good, false},
		{"ups", "1Z1111111111111111", ok, bad, true},
		{"cdek", "1234567890", ok, noDigit, false},
		{"cdek", "12345", wrong, noDigit, false},
		{"other", "ANYTHING-77", unknown, noDigit, false},
		{"other", "?!", wrong, noDigit, false},
	}
	for _, tt := range tests {
		t.Run(string(tt.carrier)+" "+string(tt.number), func(t *testing.T) {
			got := repair.CheckWaybill(tt.carrier, tt.number)
			if got.Format != tt.format || got.CheckDigit != tt.digit || got.Blocking != tt.blocking {
				t.Errorf("format %s, check digit %s, blocking %v; want %s, %s, %v", got.Format, got.CheckDigit, got.Blocking, tt.format, tt.digit, tt.blocking)
			}
		})
	}
}

func TestScannedWaybills(t *testing.T) {
	tests := []struct{ name, scanned, want string }{
		{"R17 a scanned address holds its number last", "https://example.org/w/SF3297600239259", "SF3297600239259"},
		{"R17 or as a value", "https://example.org/q?n=KY4001060565538&lang=zh", "KY4001060565538"},
		{"R17 spaces of a copy do not matter", " ky 4001 0605 65538\u200b ", "KY4001060565538"},
		{"R17 an address without a number stays what it is", "https://example.org/", "HTTPS://EXAMPLE.ORG/"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := repair.NormalWaybill(repair.WaybillNumber(tt.scanned)); string(got) != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
	t.Run("R17 no number blocks nothing by itself but is missing", func(t *testing.T) {
		if got := repair.CheckWaybill("sf", " "); !got.Blocking || len(got.Codes) != 1 || got.Codes[0].Code != "waybill.missing" {
			t.Errorf("%+v", got)
		}
	})
}

func FuzzWaybill(f *testing.F) {
	f.Add("sf", "SF3297600239259")
	f.Add("ups", "1Z5R89390357567127")
	f.Add("ems_intl", "https://x/RB123456785GB")
	f.Fuzz(func(t *testing.T, carrier, number string) {
		got := repair.CheckWaybill(repair.Carrier(carrier), repair.WaybillNumber(number))
		if again := repair.NormalWaybill(got.Normal); again != got.Normal && !strings.Contains(string(got.Normal), "://") {
			t.Errorf("normal form %q is not normal: %q", got.Normal, again)
		}
		if got.Blocking && len(got.Codes) == 0 {
			t.Error("blocked without a word")
		}
	})
}

func TestCarriers(t *testing.T) {
	returns := map[repair.Carrier]bool{}
	for _, row := range repair.Carriers() {
		if row.En == "" || row.Zh == "" {
			t.Errorf("%s has no name", row.Code)
		}
		if row.Page != "" && !strings.HasPrefix(row.Page, "https://") {
			t.Errorf("%s: page %s", row.Code, row.Page)
		}
		if row.ReturnAllowed {
			returns[row.Code] = true
		}
	}
	t.Run("R45 the centre sends home by sf, deppon or kye", func(t *testing.T) {
		if len(returns) != 3 || !returns["sf"] || !returns["deppon"] || !returns["kye"] {
			t.Errorf("returns by %v", returns)
		}
		for _, c := range repair.DefaultSettings().ReturnCarriers {
			if !returns[c] {
				t.Errorf("%s is a default", c)
			}
		}
	})
	for _, tt := range []struct{ phone, tail string }{{"138 0013 8000", "8000"}, {"+7 (701) 555-01-01", "0101"}, {"123", ""}, {"", ""}} {
		if got := repair.PhoneTail(tt.phone); got != tt.tail {
			t.Errorf("tail of %q is %q, want %q", tt.phone, got, tt.tail)
		}
	}
}
