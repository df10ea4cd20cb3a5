package repair_test

import (
	"slices"
	"testing"

	"hashmend/backend/repair"
	rt "hashmend/backend/repairtest"
)

func codesOf(findings []repair.Finding, severity repair.Severity) []string {
	codes := []string{}
	for _, f := range findings {
		if f.Severity == severity {
			codes = append(codes, f.Code)
		}
	}
	return codes
}

func checkFindings(t *testing.T, found []repair.Finding, blocking, warning []string) {
	t.Helper()
	if got := codesOf(found, repair.Blocking); !slices.Equal(got, append([]string{}, blocking...)) {
		t.Errorf("blocking %v, want %v", got, blocking)
	}
	if got := codesOf(found, repair.Warning); !slices.Equal(got, append([]string{}, warning...)) {
		t.Errorf("warnings %v, want %v", got, warning)
	}
}

func TestPreflight(t *testing.T) {
	first := func(change func(*repair.SubmittedDevice)) func(*repair.Submission) {
		return func(s *repair.Submission) { change(&s.Devices[0]) }
	}
	serial := func(n repair.SerialNumber) func(*repair.Submission) {
		return first(func(d *repair.SubmittedDevice) { d.Serial = n })
	}
	shipped := func(day repair.Date) func(*repair.Submission) {
		return first(func(d *repair.SubmittedDevice) { d.ShipDate = day })
	}
	one, none := func(codes ...string) []string { return codes }, []string(nil)
	tests := []struct {
		name     string
		change   func(*repair.Submission)
		blocking []string
		warning  []string
	}{
		{"R11 R12 a sound submission passes", func(*repair.Submission) {}, none, none},
		{"R11 a work order has a device", func(s *repair.Submission) { s.Devices = nil }, one("submission.no_devices"), none},
		{"R12 a contact has a name", func(s *repair.Submission) { s.Contact.Name = " " }, one("submission.contact_name_missing"), none},
		{"R12 a contact has a phone", func(s *repair.Submission) { s.Contact.Phone = "" }, one("submission.contact_phone_missing"), none},
		{"R12 a phone that cannot be dialled is a warning", func(s *repair.Submission) { s.Contact.Phone = "call me" }, none, one("submission.phone_unusual")},
		{"R12 so is one with too few digits", func(s *repair.Submission) { s.Contact.Phone = "12345" }, none, one("submission.phone_unusual")},
		{"R12 so is the address's", func(s *repair.Submission) { s.ReturnAddress.Phone = "12345" }, none, one("submission.phone_unusual")},
		{"R20 an address has a country", func(s *repair.Submission) { s.ReturnAddress.Country = "" }, one("submission.country_missing"), none},
		{"R20 an address in China has a province", func(s *repair.Submission) { s.ReturnAddress.Province = "" }, one("submission.province_missing"), none},
		{"R20 an address has a city", func(s *repair.Submission) { s.ReturnAddress.City = "" }, one("submission.city_missing"), none},
		{"R20 but not in Hong Kong", func(s *repair.Submission) {
			s.ReturnAddress.Country, s.ReturnAddress.City, s.ReturnAddress.Postcode = "hk", "", ""
		}, none, none},
		{"R20 an address has a street", func(s *repair.Submission) { s.ReturnAddress.Street = "" }, one("submission.street_missing"), none},
		{"R20 a missing postcode is a warning", func(s *repair.Submission) { s.ReturnAddress.Postcode = "" }, none, one("submission.postcode_missing")},
		{"R20 an odd postcode is a warning", func(s *repair.Submission) { s.ReturnAddress.Postcode = "51800" }, none, one("submission.postcode_unusual")},
		{"R20 an address without a district is whole", func(s *repair.Submission) { s.ReturnAddress.District = "" }, none, none},
		{"R12 a device has a serial number", serial(""), one("intake.missing_serial"), none},
		{"R48 an odd serial number is a warning", serial("AB12"), none, one("intake.serial_unusual")},
		{"R48 hashes are no serial number", serial("########"), one("intake.spreadsheet_damage"), none},
		{"R48 a formula's error is no serial number", serial("#N/A"), one("intake.spreadsheet_damage"), none},
		{"R48 a rounded number in powers of ten is no serial number", serial("2.02508E+14"), one("intake.spreadsheet_damage"), none},
		{"R48 a number that ends in zeros may still be one", serial("202508000000000000"), none, one("intake.spreadsheet_damage")},
		{"R12 a serial number stands once, however it is typed", serial("jxt26 00002-q"), one("intake.duplicate_serial"), none},
		{"R12 a device is listed once", first(func(d *repair.SubmittedDevice) { d.ID = rt.DeviceID(2) }), one("submission.device_id_repeated"), none},
		{"R12 a device has a model", first(func(d *repair.SubmittedDevice) { d.Model = "" }), one("intake.missing_model"), none},
		{"an unknown model is a warning: other makers are repaired too", first(func(d *repair.SubmittedDevice) { d.Model = "Abacus 9" }), none, one("intake.model_unknown")},
		{"R12 R18 a device has a complaint", first(func(d *repair.SubmittedDevice) { d.Complaint = "" }), one("intake.missing_complaint"), none},
		{"R12 a fault of the list is a complaint", first(func(d *repair.SubmittedDevice) { d.Complaint, d.Faults = "", []string{"F05"} }), none, none},
		{"a fault that is not of the list is a warning", first(func(d *repair.SubmittedDevice) { d.Faults = []string{"F77"} }), none, one("intake.fault_unknown")},
		{"R25 a missing ship date is a warning", shipped(""), none, one("intake.ship_date_unknown")},
		{"R23 a ship date is a date", shipped("last spring"), one("intake.ship_date_invalid"), none},
		{"R23 a ship date in the future is a warning", shipped("2026-03-03"), none, one("intake.ship_date_future")},
		{"R24 a warranty that ends on the road is a warning", shipped("2025-09-08"), none, one("intake.warranty_ends_in_transit", "submission.mixed_warranty")},
		{"R24 one that lasts until the arrival is none", shipped("2025-09-10"), none, none},
		{"R44 one device out of warranty delays the others", shipped("2024-01-01"), none, one("submission.mixed_warranty")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := rt.Submission(2)
			tt.change(&s)
			env := rt.Env(rt.Start)
			checkFindings(t, repair.Preflight(s, env), tt.blocking, tt.warning)
			_, err := repair.NewCase(rt.OrderID, rt.Account, "JM-1", s, env)
			if len(tt.blocking) == 0 && err != nil {
				t.Errorf("not accepted: %v", err)
			}
			if len(tt.blocking) > 0 {
				checkCode(t, err, tt.blocking[0])
			}
			if got := codesOf(repair.Warnings(s, env), repair.Warning); len(got) != len(tt.warning) {
				t.Errorf("warnings %v", got)
			}
		})
	}
}

