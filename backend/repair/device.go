package repair

// Device is a miner or board that travels.
type Device struct {
	ID        DeviceID          `json:"id"`
	WorkOrder WorkOrderID       `json:"work_order"`
	Line      int               `json:"line"` // 1…n, the order in which it was filed
	Serial    SerialNumber      `json:"serial"`
	Model     string            `json:"model"`
	Complaint string            `json:"complaint"`
	Faults    []string          `json:"faults,omitempty"`
	ShipDate  Date              `json:"ship_date,omitempty"` // said by the customer, or found by the centre
	Photos    []FileRef         `json:"photos,omitempty"`
	Extra     map[string]string `json:"extra,omitempty"`

	Status     DeviceStatus `json:"status"`
	Parcel     ParcelID     `json:"parcel,omitempty"`   // the inbound box
	Shipment   ShipmentID   `json:"shipment,omitempty"` // the way home
	Quote      QuoteID      `json:"quote,omitempty"`    // the one in force
	Inspection *Inspection  `json:"inspection,omitempty"`
	ReceivedAt Instant      `json:"received_at,omitempty"`
	RepairedAt Instant      `json:"repaired_at,omitempty"`
	RepairNote string       `json:"repair_note,omitempty"`
	Revision   int          `json:"revision"` // of its paper data: 1, raised by each applied correction
	Rev        int64        `json:"rev"`
}

// DeviceStatus is where a device stands.
type DeviceStatus string

// Statuses of a device.
const (
	Listed       DeviceStatus = "listed"
	Packed       DeviceStatus = "packed"
	Dispatched   DeviceStatus = "dispatched"
	Received     DeviceStatus = "received"
	Missing      DeviceStatus = "missing"    // its parcel came without it
	Unexpected   DeviceStatus = "unexpected" // it came without being listed
	Inspected    DeviceStatus = "inspected"
	Quoted       DeviceStatus = "quoted"
	Accepted     DeviceStatus = "accepted"
	Declined     DeviceStatus = "declined"
	Repairing    DeviceStatus = "repairing"
	Testing      DeviceStatus = "testing"
	Repaired     DeviceStatus = "repaired"
	Unrepaired   DeviceStatus = "unrepaired" // goes home as it came (R27, R31)
	PackedReturn DeviceStatus = "packed_return"
	Shipped      DeviceStatus = "shipped"
	Delivered    DeviceStatus = "delivered"
	Forfeited    DeviceStatus = "forfeited"
)

// Class is what the inspection found a device to be.
type Class string

// Classes of a device.
const (
	Normal        Class = "normal"
	Mixed         Class = "mixed"           // boards not its own (R31)
	Scrap         Class = "scrap"           // cannot be repaired (R30)
	NoRepairValue Class = "no_repair_value" // R27
	NoFaultFound  Class = "no_fault_found"
)

// Warranty is decided at the inspection; unknown is never "in" (R25).
type Warranty string

// Warranty states.
const (
	WarrantyIn      Warranty = "in"
	WarrantyOut     Warranty = "out"
	WarrantyVoid    Warranty = "void"
	WarrantyUnknown Warranty = "unknown"
)

// Bearer is who bears a cost or a loss.
type Bearer string

// Bearers.
const (
	BearerUser       Bearer = "user"
	BearerAfterSales Bearer = "after_sales"
	BearerAsk        Bearer = "ask_after_sales" // open in the guide: shown as such
)

// Inspection is what the bench found at the unpacking (R05).
type Inspection struct {
	Class         Class     `json:"class"`
	Warranty      Warranty  `json:"warranty"`
	WarrantyWhy   Why       `json:"warranty_why"`          // R23, R25, R29
	VoidCodes     []string  `json:"void_codes,omitempty"`  // V01…
	ScrapCodes    []string  `json:"scrap_codes,omitempty"` // S01…
	Faults        []string  `json:"faults,omitempty"`      // F01…
	Findings      string    `json:"findings"`
	Damage        string    `json:"damage,omitempty"` // "", logistics, user, centre
	DamageBearer  Bearer    `json:"damage_bearer,omitempty"`
	Photos        []FileRef `json:"photos,omitempty"`
	At            Instant   `json:"at"`
	By            string    `json:"by"`
	ShipDateFound Date      `json:"ship_date_found,omitempty"`
}

// Why explains a derived value: the rule, what went in, and of which calendar (R50).
type Why struct {
	Rule     string            `json:"rule"`
	Code     string            `json:"code"` // translation key of the sentence
	Inputs   map[string]string `json:"inputs,omitempty"`
	Calendar string            `json:"calendar,omitempty"` // version of the working-day calendar used
	Estimate bool              `json:"estimate,omitempty"` // past the last year known, or a guess before receipt
}
