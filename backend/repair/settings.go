package repair

// Settings are the places where the guide is ambiguous, decided per centre.
// DefaultSettings gives each its default.
type Settings struct {
	WarrantyDays            int         `json:"warranty_days"`              // Q1: 180
	WarrantyInclusive       bool        `json:"warranty_inclusive"`         // Q1: day 180 is still in
	LockAddressAtSubmit     bool        `json:"lock_address_at_submit"`     // Q2
	ReturnFreightOut        Bearer      `json:"return_freight_out"`         // Q3
	ForfeitUnpaid           bool        `json:"forfeit_unpaid"`             // Q4: false, hold only
	ForfeitDays             int         `json:"forfeit_days"`               // R34: 90
	LargeOrderThreshold     int         `json:"large_order_threshold"`      // Q5: 0, off
	NoFaultFee              Money       `json:"no_fault_fee"`               // Q7
	WaybillUntilPickup      bool        `json:"waybill_until_pickup"`       // Q8
	DispatchDays            int         `json:"dispatch_days"`              // R38, R39: 5 working days
	Currencies              []string    `json:"currencies"`                 // Q9
	Methods                 []PayMethod `json:"methods"`                    // Q9
	AfterRepairWarrantyDays int         `json:"after_repair_warranty_days"` // Q10: 0, none shown
	ReminderDays            []int       `json:"reminder_days"`              // R37
	ReturnCarriers          []Carrier   `json:"return_carriers"`            // R45
	TransitDays             int         `json:"transit_days"`               // R24: expected days on the road
}

// WorkingDays counts working days of the centre's country.
type WorkingDays interface {
	// Add gives the n-th working day after day, and whether it is an estimate
	// because a counted day lies past the last year known.
	Add(day Date, n int) (due Date, estimate bool)
	// Version names the calendar data.
	Version() string
}

// Env is what the rules need to know besides the case.
type Env struct {
	Now      Instant
	Settings Settings
	Days     WorkingDays
	Zone     string // IANA zone of guide dates: Asia/Shanghai
}

// CentreInfo is what a centre publishes about itself: the only source of payee
// and centre address.
type CentreInfo struct {
	ServerID   string            `json:"server_id"`
	Name       string            `json:"name"`
	NameZh     string            `json:"name_zh"`
	Practice   bool              `json:"practice"`
	Address    []CentreAddress   `json:"address"` // one per language
	Payees     []Payee           `json:"payees"`
	LabelHost  string            `json:"label_host"` // short host in label payloads
	Settings   Settings          `json:"settings"`
	Languages  []string          `json:"languages"`
	Prices     []PriceRow        `json:"prices,omitempty"`       // what it usually takes; the desk proposes, a technician decides
	SigningKey map[string]string `json:"signing_keys,omitempty"` // key id → Ed25519 public key, base64
	Tracking   []TrackingService `json:"tracking,omitempty"`     // what it asks about parcels by itself
	Letters    bool              `json:"letters,omitempty"`      // it has somebody who carries them (R37)
	Rev        int64             `json:"rev"`
}

// CentreAddress is where parcels go, in one language.
type CentreAddress struct {
	Language string   `json:"language"`
	Lines    []string `json:"lines"`
	Name     string   `json:"name"`
	Phone    string   `json:"phone"`
}

// Payee is where money goes. A change is shown as a blocking warning.
type Payee struct {
	Method   PayMethod `json:"method"`
	Currency string    `json:"currency"`
	Name     string    `json:"name"`
	Account  string    `json:"account"` // bank account or wallet address
	Bank     string    `json:"bank,omitempty"`
	Swift    string    `json:"swift,omitempty"`
	Network  string    `json:"network,omitempty"`
	Hint     string    `json:"hint,omitempty"`
}
