package repair

// CommandKind names what a command asks for. Written out, never renumbered.
type CommandKind string

// Commands of the customer.
const (
	CmdCancel            CommandKind = "cancel"
	CmdAnswer            CommandKind = "answer"             // Text, Files: answers need_info
	CmdReopen            CommandKind = "reopen"             // after resolved_remote
	CmdMessage           CommandKind = "message"            // Text, Files; both sides
	CmdAskCarrier        CommandKind = "ask_carrier"        // Text: doubts about the return carrier (R46)
	CmdSetParcels        CommandKind = "set_parcels"        // Parcels, ChecklistAcked: boxes, waybills (R14); replaces what is still planned
	CmdHandOver          CommandKind = "hand_over"          // ParcelIDs: given to the carrier
	CmdRequestCorrection CommandKind = "request_correction" // Correction
	CmdAcceptQuotes      CommandKind = "accept_quotes"      // Quotes
	CmdDeclineQuotes     CommandKind = "decline_quotes"     // Quotes (R31, R32)
	CmdChoosePayment     CommandKind = "choose_payment"     // Payment without voucher: names the method, gives the reference; starts no clock
	CmdSendVoucher       CommandKind = "send_voucher"       // Payment: creates or replaces the payment and starts R39's clock
	CmdConfirmDelivery   CommandKind = "confirm_delivery"   // Shipment
	CmdSetMailbox        CommandKind = "set_mailbox"        // Mailbox; no work order
)

// Commands of the centre.
const (
	CmdDiagnose         CommandKind = "diagnose"          // Diagnosis
	CmdDecideCorrection CommandKind = "decide_correction" // CorrectionID, Approve, Text
	CmdTrackParcel      CommandKind = "track_parcel"      // Track with Parcel: in_transit, held_for_pickup, lost
	CmdReceiveParcel    CommandKind = "receive_parcel"    // Receipt
	CmdRejectParcel     CommandKind = "reject_parcel"     // Rejection
	CmdInspect          CommandKind = "inspect"           // Inspection
	CmdSendQuotes       CommandKind = "send_quotes"       // Offers
	CmdDecidePayment    CommandKind = "decide_payment"    // PaymentDecision
	CmdStartRepair      CommandKind = "start_repair"      // Devices
	CmdFinishRepair     CommandKind = "finish_repair"     // Devices, Text: to the test bench
	CmdTestResult       CommandKind = "test_result"       // Devices, Approve: passed or back to repair
	CmdReturnUnrepaired CommandKind = "return_unrepaired" // Devices, Text (R27)
	CmdShip             CommandKind = "ship"              // Ship: one return shipment
	CmdTrackShipment    CommandKind = "track_shipment"    // Track
	CmdExtendDue        CommandKind = "extend_due"        // Date, Text (R41)
	CmdForfeit          CommandKind = "forfeit"           // Devices, Text: a person's decision (R34–R36)
	CmdClose            CommandKind = "close"
	CmdRecordUnclaimed  CommandKind = "record_unclaimed" // Unclaimed; no work order
	CmdDecideUnclaimed  CommandKind = "decide_unclaimed" // Unclaimed{ID, Status, WorkOrder}
)

// MoneyKinds are the commands that commit somebody to a price or say that
// something was paid: a machine does not say them a second time by itself.
func MoneyKinds() []CommandKind {
	return []CommandKind{CmdAcceptQuotes, CmdDeclineQuotes, CmdChoosePayment, CmdSendVoucher, CmdSendQuotes, CmdDecidePayment}
}

// Command is a decision on its way: the body of PUT /v1/ops/{id}. Which of the
// optional parts a kind needs stands beside its constant; Validate enforces it.
type Command struct {
	ID        CommandID   `json:"id"` // UUIDv7, made by the desk, the idempotency key
	Kind      CommandKind `json:"kind"`
	WorkOrder WorkOrderID `json:"work_order,omitempty"`
	// SeenRev is the work order's rev that the person saw. Commands that depend
	// on it are refused with order.changed when the centre has moved on in a way that matters.
	SeenRev int64 `json:"seen_rev,omitempty"`

	Text            string           `json:"text,omitempty"`
	Files           []FileRef        `json:"files,omitempty"`
	Approve         bool             `json:"approve,omitempty"`
	Date            Date             `json:"date,omitempty"`
	Devices         []DeviceID       `json:"devices,omitempty"`
	Quotes          []QuoteID        `json:"quotes,omitempty"`
	ParcelIDs       []ParcelID       `json:"parcel_ids,omitempty"`
	Shipment        ShipmentID       `json:"shipment,omitempty"`
	CorrectionID    CorrectionID     `json:"correction_id,omitempty"`
	ChecklistAcked  bool             `json:"checklist_acked,omitempty"`
	Parcels         []ParcelPlan     `json:"parcels,omitempty"`
	Correction      *CorrectionAsk   `json:"correction,omitempty"`
	Payment         *VoucherSent     `json:"payment,omitempty"`
	Diagnosis       *DiagnosisGiven  `json:"diagnosis,omitempty"`
	Receipt         *GoodsReceipt    `json:"receipt,omitempty"`
	Rejection       *RejectionGiven  `json:"rejection,omitempty"`
	Inspection      *InspectionGiven `json:"inspection,omitempty"`
	Offers          []QuoteOffer     `json:"offers,omitempty"`
	PaymentDecision *PaymentDecision `json:"payment_decision,omitempty"`
	Ship            *ShipmentPlan    `json:"ship,omitempty"`
	Track           *TrackGiven      `json:"track,omitempty"`
	Unclaimed       *UnclaimedParcel `json:"unclaimed,omitempty"`
	Mailbox         *MailboxGiven    `json:"mailbox,omitempty"`
}

