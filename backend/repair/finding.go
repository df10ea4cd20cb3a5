package repair

// Severity says whether a finding stops the person or only warns.
type Severity string

// Severities.
const (
	Blocking Severity = "blocking"
	Warning  Severity = "warning"
)

// Finding is one thing that preflight wants a person to look at.
type Finding struct {
	Code     string            `json:"code"`
	Severity Severity          `json:"severity"`
	Rule     string            `json:"rule,omitempty"`
	Row      int               `json:"row"` // device or parcel row from 1; 0 is the work order itself
	Column   string            `json:"column,omitempty"`
	Args     map[string]string `json:"args,omitempty"`
}

// findingRow is the severity and the rule of a finding.
type findingRow struct {
	code     string
	severity Severity
	rule     string
}

// findingTable is the one place that decides what stops a submission or a
// parcel. A real machine is never refused because its papers look odd: only
// what is surely missing or forbidden blocks.
var findingTable = []findingRow{
	{"submission.contact_name_missing", Blocking, "R12"},
	{"submission.contact_phone_missing", Blocking, "R12"},
	{"submission.phone_unusual", Warning, "R12"},
	{"submission.country_missing", Blocking, "R20"},
	{"submission.province_missing", Blocking, "R20"},
	{"submission.city_missing", Blocking, "R20"},
	{"submission.street_missing", Blocking, "R20"},
	{"submission.postcode_missing", Warning, "R20"},
	{"submission.postcode_unusual", Warning, "R20"},
	{"submission.no_devices", Blocking, "R11"},
	{"submission.device_id_repeated", Blocking, "R12"},
	{"submission.mixed_warranty", Warning, "R44"},
	{CodeMissingSerial, Blocking, "R12"},
	{CodeSpreadsheetDamage, Warning, "R48"},
	{CodeSerialUnusual, Warning, "R48"},
	{"intake.duplicate_serial", Blocking, "R12"},
	{"intake.missing_model", Blocking, "R12"},
	{"intake.model_unknown", Warning, ""},
	{"intake.missing_complaint", Blocking, "R12"},
	{"intake.fault_unknown", Warning, ""},
	{"intake.ship_date_unknown", Warning, "R25"},
	{CodeShipDateInvalid, Blocking, "R23"},
	{"intake.ship_date_future", Warning, "R23"},
	{"intake.warranty_ends_in_transit", Warning, "R24"},

	{"parcel.return_not_confirmed", Blocking, "R03"},
	{"parcel.checklist_not_acked", Blocking, "R07"},
	{"parcel.self_pickup", Blocking, "R08"},
	{"parcel.delivery_mode_missing", Blocking, "R08"},
	{"parcel.freight_collect", Blocking, "R10"},
	{"parcel.freight_terms_missing", Blocking, "R10"},
	{"parcel.carrier_missing", Blocking, "R14"},
	{"parcel.carrier_unknown", Warning, "R14"},
	{"parcel.waybill_unproven", Blocking, "R17"},
	{"parcel.waybill_repeated", Warning, "R17"},
	{"parcel.phone_missing", Warning, ""},
	{"parcel.empty", Blocking, "R16"},
	{"parcel.device_unknown", Blocking, "R16"},
	{"parcel.device_twice", Blocking, "R16"},
	{"parcel.device_left_out", Warning, "R16"},
	{"parcel.photo_missing", Warning, "R06"},
	{"waybill.missing", Warning, "R14"},
	{"waybill.check_digit", Blocking, "R17"},
	{"waybill.length", Blocking, "R17"},
	{"waybill.format", Warning, "R17"},
	{"waybill.unusual", Warning, "R17"},
}

// damageThatBlocks are the spreadsheet damages after which nothing of the
// label's number is left; the others may still be a real number.
var damageThatBlocks = []string{"hashes", "error_value", "scientific"}

var findingRows = func() map[string]findingRow {
	rows := make(map[string]findingRow, len(findingTable))
	for _, row := range findingTable {
		rows[row.code] = row
	}
	return rows
}()

// finding makes a finding of the table; args come in pairs. A code that is not
// in the table blocks, so that a slip cannot let something pass.
func finding(code string, row int, column string, args ...string) Finding {
	f := Finding{Code: code, Severity: Blocking, Row: row, Column: column}
	if known, ok := findingRows[code]; ok {
		f.Severity, f.Rule = known.severity, known.rule
	}
	if len(args) > 0 {
		f.Args = make(map[string]string, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			f.Args[args[i]] = args[i+1]
		}
	}
	return f
}

// blockedBy turns the first blocking finding into an error that names its place.
func blockedBy(findings []Finding) *Error {
	for _, f := range findings {
		if f.Severity != Blocking {
			continue
		}
		e := &Error{Kind: Invalid, Code: f.Code, Rule: f.Rule}
		pairs := []string{"row", itoa(f.Row), "column", f.Column}
		for k, v := range f.Args {
			pairs = append(pairs, k, v)
		}
		return e.With(pairs...)
	}
	return nil
}

// warningsOf keeps what may pass but should be read.
func warningsOf(findings []Finding) []Finding {
	var list []Finding
	for _, f := range findings {
		if f.Severity == Warning {
			list = append(list, f)
		}
	}
	return list
}
