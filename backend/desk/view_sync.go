package desk

import "hashmend/backend/repair"

// SyncStatus is the pill in the header and the head of the sync page.
type SyncStatus struct {
	State    string         `json:"state"` // up_to_date, sending, waiting, offline, needs_you, signed_out
	Waiting  int            `json:"waiting"`
	Refused  int            `json:"refused"`
	LastSync repair.Instant `json:"last_sync"`
	Since    repair.Instant `json:"since"` // of the present state
	Reason   *repair.Error  `json:"reason"`
	SkewSecs int64          `json:"skew_secs"` // this PC's clock against the centre's, 0 when within a minute
	Uploads  int            `json:"uploads"`   // files still to travel
	DiskFull bool           `json:"disk_full"`
	ReadOnly bool           `json:"read_only"`
}

// OutboxRow is one thing on its way to the centre.
type OutboxRow struct {
	ID      string         `json:"id"`
	Kind    string         `json:"kind"` // submit, or a command kind
	Order   string         `json:"order"`
	Draft   string         `json:"draft"` // of a submission: the draft it was sent from
	Number  string         `json:"number"`
	Title   string         `json:"title"`
	Mark    SyncMark       `json:"mark"`
	Created repair.Instant `json:"created"`
	Tries   int            `json:"tries"`
	NextTry repair.Instant `json:"next_try"`
	Reason  *repair.Error  `json:"reason"` // of the last try
}

// Session is whom this desk speaks for.
type Session struct {
	Mode     string        `json:"mode"` // none, practice, connected
	ServerID string        `json:"server_id"`
	URL      string        `json:"url"`
	Centre   string        `json:"centre"`
	CentreZh string        `json:"centre_zh"`
	Account  string        `json:"account"`
	User     string        `json:"user"`
	Role     repair.Role   `json:"role"`
	Roles    []repair.Role `json:"roles"` // may be switched to; more than one only in practice

	Fingerprint string `json:"fingerprint"` // that the centre must prove, "" when a known authority speaks for it
	Secrets     string `json:"secrets"`     // where this install's key is kept: keychain, or file where no keychain answers; "" in practice
}

// CentreFound is a centre that answered at an address.
type CentreFound struct {
	URL      string `json:"url"`
	ServerID string `json:"server_id"`
	Name     string `json:"name"`
	NameZh   string `json:"name_zh"`
	Practice bool   `json:"practice"`

	Open        bool   `json:"open"`        // a stranger may make an account
	Fingerprint string `json:"fingerprint"` // that was checked, "" when a known authority speaks for it
}

// ConnectRequest joins a centre.
type ConnectRequest struct {
	URL     string `json:"url"`
	Invite  string `json:"invite"`
	Install string `json:"install"` // what this PC is called in the centre's list

	Account     string `json:"account"`     // to make, where there is no invite
	Email       string `json:"email"`       // of that account, for letters; may be empty
	Language    string `json:"language"`    // in which they are written
	Fingerprint string `json:"fingerprint"` // of the centre's own certificate, when it was compared already
}

// Preferences are what a person set on this PC.
type Preferences struct {
	Language string         `json:"language"` // en, zh-CN
	Theme    string         `json:"theme"`    // auto, light, dark
	Density  string         `json:"density"`  // compact, normal, bench
	Scale    int            `json:"scale"`    // percent
	Sound    bool           `json:"sound"`
	GPU      bool           `json:"gpu"`
	Profile  repair.Contact `json:"profile"`
	Address  repair.Address `json:"address"`
	Printer  string         `json:"printer"`
	Seen     []string       `json:"seen"` // hints already shown
}

// SystemInfo is what the screen must know of the program.
type SystemInfo struct {
	Version    string         `json:"version"`
	OS         string         `json:"os"`
	Native     bool           `json:"native"` // a window; false in a browser
	DataFolder string         `json:"data_folder"`
	Fresh      bool           `json:"fresh"` // never started before: offer Practise or Connect
	Now        repair.Instant `json:"now"`
	Calendar   string         `json:"calendar"` // version of the working-day calendar
}

// Catalog is the embedded data a screen offers to choose from.
type Catalog struct {
	Models     []string            `json:"models"`
	Carriers   []repair.CarrierRow `json:"carriers"`
	Faults     []repair.Reason     `json:"faults"`
	Voids      []repair.Reason     `json:"voids"`
	Scraps     []repair.Reason     `json:"scraps"`
	Rejections []repair.Reason     `json:"rejections"`
	Rules      []RuleText          `json:"rules"`
	Countries  []string            `json:"countries"`
}

// RuleText is a rule of the guide as the screen's "why" quotes it.
type RuleText struct {
	ID string `json:"id"`
	En string `json:"en"`
	Zh string `json:"zh"`
}

// BenchPage is one stage of the workshop.
type BenchPage struct {
	Stage  string         `json:"stage"` // diagnose, receive, inspect, quote, payments, repair, ship, corrections
	Rows   []OrderRow     `json:"rows"`
	Total  int            `json:"total"`
	Counts map[string]int `json:"counts"` // waiting work per stage
}

// ParcelFound is what a scanned waybill at the door means.
type ParcelFound struct {
	Outcome  string           `json:"outcome"` // expected, already_received, rejected, unknown
	Order    repair.WorkOrder `json:"order"`
	Parcel   repair.Parcel    `json:"parcel"`
	Expected []PackDevice     `json:"expected"`
	Check    LabelCheck       `json:"check"` // of a box label
}