// ParcelPlan is one box as the customer packed it. ID is made by the desk.
type ParcelPlan struct {
	ID            ParcelID      `json:"id"`
	Carrier       Carrier       `json:"carrier"`
	WaybillNumber WaybillNumber `json:"waybill_number"`
	// WaybillCheckedBy is how the number was made sure of: scan, double_entry (R17).
	WaybillCheckedBy string `json:"waybill_checked_by"`
	// WaybillOverride is set when the person confirmed a number whose format or
	// check digit looked wrong ("I have checked").
	WaybillOverride bool         `json:"waybill_override,omitempty"`
	FreightTerms    FreightTerms `json:"freight_terms"`
	DeliveryMode    DeliveryMode `json:"delivery_mode"`
	SenderPhone     string       `json:"sender_phone"`
	WeightGrams     int          `json:"weight_grams,omitempty"`
	Devices         []DeviceID   `json:"devices"`
	Photos          []FileRef    `json:"photos,omitempty"`
	ShippedOn       Date         `json:"shipped_on,omitempty"`
	Replaces        ParcelID     `json:"replaces,omitempty"`
}

// CorrectionAsk is what the customer wants mended.
type CorrectionAsk struct {
	ID     CorrectionID `json:"id"`
	Device DeviceID     `json:"device,omitempty"`
	Parcel ParcelID     `json:"parcel,omitempty"`
	Field  string       `json:"field"` // serial, model, carrier, waybill_number
	To     string       `json:"to"`
	Reason string       `json:"reason"`
}

// VoucherSent is the customer's proof of payment.
type VoucherSent struct {
	ID       PaymentID `json:"id"`
	Quotes   []QuoteID `json:"quotes"` // accepted, one currency
	Amount   Money     `json:"amount"`
	Method   PayMethod `json:"method"`
	Vouchers []FileRef `json:"vouchers,omitempty"`
	TxID     string    `json:"tx_id,omitempty"`
}

// DiagnosisGiven is the technician's word before a return (R02).
type DiagnosisGiven struct {
	Result DiagnosisResult `json:"result"`
	Note   string          `json:"note"`
}

// GoodsReceipt is the system-confirmed receipt of a parcel (R22).
type GoodsReceipt struct {
	Parcel   ParcelID       `json:"parcel"`
	Scanned  []SerialNumber `json:"scanned"` // every serial found in the box
	SignedAt Instant        `json:"signed_at"`
	// AcceptMismatch records missing and unexpected devices and receives the rest,
	// where the technician chose not to refuse the parcel (R16).
	AcceptMismatch bool      `json:"accept_mismatch,omitempty"`
	Photos         []FileRef `json:"photos,omitempty"`
	Note           string    `json:"note,omitempty"`
}

// RejectionGiven refuses a parcel.
type RejectionGiven struct {
	Parcel ParcelID  `json:"parcel"`
	Reason string    `json:"reason"`
	Note   string    `json:"note"`
	Photos []FileRef `json:"photos,omitempty"`
}

// InspectionGiven is the finding for one device. Warranty and bearer are decided
// by the rules from it, not typed.
type InspectionGiven struct {
	Device        DeviceID  `json:"device"`
	Class         Class     `json:"class"`
	VoidCodes     []string  `json:"void_codes,omitempty"`
	ScrapCodes    []string  `json:"scrap_codes,omitempty"`
	Faults        []string  `json:"faults,omitempty"`
	Findings      string    `json:"findings"`
	Damage        string    `json:"damage,omitempty"`
	ShipDateFound Date      `json:"ship_date_found,omitempty"`
	Photos        []FileRef `json:"photos,omitempty"`
}

// QuoteOffer is a price for one device.
type QuoteOffer struct {
	ID         QuoteID     `json:"id"`
	Device     DeviceID    `json:"device"`
	Lines      []QuoteLine `json:"lines"`
	Note       string      `json:"note,omitempty"`
	ValidUntil Date        `json:"valid_until,omitempty"`
}

// PaymentDecision is the office's word on a payment.
type PaymentDecision struct {
	Payment  PaymentID     `json:"payment"`
	Status   PaymentStatus `json:"status"`   // under_review, confirmed, rejected, underpaid, overpaid, refunded
	Received Money         `json:"received"` // all that has arrived for it so far
	Reason   string        `json:"reason,omitempty"`
	// Of refunded: what was given back, and that it was. The excess of an overpaid
	// one leaves it confirmed; all of it undoes the payment.
	Refund Money     `json:"refund"`
	Proof  []FileRef `json:"proof,omitempty"`
	TxID   string    `json:"tx_id,omitempty"`
}

// ShipmentPlan is one return shipment.
type ShipmentPlan struct {
	ID            ShipmentID    `json:"id"`
	Carrier       Carrier       `json:"carrier"` // sf, deppon or kye (R45)
	WaybillNumber WaybillNumber `json:"waybill_number"`
	Devices       []DeviceID    `json:"devices"`
}

// TrackGiven is a tracking event entered by hand.
type TrackGiven struct {
	Shipment ShipmentID `json:"shipment,omitempty"`
	Parcel   ParcelID   `json:"parcel,omitempty"` // of track_parcel
	Event    TrackEvent `json:"event"`
	Reason   string     `json:"reason,omitempty"` // of a refusal
}
