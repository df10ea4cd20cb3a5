package repair

import (
	"regexp"
	"strconv"
	"strings"
)

// Preflight lists what is wrong with a submission before it is sent. One table
// decides what blocks.
func Preflight(s Submission, env Env) []Finding {
	c := NewChecker(env)
	devices := make([]DeviceCheck, len(s.Devices))
	for i, d := range s.Devices {
		devices[i] = c.Device(d)
	}
	return Together(s.Contact, s.ReturnAddress, devices)
}

// DeviceCheck is what preflight says of one device by itself. Whoever keeps it
// need not ask again about a device that stayed as it was.
type DeviceCheck struct {
	id      DeviceID
	serial  SerialNumber
	key     string
	arrival Warranty  // as if sent today
	found   []Finding // without a row
}

// Checker asks preflight about devices one by one. It is good for the day and the
// settings it was made with.
type Checker struct {
	env      Env
	today    Date
	models   map[string]bool   // a long list asks about a model once,
	arrivals map[Date]Warranty // and about a day once
}

// NewChecker makes a checker.
func NewChecker(env Env) *Checker {
	return &Checker{env: env, today: env.Today(), models: map[string]bool{}, arrivals: map[Date]Warranty{}}
}

// Device checks one device.
func (m *Checker) Device(d SubmittedDevice) DeviceCheck {
	return DeviceCheck{id: d.ID, serial: d.Serial, key: d.Serial.Key(), arrival: m.onArrival(d.ShipDate), found: m.deviceFindings(d)}
}

// Together is preflight of a whole submission whose devices were checked before.
func Together(contact Contact, address Address, devices []DeviceCheck) []Finding {
	var found []Finding
	found = append(found, contactFindings(contact)...)
	found = append(found, addressFindings(address)...)
	if len(devices) == 0 {
		found = append(found, finding("submission.no_devices", 0, "devices"))
	}
	serials := make(map[string]int, len(devices))
	ids := make(map[DeviceID]int, len(devices))
	for i, d := range devices {
		row := i + 1
		for _, f := range d.found {
			f.Row = row
			found = append(found, f)
		}
		if d.key != "" {
			if first, twice := serials[d.key]; twice {
				found = append(found, finding("intake.duplicate_serial", row, "serial", "serial", clip(string(d.serial)), "first_row", itoa(first)))
			} else {
				serials[d.key] = row
			}
		}
		if first, twice := ids[d.id]; twice && d.id != "" {
			found = append(found, finding("submission.device_id_repeated", row, "id", "first_row", itoa(first)))
		}
		ids[d.id] = row
	}
	return append(found, mixedWarranty(devices)...)
}

func (m *Checker) knows(model string) bool {
	known, asked := m.models[model]
	if !asked {
		_, known = ParseModel(model)
		m.models[model] = known
	}
	return known
}

func (m *Checker) onArrival(ship Date) Warranty {
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

func (m *Checker) deviceFindings(d SubmittedDevice) []Finding {
	const row = 0 // Together knows it
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

// CodeShipDateInvalid means that what stands for the ship date is no day.
const CodeShipDateInvalid = "intake.ship_date_invalid"

func shipDateFindings(ship Date, row int, today Date, set Settings) []Finding {
	switch {
	case !ship.IsSet():
		return []Finding{finding("intake.ship_date_unknown", row, "ship_date")}
	case !ship.valid():
		return []Finding{finding(CodeShipDateInvalid, row, "ship_date", "date", clip(string(ship)))}
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
func mixedWarranty(devices []DeviceCheck) []Finding {
	in, out := 0, 0
	for _, d := range devices {
		switch d.arrival {
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
