package repair

// Actions of an inbound parcel's life, besides receive and reject.
const (
	actPlan     Action = "plan"
	actWithdraw Action = "withdraw"
	actHandOver Action = "hand_over"
	actMoving   Action = "in_transit"
	actHeld     Action = "held_for_pickup"
	actLose     Action = "lost"
)

// parcelNone is a box that nobody has planned; a withdrawn plan goes back to it.
const parcelNone ParcelStatus = ""

type parcelGuard = guard[*Parcel]

// parcelLife is the whole life of a parcel on its way to the centre.
var parcelLife = life[ParcelStatus, *Parcel]{name: "parcel", notNow: ErrParcelNotNow, rows: []row[ParcelStatus, *Parcel]{
	{parcelNone, actPlan, Customer, ParcelPlanned, nil, "R14"},
	{ParcelPlanned, actPlan, Customer, ParcelPlanned, []parcelGuard{waybillOpen}, ""},
	{ParcelPlanned, actWithdraw, Customer, parcelNone, []parcelGuard{waybillOpen}, ""},
	{ParcelPlanned, actHandOver, Customer, ParcelHandedOver, []parcelGuard{hasWaybill}, "R14"},

	{ParcelHandedOver, actMoving, Centre, ParcelInTransit, nil, ""},
	{ParcelInTransit, actMoving, Centre, ParcelInTransit, nil, ""},
	{ParcelHeld, actMoving, Centre, ParcelInTransit, nil, ""},
	{ParcelHandedOver, actHeld, Centre, ParcelHeld, nil, "R08"},
	{ParcelInTransit, actHeld, Centre, ParcelHeld, nil, "R08"},
	{ParcelHandedOver, actLose, Centre, ParcelLost, nil, ""},
	{ParcelInTransit, actLose, Centre, ParcelLost, nil, ""},
	{ParcelHeld, actLose, Centre, ParcelLost, nil, ""},

	{ParcelPlanned, actReceive, Centre, ParcelSigned, nil, "R04"}, // the customer forgot to say that it left
	{ParcelHandedOver, actReceive, Centre, ParcelSigned, nil, "R04"},
	{ParcelInTransit, actReceive, Centre, ParcelSigned, nil, "R04"},
	{ParcelHeld, actReceive, Centre, ParcelSigned, nil, "R04"},
	{ParcelLost, actReceive, Centre, ParcelSigned, nil, "R04"}, // it was found after all

	{ParcelPlanned, actReject, Centre, ParcelRejected, nil, "R16"},
	{ParcelHandedOver, actReject, Centre, ParcelRejected, nil, "R16"},
	{ParcelInTransit, actReject, Centre, ParcelRejected, nil, "R16"},
	{ParcelHeld, actReject, Centre, ParcelRejected, nil, "R08"},
	{ParcelSigned, actReject, Centre, ParcelRejected, []parcelGuard{notInspected}, "R16"},
}}

var (
	// waybillOpen: until the carrier has it, a box may still change (Q8).
	waybillOpen = parcelGuard{"waybillOpen", "", func(r *run, p *Parcel) *Error {
		if !r.env.Settings.WaybillUntilPickup && p.WaybillNumber != "" {
			return ErrWaybillFixed
		}
		return nil
	}}
	hasWaybill = parcelGuard{"hasWaybill", "R14", func(_ *run, p *Parcel) *Error {
		if p.WaybillNumber == "" {
			return ErrWaybillMissing
		}
		return nil
	}}
	notInspected = parcelGuard{"notInspected", "", func(r *run, p *Parcel) *Error {
		for i := range r.c.Devices {
			d := &r.c.Devices[i]
			if d.Parcel == p.ID && d.Inspection != nil {
				return ErrAlreadyInspected.With("line", itoa(d.Line), "serial", clip(string(d.Serial)))
			}
		}
		return nil
	}}
)

// parcelTrack maps a carrier's word on an inbound parcel to what happens to it.
var parcelTrack = map[string]Action{
	string(ParcelInTransit): actMoving, string(ParcelHeld): actHeld, string(ParcelLost): actLose,
}
