package desk

import "hashmend/backend/repair"

// OrderQuery asks for one page of work orders and drafts.
type OrderQuery struct {
	Text   string   `json:"text"`   // words, a serial, a waybill, or a pasted list of serials
	Stages []string `json:"stages"` // empty: all
	Mine   string   `json:"mine"`   // "", drafts, open, closed
	After  string   `json:"after"`  // OrderPage.Next of the page before
	Limit  int      `json:"limit"`  // at most 200
}

// OrderPage is one page of the list.
type OrderPage struct {
	Rows    []OrderRow     `json:"rows"`
	Next    string         `json:"next"` // "" at the end
	Total   int            `json:"total"`
	Counts  map[string]int `json:"counts"`  // by stage, of everything
	Asked   int            `json:"asked"`   // how many serials of a pasted list were looked up; 0 for a plain search
	Found   int            `json:"found"`   // "11 of 12 found"
	Unknown []string       `json:"unknown"` // those that no draft or work order has
}

// OrderRow is a work order or a draft in the list.
type OrderRow struct {
	ID           string         `json:"id"`
	Number       string         `json:"number"` // "" until the centre gave one
	Reference    string         `json:"reference"`
	Customer     string         `json:"customer"`
	Devices      int            `json:"devices"`
	Stage        repair.Stage   `json:"stage"`
	Flags        []string       `json:"flags"`
	Due          []repair.Money `json:"due"` // owed, per currency
	Deadline     repair.Date    `json:"deadline"`
	DeadlineKind string         `json:"deadline_kind"`
	DaysLeft     int            `json:"days_left"`
	Sync         SyncMark       `json:"sync"`
	Updated      repair.Instant `json:"updated"`
	Draft        bool           `json:"draft"`
}

// SyncMark is the one word for where something a person did stands.
type SyncMark string

// Sync marks, as the screen says them.
const (
	MarkSaved   SyncMark = "saved"   // here, not to be sent yet
	MarkHolding SyncMark = "holding" // inside the undo time of Send
	MarkWaiting SyncMark = "waiting" // not confirmed yet; never "failed" for an unknown outcome
	MarkSending SyncMark = "sending"
	MarkSent    SyncMark = "sent"
	MarkRefused SyncMark = "refused" // the centre said no: the person must decide
)

// OrderView is a work order for its page. Devices come by page: see DevicePage.
type OrderView struct {
	Order       repair.WorkOrder    `json:"order"`
	Parcels     []repair.Parcel     `json:"parcels"`
	Shipments   []repair.Shipment   `json:"shipments"`
	Payments    []repair.Payment    `json:"payments"`
	Messages    []repair.Message    `json:"messages"`
	Corrections []repair.Correction `json:"corrections"`
	Offers      []repair.Offer      `json:"offers"`     // what this role may do now
	Refundable  []repair.Refundable `json:"refundable"` // what may go back of its payments now
	Deadlines   []repair.Deadline   `json:"deadlines"`  // each with its why (R50)
	Pending     []OutboxRow         `json:"pending"`    // commands of this order not yet confirmed or refused
	Due         []repair.Money      `json:"due"`
	Counts      map[string]int      `json:"counts"` // devices by status
	Sync        SyncMark            `json:"sync"`
	SyncedAt    repair.Instant      `json:"synced_at"` // when the centre last answered (R21)
	Warnings    []repair.Finding    `json:"warnings"`  // of the acknowledgement: possible duplicates
}

// DeviceQuery asks for one page of a work order's devices.
type DeviceQuery struct {
	Order    string   `json:"order"`
	Statuses []string `json:"statuses"` // empty: all
	Text     string   `json:"text"`
	Offset   int      `json:"offset"`
	Limit    int      `json:"limit"` // at most 200
}

// DevicePage is one page of devices.
type DevicePage struct {
	Rows  []DeviceRow `json:"rows"`
	Total int         `json:"total"`
}

// DeviceRow is a device with its quote in force and what may be done to it.
type DeviceRow struct {
	Device      repair.Device        `json:"device"`
	Quote       *repair.Quote        `json:"quote"`
	Actions     []repair.CommandKind `json:"actions"`
	Declinable  bool                 `json:"declinable"`   // R31, R32
	DeclineRule string               `json:"decline_rule"` // the rule behind it
	Pending     string               `json:"pending"`      // a command kind waiting for the centre, or ""
	BoxSeq      int                  `json:"box_seq"`      // inbound box, 0 for none
	ShipmentSeq int                  `json:"shipment_seq"`
}

// DeviceHit is a device found by serial across all orders and drafts.
type DeviceHit struct {
	Order  string              `json:"order"`
	Number string              `json:"number"`
	Draft  bool                `json:"draft"`
	Device string              `json:"device"`
	Serial string              `json:"serial"`
	Model  string              `json:"model"`
	Status repair.DeviceStatus `json:"status"`
	Stage  repair.Stage        `json:"stage"`
	At     repair.Instant      `json:"at"`
}

// ScanTarget says what a scanned code is and where it leads.
type ScanTarget struct {
	Kind   string `json:"kind"` // order_label, device_label, waybill, serial, url, unknown
	Code   string `json:"code"`
	Order  string `json:"order"`
	Number string `json:"number"`
	Device string `json:"device"`
	Parcel string `json:"parcel"`
	Valid  bool   `json:"valid"` // of our own labels: the typo check holds
}
