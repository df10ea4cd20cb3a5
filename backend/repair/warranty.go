package repair

import "strings"

// WarrantyOf decides the warranty of a device from the day it left the factory
// and the day the repair point received it (R23). A reason of the guide voids it
// (R29); without a ship date it is unknown, never "in" (R25).
func WarrantyOf(ship, received Date, voidCodes []string, set Settings) (Warranty, Why) {
	inputs := map[string]string{"ship_date": string(ship), "received_on": string(received), "warranty_days": itoa(set.WarrantyDays)}
	if len(voidCodes) > 0 {
		inputs["void_codes"] = strings.Join(voidCodes, " ")
		return WarrantyVoid, Why{Rule: "R29", Code: "why.warranty_void", Inputs: inputs}
	}
	if !ship.valid() {
		return WarrantyUnknown, Why{Rule: "R25", Code: "why.warranty_unknown", Inputs: inputs}
	}
	if !received.valid() {
		return WarrantyUnknown, Why{Rule: "R25", Code: "why.warranty_not_received", Inputs: inputs, Estimate: true}
	}
	age := received.DaysSince(ship)
	inputs["age_days"] = itoa(age)
	inputs["last_day"] = string(lastWarrantyDay(ship, set))
	switch {
	case age < 0:
		return WarrantyUnknown, Why{Rule: "R25", Code: "why.ship_after_receipt", Inputs: inputs}
	case received <= lastWarrantyDay(ship, set):
		return WarrantyIn, Why{Rule: "R23", Code: "why.warranty_in", Inputs: inputs}
	}
	return WarrantyOut, Why{Rule: "R23", Code: "why.warranty_out", Inputs: inputs}
}

// lastWarrantyDay is the last day of receipt that is still in warranty.
func lastWarrantyDay(ship Date, set Settings) Date {
	last := set.WarrantyDays
	if !set.WarrantyInclusive {
		last--
	}
	return ship.AddDays(last)
}

// endsInTransit: sent today it would be in warranty, on arrival no more (R24).
func endsInTransit(ship, today Date, set Settings) bool {
	if !ship.valid() || !today.valid() {
		return false
	}
	last := lastWarrantyDay(ship, set)
	return today <= last && today.AddDays(set.TransitDays) > last
}

// EstimateWarranty is what the warranty would be if the device were sent today:
// a guess for the desk, never the centre's word (R24, R49).
func EstimateWarranty(ship Date, env Env) (Warranty, Why) {
	w, why := WarrantyOf(ship, env.Today().AddDays(env.Settings.TransitDays), nil, env.Settings)
	why.Estimate = true
	if why.Inputs != nil {
		why.Inputs["transit_days"] = itoa(env.Settings.TransitDays)
	}
	return w, why
}
