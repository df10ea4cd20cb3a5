package wire

import (
	"encoding/json"

	"hashmend/backend/repair"
)

// Meta says what a centre is and can. It needs no token.
type Meta struct {
	API      APIRange       `json:"api"`
	ServerID string         `json:"server_id"`
	Name     string         `json:"name"`
	NameZh   string         `json:"name_zh"`
	Practice bool           `json:"practice"`
	Time     repair.Instant `json:"time"` // the centre's clock
	Limits   Limits         `json:"limits"`
	// Registration says whether a stranger may make a customer's account.
	Registration Registration `json:"registration"`
}

// Registration says how a customer comes in.
type Registration string

// Ways to come in.
const (
	RegistrationInvite Registration = "invite" // with an invite only
	RegistrationOpen   Registration = "open"   // without one as well
)

// APIRange is the range of contract versions that a centre serves.
type APIRange struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// Limits of a centre.
type Limits struct {
	Body      int64    `json:"body"`       // bytes of a submission or a command
	Upload    int64    `json:"upload"`     // bytes of one file
	Changes   int      `json:"changes"`    // rows of a page
	FileTypes []string `json:"file_types"` // extensions, without dot
}

// Join exchanges an invite for a token. The same install may repeat it with the
// same key when the answer was lost.
type Join struct {
	Invite      string `json:"invite"`
	InstallName string `json:"install_name"`
	PublicKey   string `json:"public_key"` // Ed25519, base64: signs what this install packs
}

// Joined is what an install gets. The token is shown once and never again.
type Joined struct {
	Token    string           `json:"token"`
	ServerID string           `json:"server_id"`
	Account  repair.AccountID `json:"account"` // "" for the centre's own people
	Role     repair.Role      `json:"role"`
	User     repair.UserID    `json:"user"`
	Name     string           `json:"name"` // of the person or the customer
	Install  repair.InstallID `json:"install"`
	KeyID    string           `json:"key_id"` // of the public key in the centre's list
	ReadOnly bool             `json:"read_only,omitempty"`
}

// Renewed is the next token of an install. The one before is good until a minute
// after this one was first used: whoever did not get this answer asks again.
type Renewed struct {
	Token string `json:"token"`
}

// Register makes a customer's account without an invite, where the centre lets
// strangers do so. The same install may repeat it with the same key.
type Register struct {
	AccountName string `json:"account_name"`
	InstallName string `json:"install_name"`
	PublicKey   string `json:"public_key"` // Ed25519, base64: signs what this install packs
	// Email and Language say where the customer is written to; both may be left out.
	Email    string `json:"email,omitempty"`
	Language string `json:"language,omitempty"` // empty is English
}

// Installs are the PCs that a caller may shut out.
type Installs struct {
	Installs []Install `json:"installs"`
}

// Install is a PC that has joined.
type Install struct {
	ID        repair.InstallID `json:"id"`
	Name      string           `json:"name"`
	Role      repair.Role      `json:"role"`
	Account   repair.AccountID `json:"account"` // "" for the centre's own people
	Person    string           `json:"person"`
	JoinedAt  repair.Instant   `json:"joined_at"`
	RevokedAt repair.Instant   `json:"revoked_at"` // empty while it may come in
	ReadOnly  bool             `json:"read_only"`
	Self      bool             `json:"self"` // the one that asks
}

// InviteAsk asks for an invite. The office invites customers and technicians, an
// admin everybody.
type InviteAsk struct {
	Role repair.Role `json:"role"`
	// AccountName is the customer's; an account of that name is made when there is
	// none. Empty for the centre's own people.
	AccountName string `json:"account_name,omitempty"`
	Name        string `json:"name,omitempty"`      // of the person
	ReadOnly    bool   `json:"read_only,omitempty"` // the install may look and change nothing
	// Email and Language say where a customer is written to. They are taken when the
	// account has no mailbox yet: from then on it is the customer's own.
	Email    string `json:"email,omitempty"`
	Language string `json:"language,omitempty"` // empty is English
}

