package repair

import (
	"regexp"
	"strconv"
	"strings"
)

// Preflight lists what is wrong with a submission before it is sent. The desk
// shows it while the person types; NewCase asks it again at the centre.
func Preflight(s Submission, env Env) []Finding {
	var found []Finding
	seen := memory{env: env, today: env.Today(), models: map[string]bool{}, arrivals: map[Date]Warranty{}}
	found = append(found, contactFindings(s.Contact)...)
	found = append(found, addressFindings(s.ReturnAddress)...)
	if len(s.Devices) == 0 {
		found = append(found, finding("submission.no_devices", 0, "devices"))
	}
	serials := make(map[string]int, len(s.Devices))
	ids := make(map[DeviceID]int, len(s.Devices))
	for i, d := range s.Devices {
		row := i + 1
		found = append(found, seen.deviceFindings(d, row)...)
		if key := d.Serial.Key(); key != "" {
			if first, twice := serials[key]; twice {
				found = append(found, finding("intake.duplicate_serial", row, "serial", "serial", clip(string(d.Serial)), "first_row", itoa(first)))
			} else {
				serials[key] = row
			}
		}
		if first, twice := ids[d.ID]; twice && d.ID != "" {
			found = append(found, finding("submission.device_id_repeated", row, "id", "first_row", itoa(first)))
		}
		ids[d.ID] = row
	}
	return append(found, seen.mixedWarranty(s.Devices)...)
}

// memory spares a long list asking the same model and the same day again.
type memory struct {
	env      Env
	today    Date
	models   map[string]bool
	arrivals map[Date]Warranty // by ship date, as if sent today
}

func (m *memory) knows(model string) bool {
	known, asked := m.models[model]
	if !asked {
		_, known = ParseModel(model)
		m.models[model] = known
	}
	return known
}

func (m *memory) onArrival(ship Date) Warranty {
	state, asked := m.arrivals[ship]
	if !asked {
		state, _ = WarrantyOf(ship, m.today.AddDays(m.env.Settings.TransitDays), nil, m.env.Settings)
		m.arrivals[ship] = state
	}
	return state
}

func contactFindings(c Contact) []Finding {
	var found []Finding
	if blank(c.Name) {
		found = append(found, finding("submission.contact_name_missing", 0, "contact.name"))
	}
	switch {
	case blank(c.Phone):
		found = append(found, finding("submission.contact_phone_missing", 0, "contact.phone"))
	case phoneUnusual(c.Phone):
		found = append(found, finding("submission.phone_unusual", 0, "contact.phone", "phone", clip(c.Phone)))
	}
	return found
}

// phoneUnusual knows no country's plan: it only sees what cannot be dialled.
func phoneUnusual(phone string) bool {
	digits := 0
	for _, r := range phone {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("+()-. /", r) && !isInvisible(r) && !isDash(r):
			return true
		}
	}
	return digits < 6 || digits > 16
}

// addressRule is what a country's addresses need besides street and city.
type addressRule struct {
	province, city, postcode bool
	shape                    *regexp.Regexp
}

var addressRules = map[string]addressRule{
	"CN": {true, true, true, regexp.MustCompile(`^\d{6}$`)},
	"HK": {true, false, false, nil},
	"MO": {false, false, false, nil},
	"SG": {false, false, true, regexp.MustCompile(`^\d{6}$`)},
	"TW": {true, true, true, regexp.MustCompile(`^\d{3}(\d{2,3})?$`)},
	"US": {true, true, true, regexp.MustCompile(`^\d{5}([ -]\d{4})?$`)},
	"CA": {true, true, true, regexp.MustCompile(`^(?i)[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d$`)},
	"RU": {true, true, true, regexp.MustCompile(`^\d{6}$`)},
	"KZ": {false, true, false, regexp.MustCompile(`^\d{6}$`)},
	"KG": {false, true, false, regexp.MustCompile(`^\d{6}$`)},
	"BY": {false, true, false, regexp.MustCompile(`^\d{6}$`)},
	"UZ": {false, true, false, regexp.MustCompile(`^\d{6}$`)},
	"GE": {false, true, false, regexp.MustCompile(`^\d{4}$`)},
	"AE": {true, false, false, nil},
	"IR": {false, true, false, regexp.MustCompile(`^\d{5}-?\d{5}$`)},
	"NO": {false, true, true, regexp.MustCompile(`^\d{4}$`)},
	"SE": {false, true, true, regexp.MustCompile(`^\d{3} ?\d{2}$`)},
	"IS": {false, true, false, regexp.MustCompile(`^\d{3}$`)},
	"DE": {false, true, true, regexp.MustCompile(`^\d{5}$`)},
	"BR": {true, true, true, regexp.MustCompile(`^\d{5}-?\d{3}$`)},
	"PY": {false, true, false, regexp.MustCompile(`^\d{4}$`)},
	"ET": {false, true, false, regexp.MustCompile(`^\d{4}$`)},
}

