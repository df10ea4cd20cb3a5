package repair

import "time"

// Ids are UUIDv7 in text, made where the thing is first known. A work order and
// a command get theirs on the desk: the id is also the idempotency key.
type (
	WorkOrderID  string
	DeviceID     string
	ParcelID     string
	ShipmentID   string
	QuoteID      string
	PaymentID    string
	MessageID    string
	CorrectionID string
	UnclaimedID  string
	CommandID    string
	AccountID    string
	UserID       string
	InstallID    string
)

// Instant is a moment: RFC 3339 in UTC, whole seconds, "" for not yet.
// Text, so that it crosses the bridge, the wire and the store unchanged.
type Instant string

// At gives the instant of a time.
func At(t time.Time) Instant { return Instant(t.UTC().Format(time.RFC3339)) }

// Time parses the instant; the zero time when it is not set or not valid.
func (i Instant) Time() time.Time {
	t, err := time.Parse(time.RFC3339, string(i))
	if err != nil {
		return time.Time{}
	}
	return t
}

// IsSet reports whether the thing has happened.
func (i Instant) IsSet() bool { return i != "" }

// Date is a calendar day, "2006-01-02", in the centre's time zone; "" for unknown.
type Date string

// Time gives the day's midnight in UTC for counting days; zero when unknown.
func (d Date) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// IsSet reports whether the day is known.
func (d Date) IsSet() bool { return d != "" }

// Actor is who acts on a repair case.
type Actor string

// Actors.
const (
	Customer Actor = "customer"
	Centre   Actor = "centre"
)

// Role is what a person may do; technician, office and admin act for the centre.
type Role string

// Roles.
const (
	RoleCustomer   Role = "customer"
	RoleTechnician Role = "technician"
	RoleOffice     Role = "office"
	RoleAdmin      Role = "admin"
)

// Actor gives the side on which a role acts.
func (r Role) Actor() Actor {
	if r == RoleCustomer {
		return Customer
	}
	return Centre
}

// Person is who acts: a user with a role at an account.
type Person struct {
	User    UserID    `json:"user"`
	Name    string    `json:"name"`
	Role    Role      `json:"role"`
	Account AccountID `json:"account"` // "" for the centre's own people
}

// FileRef names a photo, voucher or bundle by what is in it.
type FileRef struct {
	SHA256 string `json:"sha256"` // lower-case hex
	Size   int64  `json:"size"`   // bytes
	Type   string `json:"type"`   // media type
	Name   string `json:"name"`   // as the person called it; never a path
}