// Invite is a code for one install, to be told to a person.
type Invite struct {
	Code    string           `json:"code"`
	Role    repair.Role      `json:"role"`
	Account repair.AccountID `json:"account,omitempty"`
	Expires repair.Instant   `json:"expires"`

	ReadOnly bool `json:"read_only,omitempty"`
}

// Accepted answers a submission: it is recorded.
type Accepted struct {
	ID              repair.WorkOrderID `json:"id"`
	Number          string             `json:"number"`
	Rev             int64              `json:"rev"`
	Acknowledgement Acknowledgement    `json:"acknowledgement"`
	Warnings        []Warning          `json:"warnings"`
	At              Cursor             `json:"at,omitempty"` // of its commit: a centre that does not know it has lost this answer
}

// Warning tells what may be wrong with something that was accepted.
type Warning struct {
	Code   string            `json:"code"`
	Row    int               `json:"row,omitempty"`    // device row from 1, 0 for the whole
	Column string            `json:"column,omitempty"` // such as serial
	Args   map[string]string `json:"args,omitempty"`
}

// OpResult answers a command: it is done.
type OpResult struct {
	ID       repair.CommandID `json:"id"`
	Rev      int64            `json:"rev"`
	Replayed bool             `json:"replayed"`
	Result   OpOutcome        `json:"result"`
	At       Cursor           `json:"at,omitempty"` // of its commit: a centre that does not know it has lost this answer
}

// OpOutcome is where the command has led.
type OpOutcome struct {
	WorkOrder repair.WorkOrderID `json:"work_order,omitempty"`
	Stage     repair.Stage       `json:"stage,omitempty"`
	Warnings  []Warning          `json:"warnings,omitempty"`
}

// Page is a page of changes.
type Page struct {
	From Cursor `json:"from"` // the cursor that was asked for
	Rows []Row  `json:"rows"` // ascending by rev
	Next Cursor `json:"next"` // to ask for next
	More bool   `json:"more"` // there is more now
}

// Row is one thing as the centre has it, or the news that it is gone.
type Row struct {
	T         RowType            `json:"t"`
	ID        string             `json:"id"`
	Rev       int64              `json:"rev"`
	WorkOrder repair.WorkOrderID `json:"work_order,omitempty"`
	D         json.RawMessage    `json:"d,omitempty"` // the thing; absent when gone
	Del       bool               `json:"del,omitempty"`
	Why       string             `json:"why,omitempty"` // of del: WhyScope, or nothing for a deletion
	At        Cursor             `json:"at,omitempty"`  // of a snapshot: to resume with from here on, instead of its head's
}

// WhyScope says that a row still is, but no longer for this caller.
const WhyScope = "scope"

// RowType says what a row holds.
type RowType string

// Row types, each with the type of package repair that its d holds.
const (
	RowCentre     RowType = "centre"     // CentreInfo
	RowWorkOrder  RowType = "work_order" // WorkOrder
	RowDevice     RowType = "device"     // Device
	RowParcel     RowType = "parcel"     // Parcel
	RowShipment   RowType = "shipment"   // Shipment
	RowQuote      RowType = "quote"      // Quote
	RowPayment    RowType = "payment"    // Payment
	RowMessage    RowType = "message"    // Message
	RowCorrection RowType = "correction" // Correction
	RowUnclaimed  RowType = "unclaimed"  // UnclaimedParcel; staff only
	RowSigner     RowType = "signer"     // Signer; of one's own installs, staff of all
	RowMailbox    RowType = "mailbox"    // Mailbox; one's own, staff of all
)

// UploadDone answers the creation of an upload whose file is already kept.
type UploadDone struct {
	Complete bool `json:"complete"`
}

// Health answers a look at whether the centre can work.
type Health struct {
	OK bool `json:"ok"`
}