// addressFindings: the address must be whole, because it is locked afterwards
// (R20). Recipient and phone fall back to the contact's.
func addressFindings(a Address) []Finding {
	var found []Finding
	country := strings.ToUpper(strings.TrimSpace(a.Country))
	rule, known := addressRules[country]
	if !known {
		rule = addressRule{city: true}
	}
	need := func(missing bool, code, column string) {
		if missing {
			found = append(found, finding(code, 0, column, "country", country))
		}
	}
	need(country == "", "submission.country_missing", "return_address.country")
	need(rule.province && blank(a.Province), "submission.province_missing", "return_address.province")
	need(rule.city && blank(a.City), "submission.city_missing", "return_address.city")
	need(blank(a.Street), "submission.street_missing", "return_address.street")
	need(rule.postcode && blank(a.Postcode), "submission.postcode_missing", "return_address.postcode")
	need(!blank(a.Postcode) && rule.shape != nil && !rule.shape.MatchString(strings.TrimSpace(a.Postcode)), "submission.postcode_unusual", "return_address.postcode")
	need(!blank(a.Phone) && phoneUnusual(a.Phone), "submission.phone_unusual", "return_address.phone")
	return found
}

func (m *memory) deviceFindings(d SubmittedDevice, row int) []Finding {
	var found []Finding
	for _, sf := range SerialFindings(string(d.Serial)) {
		f := finding(sf.Code, row, "serial")
		f.Args = sf.Args
		if sf.Code == CodeSpreadsheetDamage && has(damageThatBlocks, sf.Args["why"]) {
			f.Severity = Blocking
		}
		found = append(found, f)
	}
	if blank(d.Model) {
		found = append(found, finding("intake.missing_model", row, "model"))
	} else if !m.knows(d.Model) {
		found = append(found, finding("intake.model_unknown", row, "model", "model", clip(d.Model)))
	}
	if blank(d.Complaint) && len(d.Faults) == 0 {
		found = append(found, finding("intake.missing_complaint", row, "complaint"))
	}
	for _, fault := range d.Faults {
		if _, known := reasonOf(faults, fault); !known {
			found = append(found, finding("intake.fault_unknown", row, "faults", "fault", clip(fault)))
		}
	}
	return append(found, shipDateFindings(d.ShipDate, row, m.today, m.env.Settings)...)
}

func shipDateFindings(ship Date, row int, today Date, set Settings) []Finding {
	switch {
	case !ship.IsSet():
		return []Finding{finding("intake.ship_date_unknown", row, "ship_date")}
	case !ship.valid():
		return []Finding{finding("intake.ship_date_invalid", row, "ship_date", "date", clip(string(ship)))}
	case today.IsSet() && ship > today:
		return []Finding{finding("intake.ship_date_future", row, "ship_date", "date", string(ship))}
	case endsInTransit(ship, today, set):
		return []Finding{finding("intake.warranty_ends_in_transit", row, "ship_date",
			"last_day", string(lastWarrantyDay(ship, set)), "arrival", string(today.AddDays(set.TransitDays)))}
	}
	return nil
}

// mixedWarranty warns that the devices out of warranty hold back the rest until
// they are paid (R44).
func (m *memory) mixedWarranty(devices []SubmittedDevice) []Finding {
	in, out := 0, 0
	for _, d := range devices {
		switch m.onArrival(d.ShipDate) {
		case WarrantyIn:
			in++
		case WarrantyOut:
			out++
		}
	}
	if in == 0 || out == 0 {
		return nil
	}
	return []Finding{finding("submission.mixed_warranty", 0, "devices", "in", itoa(in), "out", itoa(out))}
}

func blank(s string) bool {
	return strings.TrimFunc(s, isInvisible) == ""
}

func itoa(n int) string { return strconv.Itoa(n) }
