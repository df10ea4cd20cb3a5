package repair

import "slices"

// PreflightParcels lists what is wrong with boxes before they are sent. The desk
// shows it while the person packs; set_parcels asks it again at the centre.
func PreflightParcels(c *Case, plans []ParcelPlan, checklistAcked bool, env Env) []Finding {
	var found []Finding
	if !c.Order.ReturnConfirmedAt.IsSet() {
		found = append(found, finding("parcel.return_not_confirmed", 0, ""))
	}
	if !checklistAcked && !c.Order.ChecklistAckedAt.IsSet() && len(plans) > 0 {
		found = append(found, finding("parcel.checklist_not_acked", 0, "checklist"))
	}
	waybills := map[WaybillNumber]int{}
	for i, plan := range plans {
		row := i + 1
		found = append(found, planFindings(plan, row)...)
		if n := NormalWaybill(plan.WaybillNumber); n != "" {
			if first, twice := waybills[n]; twice {
				found = append(found, finding("parcel.waybill_repeated", row, "waybill_number", "first_row", itoa(first), "number", clip(string(n))))
			} else {
				waybills[n] = row
			}
		}
	}
	return append(found, packingFindings(c, plans)...)
}

func planFindings(plan ParcelPlan, row int) []Finding {
	var found []Finding
	add := func(code, column string, args ...string) {
		found = append(found, finding(code, row, column, args...))
	}
	switch plan.DeliveryMode {
	case DeliveryDoor:
	case DeliverySelfPickup:
		add("parcel.self_pickup", "delivery_mode")
	default:
		add("parcel.delivery_mode_missing", "delivery_mode")
	}
	switch plan.FreightTerms {
	case FreightPrepaid:
	case FreightCollect, FreightCOD:
		add("parcel.freight_collect", "freight_terms", "terms", string(plan.FreightTerms))
	default:
		add("parcel.freight_terms_missing", "freight_terms")
	}
	carrier, known := plan.Carrier.Row()
	switch {
	case plan.Carrier == "":
		add("parcel.carrier_missing", "carrier")
	case !known:
		add("parcel.carrier_unknown", "carrier", "carrier", clip(string(plan.Carrier)))
	case carrier.NeedsPhone && PhoneTail(plan.SenderPhone) == "":
		add("parcel.phone_missing", "sender_phone", "carrier", string(plan.Carrier))
	}
	if len(plan.Photos) == 0 {
		add("parcel.photo_missing", "photos")
	}
	return append(found, waybillOfPlan(plan, row)...)
}

// waybillOfPlan: a number that is typed once is not sure enough (R17). None at
// all is no fault yet: the box is packed before the carrier gives one.
func waybillOfPlan(plan ParcelPlan, row int) []Finding {
	check := CheckWaybill(plan.Carrier, plan.WaybillNumber)
	var found []Finding
	for _, f := range check.Codes {
		if plan.WaybillOverride && f.Code != "waybill.missing" {
			f.Severity = Warning
		}
		f.Row = row
		found = append(found, f)
	}
	if check.Normal != "" && !has([]string{"scan", "double_entry"}, plan.WaybillCheckedBy) {
		found = append(found, finding("parcel.waybill_unproven", row, "waybill_number"))
	}
	return found
}

// packingFindings: every serial in a box is a line of the work order, and every
// line is in exactly one box (R16).
func packingFindings(c *Case, plans []ParcelPlan) []Finding {
	var found []Finding
	lines := make(map[DeviceID]*Device, len(c.Devices))
	for i := range c.Devices {
		lines[c.Devices[i].ID] = &c.Devices[i]
	}
	boxOf := make(map[DeviceID]int, len(c.Devices))
	for i, plan := range plans {
		row := i + 1
		if len(plan.Devices) == 0 {
			found = append(found, finding("parcel.empty", row, "devices"))
		}
		for _, id := range plan.Devices {
			d := lines[id]
			if d == nil {
				found = append(found, finding("parcel.device_unknown", row, "devices", "device", clip(string(id))))
				continue
			}
			if first, twice := boxOf[id]; twice {
				found = append(found, finding("parcel.device_twice", row, "devices", "first_row", itoa(first), "line", itoa(d.Line), "serial", clip(string(d.Serial))))
				continue
			}
			boxOf[id] = row
		}
	}
	left := slices.DeleteFunc(slices.Clone(c.Devices), func(d Device) bool {
		_, packed := boxOf[d.ID]
		return packed || (d.Status != Listed && d.Status != Packed && d.Status != Missing)
	})
	if len(left) > 0 && len(plans) > 0 {
		found = append(found, finding("parcel.device_left_out", 0, "devices", "count", itoa(len(left)),
			"serials", serialTexts(listed(left, func(d Device) SerialNumber { return d.Serial }))))
	}
	return found
}