func TestNewCase(t *testing.T) {
	t.Run("R20 an address without recipient falls back to the contact", func(t *testing.T) {
		s := rt.Submission(1)
		s.ReturnAddress.Recipient, s.ReturnAddress.Phone, s.ReturnAddress.Country = "", "", " cn "
		a := rt.FiledAs(s).Case.Order.ReturnAddress
		if a.Recipient != s.Contact.Name || a.Phone != s.Contact.Phone || a.Country != "CN" {
			t.Errorf("recipient %q, phone %q, country %q", a.Recipient, a.Phone, a.Country)
		}
	})
	t.Run("R13 a submission asks for a diagnosis", func(t *testing.T) {
		if stage := rt.Filed(1).Case.Order.Stage; stage != repair.StageSubmitted {
			t.Errorf("stands in %s", stage)
		}
	})
	t.Run("ids are ids", func(t *testing.T) {
		_, err := repair.NewCase("7", rt.Account, "JM-1", rt.Submission(1), rt.Env(rt.Start))
		checkCode(t, err, "command.id_invalid")
		s := rt.Submission(1)
		s.Devices[0].ID = "first"
		_, err = repair.NewCase(rt.OrderID, rt.Account, "JM-1", s, rt.Env(rt.Start))
		checkCode(t, err, "command.id_invalid")
	})
}

