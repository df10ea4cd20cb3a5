package repair

// Contact is the person behind a work order.
type Contact struct {
	Company  string `json:"company"`
	Name     string `json:"name"`
	Phone    string `json:"phone"`
	Email    string `json:"email"`
	Language string `json:"language"` // BCP 47: en, zh-CN, ru, es
}

// Address is a postal address. The return address is the customer's and is
// locked once submitted (R20).
type Address struct {
	Country   string `json:"country"`  // ISO 3166 alpha-2
	Province  string `json:"province"` // province or state
	City      string `json:"city"`
	District  string `json:"district"` // optional: some cities have none
	Street    string `json:"street"`
	Postcode  string `json:"postcode"`
	Recipient string `json:"recipient"`
	Phone     string `json:"phone"`
}

// Submission is what the desk files: the body of PUT /v1/work-orders/{id}.
// Filing it requests a diagnosis (R01, R11).
type Submission struct {
	Contact       Contact           `json:"contact"`
	ReturnAddress Address           `json:"return_address"`
	Reference     string            `json:"reference"` // the customer's own
	Note          string            `json:"note"`
	Devices       []SubmittedDevice `json:"devices"`
}

// SubmittedDevice is one line of a submission.
type SubmittedDevice struct {
	ID        DeviceID          `json:"id"`
	Serial    SerialNumber      `json:"serial"` // as typed
	Model     string            `json:"model"`
	Complaint string            `json:"complaint"`
	Faults    []string          `json:"faults,omitempty"`    // F01…
	ShipDate  Date              `json:"ship_date,omitempty"` // from the factory, as the customer knows it
	Photos    []FileRef         `json:"photos,omitempty"`
	Extra     map[string]string `json:"extra,omitempty"` // other columns the customer typed
}

// DiagnosisResult is the outcome of the remote diagnosis (R02).
type DiagnosisResult string

// Results of a diagnosis.
const (
	ReturnRecommended DiagnosisResult = "return_recommended"
	ResolvedRemote    DiagnosisResult = "resolved_remote"
	NeedInfo          DiagnosisResult = "need_info"
)

// WorkOrder is one repair case: address, contact and the facts from which its
// stage is derived. Its devices, parcels and the rest stand beside it in a Case.
type WorkOrder struct {
	ID            WorkOrderID `json:"id"`
	Number        string      `json:"number"` // given by the centre
	Account       AccountID   `json:"account"`
	Contact       Contact     `json:"contact"`
	ReturnAddress Address     `json:"return_address"`
	Reference     string      `json:"reference"`
	Note          string      `json:"note"`
	DeviceCount   int         `json:"device_count"`

	SubmittedAt       Instant         `json:"submitted_at"`
	Diagnosis         DiagnosisResult `json:"diagnosis,omitempty"` // the last result
	DiagnosisNote     string          `json:"diagnosis_note,omitempty"`
	DiagnosedAt       Instant         `json:"diagnosed_at,omitempty"`
	InfoAskedAt       Instant         `json:"info_asked_at,omitempty"`
	InfoAnsweredAt    Instant         `json:"info_answered_at,omitempty"`
	ReturnConfirmedAt Instant         `json:"return_confirmed_at,omitempty"` // unlocks shipping (R03)
	ChecklistAckedAt  Instant         `json:"checklist_acked_at,omitempty"`  // packing guidance read (R07)
	ReceivedAt        Instant         `json:"received_at,omitempty"`         // the first system-confirmed receipt (R22)
	ResolvedAt        Instant         `json:"resolved_at,omitempty"`
	CancelledAt       Instant         `json:"cancelled_at,omitempty"`
	ClosedAt          Instant         `json:"closed_at,omitempty"`
	ForfeitedAt       Instant         `json:"forfeited_at,omitempty"`
	LastContactAt     Instant         `json:"last_contact_at"` // of the customer: R34 counts from here
	ExtendedTo        Date            `json:"extended_to,omitempty"`
	ExtendedReason    string          `json:"extended_reason,omitempty"` // R41: the centre's words

	// Stage is derived from the facts of the whole case and stored with the work
	// order so that lists need not load every device. Never set it by hand.
	Stage Stage `json:"stage"`
	// Flags are derived as well: parcel_rejected, awaiting_decision,
	// awaiting_payment, voucher_review, correction_open, question_open,
	// return_refused, forfeit_risk.
	Flags []string `json:"flags,omitempty"`
	Rev   int64    `json:"rev"` // the centre's counter at its last change
}

// Stage is where a work order stands.
type Stage string

// Stages of a work order, in the order of its life.
const (
	StageDraft             Stage = "draft"  // only this PC knows it
	StageQueued            Stage = "queued" // submit pressed, not yet confirmed
	StageSubmitted         Stage = "submitted"
	StageNeedInfo          Stage = "need_info"
	StageResolvedRemote    Stage = "resolved_remote"
	StageReturnConfirmed   Stage = "return_confirmed"
	StageAwaitingParcel    Stage = "awaiting_parcel"
	StageParcelRejected    Stage = "parcel_rejected"
	StagePartiallyReceived Stage = "partially_received"
	StageReceived          Stage = "received"
	StageInspecting        Stage = "inspecting"
	StageAwaitingDecision  Stage = "awaiting_decision"
	StageAwaitingPayment   Stage = "awaiting_payment"
	StageRepairing         Stage = "repairing"
	StageReadyToShip       Stage = "ready_to_ship"
	StagePartiallyShipped  Stage = "partially_shipped"
	StageShipped           Stage = "shipped"
	StageReturnRefused     Stage = "return_refused"
	StageForfeited         Stage = "forfeited"
	StageClosed            Stage = "closed"
	StageCancelled         Stage = "cancelled"
)

// Case is a work order with everything that belongs to it. It is what the rules
// work on; the desk builds it from its cache, the centre from its store.
type Case struct {
	Order       WorkOrder    `json:"order"`
	Devices     []Device     `json:"devices"`
	Parcels     []Parcel     `json:"parcels"`
	Shipments   []Shipment   `json:"shipments"`
	Quotes      []Quote      `json:"quotes"`
	Payments    []Payment    `json:"payments"`
	Messages    []Message    `json:"messages"`
	Corrections []Correction `json:"corrections"`
}
