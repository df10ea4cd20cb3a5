package repair_test

import (
	"slices"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

var priceList = []repair.PriceRow{
	{Fault: "F09", Text: "Fan replaced", Amount: rt.USD(2500)},
	{Fault: "F09", Text: "风扇更换", Amount: repair.Money{Amount: 18000, Currency: "CNY"}},
	{Fault: "F06", Text: "Chips replaced", Amount: rt.USD(9000)},
	{Fault: "F06", Model: "X16-Q", Text: "Chips of an X16-Q replaced", Amount: rt.USD(7000)},
	{Fault: "F06", Model: "X16-Q", Text: "Board cleaned", Amount: rt.USD(500)},
}

func TestProposeLines(t *testing.T) {
	found := func(model string, faults ...string) *repair.Device {
		return &repair.Device{Model: model, Inspection: &repair.Inspection{Faults: faults}}
	}
	tests := []struct {
		name     string
		devices  []*repair.Device
		currency string
		want     []string
	}{
		{"R26 what was found has its usual price", []*repair.Device{found("X4-Q", "F09", "F06")}, "USD", []string{"Fan replaced", "Chips replaced"}},
		{"R26 a price for the model goes before one for all", []*repair.Device{found("X16-Q", "F06")}, "USD", []string{"Chips of an X16-Q replaced", "Board cleaned"}},
		{"a price is in the currency that is asked for", []*repair.Device{found("X4-Q", "F09", "F06")}, "CNY", []string{"风扇更换"}},
		{"R33 several devices get what they have in common", []*repair.Device{found("X4-Q", "F09", "F06"), found("X16-Q", "F06", "F09")}, "USD", []string{"Fan replaced"}},
		{"what is not in the list has no price", []*repair.Device{found("X4-Q", "F01")}, "USD", nil},
		{"what is not inspected has no price", []*repair.Device{{Model: "X4-Q"}}, "USD", nil},
		{"nothing is proposed for nothing", nil, "USD", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, line := range repair.ProposeLines(priceList, tt.devices, tt.currency) {
				got = append(got, line.Text)
				if line.Code == "" || line.Amount.Amount == 0 {
					t.Errorf("%+v", line)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func TestCheckPrices(t *testing.T) {
	set := repair.DefaultSettings()
	if row, err := repair.CheckPrices(priceList, set); row != 0 || err != nil {
		t.Errorf("row %d: %v", row, err)
	}
	sound := priceList[0]
	for code, change := range map[string]func(*repair.PriceRow){
		"inspection.code_unknown":    func(p *repair.PriceRow) { p.Fault = "F98" },
		"command.value_invalid":      func(p *repair.PriceRow) { p.Text = " " },
		"money.negative":             func(p *repair.PriceRow) { p.Amount.Amount = -1 },
		"quote.amount_required":      func(p *repair.PriceRow) { p.Amount.Amount = 0 },
		"payment.currency_not_taken": func(p *repair.PriceRow) { p.Amount.Currency = "EUR" },
	} {
		wrong := sound
		change(&wrong)
		row, err := repair.CheckPrices([]repair.PriceRow{sound, wrong}, set)
		checkCode(t, err, code)
		if row != 2 {
			t.Errorf("%s: row %d", code, row)
		}
	}
}