func TestPreflightParcels(t *testing.T) {
	sound := func() []repair.ParcelPlan { return []repair.ParcelPlan{rt.Plan(1, 1, 2)} }
	first := func(change func(*repair.ParcelPlan)) func() []repair.ParcelPlan {
		return func() []repair.ParcelPlan {
			plans := sound()
			change(&plans[0])
			return plans
		}
	}
	waybill := func(c repair.Carrier, n repair.WaybillNumber) func() []repair.ParcelPlan {
		return first(func(p *repair.ParcelPlan) { p.Carrier, p.WaybillNumber = c, n })
	}
	one, none := func(codes ...string) []string { return codes }, []string(nil)
	tests := []struct {
		name     string
		plans    func() []repair.ParcelPlan
		acked    bool
		blocking []string
		warning  []string
	}{
		{"R14 a sound box passes", sound, true, none, none},
		{"R07 the packing checklist is acknowledged first", sound, false, one("parcel.checklist_not_acked"), none},
		{"R08 self-pickup cannot be chosen", first(func(p *repair.ParcelPlan) { p.DeliveryMode = repair.DeliverySelfPickup }), true, one("parcel.self_pickup"), none},
		{"R08 a delivery mode is chosen", first(func(p *repair.ParcelPlan) { p.DeliveryMode = "" }), true, one("parcel.delivery_mode_missing"), none},
		{"R10 freight collect is blocked", first(func(p *repair.ParcelPlan) { p.FreightTerms = repair.FreightCollect }), true, one("parcel.freight_collect"), none},
		{"R10 cash on delivery is blocked", first(func(p *repair.ParcelPlan) { p.FreightTerms = repair.FreightCOD }), true, one("parcel.freight_collect"), none},
		{"R10 freight terms are chosen", first(func(p *repair.ParcelPlan) { p.FreightTerms = "" }), true, one("parcel.freight_terms_missing"), none},
		{"R14 a carrier is chosen", waybill("", "SF3297600239259"), true, one("parcel.carrier_missing"), none},
		{"R14 a carrier that nobody knows is a warning", waybill("donkey", "D1234567"), true, none, one("parcel.carrier_unknown")},
		{"some carriers are asked with the sender's phone", first(func(p *repair.ParcelPlan) { p.SenderPhone = "12" }), true, none, one("parcel.phone_missing")},
		{"R06 packing without a photo is a warning", first(func(p *repair.ParcelPlan) { p.Photos = nil }), true, none, one("parcel.photo_missing")},
		{"R14 a box may be packed before its waybill is known", waybill("sf", ""), true, none, one("waybill.missing")},
		{"R17 a waybill is scanned or typed twice", first(func(p *repair.ParcelPlan) { p.WaybillCheckedBy = "" }), true, one("parcel.waybill_unproven"), none},
		{"R17 a wrong check digit blocks", waybill("ups", "1Z1111111111111111"), true, one("waybill.check_digit"), none},
		{"R17 unless the person has checked it", first(func(p *repair.ParcelPlan) {
			p.Carrier, p.WaybillNumber, p.WaybillOverride = "ups", "1Z1111111111111111", true
		}), true, none, one("waybill.check_digit")},
		{"R17 a prefixed number of the wrong length blocks", waybill("kye", "KY40010605655"), true, one("waybill.length"), none},
		{"R17 an odd format is a warning", waybill("sto", "12345678"), true, none, one("waybill.format")},
		{"R17 an unusual format is a warning", waybill("zto", "123456789012"), true, none, one("waybill.unusual")},
		{"R17 one number on two boxes is a warning", func() []repair.ParcelPlan {
			a, b := rt.Plan(1, 1), rt.Plan(2, 2)
			b.WaybillNumber = a.WaybillNumber
			return []repair.ParcelPlan{a, b}
		}, true, none, one("parcel.waybill_repeated")},
		{"R16 a box is not empty", func() []repair.ParcelPlan { return []repair.ParcelPlan{rt.Plan(1, 1, 2), rt.Plan(2)} }, true, one("parcel.empty"), none},
		{"R16 every device in a box is a line of the work order", first(func(p *repair.ParcelPlan) { p.Devices = append(p.Devices, rt.DeviceID(7)) }), true, one("parcel.device_unknown"), none},
		{"R16 a device is in one box", func() []repair.ParcelPlan { return []repair.ParcelPlan{rt.Plan(1, 1, 2), rt.Plan(2, 2)} }, true, one("parcel.device_twice"), none},
		{"R16 a device in no box is a warning", func() []repair.ParcelPlan { return []repair.ParcelPlan{rt.Plan(1, 1)} }, true, none, one("parcel.device_left_out")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := rt.Filed(2).Confirm()
			checkFindings(t, repair.PreflightParcels(s.Case, tt.plans(), tt.acked, s.Env), tt.blocking, tt.warning)
			_, err := s.Do(rt.Farmer, repair.Command{Kind: repair.CmdSetParcels, Parcels: tt.plans(), ChecklistAcked: tt.acked})
			if len(tt.blocking) == 0 && err != nil {
				t.Errorf("not accepted: %v", err)
			}
			if len(tt.blocking) > 0 {
				checkCode(t, err, tt.blocking[0])
			}
		})
	}
	t.Run("R03 nothing is packed for sending before the return is confirmed", func(t *testing.T) {
		s := rt.Filed(2)
		checkFindings(t, repair.PreflightParcels(s.Case, sound(), true, s.Env), []string{"parcel.return_not_confirmed"}, nil)
	})
	t.Run("R07 the checklist is acknowledged once", func(t *testing.T) {
		s := rt.Filed(2).Confirm().Must(rt.Farmer, rt.SetParcels(rt.Plan(1, 1, 2)))
		checkFindings(t, repair.PreflightParcels(s.Case, sound(), false, s.Env), nil, nil)
	})
}
