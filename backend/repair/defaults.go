package repair

import (
	"time"
	_ "time/tzdata" // guide dates must not depend on what the PC has installed
)

// DefaultZone is where the guide's dates are counted.
const DefaultZone = "Asia/Shanghai"

// DefaultSettings settles the guide's open questions in the way that promises
// the least and takes the least.
func DefaultSettings() Settings {
	return Settings{
		WarrantyDays:        180,
		WarrantyInclusive:   true,
		LockAddressAtSubmit: true,
		ReturnFreightOut:    BearerAsk,
		ForfeitUnpaid:       false,
		ForfeitDays:         90,
		LargeOrderThreshold: 0,
		NoFaultFee:          Money{},
		WaybillUntilPickup:  true,
		DispatchDays:        5,
		Currencies:          []string{"CNY", "USD", "USDT"},
		Methods:             []PayMethod{PayBankTransfer, PayUSDTTRC20},
		ReminderDays:        []int{30, 60, 75, 85, 89},
		ReturnCarriers:      []Carrier{"sf", "deppon", "kye"},
		TransitDays:         7,
	}
}

// defaultZone falls back to the fixed offset that has been true since 1991.
var defaultZone = zoneNamed(DefaultZone)

func zoneNamed(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.FixedZone("UTC+8", 8*60*60)
	}
	return zone
}

func (e Env) location() *time.Location {
	if e.Zone == "" || e.Zone == DefaultZone {
		return defaultZone
	}
	return zoneNamed(e.Zone)
}

// DateOf is the guide's calendar day of a moment; "" when it is not set.
func (e Env) DateOf(i Instant) Date {
	if !i.IsSet() {
		return ""
	}
	return Date(i.Time().In(e.location()).Format(time.DateOnly))
}

// Today is the guide's calendar day now.
func (e Env) Today() Date { return e.DateOf(e.Now) }

// AddDays counts calendar days; "" stays "".
func (d Date) AddDays(n int) Date {
	if !d.IsSet() {
		return ""
	}
	return Date(d.Time().AddDate(0, 0, n).Format(time.DateOnly))
}

// DaysSince is how many calendar days lie between two known days.
func (d Date) DaysSince(from Date) int {
	return int(d.Time().Sub(from.Time()).Hours() / 24)
}

// valid reports whether the text is a calendar day.
func (d Date) valid() bool { return !d.Time().IsZero() }

// valid reports whether the text is a moment.
func (i Instant) valid() bool { return !i.Time().IsZero() }
