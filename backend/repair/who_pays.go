package repair

// Fee says what a repair costs by the rules.
type Fee string

// Fees.
const (
	FeeNone        Fee = "none"
	FeeQuote       Fee = "quote"
	FeeNoneOrQuote Fee = "none_or_quote"
	FeeServer      Fee = "server" // the centre says
)

// Outcomes of the decision table.
const (
	OutcomeFreeRepair       = "free_repair"        // R38's clock
	OutcomePaidRepair       = "paid_repair"        // R39's clock
	OutcomeAcceptOrReturn   = "accept_or_return"   // R31
	OutcomeReturnUnrepaired = "return_unrepaired"  // R27
	OutcomeAskAfterSales    = "ask_after_sales"    // the ship date is not known
	OutcomeNothingToRepair  = "nothing_to_repair"  // no fault found
	OutcomeInspectionFee    = "inspection_fee_due" // no fault found, and the centre charges for looking
)

// PayRule is one line of the table of who pays.
type PayRule struct {
	Row            string `json:"row"` // D1…D8
	Fee            Fee    `json:"fee"`
	DeclineAllowed bool   `json:"decline_allowed"`
	Outcome        string `json:"outcome"`
	Rule           string `json:"rule"`
}

// payRow matches by class, warranty and void codes; "" matches any.
type payRow struct {
	class    Class
	warranty Warranty
	result   PayRule
}

// payTable is read from the top; the first line that fits decides. A void
// warranty has its reasons (V01…), so hasVoid and void are the same column.
var payTable = []payRow{
	{NoRepairValue, "", PayRule{"D6", FeeNone, false, OutcomeReturnUnrepaired, "R27"}},
	{NoFaultFound, "", PayRule{"D8", FeeNone, false, OutcomeNothingToRepair, ""}},
	{Scrap, "", PayRule{"D4", FeeNoneOrQuote, true, OutcomeAcceptOrReturn, "R30"}},
	{Mixed, "", PayRule{"D5", FeeQuote, true, OutcomeAcceptOrReturn, "R31"}},
	{Normal, WarrantyVoid, PayRule{"D2", FeeQuote, false, OutcomePaidRepair, "R47"}},
	{Normal, WarrantyOut, PayRule{"D3", FeeQuote, false, OutcomePaidRepair, "R26"}},
	{Normal, WarrantyUnknown, PayRule{"D7", FeeQuote, false, OutcomeAskAfterSales, "R25"}},
	{Normal, WarrantyIn, PayRule{"D1", FeeNone, false, OutcomeFreeRepair, "R47"}},
}

// WhoPays looks up D1 to D8. What is not in the table is for the centre to say.
func WhoPays(w Warranty, class Class, hasVoid bool, set Settings) PayRule {
	if hasVoid {
		w = WarrantyVoid
	}
	for _, row := range payTable {
		if row.class != class || (row.warranty != "" && row.warranty != w) {
			continue
		}
		result := row.result
		if result.Row == "D8" && set.NoFaultFee.Amount > 0 {
			result.Fee, result.Outcome = FeeNoneOrQuote, OutcomeInspectionFee
		}
		return result
	}
	return PayRule{Fee: FeeServer, Outcome: OutcomeAskAfterSales}
}

// Liability events.
const (
	EventTransitDamage  = "transit_damage"
	EventUserDamage     = "user_damage"
	EventCentreDamage   = "centre_damage"
	EventParcelRejected = "parcel_rejected"
	EventScrapFound     = "scrap_found"
	EventInboundFreight = "inbound_freight"
	EventReturnFreight  = "return_freight"
	EventReturnRefused  = "return_refused"
)

// liabilityRow names who bears an event; warranty "" matches any.
type liabilityRow struct {
	event    string
	warranty Warranty
	bearer   Bearer
	rule     string
}

var liabilityTable = []liabilityRow{
	{EventTransitDamage, "", BearerUser, "R06"},
	{EventUserDamage, "", BearerUser, "R06"},
	{EventCentreDamage, "", BearerAfterSales, "R06"},
	{EventParcelRejected, "", BearerUser, "R19"},
	{EventScrapFound, "", BearerUser, "R30"},
	{EventInboundFreight, "", BearerUser, "R09"},
	{EventReturnFreight, WarrantyIn, BearerAfterSales, "R09"},
	{EventReturnRefused, "", BearerUser, "R36"},
}

// Liability says who bears an event, and by which rule. The return freight of a
// device out of warranty is open in the guide: the centre's setting decides.
func Liability(event string, w Warranty, set Settings) (Bearer, string) {
	for _, row := range liabilityTable {
		if row.event == event && (row.warranty == "" || row.warranty == w) {
			return row.bearer, row.rule
		}
	}
	if event == EventReturnFreight {
		return set.ReturnFreightOut, "R09"
	}
	return BearerAsk, ""
}

// damageEvents maps what an inspection says of the damage's cause.
var damageEvents = map[string]string{"logistics": EventTransitDamage, "user": EventUserDamage, "centre": EventCentreDamage}
